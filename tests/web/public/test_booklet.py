"""The booklet for guests: there while one of the release in force is kept, in the reader's language."""

from uuid import UUID

from tests import make
from tests.browser_like import Visitor
from wcd.actors.actors import system
from wcd.agenda.printed import papers
from wcd.agenda.printed.papers import Order
from wcd.core import jobs
from wcd.registration.publishing import publish_at_once

HTMX = {"hx-request": "true"}


async def drawn(edition: UUID, order: Order) -> None:
    claimed = await jobs.claim(await papers.order_paper(edition, order, by=system("test")))
    assert claimed is not None
    await jobs.finish(claimed, await papers.draw_paper(edition, claimed.args[1], job_id=claimed.id))


async def test_the_booklet_of_the_release_in_force(client: Visitor, clock: object) -> None:
    edition = await make.edition()
    await make.session(edition)
    assert (await client.get("/en/programme.pdf")).status_code == 404
    assert (await client.get("/en/programme/booklet", headers=HTMX)).text == ""
    await drawn(edition, Order("booklet", "en"))
    line = (await client.get("/en/programme/booklet", headers=HTMX)).text
    assert 'href="/en/programme.pdf"' in line
    pdf = await client.get("/en/programme.pdf")
    assert (pdf.headers["content-type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert (await client.get("/zh/programme.pdf")).status_code == 404, "there is none in Chinese"
    led = await client.get("/en/programme/booklet")
    assert led.headers["location"] == "/en/programme.pdf"
    assert "/en/programme/booklet" in (await client.get("/en/programme/calendar")).text
    await publish_at_once(edition, by=system("test"), tell=False)
    assert (await client.get("/en/programme.pdf")).status_code == 404
