"""Warnings by the slow, obvious way: every rule looks at every session or at every two of them, minute by minute.

It shares no code with what it is held against: only the values that go in and come out.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations
from uuid import UUID

from wcd.agenda.facts import SessionFacts
from wcd.agenda.warnings.views import AgendaWarning, Plan, RoomFacts
from wcd.core.i18n import Bilingual

MINUTE = timedelta(minutes=1)
Minutes = frozenset[int]


def slow_warnings(plan: Plan) -> set[AgendaWarning]:
    """Everything that does not fit."""
    held = [one for one in plan.sessions.values() if one.state != "called_off"]
    found = {warning for one in held for warning in about_one(plan, one)}
    for pair in combinations(held, 2):
        if all(one.starts_at for one in pair):
            first, second = sorted(pair, key=lambda one: (one.starts_at, one.id))
            found |= set(about_two(plan, first, second))
    return found


def about_one(plan: Plan, one: SessionFacts) -> Iterator[AgendaWarning]:
    released = one.state == "confirmed"
    room = plan.rooms.get(one.room) if one.room else None
    if room and room.openings and not minutes_of(one) <= union(room.openings):
        yield AgendaWarning("room_closed", one.id, released, room=room.id)
    if room and one.seats is not None:
        holds = room.layouts.get(plan.layouts.get(one.id, "none"), room.capacity)
        if 0 < holds < one.seats:
            yield AgendaWarning(
                "room_too_small", one.id, released, room=room.id, number=one.seats, limit=holds
            )
    for speaker in {part.speaker for part in one.people} & set(plan.speakers):
        available = plan.speakers[speaker].available
        if available and not minutes_needed(one, speaker) <= union(available):
            yield AgendaWarning("person_absent", one.id, released, speaker=speaker)
    if one.state != "idea":
        yield from owed(plan, one)


def owed(plan: Plan, one: SessionFacts) -> Iterator[AgendaWarning]:
    released = one.state == "confirmed"
    yield from texts(one)
    if one.languages and one.kind not in {"break", "meal"}:
        yield from languages(plan, one)
    talking = {part.speaker for part in one.people if part.role in {"speaker", "discussant"}}
    leading = [part for part in one.people if part.role == "moderator"]
    if one.kind in {"plenary", "forum"} and len(talking) >= 2 and not leading:
        yield AgendaWarning("no_moderator", one.id, released, number=len(talking))
    length = len(minutes_of(one)) if one.starts_at else one.minutes
    total = sum(item.minutes for item in one.items)
    if total > length:
        yield AgendaWarning("items_too_long", one.id, released, number=total, limit=length)


def texts(one: SessionFacts) -> Iterator[AgendaWarning]:
    for language, other in (("zh", "en"), ("en", "zh")):
        lacking = [] if getattr(one.title, language) else ["title"]
        for name in ("summary", "meeting_point", "items", "hosts"):
            text = getattr(one, name)
            if [
                x
                for x in ([text] if isinstance(text, Bilingual) else text)
                if getattr(x, other) and not getattr(x, language)
            ]:
                lacking += [name]
        if lacking:
            yield AgendaWarning(
                "text_missing", one.id, one.state == "confirmed", language=language, fields=tuple(lacking)
            )


def languages(plan: Plan, one: SessionFacts) -> Iterator[AgendaWarning]:
    spoken_by: dict[str, set[UUID]] = {"zh": set(), "en": set()}
    for part in one.people:
        if part.speaker in plan.speakers:
            spoken_by.setdefault(plan.speakers[part.speaker].language, set()).add(part.speaker)
    for language, speakers in spoken_by.items():
        if language and language not in one.languages + one.interpretation:
            released = one.state == "confirmed"
            yield AgendaWarning(
                "language_not_covered", one.id, released, language=language, number=len(speakers)
            )


def about_two(plan: Plan, first: SessionFacts, second: SessionFacts) -> Iterator[AgendaWarning]:
    released = first.state == "confirmed" and second.state == "confirmed"
    together = bool(minutes_of(first) & minutes_of(second))
    if together and first.room and second.room and same_floor(plan, first.room, second.room):
        yield AgendaWarning("room_twice", first.id, released, second.id, room=first.room)
    for speaker in {part.speaker for part in first.people} & {part.speaker for part in second.people}:
        here, there = minutes_needed(first, speaker), minutes_needed(second, speaker)
        if here & there:
            yield AgendaWarning("person_twice", first.id, released, second.id, speaker=speaker)
            continue
        between = min(there) - max(here) - 1 if min(there) > max(here) else min(here) - max(there) - 1
        way = travel(plan, first, second)
        if between < way:
            yield AgendaWarning(
                "travel_too_short", first.id, released, second.id,
                speaker=speaker, number=between, limit=way,
            )  # fmt: skip
    kinds = {first.kind, second.kind}
    if together and "ceremony" in kinds and not kinds & {"break", "meal"}:
        beside, ceremony = (first, second) if second.kind == "ceremony" else (second, first)
        yield AgendaWarning("overlaps_ceremony", beside.id, released, ceremony.id)
    guests = plan.shared.get((min(first.id, second.id), max(first.id, second.id)), 0)
    known = [
        union([plan.published[one.id]]) if one.id in plan.published else set() for one in (first, second)
    ]
    if together and guests and not known[0] & known[1]:
        yield AgendaWarning("bookings_overlap", first.id, released, second.id, number=guests)


def same_floor(plan: Plan, one: UUID, other: UUID) -> bool:
    return one == other or is_part(plan, one, other) or is_part(plan, other, one)


def is_part(plan: Plan, room: UUID, hall: UUID) -> bool:
    facts: RoomFacts | None = plan.rooms.get(room)
    if facts is None or facts.whole is None:
        return False
    return facts.whole == hall or is_part(plan, facts.whole, hall)


def travel(plan: Plan, first: SessionFacts, second: SessionFacts) -> int:
    rooms = [plan.rooms.get(one.room) if one.room else None for one in (first, second)]
    if rooms[0] is None or rooms[1] is None or rooms[0].venue == rooms[1].venue:
        return 0
    venues = {rooms[0].venue, rooms[1].venue}
    return next((minutes for both, minutes in plan.travel.items() if set(both) == venues), 0)


def minutes_of(one: SessionFacts) -> Minutes:
    """Every minute of a session."""
    if one.starts_at is None or one.ends_at is None:
        return frozenset()
    return union([(one.starts_at, one.ends_at)])


def minutes_needed(one: SessionFacts, speaker: UUID) -> Minutes:
    """Every minute from the first to the last in which somebody has a part."""
    if one.starts_at is None:
        return frozenset()
    needed: set[int] = set()
    for part in one.people:
        if part.speaker != speaker:
            continue
        lengths = [item.minutes for item in one.items]
        place = next((n for n, item in enumerate(one.items) if item.id == part.item), None)
        if place is None or lengths[place] == 0:
            needed |= minutes_of(one)
        else:
            starts = minute(one.starts_at) + sum(lengths[:place])
            needed |= set(range(starts, starts + lengths[place]))
    return frozenset(range(min(needed), max(needed) + 1))


def union(spans: object) -> Minutes:
    """Every minute of some spans."""
    return frozenset(n for starts, ends in spans for n in range(minute(starts), minute(ends)))  # type: ignore[attr-defined]


def minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
