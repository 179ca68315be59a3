"""Seats: take one, give it back, have more or fewer. Lock order: session, guest; several by id."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import GUEST, Actor
from wcd.agenda import rules as agenda_rules
from wcd.agenda import sessions
from wcd.agenda.errors import NoSuchSession
from wcd.agenda.published import PublishedSession, lock_published
from wcd.core.clock import now
from wcd.core.db import execute, fetch, in_transaction
from wcd.core.ids import uuid7
from wcd.editions.queries import edition_by_id
from wcd.registration import clashes, mails, queries, rules, waitlist
from wcd.registration.errors import (
    AlreadyBooked,
    NotApproved,
    NotBookable,
    NotBooked,
    Overlaps,
    OverlapsLine,
    SeatsTaken,
    SessionBegun,
    Span,
)
from wcd.registration.locked import LockedGuest, lock_guest, lock_sessions, must_act_for


class Booked(msgspec.Struct, frozen=True):
    """What asking for a seat came to. ``place_in_line`` is 0 for who has a seat."""

    state: str
    place_in_line: int = 0


@in_transaction
async def book_seat(guest_id: UUID, session_id: UUID, *, by: Actor) -> Booked:
    """Confirm a seat, or put the guest in line."""
    must_act_for(by, guest_id, "bookings.edit")
    session = await lock_published(session_id)  # without it two could take the last seat
    guest = await lock_guest(guest_id, by=by)  # without it one could sit in two halls at once
    _refuse_closed(guest, session, by)
    await _refuse_overlap(session, guest.id)
    booked = await take_seat(guest, session, by=by)
    await mails.tell_booking(guest, session.id, booked.state, place_in_line=booked.place_in_line)
    return booked


@in_transaction
async def cancel_booking(guest_id: UUID, session_id: UUID, *, by: Actor) -> None:
    """Give a seat or a place in line back; a freed seat is the next one's at once."""
    must_act_for(by, guest_id, "bookings.edit")
    session = await lock_published(session_id)  # without it the freed seat could be given away twice
    guest = await lock_guest(guest_id, by=by)
    if guest.edition != session.edition:
        raise NoSuchSession
    if by.kind == GUEST and rules.has_begun(session, now()):
        raise SessionBegun(session=session.title)
    if not await _end(guest.id, session.id):
        raise NotBooked(session=session.title)
    await audit.record(by, "booking.cancelled", guest.id, edition=guest.edition, session=session.id)
    await waitlist.fill_free_seats(session, by=by)


@in_transaction
async def change_seats(session_id: UUID, seats: int | None, *, by: Actor) -> list[UUID]:
    """More seats: the line moves up. Fewer: not below those who have one. Returns who moved up."""
    await sessions.set_seats(session_id, seats, by=by)
    taken = (await queries.count_bookings(session_id)).taken
    if seats is not None and taken > seats:
        raise SeatsTaken(taken=taken)
    held = await lock_sessions([session_id])  # none where no release holds it: nobody waits for it then
    return await waitlist.fill_free_seats(held[session_id], by=by) if held else []


async def end_bookings(session: UUID, *, edition: UUID, by: Actor) -> list[UUID]:
    """A session does not take place: every seat and place in line ends. Returns whose; the caller tells them."""
    rows = await fetch(
        "UPDATE registration_booking SET state = $2, changed_at = $3 WHERE session = $1"
        " AND state IN ('confirmed', 'waiting') RETURNING guest",
        session, rules.CANCELLED, now(),
    )  # fmt: skip
    guests = sorted(row["guest"] for row in rows)
    await clashes.settle(guests, session)
    for guest in guests:
        await audit.record(by, "booking.ended", guest, edition=edition, session=session)
    return guests


async def take_seat(guest: LockedGuest, session: PublishedSession, *, by: Actor) -> Booked:
    """Write down a seat or a place in line. The caller holds both locks and has refused what must be."""
    seats = await queries.count_bookings(session.id)
    state = rules.first_state(session.seats, seats.taken, seats.waiting)
    if not await _place(guest.id, session.id, state):
        raise AlreadyBooked(session=session.title)
    await audit.record(by, "booking.made", guest.id, edition=guest.edition, session=session.id, state=state)
    return Booked(state, seats.waiting + 1 if state == rules.WAITING else 0)


