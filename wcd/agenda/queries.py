"""Reading the agenda: as guests see it (the release in force), or the working copy, from two views of one shape."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from wcd.agenda.errors import NoSuchSession, NoSuchSpeaker
from wcd.agenda.facts import Host, ItemFacts, PartFacts, SessionFacts
from wcd.agenda.rules import AWARD, CONFIRMED, LAUNCH, PLENARY, item_times
from wcd.agenda.views import (
    ExhibitionView,
    ItemView,
    LaunchView,
    Part,
    PersonView,
    Place,
    SessionCard,
    SessionPage,
    SpeakerPage,
    SpeakerSession,
    StandView,
    SubjectView,
)
from wcd.core.db import fetch
from wcd.core.i18n import Bilingual
from wcd.core.names import needles

_PLACE = """r.id AS room_id, r.code AS room_code, r.capacity, r.name_zh AS room_zh, r.name_en AS room_en,
    r.floor_zh, r.floor_en, v.name_zh AS venue_zh, v.name_en AS venue_en"""
_PERSON = "p.id, p.code, p.native_name, p.latin_name, p.post_zh, p.post_en, p.body_zh, p.body_en, p.country, p.portrait"
_COLUMNS = (
    "id, edition, code, kind, state, title_zh, title_en, summary_zh, summary_en, room, starts_at, ends_at,"
    " minutes, seats, booking, categories, languages, interpretation, sdgs, subjects, meeting_point_zh,"
    " meeting_point_en, hosts, items, people, version, sequence, changed_in, changed_at"
)
_ORDER = "ORDER BY s.starts_at, s.ends_at DESC, v.position NULLS LAST, r.position NULLS LAST, s.code"


_RELEASED = """
    SELECT f.session AS id, r.edition, r.number, f.code, f.kind, f.state, f.title_zh, f.title_en, f.summary_zh,
        f.summary_en, f.room, f.starts_at, f.ends_at,
        (extract(epoch FROM f.ends_at - f.starts_at) / 60)::int AS minutes, s.seats, f.booking, f.categories,
        f.languages, f.interpretation, f.sdgs, f.subjects, f.meeting_point_zh, f.meeting_point_en, f.hosts,
        f.items, f.people, s.version, f.sequence, f.changed_in, f.changed_at
    FROM agenda_released_session f JOIN agenda_release r ON r.id = f.release
    JOIN agenda_session s ON s.id = f.session"""


def _sessions(*, working: bool) -> str:
    view = "agenda_working_session" if working else "agenda_published_session"
    return f"""SELECT s.*, {_PLACE} FROM {view} s
        LEFT JOIN venues_room r ON r.id = s.room LEFT JOIN venues_venue v ON v.id = r.venue"""  # noqa: S608 - one of two constants


def _speakers(*, working: bool) -> str:
    return "agenda_speaker" if working else "agenda_published_speaker"


async def working_sessions(edition: UUID) -> list[SessionFacts]:
    """The working copy in the order of time, what has no time last: one query."""
    rows = await fetch(
        f"SELECT {_COLUMNS} FROM agenda_working_session WHERE edition = $1 ORDER BY starts_at NULLS LAST, code",  # noqa: S608 - constants only
        edition,
    )
    return [facts_of(row) for row in rows]


async def published_sessions(edition: UUID) -> list[SessionFacts]:
    """What guests see, in the order of time: one query; empty before the first release."""
    rows = await fetch(
        f"SELECT {_COLUMNS} FROM agenda_published_session WHERE edition = $1 ORDER BY starts_at, code",  # noqa: S608 - constants only
        edition,
    )
    return [facts_of(row) for row in rows]


async def released_sessions(release: UUID) -> list[SessionFacts]:
    """What a release holds, whether it is in force or not: one query."""
    rows = await fetch(f"{_RELEASED} WHERE f.release = $1 ORDER BY f.starts_at, f.code", release)
    return [facts_of(row) for row in rows]


async def list_in_release(
    release: UUID, sessions: Sequence[UUID]
) -> tuple[list[SessionCard], list[SessionCard]]:
    """Some sessions as a release has them, and those it took off the programme, as they last were.

    The latter under the number after their last: a calendar believes a cancellation only when it is newer.
    """
    rows = await fetch(
        f"""SELECT s.*, {_PLACE} FROM ({_RELEASED} WHERE f.release = $1 AND f.session = ANY($2::uuid[])) s
            LEFT JOIN venues_room r ON r.id = s.room LEFT JOIN venues_venue v ON v.id = r.venue {_ORDER}""",  # noqa: S608 - constants only
        release,
        list(sessions),
    )
    gone = await fetch(
        f"""SELECT DISTINCT ON (s.id) s.*, {_PLACE} FROM ({_RELEASED}
                JOIN agenda_release now ON now.id = $1 AND now.edition = r.edition
                WHERE f.session = ANY($2::uuid[]) AND r.state = 'published' AND r.number < now.number
                AND NOT EXISTS (SELECT FROM agenda_released_session o WHERE o.release = $1 AND o.session = f.session)
                ORDER BY r.number DESC) s
            LEFT JOIN venues_room r ON r.id = s.room LEFT JOIN venues_venue v ON v.id = r.venue
            ORDER BY s.id, s.number DESC""",  # noqa: S608 - constants only
        release,
        list(sessions),
    )
    lost = [
        msgspec.structs.replace(card, sequence=card.sequence + 1) for card in await _cards(gone, working=True)
    ]
    return await _cards(rows, working=True), lost


async def list_sessions(edition: UUID, *, working: bool = False) -> list[SessionCard]:
    """The programme in the order of time: two queries. Of the working copy, only what has a time."""
    rows = await fetch(
        f"{_sessions(working=working)} WHERE s.edition = $1 AND s.starts_at IS NOT NULL {_ORDER}", edition
    )
    return await _cards(rows, working=working)


async def list_sessions_by_id(ids: Sequence[UUID]) -> list[SessionCard]:
    """Some sessions of the programme in the order of time: two queries."""
    rows = await fetch(f"{_sessions(working=False)} WHERE s.id = ANY($1::uuid[]) {_ORDER}", list(ids))
    return await _cards(rows, working=False)


async def get_session_page(edition: UUID, code: str, *, working: bool = False) -> SessionPage:
    """One session by its code: two queries."""
    rows = await fetch(
        f"{_sessions(working=working)} WHERE s.edition = $1 AND s.code = $2 AND s.starts_at IS NOT NULL",
        edition,
        code,
    )
    if not rows:
        raise NoSuchSession
    return await _page(rows[0], working=working)


async def get_session_by_id(
    session: UUID, *, edition: UUID | None = None, working: bool = True
) -> SessionPage:
    """One session with a time by its id: two queries. With ``edition``, those of others are not found."""
    rows = await fetch(
        f"""{_sessions(working=working)}
            WHERE s.id = $1 AND ($2::uuid IS NULL OR s.edition = $2) AND s.starts_at IS NOT NULL""",
        session,
        edition,
    )
    if not rows:
        raise NoSuchSession
    return await _page(rows[0], working=working)


async def get_session_facts(session: UUID, *, edition: UUID | None = None) -> SessionFacts:
    """One session of the working copy, with or without a time: one query."""
    rows = await fetch(
        f"""SELECT {_COLUMNS} FROM agenda_working_session
            WHERE id = $1 AND ($2::uuid IS NULL OR edition = $2)""",  # noqa: S608 - constants only
        session,
        edition,
    )
    if not rows:
        raise NoSuchSession
    return facts_of(rows[0])


async def list_subjects(edition: UUID) -> list[SubjectView]:
    """The subjects of an edition in the organisers' order."""
    rows = await fetch(
        "SELECT code, name_zh, name_en FROM agenda_subject WHERE edition = $1 ORDER BY position, code",
        edition,
    )
    return [SubjectView(row["code"], _both(row, "name")) for row in rows]


