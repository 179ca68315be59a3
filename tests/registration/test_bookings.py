"""Seats: taken, waited for, given back; overlap; what organisers change."""

from itertools import pairwise

import pytest

from tests import make
from tests.registration.cast import actions, forum, letter, line, mails, organiser, reader, submitted, traces
from wcd.actors.actors import device, system
from wcd.actors.actors import guest as as_guest
from wcd.agenda.errors import NoSuchSession
from wcd.core.db import fetch
from wcd.core.errors import Forbidden
from wcd.core.i18n import use_locale
from wcd.registration import bookings, guests, queries
from wcd.registration.bookings import Booked
from wcd.registration.errors import (
    AlreadyBooked,
    NoSuchGuest,
    NotApproved,
    NotBookable,
    NotBooked,
    Overlaps,
    OverlapsLine,
    SeatsTaken,
    SessionBegun,
)
from wcd.registration.views import SeatCount


async def book(guest, session):
    return await bookings.book_seat(guest, session, by=as_guest(guest))


async def give_back(guest, session):
    await bookings.cancel_booking(guest, session, by=as_guest(guest))


async def test_a_free_seat_is_confirmed_and_told(db, clock):
    edition = await forum()
    ada, session = await make.guest(edition.id), await make.session(edition.id, seats=1)
    assert await book(ada, session) == Booked("confirmed")
    assert await line(session) == [(ada, "confirmed")]
    assert await mails(ada) == ["seat_confirmed"]
    assert (await letter(ada, "seat_confirmed"))["session"][
        "title_en"
    ] == "The 15-minute community life circle"
    assert await actions(ada) == ["booking.made"]


async def test_a_full_session_puts_the_guest_in_line(db, clock):
    edition = await forum()
    ada, bo, cy = [await make.guest(edition.id) for _ in range(3)]
    session = await make.session(edition.id, seats=1)
    assert [await book(one, session) for one in (ada, bo, cy)] == [
        Booked("confirmed"),
        Booked("waiting", 1),
        Booked("waiting", 2),
    ]
    assert (await letter(cy, "seat_waiting"))["place_in_line"] == 2
    assert [one.place_in_line for one in await queries.list_my_sessions(cy)] == [2]


async def test_a_session_without_limit_has_always_a_seat(db, clock):
    edition = await forum()
    session = await make.session(edition.id)
    for _ in range(3):
        assert (await book(await make.guest(edition.id), session)).state == "confirmed"


async def test_giving_back_lets_the_next_in_line_move_up(db, clock):
    edition = await forum()
    ada, bo, cy = [await make.guest(edition.id) for _ in range(3)]
    session = await make.session(edition.id, seats=1)
    for one in (ada, bo, cy):
        await book(one, session)
    await give_back(ada, session)
    assert await line(session) == [(bo, "confirmed"), (cy, "waiting")]
    assert await mails(bo) == ["seat_waiting", "seat_moved_up"]
    assert await actions(bo) == ["booking.made", "booking.promoted"]
    assert await mails(cy) == ["seat_waiting"]


async def test_leaving_the_line_moves_nobody_up(db, clock):
    edition = await forum()
    ada, bo, cy = [await make.guest(edition.id) for _ in range(3)]
    session = await make.session(edition.id, seats=1)
    for one in (ada, bo, cy):
        await book(one, session)
    await give_back(bo, session)
    assert await line(session) == [(ada, "confirmed"), (cy, "waiting")]


async def test_who_comes_back_stands_at_the_end(db, clock):
    edition = await forum()
    ada, bo, cy = [await make.guest(edition.id) for _ in range(3)]
    session = await make.session(edition.id, seats=1)
    for one in (ada, bo, cy):
        await book(one, session)
    await give_back(bo, session)
    assert await book(bo, session) == Booked("waiting", 2)
    assert [guest for guest, _ in await line(session)] == [ada, cy, bo]


async def test_asked_at_rises_though_the_clock_stands_still(db, clock):
    edition = await forum()
    session = await make.session(edition.id, seats=0)
    for _ in range(4):
        await book(await make.guest(edition.id), session)
    rows = await fetch(
        "SELECT asked_at FROM registration_booking WHERE session = $1 ORDER BY asked_at", session
    )
    assert all(one["asked_at"] < other["asked_at"] for one, other in pairwise(rows))


