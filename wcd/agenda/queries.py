"""Reading the agenda. Hand-written SQL where rows of several tables meet: Piccolo would ask once per table or row."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from wcd.agenda.errors import NoSuchSession, NoSuchSpeaker
from wcd.agenda.rules import PLANNED, item_times
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
_PERSON = "p.code, p.native_name, p.latin_name, p.post_zh, p.post_en, p.body_zh, p.body_en, p.country"
_SESSIONS = f"""SELECT s.*, {_PLACE} FROM agenda_session s
    LEFT JOIN venues_room r ON r.id = s.room LEFT JOIN venues_venue v ON v.id = r.venue"""  # noqa: S608 - constants only
_ORDER = "ORDER BY s.starts_at, s.ends_at DESC, v.position NULLS LAST, r.position NULLS LAST, s.code"


async def list_sessions(edition: UUID, *, planned: bool = False) -> list[SessionCard]:
    """The whole programme in the order of time: two queries. Planned sessions are for organisers only."""
    rows = await fetch(f"{_SESSIONS} WHERE s.edition = $1 {_ORDER}", edition)
    return await _cards([row for row in rows if planned or row["state"] != PLANNED])


async def list_sessions_by_id(ids: Sequence[UUID]) -> list[SessionCard]:
    """Some sessions in the order of time: two queries."""
    return await _cards(await fetch(f"{_SESSIONS} WHERE s.id = ANY($1::uuid[]) {_ORDER}", list(ids)))


async def get_session_page(edition: UUID, code: str, *, planned: bool = False) -> SessionPage:
    """One session by its code: three queries."""
    rows = await fetch(f"{_SESSIONS} WHERE s.edition = $1 AND s.code = $2", edition, code)
    if not rows or (rows[0]["state"] == PLANNED and not planned):
        raise NoSuchSession
    return await _page(rows[0])


async def get_session_by_id(session: UUID, *, edition: UUID | None = None) -> SessionPage:
    """One session by its id, in whatever state: three queries. With ``edition``, those of others are not found."""
    rows = await fetch(
        f"{_SESSIONS} WHERE s.id = $1 AND ($2::uuid IS NULL OR s.edition = $2)", session, edition
    )
    if not rows:
        raise NoSuchSession
    return await _page(rows[0])


async def list_subjects(edition: UUID) -> list[SubjectView]:
    """The subjects of an edition in the organisers' order."""
    rows = await fetch(
        "SELECT code, name_zh, name_en FROM agenda_subject WHERE edition = $1 ORDER BY position, code",
        edition,
    )
    return [SubjectView(row["code"], _both(row, "name")) for row in rows]


async def list_launches(edition: UUID) -> list[LaunchView]:
    """What is launched and awarded in plenaries, in the order of the programme."""
    rows = await fetch(
        """SELECT i.title_zh, i.title_en, i.kind, s.code, s.starts_at FROM agenda_item i
           JOIN agenda_session s ON s.id = i.session
           WHERE s.edition = $1 AND s.state = 'confirmed' AND s.kind = 'plenary' AND i.kind IN ('launch', 'award')
           ORDER BY s.starts_at, s.code, i.position""",
        edition,
    )
    return [LaunchView(_both(row, "title"), row["kind"], row["code"], row["starts_at"]) for row in rows]


async def list_speakers(edition: UUID, search: str = "") -> list[PersonView]:
    """The speakers as a list of people is ordered, all or those whom a search finds in either script or pinyin."""
    wanted = needles(search)
    if search.strip() and not wanted:
        return []
    rows = await fetch(
        f"""SELECT {_PERSON} FROM agenda_speaker p WHERE p.edition = $1
            AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS word WHERE position(word IN p.search_keys) = 0)
            ORDER BY p.sort_key, p.code""",  # noqa: S608 - constants only
        edition,
        wanted,
    )
    return [_person(row) for row in rows]


