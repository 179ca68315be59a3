"""Tables of the places: venues and their rooms."""

from piccolo.constraints import Check, Unique
from piccolo.table import Table

from wcd.core.columns import (
    belongs_to,
    count,
    key,
    long_text,
    may_refer_to,
    moment,
    optional,
    part_of,
    required,
    words,
)
from wcd.editions.tables import Edition


class Venue(Table, tablename="venues_venue"):
    """A building with rooms."""

    id = key()
    edition = belongs_to(Edition)
    code = required(40)
    name_zh = required(120)
    name_en = required(120)
    address_zh = optional(200)
    address_en = optional(200)
    way_zh = long_text()
    way_en = long_text()
    map_url = optional(400)
    plan = optional(140)
    position = count()
    venues_venue_code_key = Unique([edition, code])


class Room(Table, tablename="venues_room"):
    """Where sessions are held. ``whole``: the hall of which this room is a part; the two are never used at one time."""

    id = key()
    venue = belongs_to(Venue)
    code = required(40)
    name_zh = required(120)
    name_en = required(120)
    floor_zh = optional(60)
    floor_en = optional(60)
    capacity = count()
    equipment = words(24)
    booths = count()
    whole = may_refer_to("self")
    position = count()
    venues_room_code_key = Unique([venue, code])
    venues_room_capacity_check = Check("capacity >= 0")


class Layout(Table, tablename="venues_layout"):
    """How many people a room holds when it is laid out like this."""

    id = key()
    room = part_of(Room)
    code = required(20)
    capacity = count()
    venues_layout_key = Unique([room, code])
    venues_layout_capacity_check = Check("capacity >= 0")


class Opening(Table, tablename="venues_opening"):
    """A time during which a room can be used. A room with none of these is always open."""

    id = key()
    room = part_of(Room)
    opens_at = moment()
    closes_at = moment()
    venues_opening_times_check = Check("closes_at > opens_at")


class Travel(Table, tablename="venues_travel"):
    """How many minutes it takes from one venue to another, in both directions; ``one`` has the smaller id."""

    id = key()
    one = belongs_to(Venue)
    other = belongs_to(Venue)
    minutes = count()
    venues_travel_key = Unique([one, other])
    venues_travel_order_check = Check("one < other")
    venues_travel_minutes_check = Check("minutes >= 0")
