"""What is printed of a programme, as plain values: read once by `queries`, drawn without asking the database."""

from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from wcd.agenda.facts import SessionFacts
from wcd.agenda.views import ExhibitionView
from wcd.core.i18n import Bilingual
from wcd.editions.queries import EditionView
from wcd.paper.preflight import flaws, with_geta
from wcd.venues.queries import RoomView, VenueView


class Person(msgspec.Struct, frozen=True):
    """Somebody on the programme. Contacts are there only where the working copy is printed for staff."""

    id: UUID
    code: str
    native_name: str
    latin_name: str
    post: Bilingual
    body: Bilingual
    biography: Bilingual
    portrait: str
    sort_key: str
    email: str = ""
    telephone: str = ""

    def names(self, locale: str) -> tuple[str, str]:
        """The name that a reader of this language reads first, and the other one, empty where it is the same.

        A name is never printed with a hole: one that cannot be printed gives way to the other.
        """
        native, latin = self.native_name or self.latin_name, self.latin_name or self.native_name
        if flaws(native) and not flaws(latin):
            native = latin
        first, second = (native, latin) if locale == "zh" else (latin, native)
        return first, "" if second == first else second


class Unprintable(msgspec.Struct, frozen=True):
    """A name that cannot be printed as it is written, and its characters that no font has."""

    name: str
    characters: str
    """Each followed by its code point: 𮯰 U+2EBF0."""


class Programme(msgspec.Struct, frozen=True, dict=True):
    """A whole programme. ``release`` 0 is the working copy. Sessions have times and stand in their order."""

    edition: EditionView
    release: int
    as_of: datetime
    sessions: list[SessionFacts]
    people: dict[UUID, Person]
    venues: list[VenueView]
    exhibitions: list[ExhibitionView]
    base_url: str
    """Where we are on the web."""

    def address(self, locale: str) -> str:
        """Where the newest programme is, in this language."""
        return f"{self.base_url}/{locale}/programme"

    @property
    def is_working(self) -> bool:
        """Whether it is the working copy."""
        return not self.release

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of the place."""
        return ZoneInfo(self.edition.zone)

    @cached_property
    def rooms(self) -> dict[UUID, RoomView]:
        """The rooms by id."""
        return {room.id: room for venue in self.venues for room in venue.rooms}

    @cached_property
    def days(self) -> dict[date, list[SessionFacts]]:
        """The sessions of each day on which there are any."""
        return {
            day: list(group)
            for day, group in groupby(self.sessions, key=lambda session: self.start(session).date())
        }

    def start(self, session: SessionFacts) -> datetime:
        """When a session begins, by the clock on the wall there."""
        if session.starts_at is None:
            raise ValueError(f"{session.code} has no time")
        return session.starts_at.astimezone(self.zone)

    def end(self, session: SessionFacts) -> datetime:
        """When a session ends, by the clock on the wall there."""
        if session.ends_at is None:
            raise ValueError(f"{session.code} has no time")
        return session.ends_at.astimezone(self.zone)

    def venue_of(self, room: RoomView) -> VenueView:
        """The venue of a room."""
        return next(venue for venue in self.venues if venue.id == room.venue_id)

    @cached_property
    def on_stage(self) -> list[Person]:
        """Everybody who appears in a session that takes place."""
        there = {part.speaker for session in self.sessions for part in session.people}
        return [person for person in self.people.values() if person.id in there]

    @property
    def unprintable(self) -> list[Unprintable]:
        """The names of those on stage that cannot be printed as they are written."""
        return [
            Unprintable(with_geta(name), "、".join(f"{flaw.character} {flaw.codepoint}" for flaw in bad))
            for person in self.on_stage
            for name in dict.fromkeys((person.native_name, person.latin_name))
            if (bad := flaws(name))
        ]


class Internal(msgspec.Struct, frozen=True):
    """What only staff see: notes by the id of their session or item, the layout by the id of the session."""

    notes: dict[UUID, str] = {}
    layouts: dict[UUID, str] = {}
