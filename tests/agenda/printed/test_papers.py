"""Papers: who may order what, what a worker keeps, which booklet is the newest, what is read."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from pypdf import PdfReader

from tests import make
from wcd.actors.actors import STAFF, Actor, system
from wcd.agenda.printed import papers
from wcd.agenda.printed.errors import NoReleaseYet, NothingToPrint, NotKept
from wcd.agenda.printed.papers import Order
from wcd.agenda.printed.queries import read_internal, read_programme
from wcd.agenda.releases import current_release
from wcd.agenda.tables import Appearance, Item, Session, Speaker
from wcd.core import files, jobs
from wcd.core.errors import Forbidden, NotFound
from wcd.core.pictures import as_jpeg
from wcd.registration.publishing import publish_at_once

pytestmark = pytest.mark.usefixtures("db", "clock")


def staff(role: str, edition: UUID) -> Actor:
    return Actor(kind=STAFF, roles=frozenset({role}), edition_id=edition)


async def run(job_id: UUID) -> papers.Paper:
    """Do the work as a worker would."""
    claimed = await jobs.claim(job_id)
    assert claimed is not None
    assert claimed.edition is not None
    result = await papers.draw_paper(UUID(claimed.args[0]), claimed.args[1], job_id=claimed.id)
    await jobs.finish(claimed, result)
    return await papers.get_paper(job_id, claimed.edition)


async def programme() -> UUID:
    """An edition with a session that is released, and one that is planned only."""
    edition = await make.edition()
    session = await make.session(edition, code="forum", title_en="Sponge city", room=await make.room(edition))
    speaker = await make.speaker(edition)
    await Appearance.insert(Appearance(session=session, speaker=speaker, role="moderator"))
    await publish_at_once(edition, by=system("test"), tell=False)
    await make.session(edition, code="later", title_en="Not yet public", state="planned")
    return edition


def text_of(paper: papers.Paper) -> str:
    return "\n".join(
        page.extract_text() for page in PdfReader(BytesIO(papers.file_of(paper).read_bytes())).pages
    )


async def test_a_booklet_of_the_release_is_drawn_and_kept() -> None:
    edition = await programme()
    paper = await run(await papers.order_paper(edition, Order("booklet", "en"), by=staff("reader", edition)))
    in_force = await current_release(edition)
    assert in_force is not None
    assert (paper.job.state, paper.release, paper.is_there) == (jobs.DONE, in_force.number, True)
    assert paper.job.done == paper.job.total > 1
    text = text_of(paper)
    assert paper.pages == len(PdfReader(papers.file_of(paper)).pages)
    assert "Sponge city" in text
    assert "Not yet public" not in text
    assert [one.job.id for one in await papers.list_papers(edition)] == [paper.job.id]


async def test_the_working_copy_holds_what_is_planned_but_no_ideas() -> None:
    edition = await programme()
    await make.session(edition, code="dream", title_en="An idea only", state="idea")
    order = Order("booklet", "en", working=True)
    text = text_of(await run(await papers.order_paper(edition, order, by=staff("organiser", edition))))
    assert "Not yet public" in text
    assert "An idea only" not in text
    assert "Working copy" in text


async def test_without_a_release_only_the_working_copy_can_be_printed() -> None:
    edition = await make.edition()
    await make.session(edition, state="planned")
    with pytest.raises(NoReleaseYet):
        await papers.order_paper(edition, Order("booklet"), by=staff("organiser", edition))
    await papers.order_paper(edition, Order("booklet", working=True), by=staff("organiser", edition))


async def test_run_sheets_are_for_those_who_edit() -> None:
    edition = await programme()
    for order in (Order("run_sheets"), Order("run_sheets", working=True)):
        with pytest.raises(Forbidden):
            await papers.order_paper(edition, order, by=staff("reader", edition))
    session = (await Session.select(Session.id).where(Session.code == "forum"))[0]["id"]
    with pytest.raises(Forbidden):
        await papers.run_sheet(session, edition, by=staff("reader", edition))
    pdf = await papers.run_sheet(session, edition, by=staff("organiser", edition))
    assert "Sponge city" in PdfReader(BytesIO(pdf)).pages[0].extract_text()


async def test_what_would_be_empty_is_refused() -> None:
    edition, other = await programme(), await make.edition("wcd-2022", is_current=False)
    session = (await Session.select(Session.id).where(Session.code == "forum"))[0]["id"]
    for order in (Order("door_signs", day=make.date(2023, 10, 31)), Order("run_sheets", session=edition)):
        with pytest.raises(NothingToPrint):
            await papers.order_paper(edition, order, by=staff("organiser", edition))
    with pytest.raises(NothingToPrint):
        await papers.run_sheet(session, other, by=staff("organiser", other))


async def test_another_editions_paper_is_not_found() -> None:
    edition, other = await programme(), await make.edition("wcd-2022", is_current=False)
    job = await papers.order_paper(edition, Order("door_signs"), by=staff("organiser", edition))
    with pytest.raises(NotFound):
        await papers.get_paper(job, other)
    with pytest.raises(Forbidden):
        await papers.order_paper(edition, Order("door_signs"), by=staff("organiser", other))


async def test_the_newest_booklet_is_of_the_release_in_force_and_of_the_readers_language() -> None:
    edition = await programme()
    organiser = staff("organiser", edition)
    assert await papers.latest_booklet(edition, "en") is None
    both = await run(await papers.order_paper(edition, Order("booklet"), by=organiser))
    await run(await papers.order_paper(edition, Order("booklet", "en", folded=True), by=organiser))
    await run(await papers.order_paper(edition, Order("booklet", "en", working=True), by=organiser))
    found = await papers.latest_booklet(edition, "en")
    assert found is not None
    assert found.job.id == both.job.id
    own = await run(await papers.order_paper(edition, Order("booklet", "en"), by=organiser))
    found = await papers.latest_booklet(edition, "en")
    assert found is not None
    assert found.job.id == own.job.id
    await publish_at_once(edition, by=system("test"), tell=False)
    assert await papers.latest_booklet(edition, "en") is None


async def test_old_files_are_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "KEPT", 1)
    edition = await programme()
    organiser = staff("organiser", edition)
    first = await run(await papers.order_paper(edition, Order("door_signs"), by=organiser))
    second = await run(await papers.order_paper(edition, Order("door_signs"), by=organiser))
    assert (first.is_there, second.is_there) == (False, True)
    with pytest.raises(NotKept):
        papers.file_of(await papers.get_paper(first.job.id, edition))


async def test_a_stopped_paper_leaves_nothing() -> None:
    edition = await programme()
    organiser = staff("organiser", edition)
    job_id = await papers.order_paper(edition, Order("booklet"), by=organiser)
    claimed = await jobs.claim(job_id)
    assert claimed is not None
    await papers.stop_paper(job_id, edition, by=organiser)
    before = sorted(files._folder().iterdir())
    with pytest.raises(jobs.JobStopped):
        await papers.draw_paper(edition, claimed.args[1], job_id=job_id)
    assert sorted(files._folder().iterdir()) == before


async def test_biography_and_portrait_need_consent_in_the_working_copy() -> None:
    edition = await programme()
    key = files.keep("portrait.jpg", as_jpeg(Image.new("RGB", (300, 400), "#0b5cad")))
    values: dict[Any, Any] = {Speaker.biography_en: "Long in the trade.", Speaker.portrait: key}
    await Speaker.update(values).where(Speaker.edition == edition)
    person = next(iter((await read_programme(edition, working=True)).people.values()))
    assert (person.biography.en, person.portrait) == ("", "")
    await Speaker.update({Speaker.consented_at: make.now()}).where(Speaker.edition == edition)
    person = next(iter((await read_programme(edition, working=True)).people.values()))
    assert (person.biography.en, person.portrait) == ("Long in the trade.", key)
    jpeg = papers._portrait(key)
    assert jpeg is not None
    assert Image.open(BytesIO(jpeg)).size == (300, 375)
    assert papers._portrait("0" * 32 + "-gone.jpg") is None


async def test_notes_and_layouts_are_read_for_staff_only() -> None:
    edition = await make.edition()
    session = await make.session(edition, notes="Quiet, please.", layout="theatre")
    item = Item(session=session, kind="speech", title_en="Welcome", minutes=10, notes="With slides.")
    await Item.insert(item)
    internal = await read_internal(edition)
    assert internal.notes == {session: "Quiet, please.", item.id: "With slides."}
    assert internal.layouts == {session: "theatre"}


async def test_a_programme_is_read_in_as_many_queries_whatever_its_size(count_queries: Any) -> None:
    edition = await programme()
    await read_programme(edition, working=True)
    before = count_queries()
    await read_programme(edition, working=True)
    few = count_queries() - before
    for n in range(5):
        await make.session(edition, code=f"more-{n}", room=await make.room(edition, f"room-{n}"))
        await make.speaker(edition)
    before = count_queries()
    await read_programme(edition, working=True)
    assert count_queries() - before == few
