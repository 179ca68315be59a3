"""Reading the places: venues with their rooms, and the ways between venues."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.core.db import fetch
from wcd.core.i18n import Bilingual
from wcd.venues import rules
from wcd.venues.tables import Venue


class Span(msgspec.Struct, frozen=True):
    """From when until when."""

    starts_at: datetime
    ends_at: datetime


class RoomView(msgspec.Struct, frozen=True):
    """A room, the venue it is in, and what it has. ``whole``: the hall that it is a part of."""

    id: UUID
    code: str
    name: Bilingual
    floor: Bilingual
    capacity: int
    venue: Bilingual
    venue_id: UUID
    layouts: dict[str, int]
    equipment: list[str]
    booths: int
    whole: UUID | None
    openings: list[Span]

    def holds(self, layout: str = "") -> int:
        """How many people it holds in a layout, or as it is usually set up."""
        return rules.holds(self.capacity, self.layouts, layout)


class VenueView(msgspec.Struct, frozen=True):
    """A venue with its rooms, in the organisers' order. ``plan`` is the key of a kept picture, or empty."""

    id: UUID
    code: str
    name: Bilingual
    address: Bilingual
    way: Bilingual
    map_url: str
    plan: str
    rooms: list[RoomView]


async def list_venues(edition: UUID) -> list[VenueView]:
    """The venues of an edition with their rooms: two queries."""
    venues = (
        await Venue.select().where(Venue.edition == edition).order_by(Venue.position).order_by(Venue.code)
    )
    rooms = await list_rooms(edition)
    return [_venue(row, rooms.get(row["id"], [])) for row in venues]


async def way_to(room: UUID) -> VenueView | None:
    """The venue of a room, for how one gets there: one query. Its rooms are left out."""
    rows = await fetch(
        "SELECT v.* FROM venues_venue v JOIN venues_room r ON r.venue = v.id WHERE r.id = $1", room
    )
    return _venue(rows[0], []) if rows else None


async def list_rooms(edition: UUID) -> dict[UUID, list[RoomView]]:
    """The rooms of an edition by venue, in the organisers' order: one query."""
    rows = await fetch(
        """SELECT r.*, v.name_zh AS venue_zh, v.name_en AS venue_en,
               (SELECT jsonb_object_agg(l.code, l.capacity) FROM venues_layout l WHERE l.room = r.id) AS layouts,
               (SELECT jsonb_agg(jsonb_build_object('starts_at', o.opens_at, 'ends_at', o.closes_at)
                                 ORDER BY o.opens_at)
                FROM venues_opening o WHERE o.room = r.id) AS openings
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


async def travel_minutes(edition: UUID) -> dict[tuple[UUID, UUID], int]:
    """How long one needs from venue to venue, in both directions; what nobody has said is not in it."""
    rows = await fetch(
        "SELECT t.one, t.other, t.minutes FROM venues_travel t JOIN venues_venue v ON v.id = t.one"
        " WHERE v.edition = $1",
        edition,
    )
    ways = {(row["one"], row["other"]): row["minutes"] for row in rows}
    return ways | {(other, one): minutes for (one, other), minutes in ways.items()}


def _venue(row: Any, rooms: list[RoomView]) -> VenueView:
    return VenueView(
        id=row["id"],
        code=row["code"],
        name=_both(row, "name"),
        address=_both(row, "address"),
        way=_both(row, "way"),
        map_url=row["map_url"],
        plan=row["plan"],
        rooms=rooms,
    )


def _room(row: Any) -> RoomView:
    return RoomView(
        id=row["id"],
        code=row["code"],
        name=_both(row, "name"),
        floor=_both(row, "floor"),
        capacity=row["capacity"],
        venue=_both(row, "venue"),
        venue_id=row["venue"],
        layouts=_LAYOUTS.decode(row["layouts"] or b"{}"),
        equipment=row["equipment"],
        booths=row["booths"],
        whole=row["whole"],
        openings=_OPENINGS.decode(row["openings"] or b"[]"),
    )


_LAYOUTS = msgspec.json.Decoder(dict[str, int])
_OPENINGS = msgspec.json.Decoder(list[Span])


def _both(row: Any, name: str) -> Bilingual:
    return Bilingual(row[f"{name}_zh"], row[f"{name}_en"])
