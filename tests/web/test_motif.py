"""The edition's drawing."""

import re
from datetime import date

from wcd.web.motif import SMALL, drawing

FIRST, LAST = date(2023, 10, 28), date(2023, 10, 31)


def test_same_edition_same_drawing_and_each_its_own() -> None:
    one = drawing("wcd-2023", FIRST, LAST)
    drawing.cache_clear()
    assert drawing("wcd-2023", FIRST, LAST) == one
    assert drawing("wcd-2022", FIRST, LAST) != one
    assert len(one.encode()) < 7000


def test_days_of_the_forum_are_lit() -> None:
    assert re.findall(r">(\d+)</text>", drawing("wcd-2023", FIRST, LAST)) == ["28", "29", "30", "31"]
    over_the_end = drawing("wcd-2022", date(2022, 10, 30), date(2022, 11, 1))
    assert re.findall(r">(\d+)</text>", over_the_end) == ["30", "31"]
    assert "<text" not in drawing("wcd-2023", FIRST, LAST, SMALL)


def test_any_days_can_be_drawn() -> None:
    for first, last in ((date(2026, 2, 1), date(2026, 2, 28)), (date(2026, 3, 1), date(2026, 3, 1))):
        heights = re.findall(r"v(-?[\d.]+)", drawing("x", first, last))
        assert all(-207 <= float(height) < 0 for height in heights)
