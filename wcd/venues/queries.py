"""Reading the places: venues with their rooms."""

from typing import Any
from uuid import UUID

import msgspec

from wcd.core.db import fetch
from wcd.core.i18n import Bilingual
from wcd.venues.tables import Venue


class RoomView(msgspec.Struct, frozen=True):
    """A room, and the venue it is in."""

    id: UUID
    code: str
    name: Bilingual
    floor: Bilingual
    capacity: int
    venue: Bilingual


class VenueView(msgspec.Struct, frozen=True):
    """A venue with its rooms, in the organisers' order."""

    id: UUID
    code: str
    name: Bilingual
    address: Bilingual
    rooms: list[RoomView]


async def list_venues(edition: UUID) -> list[VenueView]:
    """The venues of an edition with their rooms: two queries."""
    venues = (
        await Venue.select().where(Venue.edition == edition).order_by(Venue.position).order_by(Venue.code)
    )
    rooms = await list_rooms(edition)
    return [
        VenueView(
            id=row["id"],
            code=row["code"],
            name=Bilingual(row["name_zh"], row["name_en"]),
            address=Bilingual(row["address_zh"], row["address_en"]),
            rooms=rooms.get(row["id"], []),
        )
        for row in venues
    ]


async def list_rooms(edition: UUID) -> dict[UUID, list[RoomView]]:
    """The rooms of an edition by venue, in the organisers' order."""
    rows = await fetch(
        """SELECT r.*, v.name_zh AS venue_zh, v.name_en AS venue_en
           FROM venues_room r JOIN venues_venue v ON v.id = r.venue
           WHERE v.edition = $1 ORDER BY v.position, v.code, r.position, r.code""",
        edition,
    )
    by_venue: dict[UUID, list[RoomView]] = {}
    for row in rows:
        by_venue.setdefault(row["venue"], []).append(_room(row))
    return by_venue


async def room_in(edition: UUID, room: UUID) -> RoomView | None:
    """A room of this edition, or None if it is none of its rooms."""
    rooms = await list_rooms(edition)
    return next((one for group in rooms.values() for one in group if one.id == room), None)


def _room(row: dict[str, Any]) -> RoomView:
    return RoomView(
        id=row["id"],
        code=row["code"],
        name=Bilingual(row["name_zh"], row["name_en"]),
        floor=Bilingual(row["floor_zh"], row["floor_en"]),
        capacity=row["capacity"],
        venue=Bilingual(row["venue_zh"], row["venue_en"]),
    )
