"""When a gate admits whom: hours, sessions, categories, bookings."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import msgspec

from wcd.checkin.openings import (
    GateAtWork,
    SessionAtGate,
    gate_openings,
    guest_openings,
    newest_opening,
    session_now,
)
from wcd.core.i18n import Bilingual

NINE = datetime(2023, 10, 28, 1, tzinfo=UTC)  # 9 in Shanghai


def gate(**values: Any) -> GateAtWork:
    given = {
        "id": uuid4(),
        "edition": uuid4(),
        "code": "E-01",
        "name": Bilingual("东门", "East gate"),
        "kind": "entrance",
        "zone": "Asia/Shanghai",
        "days": (date(2023, 10, 28), date(2023, 10, 29)),
        "opens": time(8),
        "closes": time(18),
        "minutes_before": 60,
        "categories": (),
        "re_entry": False,
        "is_open": True,
        "sessions": (),
        "area": (),
    }
    return GateAtWork(**{**given, **values})


def session(minutes: int = 0, length: int = 90, **values: Any) -> SessionAtGate:
    starts = NINE + timedelta(minutes=minutes)
    given = {"id": uuid4(), "seats": None, "booking": "booking", **values}
    return SessionAtGate(starts_at=starts, ends_at=starts + timedelta(minutes=length), **given)


def hours(openings: Any) -> list[str]:
    return [f"{o.opens:%d %H:%M}-{o.closes:%d %H:%M}" for o in openings]


def test_entrance_keeps_its_hours_on_its_days() -> None:
    opening = gate_openings(gate())[0]
    assert hours(gate_openings(gate())) == ["28 00:00-28 10:00", "29 00:00-29 10:00"]
    assert (opening.day_starts, opening.day_ends) == (NINE - timedelta(hours=9), NINE + timedelta(hours=15))
    assert opening.since == opening.day_starts
    assert opening.limit is None


def test_entrance_without_hours_is_open_all_day() -> None:
    assert hours(gate_openings(gate(opens=None, closes=None)))[0] == "27 16:00-28 16:00"


def test_session_gate_opens_before_and_closes_at_the_end() -> None:
    assert hours(gate_openings(gate(kind="session", sessions=(session(),)))) == ["28 00:00-28 02:30"]


def test_next_session_opens_when_the_last_has_ended() -> None:
    sessions = (session(), session(105))
    assert hours(gate_openings(gate(kind="session", sessions=sessions))) == [
        "28 00:00-28 02:30",
        "28 02:30-28 04:15",
    ]


def test_sessions_that_overlap_keep_their_own_times() -> None:
    sessions = (session(), session(30))
    assert hours(gate_openings(gate(kind="session", sessions=sessions))) == [
        "28 00:00-28 02:30",
        "28 00:30-28 03:00",
    ]


def test_category_that_the_gate_does_not_name_is_never_admitted() -> None:
    assert guest_openings(gate(categories=("press",)), "delegate", frozenset()) == ()
    assert len(guest_openings(gate(categories=("press",)), "press", frozenset())) == 2


def test_session_asks_for_a_booking() -> None:
    one, other = session(), session(600)
    there = gate(kind="session", sessions=(one, other))
    assert hours(guest_openings(there, "delegate", frozenset({other.id}))) == ["28 10:00-28 12:30"]
    assert guest_openings(there, "delegate", frozenset()) == ()


def test_who_works_there_needs_no_booking() -> None:
    there = gate(kind="session", sessions=(session(),))
    admitted = {
        c: len(guest_openings(there, c, frozenset())) for c in ("speaker", "vip", "staff", "volunteer")
    }
    assert admitted == {"speaker": 1, "vip": 1, "staff": 1, "volunteer": 1}
    assert guest_openings(msgspec.structs.replace(there, categories=("vip",)), "staff", frozenset()) == ()


def test_open_session_with_seats_has_a_limit() -> None:
    there = gate(kind="session", sessions=(session(booking="open", seats=30),))
    assert there.has_limit
    assert [o.limit for o in guest_openings(there, "delegate", frozenset())] == [30]
    booked = gate(kind="session", sessions=(session(seats=30),))
    assert not booked.has_limit
    assert [o.limit for o in gate_openings(booked)] == [None]


def test_newest_opening_is_the_one_that_began_last() -> None:
    there = gate()
    assert newest_opening(there, NINE - timedelta(hours=3)) is None
    assert newest_opening(there, NINE) == gate_openings(there)[0]
    assert newest_opening(there, NINE + timedelta(hours=12)) == gate_openings(there)[0]
    assert newest_opening(there, NINE + timedelta(days=1)) == gate_openings(there)[1]


def test_session_now_or_next() -> None:
    first, second = session(), session(120)
    there = gate(kind="session", sessions=(first, second))
    assert session_now(there, NINE) == first
    assert session_now(there, first.ends_at) == second
    assert session_now(there, second.ends_at) is None


def test_days_follow_the_zone_through_a_change_of_the_clocks() -> None:
    there = gate(zone="Europe/Berlin", days=(date(2023, 10, 29),), opens=None, closes=None)
    opening = gate_openings(there)[0]
    assert opening.day_ends - opening.day_starts == timedelta(hours=25)
