"""Venues and rooms prepared elsewhere, written as they are."""

from collections.abc import Sequence
from typing import Any

from wcd.core.bulk import insert_rows
from wcd.core.db import in_transaction
from wcd.venues.tables import Layout, Opening, Room, Travel, Venue

Rows = Sequence[dict[str, Any]]


@in_transaction
async def load_places(
    venues: Rows, rooms: Rows, layouts: Rows = (), openings: Rows = (), ways: Rows = ()
) -> None:
    """Write venues with their rooms, layouts, openings, and the ways between them; each row is columns and values.

    A hall comes before the rooms that are parts of it.
    """
    await insert_rows(Venue, venues)
    await insert_rows(Room, rooms)
    await insert_rows(Layout, layouts)
    await insert_rows(Opening, openings)
    await insert_rows(Travel, ways)
