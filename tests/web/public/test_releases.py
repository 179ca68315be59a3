"""Which release the programme is, what changed since an earlier one, and what is on now."""

import re
from collections.abc import Callable
from datetime import datetime

from tests import make
from tests.browser_like import Visitor
from tests.web.public.cast import forum
from wcd.actors.actors import system
from wcd.agenda.tables import Session
from wcd.registration.publishing import publish_at_once
from wcd.web.editions import EDITIONS


async def second_release() -> None:
    """One moved, one new, one called off, one taken off the programme."""
    edition = await forum()
    await Session.update({Session.meeting_point_en: "West gate"}).where(Session.code == "garden")
    await Session.update({Session.state: "called_off"}).where(Session.code == "dialogue")
    await Session.update({Session.state: "planned"}).where(Session.code == "lunch")
    row = Session(
        edition=edition, code="added", kind="forum", state="confirmed", title_zh="新增一场", title_en="One more",
        starts_at=datetime.fromisoformat("2023-10-29T16:00+08:00"), booking="open",
        ends_at=datetime.fromisoformat("2023-10-29T17:00+08:00"), changed_at=make.now(),
    )  # fmt: skip
    await Session.insert(row)
    await publish_at_once(edition, by=system("test"))
    EDITIONS.forget()


async def test_programme_says_its_release_and_how_much_changed(client: Visitor) -> None:
    await forum()
    assert "Release 1" in (await client.get("/en/programme")).text
    assert "since=" not in (await client.get("/en/programme")).text


async def test_marks_tell_what_changed_since(client: Visitor) -> None:
    await second_release()
    plain = (await client.get("/en/programme?day=2023-10-29")).text
    assert "Release 2" in plain
    assert 'since=1">4 changes since release 1</a>' in plain
    assert "tag changed" not in plain
    marked = (await client.get("/en/programme?day=2023-10-29&since=1")).text
    assert re.findall(r'<span class="tag changed">(\w+)</span>', marked) == ["Moved", "New"]
    assert "4 sessions have changed since release 1." in marked
    assert "No longer on the programme: Lunch" in re.sub(r"<[^>]+>", "", marked)
    assert 'href="/en/programme?day=2023-10-30&amp;since=1"' in marked
    grid = (await client.get("/en/programme?day=2023-10-29&since=1&view=grid")).text
    assert re.findall(r'<span class="tag changed">(\w+)</span>', grid) == ["Moved", "New"]


async def test_session_says_since_when_it_stands_like_this(client: Visitor) -> None:
    await second_release()
    assert "As it stands since release 2" in (await client.get("/en/sessions/garden")).text
    assert "As it stands since" not in (await client.get("/en/sessions/life-circle")).text


async def test_release_that_never_was_marks_nothing(client: Visitor) -> None:
    await second_release()
    for since in ("2", "7", "x", "-1", "9" * 30):
        page = await client.get(f"/en/programme?since={since}")
        assert page.status_code == 200
        assert "have changed since" not in page.text


async def test_now_and_next_by_the_clock(client: Visitor, clock: Callable[[str], datetime]) -> None:
    await forum()
    clock("2023-10-28T12:30+08:00")
    page = (await client.get("/en/programme/now")).text
    assert re.findall(r"<h3>(?:<a[^>]*>)?([^<]+)", page) == ["Lunch", "The 15-minute community life circle"]
    part = await client.get("/en/programme/seats?day=2023-10-28", headers={"hx-request": "true"})
    assert re.sub(r"<[^>]+>", "", part.text.split('id="now"')[1]).split(">")[1].strip() == (
        "On now: 1 session; next at 14:00"
    )
    assert part.headers["cache-control"] == "no-store"
    clock("2023-10-27T12:30+08:00")
    early = await client.get("/en/programme/seats?day=2023-10-28", headers={"hx-request": "true"})
    assert "Nothing is on at this moment; next on Sat 28 Oct, 12:00" in early.text
    clock("2023-11-02T12:30+08:00")
    assert "Nothing is on at this moment." in (await client.get("/en/programme/now")).text


async def test_seats_left_is_asked_each_time_and_never_kept(client: Visitor) -> None:
    edition = await forum()
    session = (await Session.select(Session.id).where(Session.code == "life-circle"))[0]["id"]
    await Session.update({Session.seats: 1}).where(Session.id == session)

    async def found() -> list[str]:
        from wcd.web.public import seats  # noqa: PLC0415 - a second later

        seats.forget()
        return re.findall(r'data-star="([a-z-]+)"', (await client.get("/en/programme?free=yes")).text)

    assert await found() == ["life-circle"]
    await make.booking(await make.guest(edition), session, "confirmed")
    assert await found() == []


async def test_grid_holds_the_same_sessions(client: Visitor) -> None:
    await forum()
    page = (await client.get("/zh/programme?view=grid&day=2023-10-28")).text
    assert re.findall(r'data-star="([a-z-]+)"', page) == ["life-circle"]
    assert "苏河厅" in page
    assert 'href="/zh/programme?day=2023-10-29&amp;view=grid"' in page
    assert '<input type="hidden" name="view" value="grid">' in page
