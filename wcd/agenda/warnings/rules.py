"""All warnings of a plan, those of one session, and those that a move would bring.

All of them are found by sweeps: sessions stand in the order of time, and each is held against those only that have
not ended before it starts, room by room and person by person. So 500 sessions take some milliseconds.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from msgspec.structs import replace

from wcd.agenda.facts import SessionFacts
from wcd.agenda.warnings import pairs
from wcd.agenda.warnings.kinds import KINDS
from wcd.agenda.warnings.single import warnings_in
from wcd.agenda.warnings.spans import presences, span_of, takes_place
from wcd.agenda.warnings.views import AgendaWarning, Plan, Span

_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_LAST = datetime.max.replace(tzinfo=UTC)
_NOBODY = UUID(int=0)
T = TypeVar("T")


def warnings(plan: Plan) -> list[AgendaWarning]:
    """Everything that does not fit, by kind and then in the order of time."""
    found = [warning for session in plan.sessions.values() for warning in warnings_in(plan, session)]
    timed = _timed(plan)
    found += _by_room(plan, timed)
    found += _by_person(plan, timed)
    found += _by_ceremony(timed)
    found += _by_bookings(plan, timed)
    return sorted(found, key=lambda warning: _order(plan, warning))


def warnings_of(plan: Plan, session: UUID) -> list[AgendaWarning]:
    """What does not fit about one session, in the same order."""
    one = plan.sessions[session]
    found = list(warnings_in(plan, one))
    if takes_place(one) and span_of(one):
        mine = presences(one)
        for other in plan.sessions.values():
            if other.id != session and takes_place(other) and span_of(other):
                found += _between(plan, one, mine, other)
    return sorted(found, key=lambda warning: _order(plan, warning))


def moved(
    plan: Plan, session: UUID, starts_at: datetime | None, ends_at: datetime | None, room: UUID | None
) -> Plan:
    """The plan as it would be with one session elsewhere."""
    there = replace(plan.sessions[session], starts_at=starts_at, ends_at=ends_at, room=room)
    return replace(plan, sessions=plan.sessions | {session: there})


def _timed(plan: Plan) -> list[SessionFacts]:
    held = [one for one in plan.sessions.values() if takes_place(one) and span_of(one)]
    return sorted(held, key=_when)


def _when(session: SessionFacts) -> tuple[datetime, UUID]:
    return session.starts_at or _LAST, session.id


def _sweep(spans: Iterable[tuple[Span, T]], slack: timedelta = timedelta(0)) -> Iterator[tuple[T, T]]:
    """Each two whose spans, given in the order of their starts, overlap or follow each other within ``slack``."""
    open_now: list[tuple[datetime, T]] = []
    for (starts, ends), thing in spans:
        open_now = [entry for entry in open_now if entry[0] > starts]
        for _until, earlier in open_now:
            yield earlier, thing
        open_now.append((ends + slack, thing))


def _by_room(plan: Plan, timed: list[SessionFacts]) -> Iterator[AgendaWarning]:
    """Rooms that are parts of one hall are swept together."""
    halls: dict[UUID, list[tuple[Span, SessionFacts]]] = {}
    for session in timed:
        span = span_of(session)
        if session.room and span:
            halls.setdefault(pairs.halls_of(plan, session.room)[-1], []).append((span, session))
    for held in halls.values():
        for one, other in _sweep(held):
            yield from pairs.room_twice(plan, one, other)


def _by_person(plan: Plan, timed: list[SessionFacts]) -> Iterator[AgendaWarning]:
    needed: dict[UUID, list[tuple[Span, tuple[SessionFacts, Span]]]] = {}
    for session in timed:
        for speaker, span in presences(session).items():
            needed.setdefault(speaker, []).append((span, (session, span)))
    longest = timedelta(minutes=max(plan.travel.values(), default=0))
    for speaker, spans in needed.items():
        spans.sort(key=lambda entry: entry[0][0])
        for one, other in _sweep(spans, longest):
            first, second = sorted((one, other), key=lambda entry: _when(entry[0]))
            yield from pairs.person_needed(plan, speaker, *first, *second)


def _by_ceremony(timed: list[SessionFacts]) -> Iterator[AgendaWarning]:
    for one, other in _sweep((span, session) for session in timed if (span := span_of(session))):
        yield from pairs.overlaps_ceremony(one, other)


def _by_bookings(plan: Plan, timed: list[SessionFacts]) -> Iterator[AgendaWarning]:
    held = {session.id: session for session in timed}
    for one, other in plan.shared:
        if one in held and other in held:
            yield from pairs.bookings_overlap(plan, *sorted((held[one], held[other]), key=_when))


def _between(
    plan: Plan, one: SessionFacts, mine: dict[UUID, Span], other: SessionFacts
) -> Iterator[AgendaWarning]:
    first, second = sorted((one, other), key=_when)
    yield from pairs.room_twice(plan, first, second)
    yield from pairs.overlaps_ceremony(first, second)
    yield from pairs.bookings_overlap(plan, first, second)
    if any(part.speaker in mine for part in other.people):
        theirs = presences(other)
        for speaker in mine.keys() & theirs.keys():
            spans = {one.id: mine[speaker], other.id: theirs[speaker]}
            yield from pairs.person_needed(plan, speaker, first, spans[first.id], second, spans[second.id])


def _order(plan: Plan, warning: AgendaWarning) -> tuple[int, datetime, UUID, UUID, UUID, str]:
    starts_at = plan.sessions[warning.session].starts_at or _LAST
    other, speaker = warning.other or _NOBODY, warning.speaker or _NOBODY
    return _RANK[warning.kind], starts_at, warning.session, other, speaker, warning.language