async def test_booking_twice_is_refused_without_a_trace(db, clock):
    edition = await forum()
    ada, session = await make.guest(edition.id), await make.session(edition.id)
    await book(ada, session)
    before = await traces()
    with pytest.raises(AlreadyBooked):
        await book(ada, session)
    assert await traces() == before


async def test_overlap_names_both_sessions_and_times_in_both_languages(db, clock):
    edition = await forum()
    ada = await make.guest(edition.id)
    first = await make.session(
        edition.id, "2023-10-29T09:00+08:00", title_zh="海绵城市", title_en="Sponge city"
    )
    second = await make.session(
        edition.id, "2023-10-29T10:00+08:00", title_zh="绿色金融", title_en="Green finance"
    )
    await book(ada, first)
    before = await traces()
    with pytest.raises(Overlaps) as refusal:
        await book(ada, second)
    assert await traces() == before
    with use_locale("en"):
        assert str(refusal.value) == (
            "“Green finance” (Sun 29 Oct, 10:00–11:30) overlaps with “Sponge city” (Sun 29 Oct, 09:00–10:30), "
            "in which you have a seat. Give that one back first."
        )
    with use_locale("zh"):
        for part in ("绿色金融", "海绵城市", "10月29日 10:00—11:30", "10月29日 09:00—10:30"):
            assert part in str(refusal.value)


async def test_a_place_in_line_counts_like_a_seat(db, clock):
    edition = await forum()
    ada = await make.guest(edition.id)
    full = await make.session(edition.id, "2023-10-29T09:00+08:00", seats=0)
    other = await make.session(edition.id, "2023-10-29T09:30+08:00")
    await book(ada, full)
    with pytest.raises(OverlapsLine):
        await book(ada, other)
    await give_back(ada, full)
    assert (await book(ada, other)).state == "confirmed"


async def test_one_that_ends_as_the_other_starts_does_not_overlap(db, clock):
    edition = await forum()
    ada = await make.guest(edition.id)
    for starts in ("2023-10-29T09:00+08:00", "2023-10-29T10:30+08:00"):
        assert (await book(ada, await make.session(edition.id, starts))).state == "confirmed"


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"booking": "open"}, NotBookable),
        ({"booking": "invitation"}, NotBookable),
        ({"state": "planned"}, NoSuchSession),
        ({"state": "called_off"}, NotBookable),
        ({"starts": "2023-10-26T09:00+08:00"}, SessionBegun),
    ],
)
async def test_what_guests_cannot_book(db, clock, values, refusal):
    edition = await forum()
    ada, session = await make.guest(edition.id), await make.session(edition.id, **values)
    before = await traces()
    with pytest.raises(refusal):
        await book(ada, session)
    assert await traces() == before


@pytest.mark.parametrize("state", ["draft", "unconfirmed", "submitted", "returned", "declined", "cancelled"])
async def test_seats_are_for_approved_guests(db, clock, state):
    edition = await forum()
    bo, session = await make.guest(edition.id, state=state), await make.session(edition.id)
    with pytest.raises(NotApproved):
        await book(bo, session)


async def test_nobody_acts_for_another(db, clock):
    edition = await forum()
    ada, dee, session = (
        await make.guest(edition.id),
        await make.guest(edition.id),
        await make.session(edition.id),
    )
    await book(ada, session)
    before = await traces()
    for by in (as_guest(dee), device(dee)):
        with pytest.raises(NoSuchGuest):
            await bookings.cancel_booking(ada, session, by=by)
    with pytest.raises(Forbidden):
        await bookings.cancel_booking(ada, session, by=reader(edition.id))
    assert await traces() == before


async def test_sessions_of_another_edition_are_not_found(db, clock):
    edition = await forum()
    other = await make.edition("other", is_current=False)
    ada, session = await make.guest(edition.id), await make.session(other)
    with pytest.raises(NoSuchSession):
        await book(ada, session)
    with pytest.raises(NoSuchSession):
        await give_back(ada, session)


async def test_what_is_not_held_cannot_be_given_back(db, clock):
    edition = await forum()
    ada, session = await make.guest(edition.id), await make.session(edition.id)
    with pytest.raises(NotBooked):
        await give_back(ada, session)


