"""The badges that are shown at a gate: whose they are, and when they were admitted before."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from wcd.checkin import rules
from wcd.checkin.answers import CategoryName, GuestCard
from wcd.checkin.openings import GateAtWork, guest_openings
from wcd.core import db
from wcd.core.i18n import Bilingual


class Badge(msgspec.Struct, frozen=True):
    """A code that was made for a guest, with what the verdict compares."""

    code: UUID
    guest: UUID
    revoked_at: datetime | None
    approved: bool
    booked: frozenset[UUID]
    card: GuestCard

    def entry(self, gate: GateAtWork, at: datetime) -> rules.Entry:
        """The badge as it stood at a time: what was revoked later did not matter then."""
        return rules.Entry(
            approved=self.approved,
            revoked=self.revoked_at is not None and self.revoked_at <= at,
            openings=guest_openings(gate, self.card.category.code, self.booked),
        )


class Admission(msgspec.Struct, frozen=True):
    """A scan that let its guest in."""

    at: datetime
    gate: UUID


# Written for one badge, with `=` and not `ANY`: PostgreSQL plans a statement whose arrays it cannot guess anew each
# time, and planning these takes four times as long as running them. A batch asks once for each of its badges.
_FIND = """
    SELECT c.code, c.short_code, c.id, c.revoked_at, g.id AS guest, g.state, g.native_name, g.latin_name,
        g.organisation_zh, g.organisation_en, k.code AS category, k.mark, k.name_zh AS category_zh,
        k.name_en AS category_en, d.name_zh AS delegation_zh, d.name_en AS delegation_en,
        ARRAY(SELECT b.session FROM registration_booking b WHERE b.guest = g.id AND b.state = 'confirmed') AS booked,
        CASE WHEN $3 THEN pg_advisory_xact_lock(hashtextextended(g.id::text, 0)) END
    FROM registration_code c JOIN registration_guest g ON g.id = c.guest
        JOIN registration_category k ON k.id = g.category
        LEFT JOIN registration_delegation d ON d.id = g.delegation
    WHERE c.edition = $1 AND (c.code = $2 OR c.short_code = $2)"""
_ADMITTED = """
    SELECT s.id, s.happened_at, s.gate FROM checkin_scan s
    WHERE s.guest = $1 AND s.verdict IN ('welcome', 'welcome_back')
        AND NOT EXISTS (SELECT FROM checkin_scan u WHERE u.about = s.id AND u.kind = 'undo')"""
_INSIDE = """
    SELECT count(DISTINCT s.guest) FROM checkin_scan s
    WHERE s.gate = ANY($1) AND s.happened_at >= $2 AND s.verdict IN ('welcome', 'welcome_back')
        AND NOT EXISTS (SELECT FROM checkin_scan u WHERE u.about = s.id AND u.kind = 'undo')"""


async def find_badges(gate: GateAtWork, read: Collection[str]) -> dict[str, Badge]:
    """The badges behind what was read, by code and short code; their guests are locked until the transaction ends.

    What was scanned before must be read by a later statement: it sees what others committed while this one waited.
    """
    found: dict[str, Badge] = {}
    alone = len(read) == 1
    for one in read:
        for row in await db.fetch(_FIND, gate.edition, one, alone):
            found[row["code"]] = found[row["short_code"]] = _badge(row)
    if not alone:
        await lock_guests({badge.guest for badge in found.values()})
    return found


async def lock_guests(guests: Collection[UUID]) -> None:
    """Several guests are locked in one order, so that two batches cannot wait for each other."""
    lock = "SELECT pg_advisory_xact_lock(hashtextextended(id::text, 0)) FROM unnest($1::uuid[]) AS id"
    await db.fetch(lock, sorted(guests))


async def admissions(
    guests: Collection[UUID], area: Collection[UUID], *, but: Collection[UUID]
) -> dict[UUID, list[Admission]]:
    """When these guests were let in at the gates of an area; scans that were undone, and those in ``but``, left out."""
    return {
        guest: [
            Admission(row["happened_at"], row["gate"])
            for row in await db.fetch(_ADMITTED, guest)
            if row["gate"] in area and row["id"] not in but
        ]
        for guest in guests
    }


async def count_inside(area: Collection[UUID], since: datetime) -> int:
    """How many guests were let in; the area is locked, or two gates could both give away the last place."""
    await db.fetch("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", str(min(area)))
    count: int = (await db.fetch(_INSIDE, list(area), since))[0]["count"]
    return count


def _badge(row: asyncpg.Record) -> Badge:
    delegation = Bilingual(row["delegation_zh"], row["delegation_en"]) if row["delegation_zh"] else None
    return Badge(
        code=row["id"],
        guest=row["guest"],
        revoked_at=row["revoked_at"],
        approved=row["state"] == "approved",
        booked=frozenset(row["booked"]),
        card=GuestCard(
            native_name=row["native_name"],
            latin_name=row["latin_name"],
            category=CategoryName(row["category"], row["mark"], row["category_zh"], row["category_en"]),
            organisation=Bilingual(row["organisation_zh"], row["organisation_en"]),
            delegation=delegation,
            seat=None,
        ),
    )
