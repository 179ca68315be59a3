"""The agenda as its readers see it: small frozen values, made by the queries, printed by templates."""

from datetime import datetime
from uuid import UUID

import msgspec

from wcd.agenda.rules import CALLED_OFF, PAUSES, is_bookable
from wcd.core.i18n import Bilingual, get_locale
from wcd.core.names import language_of


class Place(msgspec.Struct, frozen=True):
    """A room, its floor and its venue."""

    id: UUID
    code: str
    name: Bilingual
    floor: Bilingual
    venue: Bilingual
    capacity: int


class PersonView(msgspec.Struct, frozen=True):
    """A person on the programme with both names. ``portrait`` is the key of a kept file, or empty."""

    id: UUID
    code: str
    native_name: str
    latin_name: str
    post: Bilingual
    body: Bilingual
    country: str
    portrait: str

    @property
    def first(self) -> str:
        """The name that a reader of this language reads first."""
        names = (self.native_name, self.latin_name)
        return (names[0] or names[1]) if get_locale() == "zh" else (names[1] or names[0])

    @property
    def second(self) -> str:
        """The other name; empty where there is none or it is the same."""
        names = (self.native_name, self.latin_name)
        other = names[1] if self.first == names[0] else names[0]
        return other if other != self.first else ""

    @property
    def first_lang(self) -> str:
        """The language of ``first``, as far as its script tells."""
        return language_of(self.first)

    @property
    def second_lang(self) -> str:
        """The language of ``second``."""
        return language_of(self.second)


class Part(msgspec.Struct, frozen=True):
    """Somebody's part in a session or item."""

    person: PersonView
    role: str


class SessionCard(msgspec.Struct, frozen=True):
    """A session in a list. ``sequence`` and ``changed_in`` tell of releases; both are 0 in the working copy."""

    id: UUID
    code: str
    kind: str
    state: str
    title: Bilingual
    summary: Bilingual
    starts_at: datetime
    ends_at: datetime
    place: Place | None
    seats: int | None
    booking: str
    categories: list[str]
    languages: list[str]
    interpretation: list[str]
    sdgs: list[int]
    subjects: list[str]
    hosts: list[Bilingual]
    meeting_point: Bilingual
    version: int
    sequence: int
    changed_in: int
    changed_at: datetime
    people: list[PersonView]

    @property
    def is_bookable(self) -> bool:
        """Whether guests may take a seat."""
        return is_bookable(self.booking, self.state)

    @property
    def is_called_off(self) -> bool:
        """Whether it does not take place."""
        return self.state == CALLED_OFF

    @property
    def is_pause(self) -> bool:
        """Whether it is a break or a meal: it has no page of interest."""
        return self.kind in PAUSES


class ItemView(msgspec.Struct, frozen=True):
    """A part of a session, with the time at which it starts."""

    kind: str
    title: Bilingual
    starts_at: datetime
    minutes: int
    people: list[Part]


class SessionPage(msgspec.Struct, frozen=True):
    """One session with everything about it. ``people`` are those who belong to no single item."""

    card: SessionCard
    items: list[ItemView]
    people: list[Part]


class SubjectView(msgspec.Struct, frozen=True):
    """A subject of sessions."""

    code: str
    name: Bilingual


class LaunchView(msgspec.Struct, frozen=True):
    """Something launched or awarded at the forum, and the session in which that happens."""

    title: Bilingual
    kind: str
    session: str
    starts_at: datetime


class SpeakerSession(msgspec.Struct, frozen=True):
    """A session in which a speaker appears, and as what."""

    card: SessionCard
    roles: list[str]


class SpeakerPage(msgspec.Struct, frozen=True):
    """One speaker with biography and sessions."""

    person: PersonView
    biography: Bilingual
    sessions: list[SpeakerSession]


class StandView(msgspec.Struct, frozen=True):
    """One stand of an exhibition."""

    number: str
    title: Bilingual
    body: Bilingual
    summary: Bilingual


class ExhibitionView(msgspec.Struct, frozen=True):
    """An exhibition with its stands in the order of their numbers."""

    code: str
    title: Bilingual
    summary: Bilingual
    starts_at: datetime
    ends_at: datetime
    place: Place | None
    stands: list[StandView]
