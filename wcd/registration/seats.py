"""Seats left: how many are taken in each session of an edition, in one query."""

from uuid import UUID

import msgspec

from wcd.core.db import fetch
from wcd.registration import rules

FEW = 5
"""As many free seats, or a tenth of all, are called few."""


class SeatCount(msgspec.Struct, frozen=True):
    """The seats of a session: all of them, those taken, and who waits in line."""

    seats: int
    taken: int
    waiting: int

    @property
    def left(self) -> int:
        """Seats that somebody may take now."""
        return rules.seats_left(self.seats, self.taken, self.waiting)

    @property
    def word(self) -> str:
        """``full``, ``few`` or ``free``."""
        if not self.left:
            return "full"
        return "few" if self.left <= max(FEW, self.seats // 10) else "free"

    @property
    def percent(self) -> int:
        """How full it is, for a bar."""
        return min(100, 100 * (self.seats - self.left) // self.seats) if self.seats else 100


async def count_seats(edition: UUID) -> dict[str, SeatCount]:
    """The seats of every bookable session that has a limit, by the session's code."""
    rows = await fetch(
        """SELECT s.code, s.seats, count(*) FILTER (WHERE b.state = 'confirmed') AS taken,
                  count(*) FILTER (WHERE b.state = 'waiting') AS waiting
           FROM agenda_published_session s LEFT JOIN registration_booking b ON b.session = s.id
           WHERE s.edition = $1 AND s.booking IN ('booking', 'category') AND s.state = 'confirmed' AND s.seats IS NOT NULL
           GROUP BY s.id, s.code, s.seats""",
        edition,
    )
    return {row["code"]: SeatCount(row["seats"], row["taken"], row["waiting"]) for row in rows}
