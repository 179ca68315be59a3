"""Reading for the badges: what stands on them, print runs, who may be printed by Latin name only."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from babel.dates import format_date, format_interval

from wcd.badges.faces import BadgeFace, EditionFace, ProgrammeLine
from wcd.core.config import settings
from wcd.core.db import fetch
from wcd.core.errors import NotFound
from wcd.core.ids import show_short_code
from wcd.editions.rules import city_of
from wcd.paper.preflight import Flaw

# Piccolo cannot say DISTINCT ON in a join: of a guest's codes the newest that holds is the one to print.
_FACES = """
SELECT g.id, g.native_name, g.latin_name, g.organisation_zh, g.organisation_en,
    c.code AS category, c.name_zh AS category_zh, c.name_en AS category_en,
    k.code, k.short_code, l.id IS NOT NULL AS latin_only
FROM registration_guest g
JOIN registration_category c ON c.id = g.category
JOIN LATERAL (SELECT code, short_code FROM registration_code
              WHERE guest = g.id AND revoked_at IS NULL ORDER BY made_at DESC, id DESC LIMIT 1) k ON true
LEFT JOIN badges_latin_only l ON l.guest = g.id
WHERE g.id = ANY($1)
ORDER BY g.sort_key, g.number, g.id
"""
_PROGRAMME = """
SELECT b.guest, s.starts_at, s.ends_at, s.title_zh, s.title_en, coalesce(r.name_zh, s.meeting_point_zh) AS room_zh,
    coalesce(r.name_en, s.meeting_point_en) AS room_en
FROM registration_booking b
JOIN agenda_published_session s ON s.id = b.session AND s.state <> 'called_off'
LEFT JOIN venues_room r ON r.id = s.room
WHERE b.guest = ANY($1) AND b.state = 'confirmed'
ORDER BY b.guest, s.starts_at, s.code
"""
_BATCHES = """
SELECT b.id, b.wanted, b.drawn, jsonb_array_length(b.left_out) AS left_out, b.file, b.made_at, b.job AS job_id,
    coalesce(s.name, '') AS made_by
FROM badges_batch b LEFT JOIN accounts_staff s ON s.id = b.made_by
"""


class LeftOut(msgspec.Struct, frozen=True):
    """A guest whose badge cannot be printed as it is, and the characters that stand in the way."""

    guest_id: UUID
    native_name: str
    latin_name: str
    category: str
    fields: tuple[str, ...]
    flaws: tuple[Flaw, ...]
    latin_would_do: bool
    """Whether the badge could be printed by the Latin name alone."""

    @property
    def characters(self) -> str:
        """The characters that stand in the way, each followed by its code point: 𫟷 U+2B7F7."""
        return "、".join(f"{flaw.character} {flaw.codepoint}" for flaw in self.flaws)


class BatchRow(msgspec.Struct, frozen=True):
    """A print run as the list shows it; how far it is says its job."""

    id: UUID
    wanted: str
    drawn: int
    left_out: int
    file: str
    made_at: datetime
    job_id: UUID
    made_by: str


class BatchPage(msgspec.Struct, frozen=True):
    """A print run with the guests it had to leave out."""

    row: BatchRow
    left_out: list[LeftOut]


async def edition_face(edition_id: UUID) -> EditionFace:
    """What every badge of an edition says."""
    rows = await fetch("SELECT * FROM editions_edition WHERE id = $1", edition_id)
    if not rows:
        raise NotFound
    row = rows[0]
    first, last = row["first_day"], row["last_day"]
    return EditionFace(
        code=row["code"],
        name_zh=row["short_name_zh"],
        name_en=row["short_name_en"],
        subtitle_en=row["theme_en"],
        dates_zh=_days_zh(first, last),
        dates_en=format_interval(first, last, "yMMMd", locale="en_GB"),
        place_zh=city_of(row["place_zh"]),
        place_en=city_of(row["place_en"]),
        days=tuple(range(first.day, first.day + (last - first).days + 1)),
        programme_url=f"{settings().base_url}/zh/programme",
    )


async def badge_faces(guest_ids: Iterable[UUID], *, programme: bool = True) -> list[BadgeFace]:
    """What stands on these guests' badges, in the order of their names. Who has no code has no badge."""
    ids = list(guest_ids)
    faces = await fetch(_FACES, ids)
    lines = await _programmes(ids) if programme else {}
    return [
        BadgeFace(
            guest_id=str(row["id"]),
            native_name=row["native_name"],
            latin_name=row["latin_name"],
            organisation_zh=row["organisation_zh"],
            organisation_en=row["organisation_en"],
            category=row["category"],
            category_zh=row["category_zh"],
            category_en=row["category_en"],
            code=row["code"],
            short_code=show_short_code(row["short_code"]),
            seat_zh=None,
            seat_en=None,
            programme=tuple(lines.get(row["id"], ())),
            print_latin_only=row["latin_only"],
        )
        for row in faces
    ]


