"""The agenda out of the database as an ``AgendaFile``. Hand-written SQL: views and lists of several tables."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from wcd.agenda.exchange.files import (
    AgendaFile,
    EditionFacts,
    HostEntry,
    ItemEntry,
    PartEntry,
    RoomEntry,
    SessionEntry,
    SpeakerEntry,
    SubjectEntry,
    VenueEntry,
)
from wcd.core.db import fetch
from wcd.editions.queries import EditionView, edition_by_id

_SAME = (
    "id", "code", "kind", "state", "title_zh", "title_en", "starts_at", "ends_at", "minutes", "seats", "booking",
    "categories", "languages", "interpretation", "sdgs", "subjects", "summary_zh", "summary_en",
    "meeting_point_zh", "meeting_point_en",
)  # fmt: skip
_INTERNAL = frozenset({"layout", "notes"})


async def gather_published(edition: UUID) -> AgendaFile:
    """The release in force, as guests see it: nothing internal is in it. Seven queries."""
    rows = await fetch(
        """SELECT w.*, '' AS layout, '' AS notes FROM agenda_published_session w WHERE edition = $1
           ORDER BY starts_at, ends_at DESC, code""",
        edition,
    )
    speakers = await fetch(
        "SELECT * FROM agenda_published_speaker WHERE edition = $1 ORDER BY sort_key, code", edition
    )
    number = await fetch("SELECT number FROM agenda_release WHERE edition = $1 AND is_current", edition)
    whole = await _gather(edition, rows, speakers, release=number[0]["number"] if number else 0)
    used = {host for session in whole.sessions for host in session.hosts}
    whole.hosts = [host for host in whole.hosts if host.code in used]
    for session in whole.sessions:
        session.said -= _INTERNAL
    return whole


async def gather_working(edition: UUID) -> AgendaFile:
    """The working copy, also ideas and what has no time yet. Seven queries."""
    rows = await fetch(
        """SELECT w.*, s.layout, s.notes FROM agenda_working_session w JOIN agenda_session s ON s.id = w.id
           WHERE w.edition = $1 ORDER BY w.starts_at NULLS LAST, w.ends_at DESC, w.code""",
        edition,
    )
    speakers = await fetch("SELECT * FROM agenda_speaker WHERE edition = $1 ORDER BY sort_key, code", edition)
    seen = await fetch("SELECT id FROM agenda_published_session WHERE edition = $1", edition)
    whole = await _gather(edition, rows, speakers)
    whole.on_programme = frozenset(row["id"] for row in seen)
    return whole


async def ids_elsewhere(edition: UUID, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those of a file's ids that something of another edition has: a copy of last year's agenda needs its own."""
    rows = await fetch(
        """SELECT id FROM agenda_session WHERE edition <> $1 AND id = ANY($2::uuid[])
           UNION ALL SELECT id FROM agenda_speaker WHERE edition <> $1 AND id = ANY($2::uuid[])
           UNION ALL SELECT id FROM agenda_body WHERE edition <> $1 AND id = ANY($2::uuid[])
           UNION ALL SELECT id FROM venues_venue WHERE edition <> $1 AND id = ANY($2::uuid[])
           UNION ALL SELECT r.id FROM venues_room r JOIN venues_venue v ON v.id = r.venue
               WHERE v.edition <> $1 AND r.id = ANY($2::uuid[])""",
        edition,
        list(ids),
    )
    return frozenset(row["id"] for row in rows)


async def _gather(edition: UUID, rows: list[Any], speakers: list[Any], *, release: int = 0) -> AgendaFile:
    venues = await fetch("SELECT * FROM venues_venue WHERE edition = $1 ORDER BY position, code", edition)
    rooms = await fetch(
        """SELECT r.*, v.code AS venue_code, h.code AS whole_code FROM venues_room r
           JOIN venues_venue v ON v.id = r.venue LEFT JOIN venues_room h ON h.id = r.whole
           WHERE v.edition = $1 ORDER BY v.position, v.code, r.position, r.code""",
        edition,
    )
    subjects = await fetch("SELECT * FROM agenda_subject WHERE edition = $1 ORDER BY position, code", edition)
    hosts = await fetch("SELECT * FROM agenda_body WHERE edition = $1 ORDER BY code", edition)
    codes = {row["id"]: row["code"] for row in (*rooms, *hosts, *speakers)}
    return AgendaFile(
        edition=_edition(await edition_by_id(edition)),
        release=release,
        venues=[_entry(VenueEntry, row) for row in venues],
        rooms=[
            _entry(RoomEntry, row, venue=row["venue_code"], whole=row["whole_code"] or "") for row in rooms
        ],
        subjects=[_entry(SubjectEntry, row) for row in subjects],
        hosts=[_entry(HostEntry, row) for row in hosts],
        speakers=[_entry(SpeakerEntry, row) for row in speakers],
        sessions=[_session(row, codes) for row in rows],
    )


def _edition(view: EditionView) -> EditionFacts:
    return EditionFacts(
        code=view.code,
        name_zh=view.name.zh,
        name_en=view.name.en,
        first_day=view.first_day,
        last_day=view.last_day,
        zone=view.zone,
        place_zh=view.place.zh,
        place_en=view.place.en,
    )


def _entry(shape: type[Any], row: Any, **more: Any) -> Any:
    values = {name: row[name] for name in shape.names() if name not in more}
    return shape(**values, **more, key=row["code"]).says_all()


def _session(row: Any, codes: dict[UUID, str]) -> SessionEntry:
    items = msgspec.json.decode(row["items"])
    places = {item["id"]: place for place, item in enumerate(items)}
    people = msgspec.json.decode(row["people"])
    return SessionEntry(
        **{name: row[name] for name in _SAME},
        key=row["code"],
        layout=row["layout"],
        notes=row["notes"],
        room=codes[row["room"]] if row["room"] else "",
        hosts=[codes[UUID(host["id"])] for host in msgspec.json.decode(row["hosts"])],
        items=[
            ItemEntry(kind=item["kind"], title_zh=item["zh"], title_en=item["en"], minutes=item["minutes"])
            for item in items
        ],
        people=[
            PartEntry(speaker=codes[UUID(part["speaker"])], role=part["role"], item=places.get(part["item"]))
            for part in people
            if UUID(part["speaker"]) in codes
        ],
    ).says_all()
