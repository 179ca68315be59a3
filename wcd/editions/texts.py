"""The texts that organisers write: which there are, publishing a new version, and a line of news."""

from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.core.clock import now
from wcd.core.db import fetch, in_transaction
from wcd.editions.errors import TextChanged
from wcd.editions.inputs import TextDetails
from wcd.editions.published import raise_published
from wcd.editions.queries import newest_page
from wcd.editions.tables import Page

NOTICE = "notice"
CONTACT = "contact"
ACCESSIBILITY = "accessibility"
PRACTICAL = ("visa", "hotel", "transport", "venue", "questions")
TEXTS = (NOTICE, *PRACTICAL, CONTACT, ACCESSIBILITY)
"""Every text that pages know by its slug, in the order in which they are shown."""
NEWS = "news-"
"""How the slug of a line of news begins."""


@in_transaction
async def publish_text(
    edition: UUID, slug: str, details: TextDetails, *, by: Actor, after: int | None = None
) -> int:
    """Publish a new version of a text; returns its number. Old versions stay: consents refer to them.

    ``after`` is the version that the writer had before them (0: none); another one is refused.
    """
    by.must("edition.edit", edition)
    await raise_published(edition)  # of two who publish at once the second waits, and is told
    before = await newest_page(edition, slug)
    newest = before.version if before else 0
    if after is not None and after != newest:
        raise TextChanged
    page = Page(
        edition=edition,
        slug=slug,
        version=newest + 1,
        position=before.position if before else _position(slug),
        published_at=now(),
        **msgspec.structs.asdict(details),
    )
    await Page.insert(page)
    await audit.record(by, "page.published", page.id, edition=edition, slug=slug, version=page.version)
    return newest + 1


@in_transaction
async def announce(edition: UUID, details: TextDetails, *, by: Actor) -> str:
    """A new line of news; returns its slug."""
    by.must("edition.edit", edition)
    await raise_published(edition)  # before the count: two lines at once get two slugs
    rows = await fetch(
        "SELECT count(DISTINCT slug) AS n FROM editions_page WHERE edition = $1 AND starts_with(slug, $2)",
        edition, NEWS,
    )  # fmt: skip
    slug = f"{NEWS}{rows[0]['n'] + 1:04}"
    await publish_text(edition, slug, details, by=by, after=0)
    return slug


def _position(slug: str) -> int:
    return TEXTS.index(slug) if slug in TEXTS else len(TEXTS)
