"""Venues and rooms prepared elsewhere, written as they are."""

from typing import Any

from wcd.core.bulk import insert_rows
from wcd.core.db import in_transaction
from wcd.venues.tables import Room, Venue


@in_transaction
async def load_places(venues: list[dict[str, Any]], rooms: list[dict[str, Any]]) -> None:
    """Write venues and their rooms; each row is columns and values."""
    await insert_rows(Venue, venues)
    await insert_rows(Room, rooms)
