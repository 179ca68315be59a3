"""Making, changing and removing venues and rooms. The edition's row is held meanwhile: pages show them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.core.db import execute, fetch, in_transaction, transaction
from wcd.core.ids import code_of_title
from wcd.editions.published import raise_published
from wcd.venues import rules
from wcd.venues.errors import NoSuchPlace, NotAPart, PlaceInUse
from wcd.venues.inputs import RoomDetails, VenueDetails
from wcd.venues.rules import Span
from wcd.venues.tables import Layout, Opening, Room, Venue

LONGEST_CODE = 36
"""So that a number still fits behind it."""


@in_transaction
async def add_venue(edition: UUID, details: VenueDetails, *, by: Actor) -> UUID:
    """A new building, after the others."""
    by.must("edition.edit", edition)
    await raise_published(edition)
    taken = [row["code"] for row in await fetch("SELECT code FROM venues_venue WHERE edition = $1", edition)]
    venue = Venue(
        edition=edition,
        code=code_of_title(details.name_en, taken, otherwise="venue", longest=LONGEST_CODE),
        position=len(taken),
        **msgspec.structs.asdict(details),
    )
    await Venue.insert(venue)
    await audit.record(by, "venue.added", venue.id, edition=edition)
    return venue.id


@in_transaction
async def change_venue(venue_id: UUID, details: VenueDetails, *, by: Actor) -> None:
    """Change what is said of a building; its code stays."""
    edition = await edition_of_venue(venue_id, by)
    await raise_published(edition)
    values: dict[Any, Any] = msgspec.structs.asdict(details)
    await Venue.update(values).where(Venue.id == venue_id)
    await audit.record(by, "venue.changed", venue_id, edition=edition)


@in_transaction
async def remove_venue(venue_id: UUID, *, by: Actor) -> None:
    """Take a building away that has no rooms."""
    edition = await edition_of_venue(venue_id, by)
    await raise_published(edition)
    if await fetch("SELECT FROM venues_room WHERE venue = $1 LIMIT 1", venue_id):
        raise PlaceInUse
    await _remove("venues_venue", venue_id)
    await audit.record(by, "venue.removed", venue_id, edition=edition)


@in_transaction
async def add_room(venue_id: UUID, details: RoomDetails, *, openings: Sequence[Span] = (), by: Actor) -> UUID:
    """A new room of a building, after the others. Its code is its own in the whole edition: filters use it."""
    edition = await edition_of_venue(venue_id, by)
    await raise_published(edition)
    rows = await fetch(
        "SELECT r.code FROM venues_room r JOIN venues_venue v ON v.id = r.venue WHERE v.edition = $1", edition
    )
    taken = [row["code"] for row in rows]
    room = Room(
        venue=venue_id,
        code=code_of_title(details.name_en, taken, otherwise="room", longest=LONGEST_CODE),
        position=len(taken),
        **details.columns,
    )
    await _refuse_wrong_whole(room.id, venue_id, details.whole)
    await Room.insert(room)
    await _say_more(room.id, details, openings)
    await audit.record(by, "room.added", room.id, edition=edition)
    return room.id


@in_transaction
async def change_room(
    room_id: UUID, details: RoomDetails, *, openings: Sequence[Span] = (), by: Actor
) -> None:
    """Change what is said of a room; its code stays. Seats of sessions are theirs."""
    edition = await _edition_of_room(room_id, by)
    await raise_published(edition)
    venue: UUID = (await fetch("SELECT venue FROM venues_room WHERE id = $1", room_id))[0]["venue"]
    await _refuse_wrong_whole(room_id, venue, details.whole)
    values: dict[Any, Any] = details.columns
    await Room.update(values).where(Room.id == room_id)
    await _say_more(room_id, details, openings)
    await audit.record(by, "room.changed", room_id, edition=edition)


@in_transaction
async def remove_room(room_id: UUID, *, by: Actor) -> None:
    """Take a room away in which nothing is held."""
    edition = await _edition_of_room(room_id, by)
    await raise_published(edition)
    await _remove("venues_room", room_id)
    await audit.record(by, "room.removed", room_id, edition=edition)


async def _refuse_wrong_whole(room: UUID, venue: UUID, whole: UUID | None) -> None:
    """The edition's row is held: no other can make a circle meanwhile."""
    if whole is None:
        return
    rows = await fetch("SELECT id, whole FROM venues_room WHERE venue = $1", venue)
    if not rules.may_be_whole(room, whole, {row["id"]: row["whole"] for row in rows}):
        raise NotAPart({"whole": NotAPart.says})


async def _say_more(room: UUID, details: RoomDetails, openings: Sequence[Span]) -> None:
    """What belongs to a room in rows of its own: layouts, and when it is open."""
    await Layout.delete().where(Layout.room == room)
    await Opening.delete().where(Opening.room == room)
    layouts = [Layout(room=room, code=code, capacity=people) for code, people in details.layouts.items()]
    spans = [Opening(room=room, opens_at=start, closes_at=end) for start, end in rules.joined(openings)]
    if layouts:
        await Layout.insert(*layouts)
    if spans:
        await Opening.insert(*spans)


async def edition_of_venue(venue_id: UUID, by: Actor) -> UUID:
    """The edition of a building that is to be changed; one of another edition than the actor's is not found."""
    return _scoped(await fetch("SELECT edition FROM venues_venue WHERE id = $1", venue_id), by)


async def _edition_of_room(room_id: UUID, by: Actor) -> UUID:
    rows = await fetch(
        "SELECT v.edition FROM venues_room r JOIN venues_venue v ON v.id = r.venue WHERE r.id = $1", room_id
    )
    return _scoped(rows, by)


def _scoped(rows: list[Any], by: Actor) -> UUID:
    """The edition of a place; one of another edition is not found."""
    by.must("edition.edit")
    if not rows or not by.sees(rows[0]["edition"]):
        raise NoSuchPlace
    edition: UUID = rows[0]["edition"]
    return edition


async def _remove(table: str, place_id: UUID) -> None:
    try:
        async with transaction():
            await execute(f"DELETE FROM {table} WHERE id = $1", place_id)  # noqa: S608 - one of two constants
    except (asyncpg.ForeignKeyViolationError, asyncpg.RestrictViolationError):
        raise PlaceInUse from None
