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
from wcd.editions.errors import EditionExists
from wcd.editions.inputs import EditionDetails
from wcd.editions.published import raise_published
from wcd.editions.tables import Edition, Page


@in_transaction
async def create_edition(
    details: EditionDetails, *, by: Actor, is_sample: bool = False, hosts: list[Bilingual] | None = None
) -> UUID:
    """Make an edition; the first one of the house becomes the current one."""
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
async def change_edition(edition: UUID, details: EditionDetails, *, by: Actor) -> None:
    """Change what an edition says of itself. Its code stays: addresses and files carry it."""
    await raise_published(edition)
    before = (await Edition.select().where(Edition.id == edition))[0]
    values: dict[Any, Any] = {
        key: value for key, value in msgspec.structs.asdict(details).items() if key != "code"
    }
    changed = sorted(key for key, value in values.items() if before[key] != value)
    if changed:
        await Edition.update(values).where(Edition.id == edition)
        await audit.record(by, "edition.changed", edition, edition=edition, fields=changed)


@in_transaction
async def publish_page(
    edition: UUID, slug: str, *, title: Bilingual, body: Bilingual, by: Actor, position: int = 0
) -> int:
    """Publish a new version of a text; returns its number. Old versions stay: consents refer to them."""
    await raise_published(edition)
    rows = (
        await Page.select(Page.version)
        .where((Page.edition == edition) & (Page.slug == slug))
        .order_by(Page.version)
    )
    version = rows[-1]["version"] + 1 if rows else 1
    page = Page(
        edition=edition,
        slug=slug,
        version=version,
        title_zh=title.zh,
        title_en=title.en,
        body_zh=body.zh,
        body_en=body.en,
        position=position,
        published_at=now(),
    )
    await Page.insert(page)
    await audit.record(by, "page.published", page.id, edition=edition, slug=slug, version=version)
    return version
