"""The list of sessions: filters, counts, order, pages; and what the next release does to each."""

from uuid import UUID

import pytest

from tests import make
from wcd.actors.actors import system
from wcd.agenda import lists, states
from wcd.agenda.lists import SessionFilter
from wcd.agenda.tables import Session
from wcd.core.i18n import use_locale
from wcd.core.listing import Slice

BY = system("test")
ZONE = "Asia/Shanghai"


async def some(edition: UUID) -> dict[UUID, str]:
    """Four sessions, by what they are called here."""
    room = await make.room(edition)
    hall = await make.session(edition, "2023-10-28T23:00+08:00", 120, title_en="Hall", room=room)
    tour = await make.session(
        edition, "2023-10-29T00:30+08:00", title_en="Tour", kind="tour", summary_zh="只有中文"
    )
    new = await make.session(edition, title_en="New", state="planned")
    idea = await make.session(edition, title_en="Idea", state="idea")
    await Session.update({Session.starts_at: None, Session.ends_at: None}).where(Session.id == idea)
    return {hall: "Hall", tour: "Tour", new: "New", idea: "Idea"}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["Hall", "Tour", "New", "Idea"]),
        ({"sort": "title"}, ["Hall", "Idea", "New", "Tour"]),
        ({"sort": "-title"}, ["Tour", "New", "Idea", "Hall"]),
        ({"sort": "state"}, ["Idea", "New", "Hall", "Tour"]),
        ({"day": "2023-10-28"}, ["Hall"]),
        ({"day": "2023-10-29"}, ["Tour", "New"]),
        ({"day": "none"}, ["Idea"]),
        ({"state": "confirmed", "kind": "tour"}, ["Tour"]),
        ({"room": "none"}, ["Tour", "New", "Idea"]),
        ({"missing": "yes"}, ["Tour"]),
        ({"warned": "yes"}, ["Hall"]),
        ({"q": "hal"}, ["Hall"]),
        ({"q": "15 minute"}, []),
        ({"q": "shequ"}, ["Hall", "Tour", "New", "Idea"]),
        ({"q": "!!"}, []),
    ],
)
async def test_filters_and_orders(db: None, wanted: dict[str, str], found: list[str]) -> None:
    edition = await make.edition()
    names = await some(edition)
    hall = next(iter(names))
    rows = await lists.list_rows(edition, ZONE, {hall: 2})
    with use_locale("en"):
        assert [names[row.id] for row in lists.choose(rows, SessionFilter(**wanted))] == found


async def test_chinese_titles_are_in_the_order_of_pinyin(db: None) -> None:
    edition = await make.edition()
    for title in ("中心城区：更新", "“阿”与城市", "北外滩（分会场）", "Forum"):
        await make.session(edition, title_zh=title)
    rows = lists.choose(await lists.list_rows(edition, ZONE, {}), SessionFilter(sort="title"))
    assert [row.facts.title.zh for row in rows] == [
        "“阿”与城市",
        "北外滩（分会场）",
        "Forum",
        "中心城区：更新",
    ]


async def test_counts_leave_their_own_filter_out(db: None) -> None:
    edition = await make.edition()
    await some(edition)
    rows = await lists.list_rows(edition, ZONE, {})
    facets = lists.count_facets(rows, SessionFilter(state="confirmed", day="2023-10-28"))
    assert dict(facets.states) == {"confirmed": 1}
    assert dict(facets.days) == {"2023-10-28": 1, "2023-10-29": 1}
    assert (facets.total, facets.missing, facets.warned) == (4, 0, 0)


async def test_rows_stand_against_the_release_in_force(db: None) -> None:
    edition = await make.edition()
    names = await some(edition)
    hall, tour, new, _idea = names
    await states.set_state(new, "confirmed", by=BY)
    await states.set_state(tour, "called_off", by=BY)
    await Session.update({Session.title_en: "Hall of mirrors"}).where(Session.id == hall)
    rows = {names[row.id]: row for row in await lists.list_rows(edition, ZONE, {})}
    assert {name: (row.change, row.is_on_programme) for name, row in rows.items()} == {
        "Hall": ("changed", True), "Tour": ("called_off", True), "New": ("new", False), "Idea": ("", False),
    }  # fmt: skip
    assert rows["Hall"].moved == ("title",)
    for session, name in names.items():
        change = await lists.change_of(edition, session)
        assert (change.kind if change else "") == rows[name].change


@pytest.mark.parametrize(
    ("number", "size", "shown", "at"),
    [(1, 2, [0, 1], 1), (3, 2, [4], 3), (99, 2, [4], 3), (1, 50, [0, 1, 2, 3, 4], 1)],
)
def test_pages(number: int, size: int, shown: list[int], at: int) -> None:
    page = lists.cut(list(range(5)), Slice(number, size))
    assert (page.rows, page.number, page.total) == (shown, at, 5)
