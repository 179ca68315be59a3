"""A person's decision that somebody's badge shows the Latin name alone."""

from uuid import UUID

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.badges import queries
from wcd.badges.errors import NoBadge, NoLatinName
from wcd.badges.tables import LatinOnly
from wcd.core.clock import now
from wcd.core.db import in_transaction
from wcd.core.errors import NotFound


@in_transaction
async def print_latin_only(guest_id: UUID, edition_id: UUID, *, by: Actor) -> None:
    """From now on this guest's badge shows the Latin name alone."""
    by.must("badges.print", edition_id)
    await _refuse_foreign(guest_id, edition_id)
    faces = await queries.badge_faces([guest_id])
    if not faces:
        raise NoBadge
    if not faces[0].latin_name:
        raise NoLatinName
    await LatinOnly.insert(LatinOnly(guest=guest_id, decided_at=now())).on_conflict(action="DO NOTHING")
    await audit.record(by, "badge.latin_only", guest_id, edition=edition_id)


@in_transaction
async def print_both_names(guest_id: UUID, edition_id: UUID, *, by: Actor) -> None:
    """Take that decision back."""
    by.must("badges.print", edition_id)
    await _refuse_foreign(guest_id, edition_id)
    await LatinOnly.delete().where(LatinOnly.guest == guest_id)
    await audit.record(by, "badge.both_names", guest_id, edition=edition_id)


async def _refuse_foreign(guest_id: UUID, edition_id: UUID) -> None:
    if await queries.edition_of_guest(guest_id) != edition_id:
        raise NotFound
