"""400 guests for the last 30 seats, on real connections, with 200 cancellations meanwhile."""

import asyncio
from uuid import UUID

import pytest

from tests import make
from wcd.actors.actors import guest as as_guest
from wcd.core.clock import now
from wcd.core.db import execute, fetch, in_transaction
from wcd.registration import bookings
from wcd.registration.rules import CONFIRMED, WAITING

GUESTS, SEATS, BACK = 400, 30, 200


@pytest.fixture
async def hall(pool):
    """A session with 30 seats and 400 approved guests, taken away afterwards."""
    edition = await make.edition("wcd-storm", is_current=False)
    session = await make.session(edition, "2033-10-29T09:00+08:00", seats=SEATS)
    category = await make.category(edition)
    guests = [await make.guest(edition, category=category) for _ in range(GUESTS)]
    yield session, guests
    for table in ("core_job", "mail_mail", "actors_audit_entry", "registration_booking", "registration_code", "registration_guest",
                  "registration_category", "agenda_release", "agenda_session", "agenda_settings", "editions_edition"):  # fmt: skip
        await execute(f"DELETE FROM {table}")


async def in_line(session: UUID) -> list[tuple[UUID, str]]:
    rows = await fetch(
        "SELECT guest, state FROM registration_booking WHERE session = $1 AND state <> 'cancelled' ORDER BY asked_at, id",
        session,
    )
    return [(row["guest"], row["state"]) for row in rows]


async def test_the_last_seats_go_to_who_got_the_lock_first(hall):
    session, guests = hall
    order: list[UUID] = []
    real = bookings.take_seat

    async def noted(
        guest, locked, *, by
    ):  # inside the session's lock: this is the order in which they got it
        order.append(guest.id)
        return await real(guest, locked, by=by)

    bookings.take_seat = noted
    try:
        booked = await asyncio.gather(*(bookings.book_seat(one, session, by=as_guest(one)) for one in guests))
    finally:
        bookings.take_seat = real
    assert sorted(one.state for one in booked) == [CONFIRMED] * SEATS + [WAITING] * (GUESTS - SEATS)
    assert await in_line(session) == [
        (one, CONFIRMED if place < SEATS else WAITING) for place, one in enumerate(order)
    ]
    places = {one: answer.place_in_line for one, answer in zip(guests, booked, strict=True)}
    assert [places[one] for one in order[SEATS:]] == list(range(1, GUESTS - SEATS + 1))


async def test_never_above_capacity_and_never_a_free_seat_with_people_waiting(hall):
    session, guests = hall
    broken: list[tuple[int, int]] = []

    @in_transaction
    async def look() -> None:
        rows = await fetch(
            "SELECT count(*) FILTER (WHERE state = 'confirmed') AS taken, count(*) FILTER (WHERE state = 'waiting') AS waiting"
            " FROM registration_booking WHERE session = $1",
            session,
        )
        taken, waiting = rows[0]["taken"], rows[0]["waiting"]
        if taken > SEATS or (taken < SEATS and waiting):
            broken.append((taken, waiting))

    async def come(one: UUID, *, stays: bool) -> None:
        await bookings.book_seat(one, session, by=as_guest(one))
        if not stays:
            await bookings.cancel_booking(one, session, by=as_guest(one))

    async def watch() -> None:
        while True:
            await look()
            await asyncio.sleep(0.005)

    watcher = asyncio.create_task(watch())
    # Every second guest gives back what they got: seats and places in line alike.
    await asyncio.gather(*(come(one, stays=bool(place % 2)) for place, one in enumerate(guests)))
    watcher.cancel()
    await look()
    assert broken == []
    there = await in_line(session)
    assert [state for _, state in there] == [CONFIRMED] * SEATS + [WAITING] * (GUESTS - BACK - SEATS)
    assert {one for one, _ in there} == set(guests[1::2])
    told = await fetch("SELECT count(*) AS n FROM mail_mail WHERE kind = 'seat_moved_up'")
    confirmed = await fetch("SELECT count(*) AS n FROM mail_mail WHERE kind = 'seat_confirmed'")
    audit = await fetch(
        "SELECT count(*) AS n FROM actors_audit_entry WHERE action = 'booking.promoted' AND at <= $1", now()
    )
    assert told[0]["n"] == audit[0]["n"] > 0
    assert told[0]["n"] + confirmed[0]["n"] >= SEATS
