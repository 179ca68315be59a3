"""Registration as its readers see it: small frozen values, made by the queries, printed by templates."""

from datetime import datetime
from uuid import UUID

import msgspec

from wcd.core.i18n import Bilingual, get_locale
from wcd.core.ids import show_short_code
from wcd.core.names import fold, has_han
from wcd.registration import rules


class CategoryMark(msgspec.Struct, frozen=True):
    """A category as it stands beside a name."""

    code: str
    name: Bilingual
    mark: str


class SeatCount(msgspec.Struct, frozen=True):
    """Who has a seat and who waits."""

    taken: int = 0
    waiting: int = 0

    def left(self, seats: int | None) -> int | None:
        """Seats that somebody could have at once: none while others wait. None is without limit."""
        return None if seats is None else rules.seats_left(seats, self.taken, self.waiting)


class HeldTime(msgspec.Struct, frozen=True):
    """A session in which a guest has a seat or a place in line."""

    id: UUID
    title: Bilingual
    starts_at: datetime
    ends_at: datetime
    state: str


class MySession(msgspec.Struct, frozen=True):
    """A guest's seat or place in line, with what one needs to get there. ``place_in_line``: 0 for a seat."""

    id: UUID
    code: str
    kind: str
    title: Bilingual
    starts_at: datetime
    ends_at: datetime
    room: Bilingual
    floor: Bilingual
    venue: Bilingual
    meeting_point: Bilingual
    interpretation: list[str]
    state: str
    place_in_line: int


class Draft(msgspec.Struct, frozen=True):
    """A registration that is being filled in, as its forms show it."""

    id: UUID
    edition: UUID
    state: str
    step: int
    number: int | None
    link_version: int
    category: str
    category_name: Bilingual
    category_mark: str
    changed_at: datetime
    native_name: str
    latin_name: str
    organisation_zh: str
    organisation_en: str
    post: str
    country: str
    email: str
    telephone: str
    language: str
    diet: str
    diet_note: str
    access: str
    access_needs: str


class GuestFile(msgspec.Struct, frozen=True):
    """Everything about one guest but bookings, mails and scans."""

    id: UUID
    edition: UUID
    number: int | None
    state: str
    category: CategoryMark
    native_name: str
    latin_name: str
    email: str
    telephone: str
    organisation: Bilingual
    post: str
    country: str
    language: str
    diet: list[str]
    diet_note: str
    access: list[str]
    access_needs: str
    delegation_id: UUID | None
    delegation: Bilingual
    is_head: bool
    question: str
    answer: str
    version: int
    link_version: int
    begun_at: datetime
    submitted_at: datetime | None
    confirmed_at: datetime | None
    decided_at: datetime | None
    changed_at: datetime
    code: str
    short_code: str

    @property
    def is_approved(self) -> bool:
        """Whether the guest may come."""
        return self.state == rules.APPROVED

    @property
    def shown_short_code(self) -> str:
        """The short code as people read it; empty without one."""
        return show_short_code(self.short_code) if self.short_code else ""

    @property
    def first(self) -> str:
        """The name that a reader of this language reads first."""
        names = (self.native_name, self.latin_name)
        return (names[0] or names[1]) if get_locale() == "zh" else (names[1] or names[0])

    @property
    def second(self) -> str:
        """The other name; empty where there is none or it is the same."""
        other = self.latin_name if self.first == self.native_name else self.native_name
        return other if other != self.first else ""

    @property
    def first_lang(self) -> str:
        """The language of ``first``, as far as its script tells."""
        return _language(self.first)

    @property
    def second_lang(self) -> str:
        """The language of ``second``."""
        return _language(self.second)

    def may(self, move: str) -> bool:
        """Whether something may be done now: approve, decline, return, answer, cancel."""
        return rules.next_state(self.state, move) is not None


def _language(name: str) -> str:
    """For ``lang``: Han is taken as Chinese, plain Latin letters as English, else nobody knows."""
    if has_han(name):
        return "zh"
    return "en" if fold(name).isascii() else "und"


class GuestRow(msgspec.Struct, frozen=True):
    """A guest in the organisers' list."""

    id: UUID
    number: int | None
    state: str
    native_name: str
    latin_name: str
    category: CategoryMark
    organisation: Bilingual
    post: str
    country: str
    language: str
    delegation: Bilingual
    submitted_at: datetime | None
    begun_at: datetime
    sessions: int
    asks_access: bool


class BookingRow(msgspec.Struct, frozen=True):
    """A guest in the list or the line of a session; ``place`` counts from 1 within its state."""

    guest: UUID
    number: int | None
    native_name: str
    latin_name: str
    category: CategoryMark
    organisation: Bilingual
    state: str
    asked_at: datetime
    place: int


class Facet(msgspec.Struct, frozen=True):
    """One value of a filter and how many it would show."""

    value: str
    count: int
