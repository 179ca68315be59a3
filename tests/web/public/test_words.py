"""Words made of values, in both languages."""

from datetime import date, datetime, timedelta

import pytest

from wcd.core.i18n import Bilingual, use_locale
from wcd.web.public import words


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        (date(2023, 10, 28), date(2023, 10, 31), "10月28日—31日", "28–31 October 2023"),
        (date(2022, 10, 30), date(2022, 11, 1), "10月30日—11月1日", "30 October – 1 November 2022"),
        (date(2021, 10, 31), date(2021, 10, 31), "10月31日", "31 October 2021"),
    ],
)
def test_day_range(first: date, last: date, chinese: str, english: str) -> None:
    with use_locale("zh"):
        assert words.day_range(first, last) == chinese
    with use_locale("en"):
        assert words.day_range(first, last) == english


def test_weekdays_and_short_days() -> None:
    saturday, tuesday = date(2023, 10, 28), date(2023, 10, 31)
    with use_locale("zh"):
        assert (words.weekday_range(saturday, tuesday), words.short_day(tuesday)) == (
            "周六至周二",
            "10月31日",
        )
    with use_locale("en"):
        assert words.weekday_range(saturday, tuesday) == "Saturday to Tuesday"
        assert (words.weekday_range(tuesday, tuesday), words.short_day(tuesday)) == ("Tuesday", "31 Oct")


@pytest.mark.parametrize(
    ("minutes", "english"), [(195, "3 hours 15 minutes"), (60, "1 hour"), (1, "1 minute"), (240, "4 hours")]
)
def test_duration(minutes: int, english: str) -> None:
    start = datetime.fromisoformat("2023-10-28T14:00+08:00")
    with use_locale("en"):
        assert words.duration(start, start + timedelta(minutes=minutes)) == english


def test_large_titles_break_after_pauses() -> None:
    title = Bilingual("汇聚资源，共建<城市>未来", "Financing, for all")
    with use_locale("zh"):
        assert str(words.phrases(title)) == "<span>汇聚资源，</span><span>共建&lt;城市&gt;未来</span>"
    with use_locale("en"):
        assert str(words.phrases(title)) == "Financing, for all"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("本届活动设三处会场，相互之间乘车约15分钟。\n\n## 一", "本届活动设三处会场，相互之间乘车约15分钟。"),
        ("## Head\n\n| a | b |\n|---|---|\n\nSee **the** [plan](/x). More.", "See the plan."),
        ("About 2.5 km on foot. Then a bus.", "About 2.5 km on foot."),
        ("No end", "No end"),
        ("- only\n- a list", ""),
        ("", ""),
    ],
)
def test_first_sentence(text: str, sentence: str) -> None:
    assert words.first_sentence(text) == sentence
