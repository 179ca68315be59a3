"""Days and accents."""

from datetime import date

import pytest

from wcd.editions.rules import city_of, contrast, days, is_readable_accent


def test_days_count_both_ends() -> None:
    assert days(date(2023, 10, 28), date(2023, 10, 31)) == [date(2023, 10, n) for n in (28, 29, 30, 31)]


@pytest.mark.parametrize(
    ("place", "city"),
    [("上海　滨江会议中心", "上海"), ("Riverside Convention Centre, Shanghai", "Shanghai"), ("上海", "上海")],
)
def test_badge_names_the_city_alone(place: str, city: str) -> None:
    assert city_of(place) == city


def test_contrast_of_black_on_white_is_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert contrast("#777777", "#777777") == 1.0


@pytest.mark.parametrize(
    ("accent", "good"), [("#0b5cad", True), ("#7a1a5c", True), ("#ffc445", False), ("#5fa8e8", False)]
)
def test_accent_must_carry_white_text(accent: str, good: bool) -> None:
    assert is_readable_accent(accent) is good
