"""How many: people inside, arrived, expected at a gate."""

from datetime import timedelta

import msgspec

from wcd.checkin.openings import ENTRANCE, GateAtWork, newest_opening, session_now
from wcd.core import db
from wcd.core.clock import now


class GateNumbers(msgspec.Struct, frozen=True):
    """People, not scans. ``expected`` is None where nobody can say."""

    inside: int
    arrived: int
    expected: int | None
    last_ten_minutes: int


# Raw SQL: people counted over scans that were not undone, in one reading.
_NUMBERS = """
    WITH admitted AS (
        SELECT s.guest, s.gate, s.happened_at FROM checkin_scan s
        WHERE s.gate = ANY($1) AND s.verdict IN ('welcome', 'welcome_back')
            AND NOT EXISTS (SELECT FROM checkin_scan u WHERE u.about = s.id AND u.kind = 'undo'))
    SELECT count(DISTINCT guest) AS arrived,
        count(DISTINCT guest) FILTER (WHERE happened_at >= $2) AS inside,
        count(*) FILTER (WHERE gate = $3 AND happened_at > $4) AS lately
    FROM admitted"""
_APPROVED = "SELECT count(*) FROM registration_guest WHERE edition = $1 AND state = 'approved'"
_BOOKED = "SELECT count(*) FROM registration_booking WHERE session = $1 AND state = 'confirmed'"
_LONG_AGO = timedelta(days=36500)


async def gate_numbers(gate: GateAtWork) -> GateNumbers:
    """Who is inside, who arrived, who is expected, and how many came in at this gate lately."""
    opening = newest_opening(gate, now())
    since = opening.since if opening else now() + _LONG_AGO
    row = (await db.fetch(_NUMBERS, list(gate.area), since, gate.id, now() - timedelta(minutes=10)))[0]
    return GateNumbers(row["inside"], row["arrived"], await _expected(gate), row["lately"])


async def _expected(gate: GateAtWork) -> int | None:
    if gate.kind == ENTRANCE:
        rows = await db.fetch(_APPROVED, gate.edition)
    else:
        session = session_now(gate, now())
        if session is None or session.booking == "open":
            return None
        rows = await db.fetch(_BOOKED, session.id)
    count: int = rows[0]["count"]
    return count
