"""Rules of registration: which state follows which, who gets a seat, what overlaps. No database, no words."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID

from wcd.core.names import has_han

DRAFT = "draft"
UNCONFIRMED = "unconfirmed"
SUBMITTED = "submitted"
RETURNED = "returned"
APPROVED = "approved"
DECLINED = "declined"
CANCELLED = "cancelled"
ERASED = "erased"
STATES = (DRAFT, UNCONFIRMED, SUBMITTED, RETURNED, APPROVED, DECLINED, CANCELLED, ERASED)

# What may be done in which state, and where it leads. Everything else is refused.
MOVES: dict[str, dict[str, str]] = {
    "submit": {DRAFT: UNCONFIRMED},
    "confirm": {UNCONFIRMED: SUBMITTED},
    "approve": {SUBMITTED: APPROVED, RETURNED: APPROVED, DECLINED: APPROVED},
    "decline": {SUBMITTED: DECLINED, RETURNED: DECLINED, APPROVED: DECLINED},
    "return": {SUBMITTED: RETURNED},
    "answer": {RETURNED: SUBMITTED},
    "cancel": {UNCONFIRMED: CANCELLED, SUBMITTED: CANCELLED, RETURNED: CANCELLED, APPROVED: CANCELLED},
}
MAY_BE_CORRECTED = frozenset({UNCONFIRMED, SUBMITTED, RETURNED, APPROVED})

CONFIRMED = "confirmed"
WAITING = "waiting"
HELD = (CONFIRMED, WAITING)
"""A booking's third state, ``cancelled``, is spelt like a guest's."""

LAST_STEP = 4


class Timed(Protocol):
    """Anything that starts and ends."""

    @property
    def id(self) -> UUID:
        """Which one it is."""
        ...

    @property
    def starts_at(self) -> datetime:
        """When it starts."""
        ...

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        ...


T = TypeVar("T", bound=Timed)


def next_state(state: str, move: str) -> str | None:
    """Where a move leads a guest, or None if it is not possible now."""
    return MOVES[move].get(state)


def has_free_seat(seats: int | None, taken: int) -> bool:
    """Whether one more may sit down."""
    return seats is None or taken < seats


def seats_left(seats: int, taken: int, waiting: int) -> int:
    """Seats that somebody may take now. A free one with people waiting is theirs."""
    return 0 if waiting else max(0, seats - taken)


def first_state(seats: int | None, taken: int, waiting: int) -> str:
    """Nobody overtakes the line: a free seat with people waiting is theirs."""
    return CONFIRMED if has_free_seat(seats, taken) and not waiting else WAITING


def overlap(one: Timed, other: Timed) -> bool:
    """Whether two share a moment. One that ends as the other starts does not."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def first_overlap(wanted: Timed, held: Iterable[T]) -> T | None:
    """The first of the held ones that is at the same time; the wanted one itself does not count."""
    return next((one for one in held if one.id != wanted.id and overlap(wanted, one)), None)


def clashes(held: Sequence[T]) -> list[tuple[T, T]]:
    """Every pair at the same time, in order of time: sessions may have been moved after they were booked."""
    ordered = sorted(held, key=lambda one: (one.starts_at, one.ends_at, one.id))
    return [
        (one, other)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 :]
        if overlap(one, other)
    ]


def has_begun(session: Timed, now: datetime) -> bool:
    """Seats are given and given back until the session begins."""
    return session.starts_at <= now


def step_open(reached: int, wanted: int) -> bool:
    """A step can be opened when all before it are done; ``reached`` is the first that is not."""
    return 1 <= wanted <= min(reached, LAST_STEP)


def is_open(*, switch: bool, today: date, last_day: date) -> bool:
    """Whether guests may register: organisers have not closed it, and the forum is not over."""
    return switch and today <= last_day


def addressed(native: str, latin: str, language: str) -> str:
    """The name in a letter's opening: in Chinese a Han name, else the Latin one; in English the Latin one."""
    if language == "zh":
        return native if has_han(native) or not latin else latin
    return latin or native
