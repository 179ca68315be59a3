"""What may be wrong with one session, whatever else is planned.

An idea owes nothing yet: neither texts nor a moderator, languages or items that fit. A session without a time can be
in a room that is too small, not in one that is closed.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from wcd.agenda.facts import SessionFacts
from wcd.agenda.rules import CONFIRMED, DISCUSSANT, FORUM, IDEA, MODERATOR, PAUSES, PLENARY, SPEAKER
from wcd.agenda.warnings import kinds
from wcd.agenda.warnings.spans import lies_within, presences, span_of, takes_place
from wcd.agenda.warnings.views import AgendaWarning, Plan, RoomFacts

LANGUAGES = ("zh", "en")
"""Of the audience: each must be spoken or interpreted."""
_MODERATED = (PLENARY, FORUM)
_MINUTE = timedelta(minutes=1)


def warnings_in(plan: Plan, session: SessionFacts) -> Iterator[AgendaWarning]:
    """Everything that is wrong with this session alone."""
    if not takes_place(session):
        return
    yield from _room(plan, session)
    yield from _absent(plan, session)
    if session.state != IDEA:
        yield from _texts(session)
        yield from _languages(plan, session)
        yield from _moderator(session)
        yield from _items(session)


def _room(plan: Plan, session: SessionFacts) -> Iterator[AgendaWarning]:
    room = plan.rooms.get(session.room) if session.room else None
    if room is None:
        return
    span = span_of(session)
    if span and room.openings and not lies_within(span, room.openings):
        yield _warning(kinds.ROOM_CLOSED, session, room=room.id)
    capacity = capacity_of(room, plan.layouts.get(session.id, ""))
    if session.seats is not None and capacity and session.seats > capacity:
        yield _warning(kinds.ROOM_TOO_SMALL, session, room=room.id, number=session.seats, limit=capacity)


def capacity_of(room: RoomFacts, layout: str) -> int:
    """How many a room holds in a layout; as it usually is, where it has no number for that one. 0 is not known."""
    return room.layouts.get(layout, room.capacity)


def _absent(plan: Plan, session: SessionFacts) -> Iterator[AgendaWarning]:
    for speaker, span in presences(session).items():
        person = plan.speakers.get(speaker)
        if person and person.available and not lies_within(span, person.available):
            yield _warning(kinds.PERSON_ABSENT, session, speaker=speaker)


def _texts(session: SessionFacts) -> Iterator[AgendaWarning]:
    """The title is needed in both languages, any other text in both or in none."""
    texts = {
        "title": [(session.title.zh, session.title.en)],
        "summary": [(session.summary.zh, session.summary.en)],
        "meeting_point": [(session.meeting_point.zh, session.meeting_point.en)],
        "items": [(item.zh, item.en) for item in session.items],
        "hosts": [(host.zh, host.en) for host in session.hosts],
    }
    for place, language in enumerate(LANGUAGES):
        missing = tuple(
            name
            for name, both in texts.items()
            if any(not text[place] and (text[1 - place] or name == "title") for text in both)
        )
        if missing:
            yield _warning(kinds.TEXT_MISSING, session, language=language, fields=missing)


def _languages(plan: Plan, session: SessionFacts) -> Iterator[AgendaWarning]:
    """Chinese, English and the language of each of its people are to be spoken or interpreted; a warning for each.

    ``number`` is how many of its people have that language. Nothing is asked of pauses, nor of a session of which is
    not said yet what is spoken. Where both languages are spoken, both count as understood.
    """
    if session.kind in PAUSES or not session.languages:
        return
    people = {part.speaker for part in session.people} & plan.speakers.keys()
    theirs = [plan.speakers[speaker].language for speaker in people]
    covered = {"", *session.languages, *session.interpretation}
    for language in sorted({*LANGUAGES, *theirs} - covered):
        yield _warning(kinds.LANGUAGE_NOT_COVERED, session, language=language, number=theirs.count(language))


def _moderator(session: SessionFacts) -> Iterator[AgendaWarning]:
    """Two people or more who talk with one another in a plenary or forum need somebody who leads."""
    talking = {part.speaker for part in session.people if part.role in (SPEAKER, DISCUSSANT)}
    led = any(part.role == MODERATOR for part in session.people)
    if session.kind in _MODERATED and len(talking) > 1 and not led:
        yield _warning(kinds.NO_MODERATOR, session, number=len(talking))


def _items(session: SessionFacts) -> Iterator[AgendaWarning]:
    span = span_of(session)
    limit = (span[1] - span[0]) // _MINUTE if span else session.minutes
    number = sum(item.minutes for item in session.items)
    if number > limit:
        yield _warning(kinds.ITEMS_TOO_LONG, session, number=number, limit=limit)


def _warning(
    kind: str,
    session: SessionFacts,
    *,
    room: UUID | None = None,
    speaker: UUID | None = None,
    language: str = "",
    fields: tuple[str, ...] = (),
    number: int = 0,
    limit: int = 0,
) -> AgendaWarning:
    return AgendaWarning(
        kind=kind,
        session=session.id,
        in_release=session.state == CONFIRMED,
        room=room,
        speaker=speaker,
        language=language,
        fields=fields,
        number=number,
        limit=limit,
    )
