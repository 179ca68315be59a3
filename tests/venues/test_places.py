"""Venues and rooms: made, changed, removed; those in use and those of other editions stay."""

from datetime import datetime

import msgspec
import pytest

from tests import make
from wcd.actors.actors import STAFF, Actor, system
from wcd.core.errors import Forbidden
from wcd.editions.published import published_numbers
from wcd.venues import places, queries
from wcd.venues.errors import NoSuchPlace, NotAPart, PlaceInUse
from wcd.venues.inputs import RoomDetails, VenueDetails

BY = system("test")
HALL = VenueDetails(name_zh="会议中心", name_en="Conference Centre")
ROOM = RoomDetails(name_zh="一号厅", name_en="Hall 1", floor_zh="二层", floor_en="Level 2", capacity=120)


async def test_a_venue_with_two_rooms_of_one_name(db: None) -> None:
    edition = await make.edition()
    before = (await published_numbers())[edition]
    venue = await places.add_venue(edition, HALL, by=BY)
    await places.add_room(venue, ROOM, by=BY)
    await places.add_room(venue, ROOM, by=BY)
    (found,) = await queries.list_venues(edition)
    assert (found.code, [room.code for room in found.rooms]) == ("conference-centre", ["hall-1", "hall-1-2"])
    assert [(room.capacity, room.floor.en) for room in found.rooms] == [(120, "Level 2")] * 2
    assert (await published_numbers())[edition] == before + 3


async def test_names_change_and_codes_stay(db: None) -> None:
    edition = await make.edition()
    venue = await places.add_venue(edition, HALL, by=BY)
    room = await places.add_room(venue, ROOM, by=BY)
    await places.change_venue(venue, VenueDetails(name_zh="新馆", name_en="New House"), by=BY)
    await places.change_room(room, RoomDetails(name_zh="大厅", name_en="Great Hall", capacity=9), by=BY)
    (found,) = await queries.list_venues(edition)
    assert (found.name.en, found.code) == ("New House", "conference-centre")
    assert (found.rooms[0].name.zh, found.rooms[0].code, found.rooms[0].capacity) == ("大厅", "hall-1", 9)


async def test_a_room_says_what_it_has_and_when_it_is_open(db: None) -> None:
    edition = await make.edition()
    venue = await places.add_venue(edition, HALL, by=BY)
    nine, noon, two = (datetime.fromisoformat(f"2023-10-28T{hour}:00+08:00") for hour in ("09", "12", "14"))
    details = msgspec.structs.replace(ROOM, theatre=200, u_shape=0, booths=2, equipment=("projector",))
    room = await places.add_room(venue, details, openings=[(noon, two), (nine, noon)], by=BY)
    ((found,),) = [one.rooms for one in await queries.list_venues(edition)]
    assert (found.layouts, found.booths, found.equipment) == (
        {"theatre": 200, "u_shape": 0},
        2,
        ["projector"],
    )
    assert (found.holds("theatre"), found.holds("banquet"), found.holds("u_shape"), found.holds()) == (
        200, 120, 0, 120,
    )  # fmt: skip
    assert [(one.starts_at, one.ends_at) for one in found.openings] == [(nine, two)]
    await places.change_room(room, ROOM, by=BY)
    ((found,),) = [one.rooms for one in await queries.list_venues(edition)]
    assert (found.layouts, found.openings, found.booths, found.equipment) == ({}, [], 0, [])


async def test_parts_of_a_hall_make_no_circle(db: None) -> None:
    edition = await make.edition()
    venue = await places.add_venue(edition, HALL, by=BY)
    elsewhere = await make.room(edition, "elsewhere")
    hall, left, right = [await places.add_room(venue, ROOM, by=BY) for _ in range(3)]
    await places.change_room(left, msgspec.structs.replace(ROOM, whole=hall), by=BY)
    for room, whole in ((hall, hall), (hall, left), (hall, right), (right, left), (right, elsewhere)):
        with pytest.raises(NotAPart) as refused:
            await places.change_room(room, msgspec.structs.replace(ROOM, whole=whole), by=BY)
        assert refused.value.errors.keys() == {"whole"}
    rooms = {room.id: room.whole for one in await queries.list_venues(edition) for room in one.rooms}
    assert rooms == {hall: None, left: hall, right: None, elsewhere: None}
    with pytest.raises(PlaceInUse):
        await places.remove_room(hall, by=BY)


async def test_what_is_in_use_stays(db: None) -> None:
    edition = await make.edition()
    venue = await places.add_venue(edition, HALL, by=BY)
    used = await places.add_room(venue, ROOM, by=BY)
    free = await places.add_room(venue, ROOM, by=BY)
    await make.session(edition, room=used)
    with pytest.raises(PlaceInUse):
        await places.remove_room(used, by=BY)
    await places.remove_room(free, by=BY)
    with pytest.raises(PlaceInUse):
        await places.remove_venue(venue, by=BY)
    (found,) = await queries.list_venues(edition)
    assert [room.id for room in found.rooms] == [used]


async def test_places_of_another_edition_are_not_found(db: None) -> None:
    edition = await make.edition()
    other = await make.edition("wcd-other", is_current=False)
    venue = await places.add_venue(edition, HALL, by=BY)
    room = await places.add_room(venue, ROOM, by=BY)
    stranger = Actor(STAFF, roles=frozenset({"owner"}), edition_id=other)
    for verb in (
        places.change_venue(venue, HALL, by=stranger),
        places.remove_venue(venue, by=stranger),
        places.add_room(venue, ROOM, by=stranger),
        places.change_room(room, ROOM, by=stranger),
        places.remove_room(room, by=stranger),
    ):
        with pytest.raises(NoSuchPlace):
            await verb
    with pytest.raises(Forbidden):
        await places.add_venue(edition, HALL, by=stranger)
    (found,) = await queries.list_venues(edition)
    assert [one.id for one in found.rooms] == [room]
