"""Rules of the agenda, as tables of cases."""

from datetime import UTC, date, datetime

import pytest

from wcd.agenda import rules
from wcd.agenda.views import language_of


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2023-10-28T{clock}+08:00")


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (("09:00", "10:00"), ("10:00", "11:00"), False),
        (("09:00", "10:00"), ("09:59", "11:00"), True),
        (("09:00", "12:00"), ("10:00", "11:00"), True),
        (("10:00", "11:00"), ("09:00", "12:00"), True),
        (("09:00", "10:00"), ("11:00", "12:00"), False),
        (("09:00", "10:00"), ("09:00", "10:00"), True),
    ],
)
def test_overlap(one: tuple[str, str], other: tuple[str, str], shared: bool) -> None:
    spans = [(at(start), at(end)) for start, end in (one, other)]
    assert rules.overlap(*spans) is shared
    assert rules.overlap(*reversed(spans)) is shared


def test_items_follow_each_other_from_the_start() -> None:
    assert rules.item_times(at("14:00"), [10, 25, 0, 30]) == [
        at("14:00"),
        at("14:10"),
        at("14:35"),
        at("14:35"),
    ]
    assert rules.item_times(at("14:00"), []) == []


def test_moments_and_the_clock_of_the_place() -> None:
    moment = rules.moment(date(2023, 10, 31), "00:30", "Asia/Shanghai")
    assert moment == datetime(2023, 10, 30, 16, 30, tzinfo=UTC)
    assert rules.local_day(moment, "Asia/Shanghai") == date(2023, 10, 31)
    assert rules.local_day(moment, "Europe/London") == date(2023, 10, 30)
    assert rules.local_clock(moment, "Asia/Shanghai") == "00:30"


@pytest.mark.parametrize(
    ("booking", "state", "may"),
    [
        ("booking", "confirmed", True),
        ("booking", "planned", True),
        ("booking", "called_off", False),
        ("open", "confirmed", False),
        ("invitation", "confirmed", False),
    ],
)
def test_who_may_be_booked(booking: str, state: str, may: bool) -> None:
    assert rules.is_bookable(booking, state) is may


def test_filters_are_alternatives() -> None:
    assert rules.passes((), ["forum"])
    assert rules.passes(("tour", "forum"), ["forum"])
    assert not rules.passes(("tour",), ["forum"])
    assert not rules.passes(("tour",), [])


def test_changed_fields_in_order() -> None:
    before = {"title_zh": "一", "room": None, "sdgs": (11,)}
    assert rules.changed_fields(before, {"title_zh": "二", "room": None, "sdgs": (3, 11)}) == [
        "sdgs",
        "title_zh",
    ]
    assert rules.changed_fields(before, dict(before)) == []


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("陈望舒", "zh"), ("阿米娜·奥迪安博", "zh"), ("Åsa Lindqvist", "en"), ("山田 はるか", "ja"), ("김서연", "ko"),
        ("Ирина Соколова", "ru"), ("أمينة", "ar"), ("སྐལ་བཟང", "und"), ("", "en"),
    ],
)  # fmt: skip
def test_language_of_a_name_is_read_from_its_script(name: str, language: str) -> None:
    assert language_of(name) == language


@pytest.mark.parametrize(
    ("given", "owed"),
    [
        ({}, list(rules.OWED)),
        ({"biography": ("生平", "Life"), "portrait": "key", "consents": True, "slides": {"a", "b"}}, []),
        (
            {"biography": ("生平", ""), "portrait": "key", "consents": True, "slides": {"a"}},
            ["biography_en", "slides"],
        ),
    ],
)
def test_what_a_speaker_still_owes(given: dict[str, object], owed: list[str]) -> None:
    nothing = {"biography": ("", ""), "portrait": "", "consents": False, "slides": set()}
    assert rules.owed(**{**nothing, **given}, speaks_in={"a", "b"}) == owed
