"""How one gets there: a venue's plan, and how long it takes from one venue to another."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.core import files, pictures
from wcd.core.db import after_commit, execute, fetch, in_transaction
from wcd.editions.published import raise_published
from wcd.venues.errors import NoSuchPlace
from wcd.venues.places import edition_of_venue
from wcd.venues.tables import Travel

LONGEST_SIDE = 2000
PLAN_NAME = "plan.jpg"


async def keep_plan(venue_id: UUID, content: bytes, *, by: Actor) -> str:
    """Draw a plan anew and keep it in the place of the one before; returns its key. Drawn before anything is held."""
    await edition_of_venue(venue_id, by)
    drawn = await asyncio.to_thread(_draw, content)
    key = files.keep(PLAN_NAME, drawn)
    with files.kept_if_done(key):
        await _put_plan(venue_id, key, by)
    return key


@in_transaction
async def remove_plan(venue_id: UUID, *, by: Actor) -> None:
    """Take the plan away."""
    await _put_plan(venue_id, "", by)


@in_transaction
async def _put_plan(venue_id: UUID, key: str, by: Actor) -> None:
    edition = await edition_of_venue(venue_id, by)
    await raise_published(edition)
    before: str = (await fetch("SELECT plan FROM venues_venue WHERE id = $1", venue_id))[0]["plan"]
    await execute("UPDATE venues_venue SET plan = $1 WHERE id = $2", key, venue_id)
    await audit.record(by, "venue.plan_changed", venue_id, edition=edition)

    async def forget() -> None:
        files.forget(before)

    await after_commit(forget)


@in_transaction
async def set_travel(edition: UUID, minutes: Mapping[tuple[UUID, UUID], int], *, by: Actor) -> None:
    """How long one needs between venues, whichever way; what is not said is forgotten. Of venues of this edition only."""
    by.must("edition.edit", edition)
    await raise_published(edition)
    rows = await fetch("SELECT id FROM venues_venue WHERE edition = $1", edition)
    known: list[UUID] = [row["id"] for row in rows]
    if any(venue not in known for pair in minutes for venue in pair):
        raise NoSuchPlace
    ways = {(min(pair), max(pair)): length for pair, length in minutes.items() if pair[0] != pair[1]}
    await execute("DELETE FROM venues_travel WHERE one = ANY($1::uuid[])", known)
    if ways:
        await Travel.insert(
            *(Travel(one=one, other=other, minutes=length) for (one, other), length in ways.items())
        )
    await audit.record(by, "travel.changed", edition, edition=edition)


def _draw(content: bytes) -> bytes:
    return pictures.as_jpeg(pictures.decode(content, longest=LONGEST_SIDE), quality=88)
