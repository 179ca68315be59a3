"""Every branch of the rules."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from wcd.registration import rules


@dataclass(frozen=True)
class Span:
    id: UUID
    starts_at: datetime
    ends_at: datetime


def span(number: int, start: int, end: int) -> Span:
    return Span(
        UUID(int=number), datetime(2023, 10, 28, start, tzinfo=UTC), datetime(2023, 10, 28, end, tzinfo=UTC)
    )


ALLOWED = {
    ("draft", "submit"): "unconfirmed",
    ("unconfirmed", "confirm"): "submitted",
    ("submitted", "approve"): "approved",
    ("returned", "approve"): "approved",
    ("declined", "approve"): "approved",
    ("submitted", "decline"): "declined",
    ("returned", "decline"): "declined",
    ("approved", "decline"): "declined",
    ("submitted", "return"): "returned",
    ("returned", "answer"): "submitted",
    ("unconfirmed", "cancel"): "cancelled",
    ("submitted", "cancel"): "cancelled",
    ("returned", "cancel"): "cancelled",
    ("approved", "cancel"): "cancelled",
}


@pytest.mark.parametrize("state", rules.STATES)
@pytest.mark.parametrize("move", rules.MOVES)
def test_every_move_of_a_guest(state, move):
    assert rules.next_state(state, move) == ALLOWED.get((state, move))


@pytest.mark.parametrize(
    ("seats", "taken", "waiting", "state"),
    [
        (None, 10_000, 0, "confirmed"),
        (3, 2, 0, "confirmed"),
        (3, 3, 0, "waiting"),
        (3, 4, 0, "waiting"),
        (0, 0, 0, "waiting"),
        (3, 2, 1, "waiting"),
    ],
)
def test_first_state(seats, taken, waiting, state):
    assert rules.first_state(seats, taken, waiting) == state


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ((9, 11), (10, 12), True),
        ((9, 12), (10, 11), True),
        ((9, 10), (10, 11), False),
        ((10, 11), (9, 10), False),
    ],
)
def test_overlap(one, other, shared):
    assert rules.overlap(span(1, *one), span(2, *other)) is shared


def test_first_overlap_leaves_out_the_wanted_one():
    wanted, same, other = span(1, 9, 11), span(1, 9, 11), span(2, 10, 12)
    assert rules.first_overlap(wanted, [same]) is None
    assert rules.first_overlap(wanted, [same, other]) is other


def test_clashes_are_pairs_in_order_of_time():
    early, long, late = span(3, 9, 10), span(1, 9, 12), span(2, 11, 12)
    assert rules.clashes([late, long, early]) == [(early, long), (long, late)]
    assert rules.clashes([early, late]) == []


def test_has_begun():
    session = span(1, 9, 10)
    assert not rules.has_begun(session, datetime(2023, 10, 28, 8, 59, tzinfo=UTC))
    assert rules.has_begun(session, datetime(2023, 10, 28, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("reached", "wanted", "is_open"),
    [(1, 1, True), (1, 2, False), (4, 4, True), (9, 4, True), (9, 5, False), (4, 0, False)],
)
def test_step_open(reached, wanted, is_open):
    assert rules.step_open(reached, wanted) is is_open


@pytest.mark.parametrize(
    ("switch", "today", "is_open"),
    [(True, date(2023, 10, 31), True), (True, date(2023, 11, 1), False), (False, date(2023, 10, 1), False)],
)
def test_is_open(switch, today, is_open):
    assert rules.is_open(switch=switch, today=today, last_day=date(2023, 10, 31)) is is_open


@pytest.mark.parametrize(
    ("native", "latin", "language", "name"),
    [
        ("欧阳靖霖", "Ouyang Jinglin", "zh", "欧阳靖霖"),
        ("欧阳靖霖", "Ouyang Jinglin", "en", "Ouyang Jinglin"),
        ("مريم الهاشمي", "Maryam Al-Hashimi", "zh", "Maryam Al-Hashimi"),
        ("مريم الهاشمي", "", "zh", "مريم الهاشمي"),
        ("欧阳靖霖", "", "en", "欧阳靖霖"),
    ],
)
def test_addressed(native, latin, language, name):
    assert rules.addressed(native, latin, language) == name


@pytest.mark.parametrize(
    ("seats", "taken", "waiting", "left"),
    [(30, 10, 0, 20), (30, 30, 0, 0), (30, 29, 1, 0), (30, 31, 0, 0), (0, 0, 0, 0)],
)
def test_seats_left(seats, taken, waiting, left):
    assert rules.seats_left(seats, taken, waiting) == left
