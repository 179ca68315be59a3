"""A session of the working copy with all that its pages say at their head, scheduled or not."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.agenda.ages import Older, older_language
from wcd.agenda.errors import NoSuchSession
from wcd.core.db import fetch
from wcd.core.i18n import Bilingual


class SessionFile(msgspec.Struct, frozen=True):
    """One session as organisers have it. ``is_on_programme``: the release in force has it; ``was_released``: some has."""

    id: UUID
    edition: UUID
    code: str
    kind: str
    state: str
    title: Bilingual
    summary: Bilingual
    meeting_point: Bilingual
    starts_at: datetime | None
    ends_at: datetime | None
    minutes: int
    room: UUID | None
    room_name: Bilingual
    capacity: int
    layout: str
    seats: int | None
    booking: str
    categories: list[str]
    languages: list[str]
    interpretation: list[str]
    sdgs: list[int]
    subjects: list[str]
    notes: str
    version: int
    changed_at: datetime
    older: Older | None
    newer_at: datetime | None
    people: int
    items: int
    item_minutes: int
    hosts: int
    is_on_programme: bool
    was_released: bool
    proposal: UUID | None

    @property
    def missing(self) -> list[str]:
        """The texts that are there in one language only, by the name of the field that is empty."""
        gaps = []
        for name in ("title", "summary", "meeting_point"):
            text: Bilingual = getattr(self, name)
            if bool(text.zh) != bool(text.en):
                gaps.append(f"{name}_{'zh' if text.en else 'en'}")
        return gaps

    @property
    def minutes_over(self) -> int:
        """By how many minutes the items are longer than the session; 0 where they fit."""
        return max(0, self.item_minutes - self.minutes)


_FILE = """SELECT s.*, r.name_zh AS room_zh, r.name_en AS room_en, coalesce(l.capacity, r.capacity, 0) AS capacity,
        (SELECT count(DISTINCT speaker) FROM agenda_appearance a WHERE a.session = s.id) AS people,
        (SELECT count(*) FROM agenda_item i WHERE i.session = s.id) AS items,
        (SELECT coalesce(sum(minutes), 0) FROM agenda_item i WHERE i.session = s.id) AS item_minutes,
        (SELECT count(*) FROM agenda_hosting h WHERE h.session = s.id) AS hosts,
        EXISTS (SELECT FROM agenda_published_session p WHERE p.id = s.id) AS is_on_programme,
        EXISTS (SELECT FROM agenda_released_session f WHERE f.session = s.id) AS was_released,
        (SELECT id FROM agenda_proposal p WHERE p.session = s.id ORDER BY number LIMIT 1) AS proposal
    FROM agenda_session s LEFT JOIN venues_room r ON r.id = s.room
    LEFT JOIN venues_layout l ON l.room = s.room AND l.code = s.layout
    WHERE s.id = $1 AND s.edition = $2"""


async def get_session_file(edition: UUID, session: UUID) -> SessionFile:
    """One session of the edition, in whatever state: one query. Those of other editions are not found."""
    rows = await fetch(_FILE, session, edition)
    if not rows:
        raise NoSuchSession
    return _file(rows[0])


def _file(row: Any) -> SessionFile:
    older = older_language(row["zh_changed_at"], row["en_changed_at"])
    texts: dict[str, Any] = {
        name: Bilingual(row[f"{name}_zh"], row[f"{name}_en"])
        for name in ("title", "summary", "meeting_point")
    }
    whole = texts["title"].zh and texts["title"].en
    plain = {name: row[name] for name in SessionFile.__struct_fields__ if name not in _MADE}
    return SessionFile(
        **plain,
        **texts,
        room_name=Bilingual(row["room_zh"] or "", row["room_en"] or ""),
        older=older if whole else None,
        newer_at=row["zh_changed_at" if older and older.language == "en" else "en_changed_at"],
    )


_MADE = {"title", "summary", "meeting_point", "room_name", "older", "newer_at"}
