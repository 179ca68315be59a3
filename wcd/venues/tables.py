"""Tables of the places: venues and their rooms."""

from piccolo.constraints import Check, Unique
from piccolo.table import Table

from wcd.core.columns import belongs_to, count, key, optional, required
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
    position = count()
    venues_venue_code_key = Unique([edition, code])


class Room(Table, tablename="venues_room"):
    """Where sessions are held."""

    id = key()
    venue = belongs_to(Venue)
    code = required(40)
    name_zh = required(120)
    name_en = required(120)
    floor_zh = optional(60)
    floor_en = optional(60)
    capacity = count()
    position = count()
    venues_room_code_key = Unique([venue, code])
    venues_room_capacity_check = Check("capacity >= 0")
