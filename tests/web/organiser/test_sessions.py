"""Sessions in the console: the list, both languages side by side, seats, the line, calling off."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests import make
from tests.browser_like import FORM, Visitor
from wcd.actors.tables import AuditEntry
from wcd.agenda.tables import Session
from wcd.editions.tables import Edition
from wcd.mail.tables import Mail
from wcd.registration.tables import Booking

AsStaff = Callable[..., Awaitable[Visitor]]
ENGLISH = {"accept-language": "en"}
GIVEN = {
    "title_zh": "海绵城市", "title_en": "Sponge cities", "summary_zh": "", "summary_en": "", "day": "2023-10-29", "starts": "14:00",
    "ends": "15:30", "booking": "booking", "languages": ["zh"], "version": "1",
}  # fmt: skip


async def test_list_by_day_with_seats(as_staff: AsStaff) -> None:
    edition = await make.edition()
    full = await make.session(edition, seats=1, title_en="Full one")
    await make.session(edition, "2023-10-30T09:00+08:00", title_en="Other day")
    await make.booking(await make.guest(edition), full)
    await make.booking(await make.guest(edition), full, "waiting")
    visitor = await as_staff("reader")
    text = (await visitor.get("/organiser/sessions?day=2023-10-29", headers=ENGLISH)).text
    assert ("Full one" in text, "Other day" in text) == (True, False)
    assert "1 / 1" in text
    assert "Other day" in (await visitor.get("/organiser/sessions?q=other", headers=ENGLISH)).text


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


async def test_saving_raises_the_published_number(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    visitor = await as_staff("organiser")
    answer = await visitor.send_form(
        f"/organiser/sessions/{session}", {**GIVEN, "state": "called_off", "seats": "1"}
    )
    assert answer.status_code == 303
    row = (await Session.select().where(Session.id == session))[0]
    assert (row["title_zh"], row["state"], row["seats"], row["version"]) == ("海绵城市", "confirmed", None, 2)
    assert (await Edition.select(Edition.published)) == [{"published": 2}]
    assert (
        "title in Chinese"
        in (await visitor.get(f"/organiser/sessions/{session}/history", headers=ENGLISH)).text
    )


async def test_two_who_edit_are_told_with_both_texts(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    first, second = await as_staff("organiser"), await as_staff("organiser")
    await first.send_form(f"/organiser/sessions/{session}", {**GIVEN, "summary_zh": "甲写的简介"})
    refused = await second.send_form(
        f"/organiser/sessions/{session}", {**GIVEN, "summary_zh": "乙写的简介"}, **ENGLISH
    )
    assert refused.status_code == 409
    assert refused.text.count("甲写的简介") == 1
    assert refused.text.count("乙写的简介") == 2
    assert (await Session.select(Session.summary_zh)) == [{"summary_zh": "甲写的简介"}]
    saved = await second.send_form(
        f"/organiser/sessions/{session}", {**GIVEN, "summary_zh": "乙写的简介", "version": "2"}
    )
    assert saved.status_code == 303
    assert (await Session.select(Session.summary_zh)) == [{"summary_zh": "乙写的简介"}]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"ends": "13:00"}, "ends"), ({"title_zh": ""}, "title_zh"), ({"day": "29.10."}, "day"), ({"starts": "25:00"}, "starts"),
     ({"room": "x"}, "room"), ({"room": "01928d5c-0000-7000-8000-000000000001"}, "room"), ({"booking": "king"}, "booking"), ({"title_en": "x" * 301}, "title_en")],
)  # fmt: skip
async def test_wrong_values_are_said_at_the_field(
    as_staff: AsStaff, wrong: dict[str, str], field: str
) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    visitor = await as_staff("organiser")
    answer = await visitor.send_form(
        f"/organiser/sessions/{session}", {**GIVEN, "summary_en": "What I typed", **wrong}
    )
    assert answer.status_code == 422
    assert f'id="{field}-e"' in answer.text
    assert "What I typed" in answer.text
    assert (await Session.select(Session.version)) == [{"version": 1}]


async def test_lapsed_token_keeps_what_was_typed(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    visitor = await as_staff("organiser")
    answer = await visitor.post(
        f"/organiser/sessions/{session}", content="title_zh=Typed&version=1", headers=FORM
    )
    assert answer.status_code == 422
    assert 'value="Typed"' in answer.text


async def test_missing_language_is_said(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition, summary_zh="只有中文")
    visitor = await as_staff("organiser")
    assert "English is missing" in (await visitor.get(f"/organiser/sessions/{session}", headers=ENGLISH)).text


async def test_more_seats_move_the_line_up(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition, seats=1)
    await make.booking(await make.guest(edition), session)
    bo = await make.guest(edition, native_name="薄明远")
    await make.booking(bo, session, "waiting")
    visitor = await as_staff("organiser")
    fewer = await visitor.send_form(f"/organiser/sessions/{session}/seats", {"seats": "0"})
    assert (fewer.status_code, 'id="seats-e"' in fewer.text) == (422, True)
    answer = await visitor.send_form(f"/organiser/sessions/{session}/seats", {"seats": "2"})
    assert answer.status_code == 303
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


async def test_calling_off_says_numbers_and_tells_everybody(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition, seats=1)
    await make.booking(await make.guest(edition), session)
    await make.booking(await make.guest(edition), session, "waiting")
    visitor = await as_staff("organiser")
    asked = (await visitor.get(f"/organiser/sessions/{session}/call-off", headers=ENGLISH)).text
    assert "Call off and tell 2 guests" in asked
    assert await Mail.count() == 0
    await visitor.send_form(f"/organiser/sessions/{session}/call-off")
    assert await Mail.count().where(Mail.kind == "seat_lost") == 2
    assert (await Session.select(Session.state)) == [{"state": "called_off"}]
    again = await visitor.send_form(f"/organiser/sessions/{session}/call-off")
    assert again.status_code == 409


async def test_new_session_is_planned_then_put_on_the_programme(as_staff: AsStaff, client: Visitor) -> None:
    await make.edition()
    visitor = await as_staff("organiser")
    assert (await visitor.get("/organiser/sessions/new")).status_code == 200
    wrong = await visitor.send_form("/organiser/sessions/new", {**GIVEN, "kind": "king", "starts": "9"})
    assert (wrong.status_code, "Sponge cities" in wrong.text) == (422, True)
    assert 'id="kind-e"' in wrong.text
    assert 'id="starts-e"' in wrong.text
    assert await Session.count() == 0
    made = await visitor.send_form("/organiser/sessions/new", {**GIVEN, "kind": "tour"})
    at = made.headers["location"]
    await visitor.send_form("/organiser/sessions/new", {**GIVEN, "kind": "tour"})
    rows = await Session.select(Session.code, Session.state, Session.kind).order_by(Session.code)
    assert [tuple(row.values()) for row in rows] == [
        ("sponge-cities", "planned", "tour"),
        ("sponge-cities-2", "planned", "tour"),
    ]
    assert (await client.get("/en/sessions/sponge-cities")).status_code == 404
    await visitor.send_form(f"{at}/confirm")
    await visitor.send_form(f"{at}/confirm")
    assert (await Session.select(Session.state).where(Session.code == "sponge-cities")) == [
        {"state": "confirmed"}
    ]
    assert await AuditEntry.count().where(AuditEntry.action == "session.confirmed") == 1
