"""How old a translation is against its original."""

from datetime import datetime, timedelta

import pytest

from wcd.agenda.ages import Older, ages_after, older_language

FIRST = datetime.fromisoformat("2023-10-01T09:00+08:00")
LATER = FIRST + timedelta(days=12, hours=3)
NOW = FIRST + timedelta(days=20)


@pytest.mark.parametrize(
    ("zh", "en", "older"),
    [
        (None, None, None),
        (FIRST, FIRST, None),
        (FIRST, FIRST + timedelta(minutes=59), None),
        (FIRST, FIRST + timedelta(hours=1), Older("zh", timedelta(hours=1))),
        (LATER, FIRST, Older("en", timedelta(days=12, hours=3))),
        (LATER, None, Older("en", None)),
        (None, LATER, Older("zh", None)),
    ],
)
def test_the_language_that_fell_behind(zh: datetime | None, en: datetime | None, older: Older | None) -> None:
    assert older_language(zh, en) == older


@pytest.mark.parametrize(
    ("zh", "en", "changed", "after"),
    [
        (FIRST, FIRST, set(), (FIRST, FIRST)),
        (FIRST, FIRST, {"zh", "en"}, (NOW, NOW)),
        (FIRST, FIRST, {"zh"}, (NOW, FIRST)),  # the original changes
        (LATER, FIRST, {"en"}, (LATER, LATER)),  # the translation follows
        (LATER, FIRST, {"zh"}, (NOW, FIRST)),  # the original changes once more
        (LATER, None, {"en"}, (LATER, LATER)),
        (None, None, {"en"}, (None, NOW)),
        (None, LATER, {"zh"}, (LATER, LATER)),
    ],
)
def test_whoever_changes_one_makes_the_other_older(
    zh: datetime | None,
    en: datetime | None,
    changed: set[str],
    after: tuple[datetime | None, datetime | None],
) -> None:
    assert ages_after(zh, en, changed, NOW) == after


def test_whole_days() -> None:
    assert [Older("en", by).days for by in (None, timedelta(hours=23), timedelta(days=2, hours=23))] == [
        0,
        0,
        2,
    ]