async def get_speaker_page(edition: UUID, code: str) -> SpeakerPage:
    """One speaker with sessions: four queries."""
    rows = await fetch(
        f"""SELECT {_PERSON}, p.id, p.biography_zh, p.biography_en FROM agenda_speaker p
            WHERE p.edition = $1 AND p.code = $2""",  # noqa: S608 - constants only
        edition,
        code,
    )
    if not rows:
        raise NoSuchSpeaker
    parts = await fetch(
        "SELECT DISTINCT session, role FROM agenda_appearance WHERE speaker = $1 ORDER BY session, role",
        rows[0]["id"],
    )
    roles: dict[UUID, list[str]] = {}
    for part in parts:
        roles.setdefault(part["session"], []).append(part["role"])
    cards = [card for card in await list_sessions_by_id(list(roles)) if card.state != PLANNED]
    return SpeakerPage(
        person=_person(rows[0]),
        biography=_both(rows[0], "biography"),
        sessions=[SpeakerSession(card, roles[card.id]) for card in cards],
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


async def _cards(rows: Sequence[asyncpg.Record]) -> list[SessionCard]:
    people = await _people([row["id"] for row in rows])
    cards = []
    for row in rows:
        appearing = {part["code"]: _person(part) for part in people.get(row["id"], [])}
        cards.append(_card(row, list(appearing.values())))
    return cards


async def _page(row: asyncpg.Record) -> SessionPage:
    parts = (await _people([row["id"]])).get(row["id"], [])
    items = await fetch("SELECT * FROM agenda_item WHERE session = $1 ORDER BY position, id", row["id"])
    times = item_times(row["starts_at"], [item["minutes"] for item in items])
    by_item: dict[UUID | None, list[Part]] = {}
    for part in parts:
        by_item.setdefault(part["item"], []).append(Part(_person(part), part["role"]))
    return SessionPage(
        card=_card(row, list({part["code"]: _person(part) for part in parts}.values())),
        items=[
            ItemView(item["kind"], _both(item, "title"), at, item["minutes"], by_item.get(item["id"], []))
            for item, at in zip(items, times, strict=True)
        ],
        people=by_item.get(None, []),
    )


async def _people(sessions: list[UUID]) -> dict[UUID, list[asyncpg.Record]]:
    """Who appears in each session, moderators first, then in the order of items."""
    rows = await fetch(
        f"""SELECT a.session, a.item, a.role, {_PERSON} FROM agenda_appearance a
            JOIN agenda_speaker p ON p.id = a.speaker LEFT JOIN agenda_item i ON i.id = a.item
            WHERE a.session = ANY($1::uuid[])
            ORDER BY a.session, a.role <> 'moderator', i.position NULLS FIRST, a.position, a.id""",  # noqa: S608 - constants only
        sessions,
    )
    found: dict[UUID, list[asyncpg.Record]] = {}
    for row in rows:
        found.setdefault(row["session"], []).append(row)
    return found


def _card(row: asyncpg.Record, people: list[PersonView]) -> SessionCard:
    return SessionCard(
        title=_both(row, "title"),
        summary=_both(row, "summary"),
        meeting_point=_both(row, "meeting_point"),
        hosts=[Bilingual(host["zh"], host["en"]) for host in msgspec.json.decode(row["hosts"])],
        place=_place(row),
        people=people,
        **{name: row[name] for name in _PLAIN},
    )


_PLAIN = (
    "id", "code", "kind", "state", "starts_at", "ends_at", "seats", "booking", "languages", "interpretation",
    "sdgs", "subjects", "version", "changed_at",
)  # fmt: skip


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


def _person(row: Any) -> PersonView:
    return PersonView(
        code=row["code"],
        native_name=row["native_name"],
        latin_name=row["latin_name"],
        post=_both(row, "post"),
        body=_both(row, "body"),
        country=row["country"],
    )


def _both(row: Any, name: str) -> Bilingual:
    return Bilingual(row[f"{name}_zh"], row[f"{name}_en"])
