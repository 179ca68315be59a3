"""Spans of time as organisers lay them out: from the wall's clock to moments, and what may be. No database."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST = timedelta(hours=24)
BACKWARDS = "backwards"
TOO_LONG = "too_long"
OUTSIDE = "outside"
NO_SUCH_TIME = "no_such_time"
"""What can be wrong with a span."""


def open_days(first: date, last: date) -> list[date]:
    """The days on which something may be laid out: the forum's, one before to set up, one after to clear away."""
    return [first + timedelta(days=n) for n in range(-1, (last - first).days + 2)]


def wall_time(at: datetime, zone: str) -> str:
    """``2023-10-29T09:00``: what clocks on the wall say where the forum takes place."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def from_wall(wall: datetime, zone: str) -> datetime | None:
    """The moment at which clocks say so; None where they are put forward over it. Of two such moments the first."""
    at = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return at if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall else None


def wrong_with(starts_at: datetime, ends_at: datetime, days: Sequence[date], zone: str) -> str:
    """Why a session cannot be there, or an empty text. ``days`` are those that are open, in order."""
    # Moments, not readings of a clock: within one zone Python would compare what the wall says.
    starts, ends = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    if ends <= starts:
        return BACKWARDS
    if ends - starts > LONGEST:
        return TOO_LONG
    opens = datetime.combine(days[0], time(), ZoneInfo(zone)).astimezone(UTC)
    closes = datetime.combine(days[-1] + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
    return "" if opens <= starts and ends <= closes else OUTSIDE
