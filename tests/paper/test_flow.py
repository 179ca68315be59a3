"""Rows in columns and on pages, and the order of pages on sheets."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wcd.paper.flow import Frame, Row, Section, after, flow, hold_together, lead_to, paginate
from wcd.paper.imposition import fold_order

FRAME = Frame(10, 110, (0,))


def rows(count, height=10.0, **values):
    return [Row(height, lambda _pen, _x, _y: None, marks=(f"r{n}",), **values) for n in range(count)]


def names(page):
    return [placed.row.marks[0] for placed in page]


def test_rows_fill_pages_from_the_top():
    first, second = flow(rows(13), FRAME)
    assert names(first) == [f"r{n}" for n in range(10)]
    assert [placed.y for placed in second] == [10, 20, 30]


def test_a_heading_goes_with_what_follows():
    pages = flow([*rows(9), *lead_to(rows(1)), *rows(1)], FRAME)
    assert [len(page) for page in pages] == [9, 2]


def test_neither_first_nor_last_line_of_a_paragraph_stands_alone():
    for before in range(10):
        pages = flow([*rows(before), *hold_together(rows(6))], FRAME)
        assert all(len(names(page)) != 1 for page in pages[1:])
        if len(pages) > 1:
            assert len(pages[0]) - before != 1


def test_space_above_falls_away_at_the_top_of_a_page():
    pages = flow([*rows(10), *after(5, rows(1))], FRAME)
    assert pages[1][0].y == 10
    assert flow([*rows(1), *after(5, rows(1))], FRAME)[0][1].y == 25


def test_what_is_taller_than_a_page_is_parted_all_the_same():
    assert [len(page) for page in flow(lead_to(rows(25)), FRAME)] == [10, 10, 5]


@given(some.lists(some.tuples(some.floats(1, 99), some.floats(0, 20), some.booleans()), max_size=60))
def test_nothing_is_lost_nothing_leaves_the_frame(wanted):
    given_rows = [Row(height, lambda _p, _x, _y: None, space, held) for height, space, held in wanted]
    pages = flow(given_rows, Frame(10, 110, (0, 60)))
    placed = [one for page in pages for one in page]
    assert [one.row.height for one in placed] == [row.height for row in given_rows]
    assert all(one.y >= 10 and one.y + one.row.height <= 112.52 for one in placed)


def test_a_last_page_with_little_on_it_is_saved_by_smaller_spaces():
    airy = [row for one in rows(9, 9.5) for row in after(2.5, [one])]
    assert len(flow(airy, FRAME)) == 1
    assert len(flow(rows(11), FRAME)) == 2, "where there are no spaces nothing can be saved"


def test_columns_of_the_last_page_are_equally_long():
    pages = flow(rows(26), Frame(10, 110, (0, 60)))
    assert len(pages) == 2
    assert [sum(placed.x == x for placed in pages[1]) for x in (0, 60)] == [3, 3]


def test_page_numbers_are_known_to_rows_that_say_them():
    said = []

    def contents(page_of):
        said.append([page_of("r0"), page_of("r9"), page_of("r10")])
        return rows(1)

    pages, places = paginate([Section("contents", contents, FRAME), Section("rest", rows(12), FRAME)])
    assert [page.number for page in pages] == [1, 2, 3]
    assert said[-1] == [2, 2, 3]
    assert places["r10"] == 3


def test_numbers_that_make_more_pages_are_followed_and_those_that_never_settle_refused():
    there = Section("two", [Row(10, lambda _p, _x, _y: None, marks=("there",))], FRAME)
    longer = Section("one", lambda page_of: rows(11 if page_of("there") else 1), FRAME)
    pages, places = paginate([longer, there])
    assert (len(pages), places["there"]) == (3, 3)
    restless = Section("one", lambda page_of: rows(11 if page_of("there") == 2 else 1), FRAME)
    with pytest.raises(ValueError, match="settle"):
        paginate([restless, there])


def test_eight_pages_on_two_sheets():
    assert fold_order(8) == [(8, 1), (2, 7), (6, 3), (4, 5)]
    with pytest.raises(ValueError, match="sheets of four"):
        fold_order(6)


@given(some.integers(1, 60))
def test_folded_sheets_read_in_order(sheets):
    sides = fold_order(4 * sheets)
    outer, inner = sides[0::2], sides[1::2]
    opened = [page for right, left in zip(outer, inner, strict=True) for page in (right[1], left[0])]
    closing = [page for right, left in zip(outer, inner, strict=True) for page in (right[0], left[1])]
    assert opened + closing[::-1] == list(range(1, 4 * sheets + 1))
