"""Seats left."""

import pytest

from tests import make
from wcd.registration.seats import SeatCount, count_seats


@pytest.mark.parametrize(
    ("seats", "taken", "waiting", "left", "word", "percent"),
    [
        (120, 0, 0, 120, "free", 0),
        (120, 107, 0, 13, "free", 89),
        (120, 108, 0, 12, "few", 90),
        (20, 15, 0, 5, "few", 75),
        (20, 20, 0, 0, "full", 100),
        (20, 19, 1, 0, "full", 100),
        (20, 25, 0, 0, "full", 100),
        (0, 0, 0, 0, "full", 100),
    ],
)
def test_words_for_seats(seats: int, taken: int, waiting: int, left: int, word: str, percent: int) -> None:
    count = SeatCount(seats, taken, waiting)
    assert (count.left, count.word, count.percent) == (left, word, percent)


async def test_only_sessions_that_can_be_booked_and_have_a_limit(db: None) -> None:
    edition = await make.edition()
    guests = [await make.guest(edition) for _ in range(4)]
    forum = await make.session(edition, code="forum", seats=2)
    await make.session(edition, code="empty", seats=9)
    await make.session(edition, code="endless")
    await make.session(edition, code="ceremony", seats=400, booking="invitation")
    await make.session(edition, code="off", seats=10, state="called_off")
    for guest, state in zip(guests, ("confirmed", "confirmed", "waiting", "cancelled"), strict=True):
        await make.booking(guest, forum, state)
    assert await count_seats(edition) == {"forum": SeatCount(2, 2, 1), "empty": SeatCount(9, 0, 0)}
