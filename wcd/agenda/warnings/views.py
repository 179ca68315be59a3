"""What warnings are made from, and what they are: plain values."""

from datetime import datetime
from uuid import UUID

import msgspec

from wcd.agenda.facts import SessionFacts
from wcd.core.i18n import Bilingual, get_locale

Span = tuple[datetime, datetime]


class RoomFacts(msgspec.Struct, frozen=True):
    """A room. ``capacity`` 0 is not known; without ``openings`` it is always open; ``whole``: the hall it is a part of."""

    id: UUID
    venue: UUID
    name: Bilingual
    venue_name: Bilingual
    capacity: int = 0
    layouts: dict[str, int] = {}
    openings: tuple[Span, ...] = ()
    whole: UUID | None = None


class SpeakerFacts(msgspec.Struct, frozen=True):
    """A person of the programme. Without ``available`` they can always come; ``language`` may be unknown."""

    id: UUID
    native_name: str
    latin_name: str
    language: str = ""
    available: tuple[Span, ...] = ()

    @property
    def name(self) -> str:
        """The name that a reader of this language reads first."""
        names = (self.native_name, self.latin_name)
        return (names[0] or names[1]) if get_locale() == "zh" else (names[1] or names[0])


class Plan(msgspec.Struct, frozen=True):
    """The working copy of an edition with all that its warnings depend on.

    ``layouts``: how the room of a session is laid out, where that is said. ``travel``: minutes between two venues,
    the smaller id first. ``published``: when guests believe that sessions are. ``shared``: how many guests have seats
    in both of two sessions, the smaller id first; only pairs that could come to overlap need to be there.
    """

    sessions: dict[UUID, SessionFacts]
    layouts: dict[UUID, str] = {}
    rooms: dict[UUID, RoomFacts] = {}
    speakers: dict[UUID, SpeakerFacts] = {}
    travel: dict[tuple[UUID, UUID], int] = {}
    published: dict[UUID, Span] = {}
    shared: dict[tuple[UUID, UUID], int] = {}


class AgendaWarning(msgspec.Struct, frozen=True):
    """Something that does not fit, in one session or between two.

    ``number`` is what there is (seats, minutes, people, guests), ``limit`` what there is room or time for.
    ``in_release``: all its sessions are confirmed, so that a release would carry it to the guests.
    """

    kind: str
    session: UUID
    in_release: bool
    other: UUID | None = None
    room: UUID | None = None
    speaker: UUID | None = None
    language: str = ""
    fields: tuple[str, ...] = ()
    number: int = 0
    limit: int = 0


def pair(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Two ids in the order in which pairs are kept."""
    return (one, other) if one < other else (other, one)
