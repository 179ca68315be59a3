"""The day by room: columns, lanes and lines."""

from tests import make
from wcd.agenda import queries
from wcd.web.public.grid import lay_out


async def test_rooms_are_columns_and_five_minutes_a_line(db: None) -> None:
    edition = await make.edition()
    large, small = await make.room(edition, "large", 400), await make.room(edition, "small", 60)
    await make.session(edition, code="a", room=large, starts="2023-10-28T09:10+08:00", minutes=50)
    await make.session(edition, code="b", room=small, starts="2023-10-28T09:12+08:00", minutes=20)
    await make.session(edition, code="c", room=small, starts="2023-10-28T09:20+08:00", minutes=20)
    await make.session(edition, code="tour", starts="2023-10-28T10:00+08:00", kind="tour")
    await make.session(edition, code="lunch", starts="2023-10-28T12:00+08:00", kind="meal", minutes=60)
    grid = lay_out(await queries.list_sessions(edition), "Asia/Shanghai")
    assert grid is not None
    columns = [
        (column.place.code if column.place else "", column.first, column.lanes) for column in grid.columns
    ]
    assert columns == [("large", 2, 1), ("small", 3, 2), ("", 5, 1)]
    cells = {
        one.card.code: (one.column, one.across, one.start, one.end)
        for group in grid.groups
        for one in group.cells
    }
    assert cells == {
        "a": (2, 1, 4, 14),
        "b": (3, 1, 4, 9),
        "c": (4, 1, 6, 10),
        "tour": (5, 1, 14, 32),
        "lunch": (2, 4, 38, 50),
    }
    assert [(at.strftime("%H:%M"), line) for at, line in grid.hours] == [
        ("09:00", 2), ("10:00", 14), ("11:00", 26), ("12:00", 38),
    ]  # fmt: skip
    assert (grid.lanes, grid.lines) == (4, 48)
    assert [len(group.cells) for group in grid.groups] == [1, 1, 1, 1, 1]


async def test_more_than_three_at_one_time_are_a_group(db: None) -> None:
    edition = await make.edition()
    for n in range(4):
        await make.session(edition, code=f"s{n}", starts="2023-10-28T09:00+08:00")
    await make.session(edition, code="alone", starts="2023-10-28T11:00+08:00")
    grid = lay_out(await queries.list_sessions(edition), "Asia/Shanghai")
    assert grid is not None
    assert [(len(group.cells), group.is_large) for group in grid.groups] == [(4, True), (1, False)]


def test_no_session_no_grid() -> None:
    assert lay_out([], "Asia/Shanghai") is None
