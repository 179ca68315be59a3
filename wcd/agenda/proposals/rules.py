"""Rules of the call: until when it is open, and which step a proposal may take from where. No database."""

from collections.abc import Sequence
from datetime import date, datetime

SUBMITTED = "submitted"
ASKED = "asked"
ACCEPTED = "accepted"
DECLINED = "declined"
WITHDRAWN = "withdrawn"
STATES = (SUBMITTED, ASKED, ACCEPTED, DECLINED, WITHDRAWN)
UNDECIDED = (SUBMITTED, ASKED)

EDIT = "edit"
ASK = "ask"
ANSWER = "answer"
ACCEPT = "accept"
DECLINE = "decline"
WITHDRAW = "withdraw"
STEPS = (EDIT, ASK, ANSWER, ACCEPT, DECLINE, WITHDRAW)

# Every way there is. A place may become free: who was declined can still be accepted; all else that is decided stays.
TRANSITIONS: dict[tuple[str, str], str] = {
    (SUBMITTED, EDIT): SUBMITTED,
    (SUBMITTED, ASK): ASKED,
    (SUBMITTED, ACCEPT): ACCEPTED,
    (SUBMITTED, DECLINE): DECLINED,
    (SUBMITTED, WITHDRAW): WITHDRAWN,
    (ASKED, EDIT): ASKED,
    (ASKED, ASK): ASKED,
    (ASKED, ANSWER): SUBMITTED,
    (ASKED, ACCEPT): ACCEPTED,
    (ASKED, DECLINE): DECLINED,
    (ASKED, WITHDRAW): WITHDRAWN,
    (DECLINED, ACCEPT): ACCEPTED,
}

MORNING = "morning"
AFTERNOON = "afternoon"
EVENING = "evening"
PARTS_OF_DAY = (MORNING, AFTERNOON, EVENING)

SHORTEST, LONGEST = 15, 600
"""Minutes of a side event."""
MOST_PEOPLE = 20_000
MOST_POINTS = 5


def after(state: str, step: str) -> str | None:
    """The state to which a step leads; None where it cannot be taken."""
    return TRANSITIONS.get((state, step))


def may(state: str, step: str) -> bool:
    """Whether a step can be taken from a state."""
    return (state, step) in TRANSITIONS


def is_open(*, switch: bool, closes_at: datetime | None, now: datetime, today: date, last_day: date) -> bool:
    """Whether partners may propose: switched on, before the closing time, and not after the forum."""
    return switch and (closes_at is None or now < closes_at) and today <= last_day


def average(points: Sequence[int]) -> float | None:
    """The mean of what organisers gave, to one decimal place; None before anybody did."""
    return round(sum(points) / len(points), 1) if points else None
