"""Making and changing an edition."""

from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.core.clock import now
from wcd.core.db import in_transaction, transaction
from wcd.core.i18n import Bilingual
from wcd.editions.errors import EditionChanged, EditionExists
from wcd.editions.inputs import EditionDetails
from wcd.editions.published import raise_published
from wcd.editions.queries import edition_by_id
from wcd.editions.tables import Edition


@in_transaction
async def create_edition(
    details: EditionDetails, *, by: Actor, is_sample: bool = False, hosts: list[Bilingual] | None = None
) -> UUID:
    """Make an edition; the first one of the house becomes the current one."""
    by.must("edition.edit")
    first = not await Edition.exists()
    row = Edition(
        **msgspec.structs.asdict(details),
        hosts=msgspec.json.encode(hosts or []).decode(),
        is_current=first,
        is_sample=is_sample,
        created_at=now(),
    )
    try:
        async with transaction():
            await Edition.insert(row)
    except asyncpg.UniqueViolationError:
        raise EditionExists from None
    await audit.record(by, "edition.created", row.id, edition=row.id, code=details.code)
    return row.id


@in_transaction
async def change_edition(edition: UUID, details: EditionDetails, *, by: Actor, seen: str = "") -> None:
    """Change what an edition says of itself. Its code stays: addresses and files carry it.

    ``seen``: the fingerprint that the form was filled in with; refused where somebody else saved since.
    """
    by.must("edition.edit", edition)
    await raise_published(edition)  # and so hold the row: of two who save at once the second is told
    if seen and (await edition_by_id(edition)).fingerprint != seen:
        raise EditionChanged
    before = (await Edition.select().where(Edition.id == edition))[0]
    values: dict[Any, Any] = {
        key: value for key, value in msgspec.structs.asdict(details).items() if key != "code"
    }
    changed = sorted(key for key, value in values.items() if before[key] != value)
    if changed:
        await Edition.update(values).where(Edition.id == edition)
        await audit.record(by, "edition.changed", edition, edition=edition, fields=changed)
