"""When a gate admits a guest: its hours or its sessions, cut down by category and bookings. Pure."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from wcd.checkin.rules import Opening
from wcd.core.i18n import Bilingual

ENTRANCE = "entrance"
SESSION = "session"
KINDS = (ENTRANCE, SESSION)
# They work in the halls or are expected there: a session does not ask them for a booking.
NEED_NO_BOOKING = frozenset({"speaker", "vip", "staff", "volunteer"})


class SessionAtGate(msgspec.Struct, frozen=True):
    """What of a session matters at its door."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    seats: int | None
    booking: str


class GateAtWork(msgspec.Struct, frozen=True):
    """A gate with everything its verdicts depend on. ``area``: the gates that share its admissions, itself included."""

    id: UUID
    edition: UUID
    code: str
    name: Bilingual
    kind: str
    zone: str
    days: tuple[date, ...]
    opens: time | None
    closes: time | None
    minutes_before: int
    categories: tuple[str, ...]
    re_entry: bool
    is_open: bool
    sessions: tuple[SessionAtGate, ...]
    area: tuple[UUID, ...]

    @property
    def has_limit(self) -> bool:
        """Whether one of its sessions can be full: seats for whoever comes first."""
        return any(session.booking == "open" and session.seats is not None for session in self.sessions)


def gate_openings(gate: GateAtWork) -> list[Opening]:
    """When the gate is open, whoever comes."""
    return [opening for _, opening in _all(gate)]


def guest_openings(gate: GateAtWork, category: str, booked: frozenset[UUID]) -> tuple[Opening, ...]:
    """When the gate admits a guest of this category with these confirmed bookings; empty: never."""
    if gate.categories and category not in gate.categories:
        return ()
    return tuple(
        opening
        for session, opening in _all(gate)
        if session is None or session.booking == "open" or session.id in booked or category in NEED_NO_BOOKING
    )


def newest_opening(gate: GateAtWork, now: datetime) -> Opening | None:
    """The opening that runs now or began last: what "inside" refers to."""
    return max(
        (opening for opening in gate_openings(gate) if opening.opens <= now),
        key=lambda opening: opening.opens,
        default=None,
    )


def session_now(gate: GateAtWork, now: datetime) -> SessionAtGate | None:
    """The session to which a session gate leads now or next."""
    return next((session for session in gate.sessions if session.ends_at > now), None)


def _all(gate: GateAtWork) -> Iterator[tuple[SessionAtGate | None, Opening]]:
    if gate.kind == ENTRANCE:
        for day in gate.days:
            yield None, _hours(gate, day)
        return
    ended: datetime | None = None
    for session in gate.sessions:
        yield session, _doors(gate, session, ended)
        ended = session.ends_at


def _hours(gate: GateAtWork, day: date) -> Opening:
    starts, ends = _day(day, gate.zone)
    opens = _at(day, gate.opens, gate.zone) if gate.opens else starts
    closes = _at(day, gate.closes, gate.zone) if gate.closes else ends
    return Opening(opens, closes, starts, ends, since=starts)


def _doors(gate: GateAtWork, session: SessionAtGate, ended: datetime | None) -> Opening:
    """A hall is let in again when the session before has ended: nobody is counted twice."""
    opens = session.starts_at - timedelta(minutes=gate.minutes_before)
    if ended is not None and ended <= session.starts_at:
        opens = max(opens, ended)
    starts, ends = _day(session.starts_at.astimezone(ZoneInfo(gate.zone)).date(), gate.zone)
    limit = session.seats if session.booking == "open" else None
    return Opening(opens, session.ends_at, starts, ends, since=opens, limit=limit)


def _day(day: date, zone: str) -> tuple[datetime, datetime]:
    return _at(day, time(), zone), _at(day + timedelta(days=1), time(), zone)


def _at(day: date, hour: time, zone: str) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)
