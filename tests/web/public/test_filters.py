"""The programme's filters."""

import re
from datetime import date

import pytest
from litestar.datastructures import MultiDict

from tests.browser_like import Visitor
from tests.web.public.cast import forum
from wcd.agenda import queries
from wcd.web.public.filters import Filters, counts, select


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["lunch", "life-circle", "garden", "dialogue"]),
        ("kind=forum", ["life-circle"]),
        ("kind=forum&kind=tour", ["life-circle", "garden"]),
        ("kind=forum&sdg=4", []),
        ("sdg=4&sdg=11", ["life-circle"]),
        ("language=en", ["life-circle", "garden"]),
        ("interpretation=yes", ["life-circle"]),
        ("room=suhe", ["life-circle"]),
        ("subject=life-circle&language=zh", ["life-circle"]),
        ("q=苏河", ["life-circle"]),
        ("q=suhe+room", ["life-circle"]),
        ("q=wangshu", ["life-circle"]),
        ("q=cws", ["life-circle"]),
        ("q=城市+dialogue", ["dialogue"]),
        ("q=lunch", []),
        ("q=...", []),
        ("kind=nonsense", []),
    ],
)
async def test_select(db: None, query: str, found: list[str]) -> None:
    sessions = await queries.list_sessions(await forum())
    pairs = [part.replace("+", " ").split("=") for part in query.split("&") if part]
    assert [one.code for one in select(sessions, Filters.read(MultiDict(pairs)))] == found


async def test_counts_leave_out_breaks_and_meals(db: None) -> None:
    found = counts(await queries.list_sessions(await forum()))
    assert found["kind"] == {"forum": 1, "tour": 1, "plenary": 1}
    assert found["language"] == {"zh": 3, "en": 2}
    assert found["sdg"] == {"3": 1, "11": 1}


def test_filters_become_an_address_again() -> None:
    asked = Filters(kind=("forum", "tour"), sdg=("11",), q="社区 & 花园")
    day = date(2023, 10, 28)
    assert asked.address(day) == (
        "?day=2023-10-28&kind=forum&kind=tour&sdg=11&q=%E7%A4%BE%E5%8C%BA+%26+%E8%8A%B1%E5%9B%AD"
    )
    assert asked.address(day, without=("kind", "forum")).count("kind=") == 1
    assert "q=" not in asked.address(None, without=("q", asked.q))
    assert Filters().address(None) == ""
    assert (Filters().is_set, asked.is_set) == (False, True)


async def test_page_shows_what_fits_and_counts_it_on_each_day(client: Visitor) -> None:
    await forum()
    page = (await client.get("/en/programme?kind=forum&kind=tour&day=2023-10-29")).text
    assert re.findall(r'/sessions/([a-z-]+)">', page) == ["garden"]
    assert re.findall(r"<b>(\d+)</b><span>\w+ · (\d+) session", page) == [
        ("28", "1"), ("29", "1"), ("30", "0"), ("31", "0")
    ]  # fmt: skip
    assert 'value="forum" checked' in page
    assert 'value="plenary" checked' not in page
    assert 'href="/en/programme?day=2023-10-29&amp;kind=tour"' in page


async def test_page_leads_to_the_days_on_which_something_fits(client: Visitor) -> None:
    await forum()
    page = (await client.get("/en/programme?kind=tour")).text
    assert "Nothing on this day fits" in page
    assert 'class="btn" href="/en/programme?day=2023-10-29&amp;kind=tour"' in page


async def test_programme_shows_breaks_and_exhibitions_only_without_filters(client: Visitor) -> None:
    await forum()
    whole, some = (
        (await client.get("/en/programme")).text,
        (await client.get("/en/programme?kind=forum")).text,
    )
    for text in ("Lunch", "A century of neighbourhoods"):
        assert text in whole
        assert text not in some
