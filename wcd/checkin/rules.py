"""What a gate says to a badge, and where two answers contradict each other. Cases: tests/door/verdicts.json."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

WELCOME = "welcome"
WELCOME_BACK = "welcome_back"
ALREADY_INSIDE = "already_inside"
UNKNOWN = "unknown"
REVOKED = "revoked"
NOT_APPROVED = "not_approved"
WRONG_DAY = "wrong_day"
WRONG_GATE = "wrong_gate"
TOO_EARLY = "too_early"
GATE_CLOSED = "gate_closed"
FULL = "full"
# Those of a guest who may be here: which of the three depends on the earlier scans alone.
PRESENT = (WELCOME, WELCOME_BACK, ALREADY_INSIDE)
VERDICTS = (*PRESENT, UNKNOWN, REVOKED, NOT_APPROVED, WRONG_DAY, WRONG_GATE, TOO_EARLY, GATE_CLOSED, FULL)
ADMITTING = (WELCOME, WELCOME_BACK)

LET_IN = "let_in"
TURNED_AWAY = "turned_away"
UNVERIFIED = "unverified"

# A device waits 2.5 s for the verdict before it says "not verified"; the rest is for slow lines and clocks.
LATE = timedelta(seconds=10)


class Opening(msgspec.Struct, frozen=True):
    """A time in which a gate admits a guest.

    The bounds of its local day are given, so that comparing needs no time zone. Earlier admissions count from
    ``since``; ``limit`` is how many fit in.
    """

    opens: datetime
    closes: datetime
    day_starts: datetime
    day_ends: datetime
    since: datetime
    limit: int | None = None


class Entry(msgspec.Struct, frozen=True):
    """What of a badge is compared at one gate. No openings: this gate never admits this guest."""

    approved: bool
    revoked: bool
    openings: tuple[Opening, ...] = ()


class Verdict(msgspec.Struct, frozen=True):
    """The word, and what its sentence needs: when the guest was first admitted, or may come."""

    word: str
    first_at: datetime | None = None
    opens_at: datetime | None = None


class Presence(msgspec.Struct, frozen=True):
    """What is stored of a badge's scan where the guest may be, in the order of corrected time."""

    at: datetime
    kind: str
    word: str


def verdict(
    entry: Entry | None,
    now: datetime,
    *,
    earlier: Iterable[datetime] = (),
    inside: int = 0,
    gate_on: bool = True,
    reentry: bool = False,
) -> Verdict:
    """A gate's answer to a badge. ``earlier``: when it was admitted before; ``inside``: how many guests are in."""
    if entry is None:
        return Verdict(UNKNOWN)
    if barred := _barred(entry, gate_on=gate_on):
        return Verdict(barred)
    opening = running(entry.openings, now)
    if opening is None:
        return _why_not_now(entry.openings, now)
    first_at = min((at for at in earlier if opening.since <= at <= now), default=None)
    if first_at is None and opening.limit is not None and inside >= opening.limit:
        return Verdict(FULL)
    return Verdict(presence(first_at, reentry=reentry), first_at=first_at)


def presence(first_at: datetime | None, *, reentry: bool) -> str:
    """The word for a guest who may be here, by whether they are inside already."""
    if first_at is None:
        return WELCOME
    return WELCOME_BACK if reentry else ALREADY_INSIDE


def rejudge(scans: Sequence[Presence], *, reentry: bool) -> list[str]:
    """The words of one badge's scans in one opening, once all of them are known; ``scans`` by corrected time.

    Scans that were refused for another reason keep their word, and so do corrections (``let_in`` admits).
    """
    words: list[str] = []
    first_at: datetime | None = None
    for scan in scans:
        judged = scan.kind == "scan" and scan.word in PRESENT
        word = presence(first_at, reentry=reentry) if judged else scan.word
        if admits(word) and first_at is None:
            first_at = scan.at
        words.append(word)
    return words


def running(openings: Sequence[Opening], now: datetime) -> Opening | None:
    """The opening in which ``now`` lies."""
    return next((opening for opening in openings if opening.opens <= now < opening.closes), None)


def admits(word: str) -> bool:
    """Whether somebody with this verdict goes in."""
    return word in ADMITTING


def conflict(told: str, word: str) -> str | None:
    """What a person must look at, if what was shown at the gate and what is now known contradict each other.

    ``told`` is empty where nothing could be shown in time.
    """
    if not told:
        return None if admits(word) else UNVERIFIED
    if admits(told) == admits(word):
        return None
    return LET_IN if admits(told) else TURNED_AWAY


def told(device_verdict: str, word: str, *, happened_at: datetime, received_at: datetime) -> str:
    """What the person at the gate was shown: the device's own verdict, or ours unless it came too late."""
    if device_verdict:
        return device_verdict
    return word if received_at - happened_at <= LATE else ""


def _barred(entry: Entry, *, gate_on: bool) -> str | None:
    if entry.revoked:
        return REVOKED
    if not entry.approved:
        return NOT_APPROVED
    return None if gate_on else GATE_CLOSED


def _why_not_now(openings: Sequence[Opening], now: datetime) -> Verdict:
    if not openings:
        return Verdict(WRONG_GATE)
    ahead = [opening for opening in openings if opening.opens > now]
    today = [opening for opening in openings if opening.day_starts <= now < opening.day_ends]
    later_today = [opening.opens for opening in ahead if opening in today]
    if later_today:
        return Verdict(TOO_EARLY, opens_at=min(later_today))
    if today:
        return Verdict(GATE_CLOSED)
    return Verdict(WRONG_DAY, opens_at=min((opening.opens for opening in ahead), default=None))
