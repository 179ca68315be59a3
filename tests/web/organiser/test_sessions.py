"""Sessions in the console: the list, several at once, a new one, seats and the line, states."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests import make
from tests.browser_like import Visitor
from wcd.actors.tables import AuditEntry
from wcd.agenda.tables import Body, Hosting, Session
from wcd.mail.tables import Mail
from wcd.registration.tables import Booking

AsStaff = Callable[..., Awaitable[Visitor]]
ENGLISH = {"accept-language": "en"}
GIVEN = {
    "title_zh": "海绵城市", "title_en": "Sponge cities", "day": "2023-10-29", "starts": "14:00", "ends": "15:30",
    "minutes": "90",
}  # fmt: skip


async def titles(visitor: Visitor, query: str) -> set[str]:
    """Which of the three sessions of these tests a list shows."""
    text = (await visitor.get(f"/organiser/sessions?{query}", headers=ENGLISH)).text
    return {title for title in ("Full one", "Other day", "Just a thought") if title in text}


async def three(edition: Any) -> tuple[Any, Any, Any]:
    room = await make.room(edition)
    full = await make.session(edition, seats=1, title_en="Full one", room=room)
    other = await make.session(
        edition,
        "2023-10-30T09:00+08:00",
        title_en="Other day",
        title_zh="绿色出行",
        kind="tour",
        booking="open",
    )
    idea = await make.session(edition, title_en="Just a thought", title_zh="", state="idea")
    await Session.update({Session.starts_at: None, Session.ends_at: None}).where(Session.id == idea)
    return full, other, idea


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Full one", "Other day", "Just a thought"}),
        ("day=2023-10-29", {"Full one"}),
        ("day=none", {"Just a thought"}),
        ("q=other", {"Other day"}),
        ("q=lvse", {"Other day"}),
        ("q=%E5%87%BA%E8%A1%8C", {"Other day"}),
        ("q=wangshu", {"Other day"}),
        ("q=riverside", {"Full one"}),
        ("q=nobody", set()),
        ("state=idea", {"Just a thought"}),
        ("kind=tour", {"Other day"}),
        ("room=none", {"Other day", "Just a thought"}),
        ("missing=yes", {"Just a thought"}),
        ("change=any", set()),
        ("state=king&kind=%00", set()),
    ],
)
async def test_the_address_says_what_is_listed(as_staff: AsStaff, query: str, found: set[str]) -> None:
    edition = await make.edition()
    full, other, _idea = await three(edition)
    body = Body(edition=edition, code="riverside", name_zh="滨江研究院", name_en="Riverside Institute")
    await Body.insert(body)
    await Hosting.insert(Hosting(session=full, body=body.id))
    visitor = await as_staff("organiser")
    speaker = await make.speaker(edition, native_name="陈望舒", latin_name="Chen Wangshu")
    await visitor.send_form(
        f"/organiser/sessions/{other}/people", {"speaker": str(speaker), "role": "speaker"}
    )
    await make.release(edition)
    assert await titles(visitor, query) == found


async def test_rows_say_seats_and_what_the_next_release_changes(as_staff: AsStaff) -> None:
    edition = await make.edition()
    full, other, idea = await three(edition)
    await make.booking(await make.guest(edition), full)
    await make.booking(await make.guest(edition), full, "waiting")
    visitor = await as_staff("organiser")
    await visitor.send_form(f"/organiser/sessions/{idea}/time", {**GIVEN, "version": "1"})
    await visitor.send_form(f"/organiser/sessions/{idea}/state/confirmed")
    await visitor.send_form(f"/organiser/sessions/{other}/time", {**GIVEN, "version": "1"})
    text = (await visitor.get("/organiser/sessions", headers=ENGLISH)).text
    assert "1 / 1" in text
    assert "1 in line" in text
    assert "next release: New" in text
    assert "next release: Moved" in text
    assert "2 differ from what guests see" in text
    assert await titles(visitor, "change=moved") == {"Other day"}
    assert await titles(await as_staff("reader"), "change=new") == {"Just a thought"}


async def test_order_and_pages(as_staff: AsStaff) -> None:
    edition = await make.edition()
    for n in range(27):
        await make.session(edition, title_en=f"Title {n:02}", title_zh="", state="planned")
    visitor = await as_staff("organiser")
    text = (await visitor.get("/organiser/sessions?sort=-title&size=25", headers=ENGLISH)).text
    assert text.index("Title 26") < text.index("Title 25")
    assert "Title 01" not in text
    assert "Title 01" in (await visitor.get("/organiser/sessions?sort=-title&size=25&page=2")).text
    assert (await visitor.get("/organiser/sessions?page=999&size=7&sort=odd")).status_code == 200


async def test_as_many_queries_for_three_as_for_one(as_staff: AsStaff, count_queries: Any) -> None:
    edition = await make.edition()
    await make.session(edition)
    visitor = await as_staff("organiser")
    before = count_queries()
    await visitor.get("/organiser/sessions")
    one = count_queries() - before
    await make.session(edition)
    await make.session(edition)
    before = count_queries()
    await visitor.get("/organiser/sessions")
    assert count_queries() - before == one


async def test_several_are_confirmed_and_called_off_with_numbers(as_staff: AsStaff) -> None:
    edition = await make.edition()
    full, other, idea = await three(edition)
    await make.booking(await make.guest(edition), full)
    visitor = await as_staff("organiser")
    picked = {
        "pick": [str(full), str(other), str(idea)],
        "move": "called_off",
        "back": "/organiser/sessions?kind=tour",
    }
    asked = (await visitor.send_form("/organiser/sessions/act", picked, **ENGLISH)).text
    assert "Call off 2 sessions?" in asked
    assert "1 seat or place in line ends" in asked
    assert "1 of those chosen is left as it is" in asked
    done = await visitor.send_form(
        "/organiser/sessions/done",
        {"ids": f"{full},{other},{idea}", "move": "called_off", "back": picked["back"]}, **ENGLISH,
    )  # fmt: skip
    assert "Just a thought" in done.text  # said to be left as it is
    states = {row["id"]: row["state"] for row in await Session.select(Session.id, Session.state)}
    assert states == {full: "called_off", other: "called_off", idea: "idea"}
    assert await Mail.count() == 0  # guests learn of it with the release
    back = await visitor.send_form(
        "/organiser/sessions/done",
        {"ids": f"{full},{other}", "move": "confirmed", "back": "https://evil.example"},
    )
    assert (back.status_code, back.headers["location"]) == (303, "/organiser/sessions")
    everything = await visitor.send_form(
        "/organiser/sessions/act?kind=tour", {"all": "1", "move": "planned"}, **ENGLISH
    )
    assert "1 of those chosen" in everything.text
    assert (await visitor.send_form("/organiser/sessions/act", {"pick": "x"})).status_code == 303


async def test_seats_change_at_once_and_the_line_moves_up(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition, seats=1)
    await make.booking(await make.guest(edition), session)
    bo = await make.guest(edition, native_name="薄明远")
    await make.booking(bo, session, "waiting")
    visitor = await as_staff("organiser")
    fewer = await visitor.send_form(f"/organiser/sessions/{session}/seats", {"seats": "0"})
    assert (fewer.status_code, 'id="seats-e"' in fewer.text) == (422, True)
    answer = await visitor.send_form(f"/organiser/sessions/{session}/seats", {"seats": "2", "back": "entry"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/organiser/sessions/{session}/entry")
    assert (await Booking.select(Booking.state).where(Booking.guest == bo)) == [{"state": "confirmed"}]
    assert await Mail.count().where(Mail.kind == "seat_moved_up") == 1


@pytest.mark.parametrize("seats", ["many", "-1", "1000000", "100001", "1.5", "١٢"])
async def test_seats_are_a_number(as_staff: AsStaff, seats: str) -> None:
    edition = await make.edition()
    session = await make.session(edition, seats=10)
    visitor = await as_staff("organiser")
    answer = await visitor.send_form(f"/organiser/sessions/{session}/seats", {"seats": seats})
    if seats != "١٢":
        assert answer.status_code == 422
        assert (await Session.select(Session.seats)) == [{"seats": 10}]


async def test_books_for_a_guest_and_gives_back(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition, seats=1)
    ada, bo = (
        await make.guest(edition),
        await make.guest(edition, native_name="薄明远", latin_name="Bo Mingyuan"),
    )
    visitor = await as_staff("organiser")
    found = (await visitor.get(f"/organiser/sessions/{session}/guests?q=mingyuan")).text
    assert f"/bookings/{bo}" in found
    assert f"/bookings/{ada}" not in found
    await visitor.send_form(f"/organiser/sessions/{session}/bookings/{ada}")
    await visitor.send_form(f"/organiser/sessions/{session}/bookings/{bo}")
    states = {row["guest"]: row["state"] for row in await Booking.select()}
    assert states == {ada: "confirmed", bo: "waiting"}
    twice = await visitor.send_form(f"/organiser/sessions/{session}/bookings/{ada}")
    assert twice.status_code == 409
    await visitor.send_form(f"/organiser/sessions/{session}/bookings/{ada}/cancel")
    states = {row["guest"]: row["state"] for row in await Booking.select()}
    assert states == {ada: "cancelled", bo: "confirmed"}


async def test_calling_off_says_numbers_and_waits_for_the_release(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition, seats=1)
    await make.booking(await make.guest(edition), session)
    await make.booking(await make.guest(edition), session, "waiting")
    visitor = await as_staff("organiser")
    asked = (await visitor.get(f"/organiser/sessions/{session}/call-off", headers=ENGLISH)).text
    assert "the next release tells 2 guests" in asked
    await visitor.send_form(f"/organiser/sessions/{session}/state/called_off")
    assert (await Session.select(Session.state)) == [{"state": "called_off"}]
    assert await Mail.count() == 0
    assert await Booking.count().where(Booking.state == "cancelled") == 0
    assert (await visitor.get(f"/organiser/sessions/{session}/call-off")).status_code == 409
    await visitor.send_form(f"/organiser/sessions/{session}/state/confirmed")
    assert (await Session.select(Session.state)) == [{"state": "confirmed"}]


async def test_new_session_is_planned_then_confirmed(as_staff: AsStaff, client: Visitor) -> None:
    await make.edition()
    visitor = await as_staff("organiser")
    assert (await visitor.get("/organiser/sessions/new?day=2023-10-30")).text.count("selected") >= 1
    wrong = await visitor.send_form("/organiser/sessions/new", {**GIVEN, "kind": "king", "starts": "9"})
    assert (wrong.status_code, "Sponge cities" in wrong.text) == (422, True)
    assert 'id="kind-e"' in wrong.text
    assert 'id="starts-e"' in wrong.text
    backwards = await visitor.send_form("/organiser/sessions/new", {**GIVEN, "kind": "tour", "ends": "01:00"})
    assert (backwards.status_code, 'id="ends-e"' in backwards.text) == (422, True)
    assert await Session.count() == 0
    made = await visitor.send_form("/organiser/sessions/new", {**GIVEN, "kind": "tour"})
    at = made.headers["location"]
    await visitor.send_form("/organiser/sessions/new", {"title_zh": "海绵城市", "kind": "tour"})
    rows = await Session.select(Session.code, Session.state, Session.kind).order_by(Session.code)
    assert [tuple(row.values()) for row in rows] == [
        ("session", "idea", "tour"),
        ("sponge-cities", "planned", "tour"),
    ]
    await visitor.send_form(f"{at}/state/confirmed")
    await visitor.send_form(f"{at}/state/confirmed")
    assert (await Session.select(Session.state).where(Session.code == "sponge-cities")) == [
        {"state": "confirmed"}
    ]
    assert await AuditEntry.count().where(AuditEntry.action == "session.confirmed") == 1
    assert (await client.get("/en/sessions/sponge-cities")).status_code == 404  # not released yet
    assert (await visitor.send_form(f"{at}/state/king")).status_code == 409


async def test_an_idea_is_copied_and_removed(as_staff: AsStaff) -> None:
    edition = await make.edition()
    _full, _other, idea = await three(edition)
    visitor = await as_staff("organiser")
    copied = await visitor.send_form(f"/organiser/sessions/{idea}/copy")
    assert copied.status_code == 303
    assert "Just a thought" in (await visitor.get(copied.headers["location"], headers=ENGLISH)).text
    assert (await visitor.get(f"/organiser/sessions/{idea}/remove")).status_code == 200
    assert (await visitor.send_form(f"/organiser/sessions/{idea}/remove")).status_code == 303
    assert not await Session.exists().where(Session.id == idea)
    assert (await visitor.get(f"/organiser/sessions/{idea}")).status_code == 404
