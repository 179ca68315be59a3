"""What may be wrong between two sessions that both have a time and take place, the earlier one first."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from wcd.agenda.facts import SessionFacts
from wcd.agenda.rules import CEREMONY, CONFIRMED, PAUSES, overlap
from wcd.agenda.warnings import kinds
from wcd.agenda.warnings.spans import span_of
from wcd.agenda.warnings.views import AgendaWarning, Plan, Span, pair

_MINUTE = timedelta(minutes=1)


def rooms_exclude(plan: Plan, one: UUID | None, other: UUID | None) -> bool:
    """Whether two sessions in these rooms disturb each other: one room, or a divisible hall and a part of it."""
    if one is None or other is None:
        return False
    return one in halls_of(plan, other) or other in halls_of(plan, one)


def halls_of(plan: Plan, room: UUID) -> list[UUID]:
    """A room, the hall it is a part of, and so on up to the largest."""
    halls: list[UUID] = []
    at: UUID | None = room
    while at is not None and at not in halls:
        halls.append(at)
        found = plan.rooms.get(at)
        at = found.whole if found else None
    return halls


def room_twice(plan: Plan, one: SessionFacts, other: SessionFacts) -> Iterator[AgendaWarning]:
    """Two sessions at one time in one room, or in a hall and a part of it."""
    if _at_one_time(one, other) and rooms_exclude(plan, one.room, other.room):
        yield _warning(kinds.ROOM_TWICE, one, other, room=one.room)


def person_needed(
    plan: Plan, speaker: UUID, one: SessionFacts, here: Span, other: SessionFacts, there: Span
) -> Iterator[AgendaWarning]:
    """Somebody who is needed in both at one time, or who cannot get from one venue to the other in between."""
    if overlap(here, there):
        yield _warning(kinds.PERSON_TWICE, one, other, speaker=speaker)
        return
    between = max(here[0], there[0]) - min(here[1], there[1])
    minutes = travel_minutes(plan, one.room, other.room)
    if between < minutes * _MINUTE:
        yield _warning(
            kinds.TRAVEL_TOO_SHORT, one, other, speaker=speaker, number=between // _MINUTE, limit=minutes
        )


def travel_minutes(plan: Plan, one: UUID | None, other: UUID | None) -> int:
    """How long the way takes between two rooms; 0 within a venue and where nobody said it."""
    here, there = plan.rooms.get(one) if one else None, plan.rooms.get(other) if other else None
    if here is None or there is None or here.venue == there.venue:
        return 0
    return plan.travel.get(pair(here.venue, there.venue), 0)


def overlaps_ceremony(one: SessionFacts, other: SessionFacts) -> Iterator[AgendaWarning]:
    """A session that is held during a ceremony, to which everybody is invited. Breaks and meals may be."""
    if CEREMONY not in (one.kind, other.kind) or one.kind in PAUSES or other.kind in PAUSES:
        return
    if _at_one_time(one, other):
        first, ceremony = (one, other) if other.kind == CEREMONY else (other, one)
        yield _warning(kinds.OVERLAPS_CEREMONY, first, ceremony)


def bookings_overlap(plan: Plan, one: SessionFacts, other: SessionFacts) -> Iterator[AgendaWarning]:
    """Guests with seats in both, which do not overlap as published: who chose two that do has chosen."""
    guests = plan.shared.get(pair(one.id, other.id), 0)
    if not guests or not _at_one_time(one, other):
        return
    here, there = plan.published.get(one.id), plan.published.get(other.id)
    if here is None or there is None or not overlap(here, there):
        yield _warning(kinds.BOOKINGS_OVERLAP, one, other, number=guests)


def _at_one_time(one: SessionFacts, other: SessionFacts) -> bool:
    here, there = span_of(one), span_of(other)
    return here is not None and there is not None and overlap(here, there)


def _warning(
    kind: str,
    one: SessionFacts,
    other: SessionFacts,
    *,
    room: UUID | None = None,
    speaker: UUID | None = None,
    number: int = 0,
    limit: int = 0,
) -> AgendaWarning:
    return AgendaWarning(
        kind=kind,
        session=one.id,
        other=other.id,
        in_release=one.state == other.state == CONFIRMED,
        room=room,
        speaker=speaker,
        number=number,
        limit=limit,
    )
