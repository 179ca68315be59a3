"""Spans on a timetable: the wall's clock, midnight, changes of clocks, the days that are open."""

from datetime import UTC, date, datetime, timedelta

import pytest

from wcd.agenda import spans

SHANGHAI, CAIRO = "Asia/Shanghai", "Africa/Cairo"
DAYS = spans.open_days(date(2023, 10, 28), date(2023, 10, 31))


def test_a_day_before_and_a_day_after_are_open() -> None:
    assert (DAYS[0], DAYS[-1], len(DAYS)) == (date(2023, 10, 27), date(2023, 11, 1), 6)


def test_there_and_back() -> None:
    at = spans.from_wall(datetime.fromisoformat("2023-10-29T09:05"), SHANGHAI)
    assert at == datetime(2023, 10, 29, 1, 5, tzinfo=UTC)
    assert spans.wall_time(at, SHANGHAI) == "2023-10-29T09:05"


def test_where_clocks_are_changed() -> None:
    # Cairo 2025: put forward on 25 April at midnight, back on 31 October at midnight.
    assert spans.from_wall(datetime.fromisoformat("2025-04-25T00:30"), CAIRO) is None
    twice = spans.from_wall(datetime.fromisoformat("2025-10-30T23:30"), CAIRO)
    assert twice == datetime(2025, 10, 30, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts", "minutes", "wrong"),
    [
        ("2023-10-29T09:00", 90, ""),
        ("2023-10-29T23:00", 120, ""),
        ("2023-10-29T09:00", 1440, ""),
        ("2023-10-29T09:00", 1441, spans.TOO_LONG),
        ("2023-10-29T09:00", 0, spans.BACKWARDS),
        ("2023-10-29T09:00", -30, spans.BACKWARDS),
        ("2023-10-27T00:00", 60, ""),
        ("2023-10-26T23:30", 60, spans.OUTSIDE),
        ("2023-11-01T23:00", 60, ""),
        ("2023-11-01T23:30", 60, spans.OUTSIDE),
    ],
)
def test_what_may_be(starts: str, minutes: int, wrong: str) -> None:
    at = spans.from_wall(datetime.fromisoformat(starts), SHANGHAI)
    assert at
    assert spans.wrong_with(at, at + timedelta(minutes=minutes), DAYS, SHANGHAI) == wrong


def test_the_night_on_which_clocks_go_back_is_an_hour_longer() -> None:
    days = spans.open_days(date(2025, 10, 30), date(2025, 10, 30))
    starts = spans.from_wall(datetime.fromisoformat("2025-10-30T00:00"), CAIRO)
    ends = spans.from_wall(datetime.fromisoformat("2025-10-31T00:00"), CAIRO)
    assert starts
    assert ends
    assert ends - starts == timedelta(hours=25)
    assert spans.wrong_with(starts, ends, days, CAIRO) == spans.TOO_LONG
