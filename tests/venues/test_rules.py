"""Rules of the places, as tables of cases."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from wcd.venues import rules
from wcd.venues.inputs import is_https

HALL, LEFT, RIGHT, OTHER = (UUID(int=number) for number in range(4))
WHOLES = {HALL: None, LEFT: HALL, RIGHT: None}
NINE = datetime.fromisoformat("2023-10-28T09:00+08:00")


@pytest.mark.parametrize(
    ("room", "whole", "may"),
    [
        (RIGHT, HALL, True),
        (LEFT, HALL, True),
        (HALL, HALL, False),
        (HALL, RIGHT, False),
        (RIGHT, LEFT, False),
        (RIGHT, OTHER, False),
    ],
)
def test_which_hall_may_have_which_parts(room: UUID, whole: UUID, may: bool) -> None:
    assert rules.may_be_whole(room, whole, WHOLES) is may


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ([], []),
        ([(0, 2), (2, 3)], [(0, 3)]),
        ([(4, 5), (0, 2), (1, 3)], [(0, 3), (4, 5)]),
        ([(0, 9), (1, 2)], [(0, 9)]),
    ],
)
def test_spans_that_touch_are_one(given: list[tuple[int, int]], found: list[tuple[int, int]]) -> None:
    def spans(hours: list[tuple[int, int]]) -> list[rules.Span]:
        return [(NINE + timedelta(hours=start), NINE + timedelta(hours=end)) for start, end in hours]

    assert rules.joined(spans(given)) == spans(found)


def test_what_a_room_holds() -> None:
    layouts = {"theatre": 300, "u_shape": 0}
    assert [rules.holds(120, layouts, one) for one in ("theatre", "u_shape", "banquet", "")] == [
        300,
        0,
        120,
        120,
    ]


@pytest.mark.parametrize(
    ("link", "is_one"),
    [
        ("https://map.example/place?q=江海", True),
        ("http://map.example", False),
        ("javascript:alert(1)", False),
        ("https://user:word@map.example", False),
        ("https://nowhere", False),
        ("https://map.example/a b", False),
        ("https://[map.example", False),
    ],
)
def test_map_links(link: str, is_one: bool) -> None:
    assert is_https(link) is is_one
