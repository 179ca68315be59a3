"""Reading guests and bookings. Hand-written SQL where several tables meet: Piccolo would ask once per table or row."""

from typing import Any
from uuid import UUID

import asyncpg

from wcd.core import signing
from wcd.core.db import fetch
from wcd.core.i18n import Bilingual
from wcd.registration.errors import LinkNoLongerHolds, NoSuchGuest
from wcd.registration.views import (
    BookingRow,
    CategoryMark,
    Draft,
    GuestFile,
    HeldTime,
    MySession,
    SeatCount,
)

_CATEGORY = (
    "c.code AS category_code, c.name_zh AS category_zh, c.name_en AS category_en, c.mark AS category_mark"
)


async def count_bookings(session: UUID) -> SeatCount:
    """Seats taken and people waiting in one session."""
    rows = await fetch(
        """SELECT count(*) FILTER (WHERE state = 'confirmed') AS taken,
               count(*) FILTER (WHERE state = 'waiting') AS waiting
           FROM registration_booking WHERE session = $1 AND state IN ('confirmed', 'waiting')""",
        session,
    )
    return SeatCount(rows[0]["taken"], rows[0]["waiting"])


async def count_all_bookings(edition: UUID) -> dict[UUID, SeatCount]:
    """Seats taken and people waiting in every session that has any."""
    rows = await fetch(
        """SELECT b.session, count(*) FILTER (WHERE b.state = 'confirmed') AS taken,
               count(*) FILTER (WHERE b.state = 'waiting') AS waiting
           FROM registration_booking b JOIN agenda_published_session s ON s.id = b.session
           WHERE s.edition = $1 AND b.state IN ('confirmed', 'waiting') GROUP BY b.session""",
        edition,
    )
    return {row["session"]: SeatCount(row["taken"], row["waiting"]) for row in rows}


async def held_times(guest_id: UUID) -> list[HeldTime]:
    """When a guest has a seat or waits for one."""
    rows = await fetch(
        """SELECT s.id, s.title_zh, s.title_en, s.starts_at, s.ends_at, b.state
           FROM registration_booking b JOIN agenda_published_session s ON s.id = b.session
           WHERE b.guest = $1 AND b.state IN ('confirmed', 'waiting') ORDER BY s.starts_at, s.id""",
        guest_id,
    )
    return [
        HeldTime(row["id"], _both(row, "title"), row["starts_at"], row["ends_at"], row["state"])
        for row in rows
    ]


async def list_my_sessions(guest_id: UUID) -> list[MySession]:
    """A guest's seats and places in line, in the order of time."""
    rows = await fetch(
        """SELECT s.id, s.code, s.kind, s.title_zh, s.title_en, s.starts_at, s.ends_at, s.interpretation,
               s.meeting_point_zh, s.meeting_point_en, b.state,
               r.name_zh AS room_zh, r.name_en AS room_en, r.floor_zh, r.floor_en,
               v.name_zh AS venue_zh, v.name_en AS venue_en,
               CASE WHEN b.state = 'waiting' THEN (SELECT count(*) FROM registration_booking o
                   WHERE o.session = b.session AND o.state = 'waiting' AND (o.asked_at, o.id) <= (b.asked_at, b.id))
               ELSE 0 END AS place_in_line
           FROM registration_booking b JOIN agenda_published_session s ON s.id = b.session
           LEFT JOIN venues_room r ON r.id = s.room LEFT JOIN venues_venue v ON v.id = r.venue
           WHERE b.guest = $1 AND b.state IN ('confirmed', 'waiting') ORDER BY s.starts_at, s.ends_at, s.id""",
        guest_id,
    )
    return [
        MySession(
            **{name: row[name] for name in ("id", "code", "kind", "starts_at", "ends_at", "state")},
            title=_both(row, "title"),
            room=_both(row, "room"),
            floor=_both(row, "floor"),
            venue=_both(row, "venue"),
            meeting_point=_both(row, "meeting_point"),
            interpretation=list(row["interpretation"]),
            place_in_line=row["place_in_line"],
        )
        for row in rows
    ]


async def find_draft(draft: UUID) -> Draft | None:
    """A registration as its forms show it, in whatever state it is by now."""
    rows = await fetch(_DRAFT, draft)
    return _draft(rows[0]) if rows else None


async def get_guest(guest_id: UUID) -> GuestFile:
    """Everything about one guest but bookings, mails and scans."""
    rows = await fetch(f"{_FILE} WHERE g.id = $1", guest_id)
    if not rows:
        raise NoSuchGuest
    return _file(rows[0])


