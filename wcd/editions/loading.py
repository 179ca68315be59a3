"""An edition prepared elsewhere, with its texts, written as it is."""

from typing import Any

from wcd.core.bulk import insert_rows
from wcd.core.db import in_transaction
from wcd.editions.errors import EditionExists
from wcd.editions.tables import Edition, Page


@in_transaction
async def load_edition(edition: dict[str, Any], pages: list[dict[str, Any]]) -> None:
    """Write an edition and its texts; the first one of the house becomes the current one."""
    if await Edition.exists().where(Edition.code == edition["code"]):
        raise EditionExists
    first = not await Edition.exists()
    await insert_rows(Edition, [edition | {"is_current": first}])
    await insert_rows(Page, pages)
