"""When a session is: across midnight, and where clocks are changed."""

from datetime import UTC, date, datetime

import pytest

from wcd.agenda.inputs import NewSession
from wcd.agenda.times import columns, ends_next_day, span, wrong_times
from wcd.core.errors import Invalid

SHANGHAI, BERLIN = "Asia/Shanghai", "Europe/Berlin"


def test_a_span_over_midnight() -> None:
    first, last = span(date(2023, 10, 31), "22:00", "00:30", True, SHANGHAI)
    assert (last - first).total_seconds() == 150 * 60
    assert ends_next_day(first, last, SHANGHAI)
    assert not ends_next_day(first, first, SHANGHAI)


def test_a_time_that_comes_twice_is_the_first() -> None:
    first, _last = span(date(2023, 10, 29), "02:30", "04:00", False, BERLIN)
    assert first.astimezone(UTC) == datetime(2023, 10, 29, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "starts", "ends", "next_day", "zone", "wrong"),
    [
        ((2023, 10, 28), "09:00", "10:00", False, SHANGHAI, []),
        ((2023, 10, 28), "09:00", "09:00", False, SHANGHAI, ["ends"]),
        ((2023, 10, 28), "09:00", "08:00", False, SHANGHAI, ["ends"]),
        ((2023, 10, 28), "09:00", "09:00", True, SHANGHAI, []),  # 24 hours
        ((2023, 10, 28), "09:00", "09:01", True, SHANGHAI, ["ends"]),
        ((2024, 3, 31), "02:00", "03:00", False, BERLIN, ["starts"]),
        ((2024, 3, 31), "01:00", "02:59", False, BERLIN, ["ends"]),
        ((2024, 3, 31), "01:59", "03:00", False, BERLIN, []),
        ((2023, 10, 29), "02:59", "03:00", False, BERLIN, []),
    ],
)
def test_what_does_not_hold(
    day: tuple[int, int, int], starts: str, ends: str, next_day: bool, zone: str, wrong: list[str]
) -> None:
    assert [name for name, _says in wrong_times(date(*day), starts, ends, next_day, zone)] == wrong


def test_columns() -> None:
    wish = NewSession(kind="forum", title_en="A", minutes=45)
    assert columns(wish, SHANGHAI) == {"starts_at": None, "ends_at": None, "minutes": 45}
    night = NewSession(
        kind="meal", title_en="A", day=date(2023, 10, 28), starts="23:00", ends="04:00", next_day=True
    )
    assert columns(night, BERLIN)["minutes"] == 6 * 60  # clocks go back
    with pytest.raises(Invalid):
        columns(
            NewSession(kind="meal", title_en="A", day=date(2023, 10, 28), starts="09:00", ends="08:00"),
            BERLIN,
        )
