"""Seats left, asked of the database at most once a second: a storm of readers is no storm of queries."""

import time
from uuid import UUID

from wcd.registration.seats import SeatCount, count_seats

FRESH_FOR = 1.0
_known: dict[UUID, tuple[float, dict[str, SeatCount]]] = {}


async def known_seats(edition: UUID) -> dict[str, SeatCount]:
    """The seats of an edition's sessions by code, at most a second old."""
    until, counts = _known.get(edition, (0.0, {}))
    if time.monotonic() >= until:
        asked_at = time.monotonic()
        counts = await count_seats(edition)
        _known[edition] = (asked_at + FRESH_FOR, counts)
    return counts


def forget() -> None:
    """Ask again next time: for tests."""
    _known.clear()