async def end_all_seats(guest: LockedGuest, held: dict[UUID, PublishedSession], *, by: Actor) -> None:
    """The guest does not come: every seat goes to the next in line. The caller holds the locks."""
    found = await held_sessions(guest.id)
    # A booking made between the caller's look and its lock: taken out of order, a deadlock is tried again.
    held = held | await lock_sessions(set(found) - set(held))
    for session_id in sorted(found):
        await _end(guest.id, session_id)
        await audit.record(by, "booking.cancelled", guest.id, edition=guest.edition, session=session_id)
        if session_id in held:
            await waitlist.fill_free_seats(held[session_id], by=by)


async def held_sessions(guest_id: UUID) -> list[UUID]:
    """Sessions in which the guest has a seat or a place in line."""
    rows = await fetch(
        "SELECT session FROM registration_booking WHERE guest = $1 AND state IN ('confirmed', 'waiting')",
        guest_id,
    )
    return [row["session"] for row in rows]


async def turn_wishes_into_bookings(
    guest: LockedGuest, wishes: Iterable[UUID], held: dict[UUID, PublishedSession], *, by: Actor
) -> list[tuple[UUID, str]]:
    """At approval: each wish becomes a seat, a place in line, or is left out; the caller holds the locks."""
    outcome = []
    for wish in wishes:
        if wish not in held:  # taken off the programme since it was wished for
            outcome.append((wish, "left_out"))
            continue
        session, held_so_far = held[wish], await queries.held_times(guest.id)
        closed = not agenda_rules.is_bookable(session.booking, session.state) or rules.has_begun(
            session, now()
        )
        if closed or any(one.id == wish for one in held_so_far) or rules.first_overlap(session, held_so_far):
            outcome.append((wish, "left_out"))
        else:
            outcome.append((wish, (await take_seat(guest, session, by=by)).state))
    return outcome


def _refuse_closed(guest: LockedGuest, session: PublishedSession, by: Actor) -> None:
    """Guests book what is open to booking, before it begins; organisers also seat those who were invited."""
    if guest.edition != session.edition:
        raise NoSuchSession
    if guest.state != rules.APPROVED:
        raise NotApproved
    ways = (
        {agenda_rules.BY_BOOKING}
        if by.kind == GUEST
        else {agenda_rules.BY_BOOKING, agenda_rules.BY_INVITATION}
    )
    if session.booking not in ways or session.state != agenda_rules.CONFIRMED:
        raise NotBookable(session=session.title)
    if by.kind == GUEST and rules.has_begun(session, now()):
        raise SessionBegun(session=session.title)


async def _refuse_overlap(session: PublishedSession, guest_id: UUID) -> None:
    """A place in line counts like a seat: it may become one at any moment."""
    held = await queries.held_times(guest_id)
    same = next((one for one in held if one.id == session.id), None)
    if same:
        raise AlreadyBooked(session=session.title)
    other = rules.first_overlap(session, held)
    if other is None:
        return
    zone = (await edition_by_id(session.edition)).zone
    refusal = Overlaps if other.state == rules.CONFIRMED else OverlapsLine
    raise refusal(
        wanted=session.title,
        wanted_time=Span(session.starts_at, session.ends_at, zone),
        held=other.title,
        held_time=Span(other.starts_at, other.ends_at, zone),
    )


async def _place(guest_id: UUID, session_id: UUID, state: str) -> bool:
    """Insert, or revive a cancelled one; False where one is held already.

    ``asked_at`` rises strictly within a session, so that the line is in the order in which they got its lock.
    """
    placed = await execute(
        """INSERT INTO registration_booking AS b (id, guest, session, state, asked_at, changed_at)
           SELECT $1, $2, $3, $4, greatest($5, max(asked_at) + interval '1 microsecond'), $5
           FROM registration_booking WHERE session = $3
           ON CONFLICT (guest, session) DO UPDATE
           SET state = excluded.state, asked_at = excluded.asked_at, changed_at = excluded.changed_at
           WHERE b.state = 'cancelled'""",
        uuid7(),
        guest_id,
        session_id,
        state,
        now(),
    )
    return bool(placed)


async def _end(guest_id: UUID, session_id: UUID) -> bool:
    ended = await execute(
        "UPDATE registration_booking SET state = $3, changed_at = $4 WHERE guest = $1 AND session = $2"
        " AND state IN ('confirmed', 'waiting')",
        guest_id,
        session_id,
        rules.CANCELLED,
        now(),
    )
    if ended:
        await clashes.settle([guest_id], session_id)
    return bool(ended)
