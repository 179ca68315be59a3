"""When a session is, said by the clock of the place: across midnight, and where clocks are changed. No database."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wcd.agenda.inputs import NewSession, SessionTime
from wcd.agenda.rules import local_clock, local_day, moment
from wcd.core.errors import Invalid
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _

LONGEST = timedelta(hours=24)

END_FIRST = _(
    "The end must come after the start. Where it lasts past midnight, say that it ends on the next day."
)
TOO_LONG = _("A session lasts 24 hours at most.")
NO_SUCH_TIME = _("There is no such time on that day: clocks are put forward then.")


def span(day: date, starts: str, ends: str, next_day: bool, zone: str) -> tuple[datetime, datetime]:
    """Start and end as moments. Where clocks are put back and a time comes twice, the first is meant."""
    return moment(day, starts, zone), moment(day + timedelta(days=next_day), ends, zone)


def wrong_times(
    day: date, starts: str, ends: str, next_day: bool, zone: str
) -> Iterator[tuple[str, LazyText]]:
    """What does not hold about a start and an end, field by field."""
    for name, on, clock in (("starts", day, starts), ("ends", day + timedelta(days=next_day), ends)):
        if not _exists(on, clock, zone):
            yield name, NO_SUCH_TIME
            return
    first, last = span(day, starts, ends, next_day, zone)
    length = last.timestamp() - first.timestamp()
    if length <= 0:
        yield "ends", END_FIRST
    elif length > LONGEST.total_seconds():
        yield "ends", TOO_LONG


def columns(wanted: NewSession | SessionTime, zone: str) -> dict[str, Any]:
    """Start, end and length as they are kept; without a time, the length that is wished for."""
    day, starts, ends = wanted.day, wanted.starts, wanted.ends
    if not (day and starts and ends):
        return {"starts_at": None, "ends_at": None, "minutes": wanted.minutes}
    if wrong := dict(wrong_times(day, starts, ends, wanted.next_day, zone)):
        raise Invalid({**wrong})
    first, last = span(day, starts, ends, wanted.next_day, zone)
    return {
        "starts_at": first,
        "ends_at": last,
        "minutes": round((last.timestamp() - first.timestamp()) / 60),
    }


def ends_next_day(starts_at: datetime, ends_at: datetime, zone: str) -> bool:
    """Whether it lasts past midnight, as the clock of the place says."""
    return local_day(ends_at, zone) > local_day(starts_at, zone)


def _exists(day: date, clock: str, zone: str) -> bool:
    """Whether the clocks of that place show that time on that day."""
    local = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))
    at = datetime.fromtimestamp(local.timestamp(), ZoneInfo("UTC"))
    return (local_day(at, zone), local_clock(at, zone)) == (day, clock)
