from datetime import datetime, timedelta

import pytest

from wcd.campaigns.rules import is_due

STARTS = datetime.fromisoformat("2023-10-28T09:00+08:00")


@pytest.mark.parametrize(
    ("before", "due"),
    [(1441, False), (1440, True), (1, True), (0, False), (-1, False)],
)
def test_due_from_a_day_before_until_the_beginning(before: int, due: bool) -> None:
    assert is_due(STARTS, 1440, STARTS - timedelta(minutes=before)) is due
