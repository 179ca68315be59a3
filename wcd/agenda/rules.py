"""Rules of the agenda: times that follow from lengths, what overlaps, what a filter finds. No database."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CEREMONY = "ceremony"
PLENARY = "plenary"
FORUM = "forum"
SIDE_EVENT = "side_event"
TOUR = "tour"
BREAK = "break"
MEAL = "meal"
KINDS = (CEREMONY, PLENARY, FORUM, SIDE_EVENT, TOUR, BREAK, MEAL)
"""In the order in which filters and counts name them."""
PAUSES = (BREAK, MEAL)

IDEA = "idea"
PLANNED = "planned"
CONFIRMED = "confirmed"
CALLED_OFF = "called_off"
STATES = (IDEA, PLANNED, CONFIRMED, CALLED_OFF)
"""The working copy knows all four; a release has the last two."""

OPEN = "open"
BY_BOOKING = "booking"
BY_INVITATION = "invitation"
BY_CATEGORY = "category"
BOOKINGS = (OPEN, BY_BOOKING, BY_INVITATION, BY_CATEGORY)

SPEAKER = "speaker"
MODERATOR = "moderator"
DISCUSSANT = "discussant"
ADDRESS = "address"
ROLES = (SPEAKER, MODERATOR, DISCUSSANT, ADDRESS)

SPEECH = "speech"
ADDRESS_ITEM = "address"
DISCUSSION = "discussion"
PANEL = "panel"
AWARD = "award"
LAUNCH = "launch"
VIDEO = "video"
ITEM_KINDS = (SPEECH, ADDRESS_ITEM, PANEL, DISCUSSION, AWARD, LAUNCH, VIDEO, BREAK)

LAST_SDG = 17


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Whether two spans share a moment. One that ends as the other starts does not."""
    return one[0] < other[1] and other[0] < one[1]


def item_times(starts_at: datetime, minutes: Sequence[int]) -> list[datetime]:
    """When each item starts: one after another, from the session's start."""
    times, at = [], starts_at
    for length in minutes:
        times.append(at)
        at += timedelta(minutes=length)
    return times


def moment(day: date, clock: str, zone: str) -> datetime:
    """``14:30`` on a day in a zone, as a moment."""
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))


def local_day(at: datetime, zone: str) -> date:
    """The day on which a moment falls where the forum takes place."""
    return at.astimezone(ZoneInfo(zone)).date()


def local_clock(at: datetime, zone: str) -> str:
    """``14:30``: the time on the wall where the forum takes place."""
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def is_bookable(booking: str, state: str) -> bool:
    """Whether guests may take a seat themselves."""
    return booking == BY_BOOKING and state != CALLED_OFF


def passes(wanted: Collection[object], has: Collection[object]) -> bool:
    """Whether one filter lets a thing through: nothing wanted, or something wanted that it has."""
    return not wanted or any(value in has for value in wanted)


def changed_fields(before: dict[str, object], after: dict[str, object]) -> list[str]:
    """The names of the fields whose values differ, in alphabetical order."""
    return sorted(name for name, value in after.items() if before.get(name) != value)


BIOGRAPHY_ZH, BIOGRAPHY_EN, PORTRAIT, CONSENT, SLIDES = (
    "biography_zh",
    "biography_en",
    "portrait",
    "consent",
    "slides",
)
OWED = (BIOGRAPHY_ZH, BIOGRAPHY_EN, PORTRAIT, CONSENT, SLIDES)
"""What a speaker may still owe, in the order in which they are asked for it."""


def owed(
    *,
    biography: tuple[str, str],
    portrait: str,
    consents: bool,
    speaks_in: Collection[object],
    slides: Collection[object],
) -> list[str]:
    """What a speaker still owes. Slides: for each session in which they speak, unless they show none.

    Who moderates, comments or gives an address owes no slides: such sessions are not among ``speaks_in``.
    """
    missing = {
        BIOGRAPHY_ZH: not biography[0],
        BIOGRAPHY_EN: not biography[1],
        PORTRAIT: not portrait,
        CONSENT: not consents,
        SLIDES: bool(set(speaks_in) - set(slides)),
    }
    return [what for what in OWED if missing[what]]
