"""Many rows at once, for loading what was prepared elsewhere: the sample edition, an import."""

from collections.abc import Sequence
from typing import Any

from piccolo.table import Table

MOST_PARAMETERS = 30_000
"""PostgreSQL takes 32,767 in one statement."""


async def insert_rows(table: type[Table], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows given as columns and values, in as few statements as PostgreSQL allows."""
    at_once = MOST_PARAMETERS // len(table.all_columns())
    for start in range(0, len(rows), at_once):
        await table.insert(*(table(**row) for row in rows[start : start + at_once]))