def launches(sessions: Iterable[SessionFacts]) -> list[LaunchView]:
    """What is launched and awarded in plenaries, in the order of the programme."""
    return [
        LaunchView(item.title, item.kind, one.code, one.starts_at)
        for one in sessions
        if one.kind == PLENARY and one.state == CONFIRMED and one.starts_at
        for item in one.items
        if item.kind in {LAUNCH, AWARD}
    ]


async def list_speakers(edition: UUID, search: str = "", *, working: bool = False) -> list[PersonView]:
    """The speakers as a list of people is ordered, all or those whom a search finds in either script or pinyin."""
    wanted = needles(search)
    if search.strip() and not wanted:
        return []
    rows = await fetch(
        f"""SELECT {_PERSON} FROM {_speakers(working=working)} p WHERE p.edition = $1
            AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS word WHERE position(word IN p.search_keys) = 0)
            ORDER BY p.sort_key, p.code""",  # noqa: S608 - constants only
        edition,
        wanted,
    )
    return [person_of(row) for row in rows]


async def get_speaker_page(edition: UUID, code: str, *, working: bool = False) -> SpeakerPage:
    """One speaker with sessions: three queries."""
    rows = await fetch(
        f"""SELECT {_PERSON}, p.biography_zh, p.biography_en FROM {_speakers(working=working)} p
            WHERE p.edition = $1 AND p.code = $2""",  # noqa: S608 - constants only
        edition,
        code,
    )
    if not rows:
        raise NoSuchSpeaker
    speaker = rows[0]["id"]
    appearing = await fetch(
        f"""{_sessions(working=working)} WHERE s.edition = $1 AND s.starts_at IS NOT NULL
            AND s.people @> jsonb_build_array(jsonb_build_object('speaker', $2::uuid)) {_ORDER}""",
        edition,
        speaker,
    )
    cards = await _cards(appearing, working=working)
    roles = [_roles(row, speaker) for row in appearing]
    return SpeakerPage(
        person=person_of(rows[0]),
        biography=_both(rows[0], "biography"),
        sessions=[SpeakerSession(card, role) for card, role in zip(cards, roles, strict=True)],
    )


