"""The agenda as plain values between the database and the file formats."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

import msgspec

from wcd.core.i18n import Bilingual


class Spot(msgspec.Struct, frozen=True):
    """Where in a file something stands: the sheet (or what stands for one), and the row."""

    sheet: str = ""
    row: int = 0


class Entry(msgspec.Struct, kw_only=True):
    """A thing in a file. ``said`` names the fields that the file speaks of; the others are nobody's business."""

    code: str = ""
    id: UUID | None = None
    key: str = ""
    said: frozenset[str] = frozenset()
    spot: Spot = Spot()

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The fields of content, in their order."""
        return tuple(name for name in cls.__struct_fields__ if name not in {"key", "said", "spot"})

    def plain(self) -> dict[str, Any]:
        """What the file says, without what nobody says."""
        kept = {name: getattr(self, name) for name in self.names() if name in self.said}
        return kept | ({"id": self.id} if self.id else {})

    def says_all(self) -> Self:
        """The same, speaking of every field."""
        self.said = frozenset(self.names())
        return self


class VenueEntry(Entry, kw_only=True):
    """A building."""

    name_zh: str = ""
    name_en: str = ""
    address_zh: str = ""
    address_en: str = ""


class RoomEntry(Entry, kw_only=True):
    """A room; ``venue`` and ``whole`` (the hall of which it is a part) are codes, names or keys."""

    venue: str = ""
    name_zh: str = ""
    name_en: str = ""
    floor_zh: str = ""
    floor_en: str = ""
    capacity: int = 0
    whole: str = ""


class SpeakerEntry(Entry, kw_only=True):
    """A person on the programme."""

    native_name: str = ""
    latin_name: str = ""
    post_zh: str = ""
    post_en: str = ""
    body_zh: str = ""
    body_en: str = ""
    biography_zh: str = ""
    biography_en: str = ""
    country: str = ""


class HostEntry(Entry, kw_only=True):
    """A body that hosts sessions."""

    name_zh: str = ""
    name_en: str = ""


class SubjectEntry(Entry, kw_only=True):
    """What sessions are about."""

    name_zh: str = ""
    name_en: str = ""


class ItemEntry(msgspec.Struct, kw_only=True):
    """A part of a session."""

    kind: str
    title_zh: str = ""
    title_en: str = ""
    minutes: int = 0


class PartEntry(msgspec.Struct, kw_only=True):
    """Somebody's part. ``item`` counts from 0; an empty ``role`` is one that the file does not know."""

    speaker: str
    role: str = ""
    item: int | None = None


class SessionEntry(Entry, kw_only=True):
    """A session. ``room``, ``hosts`` and the people's ``speaker`` are codes, names or keys of this file."""

    kind: str = "forum"
    state: str = "planned"
    title_zh: str = ""
    title_en: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    minutes: int = 90
    room: str = ""
    layout: str = ""
    seats: int | None = None
    booking: str = "open"
    categories: list[str] = []
    languages: list[str] = []
    interpretation: list[str] = []
    sdgs: list[int] = []
    subjects: list[str] = []
    hosts: list[str] = []
    summary_zh: str = ""
    summary_en: str = ""
    meeting_point_zh: str = ""
    meeting_point_en: str = ""
    notes: str = ""
    items: list[ItemEntry] = []
    people: list[PartEntry] = []

    @property
    def title(self) -> Bilingual:
        """Both titles."""
        return Bilingual(self.title_zh, self.title_en)


class EditionFacts(msgspec.Struct, kw_only=True):
    """What a file says of the edition."""

    code: str = ""
    name_zh: str = ""
    name_en: str = ""
    first_day: date | None = None
    last_day: date | None = None
    zone: str = "Asia/Shanghai"
    place_zh: str = ""
    place_en: str = ""


class AgendaFile(msgspec.Struct, kw_only=True):
    """A whole agenda. ``release`` 0 is a working copy; ``on_programme``: sessions that guests see now."""

    edition: EditionFacts
    release: int = 0
    venues: list[VenueEntry] = []
    rooms: list[RoomEntry] = []
    subjects: list[SubjectEntry] = []
    hosts: list[HostEntry] = []
    speakers: list[SpeakerEntry] = []
    sessions: list[SessionEntry] = []
    on_programme: frozenset[UUID] = frozenset()


TEXT_LIMITS = {
    "code": 60, "title_zh": 300, "title_en": 300, "summary_zh": 6000, "summary_en": 6000, "notes": 6000,
    "meeting_point_zh": 200, "meeting_point_en": 200, "native_name": 200, "latin_name": 200, "post_zh": 200,
    "post_en": 200, "body_zh": 200, "body_en": 200, "biography_zh": 6000, "biography_en": 6000, "country": 2,
    "name_zh": 120, "name_en": 120, "floor_zh": 60, "floor_en": 60, "address_zh": 200, "address_en": 200,
}  # fmt: skip
"""The longest text that each field takes."""
