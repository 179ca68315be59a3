"""Import and export in the console: download, upload, look, import; nothing by half, nothing of others."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from tests import make
from tests.agenda.exchange.agendas import agenda, awkward_agenda, session
from tests.agenda.exchange.house import bring_in, empty_edition, house_of
from tests.browser_like import Visitor
from wcd.agenda.exchange.findings import Findings
from wcd.agenda.exchange.own_json import agenda_json
from wcd.agenda.exchange.queries import gather_working
from wcd.agenda.exchange.reading import read_agenda
from wcd.agenda.tables import Session
from wcd.core.config import settings
from wcd.web.csrf import FIELD, _seal

AsStaff = Callable[..., Awaitable[Visitor]]
AT = "/organiser/exchange"
ENGLISH = {"accept-language": "en"}


async def upload(visitor: Visitor, content: bytes, name: str = "agenda.csv", **fields: str) -> httpx.Response:
    given = {FIELD: _seal("cookie-of-this-test"), **fields}
    return await visitor.post(f"{AT}/preview", data=given, files={"file": (name, content)}, headers=ENGLISH)


def hidden(page: str) -> dict[str, str]:
    """What the button of the preview sends."""
    form = page[page.index(f'action="{AT}/apply"') :]
    found = re.findall(
        r'name="(key|token|seen|name|make_unknown)" value="([^"]*)"', form[: form.index("</form>")]
    )
    return dict(found)


def kept() -> list[Path]:
    return list((settings().data / "files").glob("*-agenda-import"))


@pytest.fixture(autouse=True)
def nothing_kept():
    for path in kept():
        path.unlink()
    yield
    for path in kept():
        path.unlink()


async def test_a_file_is_looked_at_and_then_imported(as_staff: AsStaff, clock) -> None:
    edition = await empty_edition()
    olga = await as_staff("organiser", edition=edition)
    assert "Show what it would do" in (await olga.get(AT, headers=ENGLISH)).text
    shown = await upload(olga, agenda_json(awkward_agenda()), "last year.json")
    assert shown.status_code == 200
    assert "Import these 34 rows" in shown.text
    assert "last year.json" in shown.text
    assert (await gather_working(edition)).sessions == []
    assert len(kept()) == 1
    done = await olga.send_form(f"{AT}/apply", hidden(shown.text))
    assert (done.status_code, done.headers["location"]) == (303, "/organiser/sessions")
    assert len((await gather_working(edition)).sessions) == 26
    assert kept() == []
    again = await upload(olga, agenda_json(awkward_agenda()))
    assert "There is nothing to import" in again.text


async def test_changes_stand_with_before_and_after(as_staff: AsStaff, clock) -> None:
    edition = await house_of(agenda(session("opening", 1), session("other", 2)))
    olga = await as_staff("organiser", edition=edition)
    shown = await upload(olga, b"code,title_en,date,starts,ends\nopening,New title,2023-10-29,10:00,11:30\n")
    assert "Import this row" in shown.text
    assert "<del>Session 1</del> → <ins>New title</ins>" in shown.text
    assert "<del>2023-10-28 09:00</del> → <ins>2023-10-29 10:00</ins>" in shown.text


async def test_findings_are_named_with_their_place_and_the_file_is_not_kept(as_staff: AsStaff, clock) -> None:
    edition = await empty_edition()
    olga = await as_staff("organiser", edition=edition)
    shown = await upload(olga, b"code,title_en,room\na,A,Atlantis\n")
    assert shown.status_code == 422
    assert "There is no room “Atlantis”" in shown.text
    assert "row 2" in shown.text
    assert f'action="{AT}/apply"' not in shown.text
    assert kept() == []
    made = await upload(olga, b"code,title_en,room\na,A,Atlantis\n", make_unknown="1")
    assert "Import these 3 rows" in made.text  # the room in its venue, too
    assert (await olga.send_form(f"{AT}/apply", hidden(made.text))).status_code == 303
    assert [one.name_en for one in (await gather_working(edition)).rooms] == ["Atlantis"]


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422), (b"PK\x03\x04broken", 422), (b"\xff\xfe\x00\xd8", 422), (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", 422),
        (b"x" * (20 * 1024 * 1024 + 1), 413),
    ],
)  # fmt: skip
async def test_no_file_brings_the_page_down(as_staff: AsStaff, clock, content: bytes, status: int) -> None:
    edition = await empty_edition()
    olga = await as_staff("organiser", edition=edition)
    assert (await upload(olga, content)).status_code == status
    assert kept() == []


async def test_without_a_file_or_with_an_old_page_nothing_is_lost(as_staff: AsStaff, clock) -> None:
    edition = await empty_edition()
    olga = await as_staff("organiser", edition=edition)
    none = await olga.post(
        f"{AT}/preview", data={FIELD: _seal("cookie-of-this-test")}, files={"x": ("", b"")}, headers=ENGLISH
    )
    assert (none.status_code, "Please choose a file." in none.text) == (422, True)
    old = await olga.post(
        f"{AT}/preview", data={FIELD: "old"}, files={"file": ("a.csv", b"code,title_en\na,A\n")}
    )
    assert old.status_code == 422
    shown = await upload(olga, b"code,title_en\na,A\n")
    lapsed = await olga.post(f"{AT}/apply", data=hidden(shown.text), headers=ENGLISH)
    assert (lapsed.status_code, "Import this row" in lapsed.text) == (422, True)
    assert (await gather_working(edition)).sessions == []


async def test_what_was_looked_at_is_what_happens_or_nothing(as_staff: AsStaff, clock) -> None:
    edition = await house_of(agenda(session("opening", 1)))
    olga = await as_staff("organiser", edition=edition)
    shown = await upload(olga, b"code,title_en\nopening,From the file\n")
    await Session.update({Session.title_en: "Meanwhile"}).where(Session.code == "opening")
    late = await olga.send_form(f"{AT}/apply", hidden(shown.text), **ENGLISH)
    assert late.status_code == 409
    assert "Somebody has changed the agenda since this preview" in late.text
    assert "<del>Meanwhile</del> → <ins>From the file</ins>" in late.text
    assert (await gather_working(edition)).sessions[0].title_en == "Meanwhile"
    assert (await olga.send_form(f"{AT}/apply", hidden(late.text))).status_code == 303
    assert (await gather_working(edition)).sessions[0].title_en == "From the file"


async def test_a_file_is_its_uploaders_own_and_of_one_edition(as_staff: AsStaff, clock) -> None:
    edition = await empty_edition()
    other = await empty_edition(code="wcd-next", is_current=False)
    olga = await as_staff("organiser", edition=edition)
    fields = hidden((await upload(olga, b"code,title_en\na,A\n")).text)
    for visitor in (await as_staff("organiser", edition=edition), await as_staff("organiser", edition=other)):
        assert (await visitor.send_form(f"{AT}/apply", fields)).headers["location"] == AT
    forged = fields | {"key": "../../etc/passwd"}
    assert (await olga.send_form(f"{AT}/apply", forged)).headers["location"] == AT
    thrown = await olga.send_form(f"{AT}/apply", fields | {"discard": "1"})
    assert thrown.headers["location"] == AT
    assert kept() == []
    assert (await olga.send_form(f"{AT}/apply", fields)).headers["location"] == AT
    assert (await gather_working(edition)).sessions == []


@pytest.mark.parametrize("form", ["xlsx", "csv", "json", "xml", "schedule", "ics"])
async def test_every_format_is_downloaded(as_staff: AsStaff, clock, form: str) -> None:
    edition = await house_of(awkward_agenda())
    olga = await as_staff("organiser", edition=edition)
    file = await olga.get(f"{AT}/file?form={form}&source=working&language=en")
    assert file.status_code == 200
    assert 'attachment; filename="wcd-test-20231026-working' in file.headers["content-disposition"]
    if form != "ics":
        read = read_agenda(file.content, (await gather_working(edition)).edition, Findings())
        assert len(read.sessions) == 26
    assert (await olga.get(f"{AT}/file?form={form}")).status_code == 200
    assert (await olga.get(f"{AT}/file?form=exe")).status_code == 404


async def test_the_empty_form_offers_what_there_is(as_staff: AsStaff, clock) -> None:
    edition = await house_of(awkward_agenda())
    olga = await as_staff("organiser", edition=edition)
    file = await olga.get(f"{AT}/file?form=form")
    read = read_agenda(file.content, (await gather_working(edition)).edition, Findings())
    assert (len(read.sessions), len(read.rooms), len(read.speakers)) == (0, 2, 3)


async def test_readers_see_the_release_and_import_nothing(as_staff: AsStaff, clock) -> None:
    edition = await house_of(agenda(session("opening", 1)))
    rita = await as_staff("reader", edition=edition)
    assert "Show what it would do" not in (await rita.get(AT, headers=ENGLISH)).text
    assert (await rita.get(f"{AT}/file?form=json")).status_code == 200
    assert (await rita.get(f"{AT}/file?form=json&source=working")).status_code == 403
    assert (await upload(rita, b"code\na\n")).status_code == 403
    assert (await rita.send_form(f"{AT}/apply", {"key": "a"})).status_code == 403


async def test_seats_move_the_line_up_and_are_not_taken_from_anybody(as_staff: AsStaff, clock) -> None:
    edition = await empty_edition()
    await bring_in(edition, agenda_json(agenda(session("tour", 1, seats=1, booking="booking"))))
    from wcd.actors.actors import system  # noqa: PLC0415
    from wcd.registration.publishing import publish_at_once  # noqa: PLC0415
    from wcd.registration.queries import count_bookings  # noqa: PLC0415

    await publish_at_once(edition, by=system("tests"))
    [tour] = (await gather_working(edition)).sessions
    for state in ("confirmed", "waiting"):
        await make.booking(await make.guest(edition), tour.id, state)
    olga = await as_staff("organiser", edition=edition)
    more = await upload(olga, b"code,seats\ntour,2\n")
    assert (await olga.send_form(f"{AT}/apply", hidden(more.text))).status_code == 303
    assert (await count_bookings(tour.id)).taken == 2
    fewer = await upload(olga, b"code,seats,title_en\ntour,1,Other title\n")
    refused = await olga.send_form(f"{AT}/apply", hidden(fewer.text), **ENGLISH)
    assert refused.status_code == 422
    assert "2 guests have a seat in this session" in refused.text
    assert (await gather_working(edition)).sessions[0].title_en == "Session 1"
