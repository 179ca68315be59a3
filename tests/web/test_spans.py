"""Times in forms: read and shown without scripts."""

from datetime import date, datetime

import pytest

from wcd.web import spans
from wcd.web.forms import Form
from wcd.web.spans import Line

ZONE = "Asia/Shanghai"
DAYS = [date(2023, 10, 28), date(2023, 10, 29)]


def at(clock: str, day: int = 28) -> datetime:
    return datetime.fromisoformat(f"2023-10-{day}T{clock}+08:00")


def form(*lines: tuple[str, str, str]) -> Form:
    days, starts, ends = zip(*lines, strict=True) if lines else ((), (), ())
    fields = {spans.DAY: list(days), spans.STARTS: list(starts), spans.ENDS: list(ends)}
    return Form(fields, lapsed=False)


def test_what_is_shown_is_read_back() -> None:
    kept = [(at("14:00"), at("15:30")), (at("09:00"), at("12:00")), (at("20:00", 27), at("22:00", 27))]
    lines = spans.lines_of(kept, DAYS, ZONE)
    assert [(line.day[-2:], line.starts, line.ends) for line in lines] == [
        ("27", "20:00", "22:00"),
        ("28", "09:00", "12:00"),
        ("28", "14:00", "15:30"),
        ("29", "", ""),
    ]
    given = spans.read_spans(form(*((line.day, line.starts, line.ends) for line in lines)), ZONE)
    assert (sorted(given.spans), given.error) == (sorted(kept), None)


def test_nothing_said_is_nothing() -> None:
    given = spans.read_spans(form(("2023-10-28", "", ""), ("", "", "")), ZONE)
    assert (given.spans, given.error, len(given.lines)) == ([], None, 2)
    assert spans.read_spans(Form({}, lapsed=False), ZONE).lines == []


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (("2023-10-28", "09:00", ""), spans.BOTH_NEEDED),
        (("2023-10-28", "", "09:00"), spans.BOTH_NEEDED),
        (("2023-10-28", "09:00", "09:00"), spans.END_FIRST),
        (("2023-10-28", "22:00", "02:00"), spans.END_FIRST),
        (("28 October", "09:00", "10:00"), spans.NOT_A_DATE),
        (("0001-01-01", "09:00", "10:00"), spans.NOT_A_DATE),
        (("2023-10-28", "nine", "ten"), spans.NOT_A_TIME),
        (("2023-10-28", "09:00+02:00", "10:00"), spans.NOT_A_TIME),
        (("2023-10-28", "25:00", "26:00"), spans.NOT_A_TIME),
    ],
)
def test_what_does_not_hold_is_said_and_shown_again(line: tuple[str, str, str], error: object) -> None:
    given = spans.read_spans(form(("2023-10-29", "08:00", "09:00"), line), ZONE)
    assert (given.spans, given.error) == ([], error)
    assert given.lines[1] == Line(*line)


def test_a_form_has_an_end() -> None:
    given = spans.read_spans(form(*[("2023-10-28", "08:00", "09:00")] * 1000), ZONE)
    assert len(given.lines) == spans.MOST_LINES