async def guest_in_edition(edition: UUID, guest_id: UUID) -> GuestFile:
    """The same for organisers, who see only the edition that they have chosen, and no erased guest."""
    rows = await fetch(
        f"{_FILE} WHERE g.id = $1 AND g.edition = $2 AND g.state <> 'erased'", guest_id, edition
    )
    if not rows:
        raise NoSuchGuest
    return _file(rows[0])


async def guest_of_link(token: str) -> GuestFile:
    """Whose personal link (or cookie) it is; a replaced one no longer holds."""
    meant = signing.read("my", token)
    if meant is None:
        raise LinkNoLongerHolds
    rows = await fetch(f"{_FILE} WHERE g.id = $1 AND g.state NOT IN ('draft', 'erased')", meant[0])
    if not rows or rows[0]["link_version"] != meant[1]:
        raise LinkNoLongerHolds
    return _file(rows[0])


async def list_wishes(guest_id: UUID) -> list[UUID]:
    """The sessions asked for, in order, until approval makes them bookings."""
    rows = await fetch(
        "SELECT session FROM registration_wish WHERE guest = $1 ORDER BY position, id", guest_id
    )
    return [row["session"] for row in rows]


async def list_bookings(session: UUID) -> list[BookingRow]:
    """Who has a seat in a session, by name, then the line in its order."""
    rows = await fetch(
        f"""SELECT g.id, g.number, g.native_name, g.latin_name, g.organisation_zh, g.organisation_en, {_CATEGORY},
               b.state, b.asked_at, row_number() OVER (PARTITION BY b.state ORDER BY b.asked_at, b.id) AS place
           FROM registration_booking b JOIN registration_guest g ON g.id = b.guest
           JOIN registration_category c ON c.id = g.category
           WHERE b.session = $1 AND b.state IN ('confirmed', 'waiting')
           ORDER BY b.state, CASE WHEN b.state = 'confirmed' THEN g.sort_key END, b.asked_at, b.id""",  # noqa: S608 - constants only
        session,
    )
    return [
        BookingRow(
            guest=row["id"],
            **{
                name: row[name]
                for name in ("number", "native_name", "latin_name", "state", "asked_at", "place")
            },
            category=_category(row),
            organisation=_both(row, "organisation"),
        )
        for row in rows
    ]


_DRAFT = f"""SELECT g.*, {_CATEGORY} FROM registration_guest g
    JOIN registration_category c ON c.id = g.category WHERE g.id = $1"""  # noqa: S608 - constants only
_FILE = f"""SELECT g.*, {_CATEGORY}, coalesce(k.code, '') AS code, coalesce(k.short_code, '') AS short_code,
    coalesce(d.name_zh, '') AS delegation_zh, coalesce(d.name_en, '') AS delegation_en
    FROM registration_guest g JOIN registration_category c ON c.id = g.category
    LEFT JOIN registration_code k ON k.guest = g.id AND k.revoked_at IS NULL
    LEFT JOIN registration_delegation d ON d.id = g.delegation"""  # noqa: S608 - constants only
_SAME_IN_DRAFT = [
    name for name in Draft.__struct_fields__ if name not in {"category", "category_name", "category_mark"}
]
_SAME_IN_FILE = [
    name
    for name in GuestFile.__struct_fields__
    if name not in {"category", "organisation", "diet", "access", "delegation", "delegation_id"}
]


def _draft(row: asyncpg.Record) -> Draft:
    return Draft(
        **{name: row[name] for name in _SAME_IN_DRAFT},
        category=row["category_code"],
        category_name=_both(row, "category"),
        category_mark=row["category_mark"],
    )


def _file(row: asyncpg.Record) -> GuestFile:
    same: dict[str, Any] = {name: row[name] for name in _SAME_IN_FILE}
    return GuestFile(
        **same,
        category=_category(row),
        organisation=_both(row, "organisation"),
        diet=words(row["diet"]),
        access=words(row["access"]),
        delegation_id=row["delegation"],
        delegation=_both(row, "delegation"),
    )


def words(kept: str) -> list[str]:
    """``"halal,no_nuts"`` as a list."""
    return [word for word in kept.split(",") if word]


def _category(row: asyncpg.Record) -> CategoryMark:
    return CategoryMark(row["category_code"], _both(row, "category"), row["category_mark"])


def _both(row: asyncpg.Record, name: str) -> Bilingual:
    return Bilingual(row[f"{name}_zh"] or "", row[f"{name}_en"] or "")
