"""Times in forms: for each day from when until when, without scripts; rooms' openings and speakers' days."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import FIRST_YEAR, LAST_YEAR, NOT_A_DATE, NOT_A_TIME
from wcd.web.forms import Form

Span = tuple[datetime, datetime]
DAY, STARTS, ENDS = "span_day", "span_from", "span_until"
MOST_LINES = 60
BOTH_NEEDED = _("Give both times of a day, or neither.")
END_FIRST = _("The end must come after the start, on the same day.")


class Line(msgspec.Struct, frozen=True):
    """One line of the form as it is shown: a day, and two times as they were typed."""

    day: str
    starts: str = ""
    ends: str = ""

    @property
    def at(self) -> date | None:
        """The day, where it is one."""
        try:
            return date.fromisoformat(self.day)
        except ValueError:
            return None


class Given(msgspec.Struct, frozen=True):
    """What a form said: the spans, or the sentence of what is wrong; the lines show what was typed."""

    spans: list[Span]
    lines: list[Line]
    error: LazyText | None = None


def lines_of(spans: Iterable[Span], days: Collection[date], zone: str) -> list[Line]:
    """A line for each span, and an empty one for each day that has none."""
    local = [tuple(at.astimezone(ZoneInfo(zone)) for at in span) for span in spans]
    found = [Line(f"{start:%Y-%m-%d}", f"{start:%H:%M}", f"{end:%H:%M}") for start, end in local]
    said = {line.day for line in found}
    empty = [Line(day.isoformat()) for day in days if day.isoformat() not in said]
    return sorted([*found, *empty], key=lambda line: (line.day, line.starts))


def read_spans(form: Form, zone: str) -> Given:
    """The lines that say something, as moments."""
    typed = zip(form.all(DAY), form.all(STARTS), form.all(ENDS), strict=False)
    lines = [Line(*(text.strip()[:20] for text in one)) for one in typed][:MOST_LINES]
    spans: list[Span] = []
    for line in lines:
        if not line.starts and not line.ends:
            continue
        span = _span(line, zone)
        if isinstance(span, LazyText):
            return Given([], lines, span)
        spans.append(span)
    return Given(spans, lines)


def _span(line: Line, zone: str) -> Span | LazyText:
    if not line.starts or not line.ends:
        return BOTH_NEEDED
    day = line.at
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return NOT_A_DATE
    try:
        starts, ends = time.fromisoformat(line.starts), time.fromisoformat(line.ends)
    except ValueError:
        return NOT_A_TIME
    if starts.tzinfo or ends.tzinfo:
        return NOT_A_TIME
    if ends <= starts:
        return END_FIRST
    return datetime.combine(day, starts, ZoneInfo(zone)), datetime.combine(day, ends, ZoneInfo(zone))