async def list_exhibitions(edition: UUID) -> list[ExhibitionView]:
    """The exhibitions with their stands: two queries."""
    rows = await fetch(
        f"""SELECT e.*, {_PLACE} FROM agenda_exhibition e
            LEFT JOIN venues_room r ON r.id = e.room LEFT JOIN venues_venue v ON v.id = r.venue
            WHERE e.edition = $1 ORDER BY e.position, e.code""",  # noqa: S608 - constants only
        edition,
    )
    found = await fetch(
        "SELECT * FROM agenda_stand WHERE exhibition = ANY($1::uuid[]) ORDER BY exhibition, number",
        [row["id"] for row in rows],
    )
    stands: dict[UUID, list[StandView]] = {}
    for row in found:
        view = StandView(row["number"], _both(row, "title"), _both(row, "body"), _both(row, "summary"))
        stands.setdefault(row["exhibition"], []).append(view)
    return [
        ExhibitionView(
            code=row["code"],
            title=_both(row, "title"),
            summary=_both(row, "summary"),
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            place=_place(row),
            stands=stands.get(row["id"], []),
        )
        for row in rows
    ]


def facts_of(row: asyncpg.Record) -> SessionFacts:
    """A row of one of the two views as plain values."""
    return SessionFacts(
        title=_both(row, "title"),
        summary=_both(row, "summary"),
        meeting_point=_both(row, "meeting_point"),
        hosts=_HOSTS.decode(row["hosts"]),
        items=_ITEMS.decode(row["items"]),
        people=_PEOPLE.decode(row["people"]),
        **{name: row[name] for name in _FACTS},
    )