async def test_after_the_session_has_begun_nothing_is_given_back(db, clock):
    edition = await forum()
    ada, session = await make.guest(edition.id), await make.session(edition.id)
    await book(ada, session)
    clock("2023-10-29T09:00+08:00")
    with pytest.raises(SessionBegun):
        await give_back(ada, session)
    await bookings.cancel_booking(ada, session, by=organiser(edition.id))
    assert await line(session) == []


async def test_organisers_seat_those_who_were_invited(db, clock):
    edition = await forum()
    ada, session = await make.guest(edition.id), await make.session(edition.id, booking="invitation", seats=1)
    assert (await bookings.book_seat(ada, session, by=organiser(edition.id))).state == "confirmed"


async def test_more_seats_let_the_line_move_up_in_order(db, clock):
    edition = await forum()
    four = [await make.guest(edition.id) for _ in range(4)]
    session = await make.session(edition.id, seats=1)
    for one in four:
        await book(one, session)
    assert await bookings.change_seats(session, 3, by=organiser(edition.id)) == four[1:3]
    assert [state for _, state in await line(session)] == ["confirmed", "confirmed", "confirmed", "waiting"]
    assert await bookings.change_seats(session, None, by=organiser(edition.id)) == four[3:]


async def test_fewer_seats_than_taken_are_refused_without_a_trace(db, clock):
    edition = await forum()
    session = await make.session(edition.id, seats=2)
    for _ in range(2):
        await book(await make.guest(edition.id), session)
    before = await traces()
    with pytest.raises(SeatsTaken) as refusal:
        await bookings.change_seats(session, 1, by=organiser(edition.id))
    assert refusal.value.values == {"taken": 2}
    assert await traces() == before
    assert await bookings.change_seats(session, 2, by=organiser(edition.id)) == []


async def test_seats_are_the_organisers_to_change(db, clock):
    edition = await forum()
    session = await make.session(edition.id, seats=3)
    for by in (reader(edition.id), as_guest(await make.guest(edition.id))):
        with pytest.raises(Forbidden):
            await bookings.change_seats(session, 1, by=by)


async def test_who_cancels_gives_every_seat_to_the_next(db, clock):
    edition = await forum()
    ada, bo = await make.guest(edition.id), await make.guest(edition.id)
    one = await make.session(edition.id, "2023-10-29T09:00+08:00", seats=1)
    two = await make.session(edition.id, "2023-10-30T09:00+08:00", seats=1)
    for session in (one, two):
        await book(ada, session)
        await book(bo, session)
    await guests.cancel_registration(ada, by=as_guest(ada))
    assert await line(one) == await line(two) == [(bo, "confirmed")]
    assert (await queries.get_guest(ada)).code == ""
    assert (await queries.get_guest(ada)).state == "cancelled"


async def test_counts(db, clock):
    edition = await forum()
    session, empty = (
        await make.session(edition.id, seats=1),
        await make.session(edition.id, "2023-10-30T09:00+08:00"),
    )
    for _ in range(3):
        await book(await make.guest(edition.id), session)
    assert await queries.count_bookings(session) == SeatCount(1, 2)
    assert await queries.count_bookings(empty) == SeatCount(0, 0)
    assert await queries.count_all_bookings(edition.id) == {session: SeatCount(1, 2)}
    assert [(row.state, row.place) for row in await queries.list_bookings(session)] == [
        ("confirmed", 1),
        ("waiting", 1),
        ("waiting", 2),
    ]


@pytest.mark.parametrize(
    ("count", "seats", "left"),
    [
        (SeatCount(1, 0), 3, 2),
        (SeatCount(1, 1), 3, 0),
        (SeatCount(4, 0), 3, 0),
        (SeatCount(9, 0), None, None),
    ],
)
def test_seats_left(count, seats, left):
    assert count.left(seats) == left


@pytest.mark.parametrize("guests_there", [1, 3])
async def test_my_sessions_are_one_query(db, clock, count_queries, guests_there):
    edition = await forum()
    ada = await make.guest(edition.id)
    for day in range(guests_there):
        await book(ada, await make.session(edition.id, f"2023-10-{28 + day}T09:00+08:00"))
    before = count_queries()
    assert len(await queries.list_my_sessions(ada)) == guests_there
    assert count_queries() - before == 1


async def test_the_house_may_book(db, clock):
    edition = await forum()
    guest, session = await submitted(edition), await make.session(edition.id)
    with pytest.raises(NotApproved):
        await bookings.book_seat(guest, session, by=system("import"))
