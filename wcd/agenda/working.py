"""The working number: it rises, in the same transaction, with every change of the working copy, and is its lock."""

from uuid import UUID

from wcd.core.db import fetch

Lock = int
"""The working number of this transaction; whoever has one holds the working copy."""


async def raise_working(edition: UUID) -> Lock:
    """Raise the number and return it. Locks the settings' row, after the edition's and before any session's.

    Without it two organisers could each put a session into one room, and nobody would see both.
    """
    rows = await fetch(
        "INSERT INTO agenda_settings (id, edition, working, needs_second, blocks)"
        " VALUES (gen_random_uuid(), $1, 2, true, '{}')"
        " ON CONFLICT (edition) DO UPDATE SET working = agenda_settings.working + 1 RETURNING working",
        edition,
    )
    return int(rows[0]["working"])


async def working_number(edition: UUID) -> int:
    """The number as it stands; 1 where nobody has changed anything yet."""
    rows = await fetch("SELECT working FROM agenda_settings WHERE edition = $1", edition)
    return int(rows[0]["working"]) if rows else 1
