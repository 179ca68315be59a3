"""The published number: it rises, in the same transaction, with every change that guests can see."""

from uuid import UUID

from wcd.core.db import fetch


async def raise_published(edition: UUID) -> int:
    """Raise the number and so retire every rendered page; returns the new one. Locks the edition's row."""
    rows = await fetch(
        "UPDATE editions_edition SET published = published + 1 WHERE id = $1 RETURNING published", edition
    )
    return int(rows[0]["published"])


async def published_numbers() -> dict[UUID, int]:
    """The number of every edition."""
    return {row["id"]: row["published"] for row in await fetch("SELECT id, published FROM editions_edition")}