_HOSTS = msgspec.json.Decoder(list[Host])
_ITEMS = msgspec.json.Decoder(list[ItemFacts])
_PEOPLE = msgspec.json.Decoder(list[PartFacts])
_DECODED = {"title", "summary", "meeting_point", "hosts", "items", "people"}
_FACTS = [name for name in SessionFacts.__struct_fields__ if name not in _DECODED]
_CARD = [
    name
    for name in SessionCard.__struct_fields__
    if name not in {"title", "summary", "meeting_point", "hosts", "place", "people"}
]


async def _cards(rows: Sequence[asyncpg.Record], *, working: bool) -> list[SessionCard]:
    parts = [_PEOPLE.decode(row["people"]) for row in rows]
    people = await _people((part.speaker for some in parts for part in some), rows, working=working)
    return [_card(row, some, people) for row, some in zip(rows, parts, strict=True)]


async def _page(row: asyncpg.Record, *, working: bool) -> SessionPage:
    facts = facts_of(row)
    people = await _people((part.speaker for part in facts.people), [row], working=working)
    by_item: dict[UUID | None, list[Part]] = {}
    for part in facts.people:
        if part.speaker in people:
            by_item.setdefault(part.item, []).append(Part(people[part.speaker], part.role))
    times = item_times(row["starts_at"], [item.minutes for item in facts.items])
    return SessionPage(
        card=_card(row, facts.people, people),
        items=[
            ItemView(item.kind, item.title, at, item.minutes, by_item.get(item.id, []))
            for item, at in zip(facts.items, times, strict=True)
        ],
        people=by_item.get(None, []),
    )


async def _people(
    ids: Iterable[UUID], rows: Sequence[asyncpg.Record], *, working: bool
) -> dict[UUID, PersonView]:
    """The people of some sessions, as the same release has them."""
    wanted = list(set(ids))
    if not wanted:
        return {}
    found = await fetch(
        f"SELECT {_PERSON} FROM {_speakers(working=working)} p WHERE p.edition = ANY($1) AND p.id = ANY($2)",  # noqa: S608 - constants only
        list({row["edition"] for row in rows}),
        wanted,
    )
    return {row["id"]: person_of(row) for row in found}


def _card(row: asyncpg.Record, parts: Iterable[PartFacts], people: dict[UUID, PersonView]) -> SessionCard:
    appearing = dict.fromkeys(part.speaker for part in parts if part.speaker in people)
    return SessionCard(
        title=_both(row, "title"),
        summary=_both(row, "summary"),
        meeting_point=_both(row, "meeting_point"),
        hosts=[host.name for host in _HOSTS.decode(row["hosts"])],
        place=_place(row),
        people=[people[speaker] for speaker in appearing],
        **{name: row[name] for name in _CARD},
    )


def _roles(row: asyncpg.Record, speaker: UUID) -> list[str]:
    """As what somebody appears in a session, in alphabetical order."""
    return sorted({part.role for part in _PEOPLE.decode(row["people"]) if part.speaker == speaker})


def _place(row: Any) -> Place | None:
    if row["room_id"] is None:
        return None
    return Place(
        id=row["room_id"],
        code=row["room_code"],
        name=_both(row, "room"),
        floor=_both(row, "floor"),
        venue=_both(row, "venue"),
        capacity=row["capacity"],
    )


def person_of(row: Any) -> PersonView:
    """A row of speakers, working or frozen, as a person on the programme."""
    return PersonView(
        id=row["id"],
        code=row["code"],
        native_name=row["native_name"],
        latin_name=row["latin_name"],
        post=_both(row, "post"),
        body=_both(row, "body"),
        country=row["country"],
        portrait=row["portrait"],
    )


def _both(row: Any, name: str) -> Bilingual:
    return Bilingual(row[f"{name}_zh"], row[f"{name}_en"])
