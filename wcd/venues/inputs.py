"""What an organiser must give of a venue and of a room."""

from typing import Annotated

import msgspec
from msgspec import Meta

Name = Annotated[str, Meta(max_length=120)]
Address = Annotated[str, Meta(max_length=200)]
Floor = Annotated[str, Meta(max_length=60)]


class VenueDetails(msgspec.Struct, frozen=True, kw_only=True):
    """A building in both languages."""

    name_zh: Name
    name_en: Name
    address_zh: Address = ""
    address_en: Address = ""


class RoomDetails(msgspec.Struct, frozen=True, kw_only=True):
    """A room in both languages, and how many people it holds."""

    name_zh: Name
    name_en: Name
    floor_zh: Floor = ""
    floor_en: Floor = ""
    capacity: Annotated[int, Meta(ge=0, le=100_000)]
