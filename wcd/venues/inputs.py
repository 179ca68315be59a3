"""What an organiser must give of a venue and of a room."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from msgspec import Meta

from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.venues.rules import LAYOUTS

Name = Annotated[str, Meta(max_length=120)]
Address = Annotated[str, Meta(max_length=200)]
Floor = Annotated[str, Meta(max_length=60)]
Way = Annotated[str, Meta(max_length=2000)]
Link = Annotated[str, Meta(max_length=400)]
People = Annotated[int, Meta(ge=0, le=100_000)]
Equipment = Literal[
    "projector",
    "screen",
    "stage",
    "lectern",
    "microphones",
    "recording",
    "streaming",
    "hearing_loop",
    "step_free",
    "daylight",
]
NOT_HTTPS = _("A map link begins with https:// and names a site.")
MOST_TRAVEL = 24 * 60


class VenueDetails(msgspec.Struct, frozen=True, kw_only=True):
    """A building in both languages, and how one gets there."""

    name_zh: Name
    name_en: Name
    address_zh: Address = ""
    address_en: Address = ""
    way_zh: Way = ""
    way_en: Way = ""
    map_url: Link = ""

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """What does not hold: a link that would lead nowhere, or run something."""
        if self.map_url and not is_https(self.map_url):
            yield "map_url", NOT_HTTPS


class RoomDetails(msgspec.Struct, frozen=True, kw_only=True):
    """A room in both languages, what it has, and how many people it holds, in each layout where that differs."""

    name_zh: Name
    name_en: Name
    floor_zh: Floor = ""
    floor_en: Floor = ""
    capacity: People
    theatre: People | None = None
    classroom: People | None = None
    boardroom: People | None = None
    banquet: People | None = None
    cabaret: People | None = None
    u_shape: People | None = None
    standing: People | None = None
    equipment: tuple[Equipment, ...] = ()
    booths: Annotated[int, Meta(ge=0, le=40)] = 0
    whole: UUID | None = None

    @property
    def layouts(self) -> dict[str, int]:
        """The layouts of which something is said."""
        return {code: people for code in LAYOUTS if (people := getattr(self, code)) is not None}

    @property
    def columns(self) -> dict[str, Any]:
        """What the room's own row holds."""
        values = {name: one for name, one in msgspec.structs.asdict(self).items() if name not in LAYOUTS}
        return values | {"equipment": list(self.equipment)}


def is_https(link: str) -> bool:
    """Whether a link leads to a site, over HTTPS, without a password in it."""
    try:
        parts = urlsplit(link)
        return (
            parts.scheme == "https"
            and "." in (parts.hostname or "")
            and parts.username is None
            and not any(sign.isspace() or sign in '"<>\\' for sign in link)
        )
    except ValueError:
        return False
