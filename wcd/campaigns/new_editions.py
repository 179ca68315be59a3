"""A new edition with what every edition needs: categories and reminders."""

from uuid import UUID

from wcd.actors.actors import Actor
from wcd.campaigns.reminders import ensure_rules
from wcd.core.db import in_transaction
from wcd.editions import editions
from wcd.editions.inputs import EditionDetails
from wcd.registration.categories import ensure_categories


@in_transaction
async def open_edition(details: EditionDetails, *, by: Actor) -> UUID:
    """Make an edition with the usual categories and reminder rules; all of it can be changed."""
    by.must("edition.edit")
    edition_id = await editions.create_edition(details, by=by)
    await ensure_categories(edition_id, by=by)
    await ensure_rules(edition_id)
    return edition_id
