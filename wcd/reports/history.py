"""What was done, with the names of what it was done to."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from wcd.actors.audit import Entry
from wcd.core.db import fetch
from wcd.core.i18n import Bilingual
from wcd.core.listing import Page, Slice

GUEST = "guest"
SESSION = "session"
STAFF = "staff"
PROPOSAL = "proposal"
SPEAKER = "speaker"
BODY = "body"
VENUE = "venue"
ROOM = "room"
NAMED = (SESSION, SPEAKER, BODY)
"""Details that are the id of another thing, whose name is shown."""


class Subject(msgspec.Struct, frozen=True):
    """A thing that entries are about: which kind, and how it is called."""

    id: UUID
    kind: str
    name: Bilingual


# The things of different rooms have ids that never meet: one query finds the names of all.
_SUBJECTS = """
SELECT id, 'guest' AS kind, coalesce(nullif(native_name, ''), latin_name) AS zh,
    coalesce(nullif(latin_name, ''), native_name) AS en FROM registration_guest WHERE id = ANY($1)
UNION ALL SELECT id, 'session', title_zh, title_en FROM agenda_session WHERE id = ANY($1)
UNION ALL SELECT id, 'proposal', title_zh, title_en FROM agenda_proposal WHERE id = ANY($1)
UNION ALL SELECT id, 'speaker', coalesce(nullif(native_name, ''), latin_name),
    coalesce(nullif(latin_name, ''), native_name) FROM agenda_speaker WHERE id = ANY($1)
UNION ALL SELECT id, 'body', name_zh, name_en FROM agenda_body WHERE id = ANY($1)
UNION ALL SELECT id, 'venue', name_zh, name_en FROM venues_venue WHERE id = ANY($1)
UNION ALL SELECT id, 'room', name_zh, name_en FROM venues_room WHERE id = ANY($1)
UNION ALL SELECT id, 'staff', name, name FROM accounts_staff WHERE id = ANY($1)
UNION ALL SELECT id, 'gate', name_zh, name_en FROM checkin_gate WHERE id = ANY($1)
UNION ALL SELECT id, 'device', name, name FROM checkin_device WHERE id = ANY($1)
UNION ALL SELECT id, 'edition', short_name_zh, short_name_en FROM editions_edition WHERE id = ANY($1)
UNION ALL SELECT id, 'page', title_zh, title_en FROM editions_page WHERE id = ANY($1)
UNION ALL SELECT id, 'delegation', name_zh, name_en FROM registration_delegation WHERE id = ANY($1)
"""
_ENTRIES = """
SELECT at, actor_kind, actor_id, actor_name, action, subject, details FROM actors_audit_entry
WHERE (edition = $1 OR edition IS NULL AND action LIKE 'staff.%')
    AND ($2 = '' OR action LIKE $2 || '.%') AND ($3::uuid IS NULL OR actor_id = $3)
"""


async def list_entries(
    edition_id: UUID, wanted: Slice, *, noun: str = "", actor: UUID | None = None
) -> Page[Entry]:
    """The audit of an edition, newest first: about one kind of thing or by one person, where asked."""
    rows = await fetch(
        f"SELECT * FROM ({_ENTRIES}) found ORDER BY at DESC LIMIT $4 OFFSET $5",  # noqa: S608 - constants only
        edition_id, noun, actor, wanted.size, wanted.offset,
    )  # fmt: skip
    count = f"SELECT count(*) AS n FROM ({_ENTRIES}) found"  # noqa: S608 - constants only
    total = (await fetch(count, edition_id, noun, actor))[0]["n"]
    return Page(rows=[_entry(row) for row in rows], total=total, number=wanted.number, size=wanted.size)


async def subjects_of(entries: Iterable[Entry]) -> dict[UUID, Subject]:
    """The things that these entries are about, by id: one query."""
    ids = {entry.subject for entry in entries if entry.subject}
    for entry in entries:
        ids |= {UUID(named) for name in NAMED if isinstance(named := entry.details.get(name), str)}
    return await _subjects(sorted(ids))


async def _subjects(ids: Sequence[UUID]) -> dict[UUID, Subject]:
    if not ids:
        return {}
    rows = await fetch(_SUBJECTS, ids)
    return {row["id"]: Subject(row["id"], row["kind"], Bilingual(row["zh"], row["en"])) for row in rows}


def _entry(row: Any) -> Entry:
    values = dict(row)
    return msgspec.convert({**values, "details": msgspec.json.decode(values["details"])}, Entry)
