"""Approvals: approve, decline, return for details, answer. One at a time, or many, each in a transaction of its own."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.core.clock import now
from wcd.core.db import execute, fetch, in_transaction
from wcd.core.errors import Refusal
from wcd.registration import bookings, codes, mails
from wcd.registration.errors import NotPossibleNow
from wcd.registration.locked import LockedGuest, lock_guest, lock_sessions, must_act_for


class Decided(msgspec.Struct, frozen=True):
    """What came of deciding on many: how many were done, and who was refused and why."""

    done: int
    refused: list[tuple[UUID, Refusal]]


Seen = Mapping[UUID, str]
"""The state in which the decider saw each guest: whoever was decided on since is left alone."""


@in_transaction
async def approve_guest(guest_id: UUID, *, by: Actor, seen: str = "") -> list[tuple[UUID, str]]:
    """The guest may come: a code for the badge, seats for the wishes, a letter. Returns what became of each wish."""
    by.must("guests.approve")
    wishes = await _wishes(guest_id)
    held = await lock_sessions(wishes)  # before the guest, as everybody locks them
    guest = await lock_guest(guest_id, by=by)  # without it two approvals would make two codes
    await _move(guest, "approve", seen)
    await codes.give_code(guest)
    outcome = await bookings.turn_wishes_into_bookings(guest, wishes, held, by=by)
    await execute("DELETE FROM registration_wish WHERE guest = $1", guest_id)
    await audit.record(by, "guest.approved", guest_id, edition=guest.edition, wishes=len(outcome))
    await mails.tell_approved(guest, outcome)
    return outcome


@in_transaction
async def decline_guest(guest_id: UUID, *, note: str = "", by: Actor, seen: str = "") -> None:
    """The guest cannot be welcomed; seats and code of one who was approved end."""
    by.must("guests.approve")
    held = await lock_sessions(await bookings.held_sessions(guest_id))
    guest = await lock_guest(guest_id, by=by)
    await _move(guest, "decline", seen)
    await codes.revoke_code(guest_id)
    await audit.record(by, "guest.declined", guest_id, edition=guest.edition)
    await bookings.end_all_seats(guest, held, by=by)
    await mails.tell_declined(guest, note)


@in_transaction
async def return_guest(guest_id: UUID, *, question: str, by: Actor, seen: str = "") -> None:
    """Ask the guest something; they answer on their page."""
    by.must("guests.approve")
    guest = await lock_guest(guest_id, by=by)
    await _move(guest, "return", seen)
    await execute(
        "UPDATE registration_guest SET question = $2, answer = '' WHERE id = $1", guest_id, question.strip()
    )
    await audit.record(by, "guest.returned", guest_id, edition=guest.edition)
    await mails.tell_returned(guest, question.strip())


@in_transaction
async def answer_question(guest_id: UUID, *, answer: str, by: Actor) -> None:
    """The guest's answer puts the registration before the organisers again."""
    must_act_for(by, guest_id, "guests.edit")
    guest = await lock_guest(guest_id, by=by)
    await _move(guest, "answer")
    await execute("UPDATE registration_guest SET answer = $2 WHERE id = $1", guest_id, answer.strip())
    await audit.record(by, "guest.answered", guest_id, edition=guest.edition)


async def approve_guests(ids: Sequence[UUID], *, by: Actor, seen: Seen | None = None) -> Decided:
    """Approve many. Each in a transaction of its own: a refused one undoes nothing, sessions are not held for long."""
    return await _each(ids, seen, lambda guest_id, state: approve_guest(guest_id, by=by, seen=state))


async def decline_guests(
    ids: Sequence[UUID], *, note: str = "", by: Actor, seen: Seen | None = None
) -> Decided:
    """Decline many, with one note for all."""
    return await _each(
        ids, seen, lambda guest_id, state: decline_guest(guest_id, note=note, by=by, seen=state)
    )


async def return_guests(
    ids: Sequence[UUID], *, question: str, by: Actor, seen: Seen | None = None
) -> Decided:
    """Ask many the same question."""
    return await _each(
        ids, seen, lambda guest_id, state: return_guest(guest_id, question=question, by=by, seen=state)
    )


async def _each(
    ids: Sequence[UUID], seen: Seen | None, decide: Callable[[UUID, str], Awaitable[object]]
) -> Decided:
    done, refused = 0, []
    for guest_id in dict.fromkeys(ids):
        try:
            await decide(guest_id, (seen or {}).get(guest_id, ""))
            done += 1
        except Refusal as refusal:
            refused.append((guest_id, refusal))
    return Decided(done, refused)


async def _move(guest: LockedGuest, move: str, seen: str = "") -> None:
    if seen and guest.state != seen:
        # Two who decide at the same time: the guest gets one letter, the second decider is told.
        raise NotPossibleNow(guest.state)
    state = guest.after(move)
    await execute(
        "UPDATE registration_guest SET state = $2, decided_at = $3, changed_at = $3, version = version + 1 WHERE id = $1",
        guest.id, state, now(),
    )  # fmt: skip


async def _wishes(guest_id: UUID) -> list[UUID]:
    rows = await fetch(
        "SELECT session FROM registration_wish WHERE guest = $1 ORDER BY position, id", guest_id
    )
    return [row["session"] for row in rows]