async def approved_guests(edition_id: UUID, wanted: str = "all") -> list[UUID]:
    """Who gets a badge: approved guests with a code, all or of one category, by sort key."""
    rows = await fetch(
        """SELECT g.id FROM registration_guest g JOIN registration_category c ON c.id = g.category
           WHERE g.edition = $1 AND g.state = 'approved' AND ($2 = 'all' OR c.code = $2)
           AND EXISTS (SELECT 1 FROM registration_code k WHERE k.guest = g.id AND k.revoked_at IS NULL)
           ORDER BY g.sort_key, g.number, g.id""",
        edition_id,
        wanted,
    )
    return [row["id"] for row in rows]


async def edition_of_guest(guest_id: UUID) -> UUID:
    """The edition a guest belongs to."""
    rows = await fetch("SELECT edition FROM registration_guest WHERE id = $1", guest_id)
    if not rows:
        raise NotFound
    found: UUID = rows[0]["edition"]
    return found


async def list_batches(edition_id: UUID, *, limit: int = 30) -> list[BatchRow]:
    """The print runs of an edition, newest first."""
    rows = await fetch(
        f"{_BATCHES} WHERE b.edition = $1 ORDER BY b.made_at DESC, b.id DESC LIMIT $2", edition_id, limit
    )
    return [msgspec.convert(dict(row), BatchRow) for row in rows]


async def get_batch(batch_id: UUID, edition_id: UUID) -> BatchPage:
    """One print run of this edition."""
    rows = await fetch(f"{_BATCHES} WHERE b.id = $1 AND b.edition = $2", batch_id, edition_id)
    if not rows:
        raise NotFound
    kept = await fetch("SELECT left_out FROM badges_batch WHERE id = $1", batch_id)
    left_out = msgspec.json.decode(kept[0]["left_out"], type=list[LeftOut])
    return BatchPage(row=msgspec.convert(dict(rows[0]), BatchRow), left_out=left_out)


async def latin_only_guests(edition_id: UUID) -> list[tuple[UUID, str, str]]:
    """Id and names of those for whom a person decided that the Latin name alone is printed."""
    rows = await fetch(
        """SELECT g.id, g.native_name, g.latin_name FROM badges_latin_only l
           JOIN registration_guest g ON g.id = l.guest WHERE g.edition = $1 ORDER BY g.sort_key, g.id""",
        edition_id,
    )
    return [(row["id"], row["native_name"], row["latin_name"]) for row in rows]


async def _programmes(guest_ids: list[UUID]) -> dict[UUID, list[ProgrammeLine]]:
    """Each guest's own sessions, in the edition's time."""
    lines: dict[UUID, list[ProgrammeLine]] = defaultdict(list)
    if not guest_ids:
        return lines
    zones = await fetch(
        """SELECT e.zone FROM editions_edition e JOIN registration_guest g ON g.edition = e.id
           WHERE g.id = $1""",
        guest_ids[0],
    )
    zone = ZoneInfo(zones[0]["zone"] if zones else "Asia/Shanghai")
    for row in await fetch(_PROGRAMME, guest_ids):
        lines[row["guest"]].append(_line(row, zone))
    return lines


def _line(row: Any, zone: ZoneInfo) -> ProgrammeLine:
    at, until = row["starts_at"].astimezone(zone), row["ends_at"].astimezone(zone)
    return ProgrammeLine(
        day_label_zh=format_date(at, "M月d日 EEE", locale="zh"),
        day_label_en=format_date(at, "EEE d MMM", locale="en"),
        time=f"{at:%H:%M}–{until:%H:%M}",
        title_zh=row["title_zh"],
        title_en=row["title_en"],
        room_zh=row["room_zh"] or "",
        room_en=row["room_en"] or "",
    )


def _days_zh(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year}年{first.month}月{first.day}—{last.day}日"
    return f"{first.year}年{first.month}月{first.day}日—{last.month}月{last.day}日"
