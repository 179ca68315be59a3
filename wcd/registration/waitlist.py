"""The line of a session: whoever frees a seat calls this in the same transaction. Nothing else promotes."""

from uuid import UUID

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda.published import PublishedSession
from wcd.agenda.rules import CALLED_OFF
from wcd.core.clock import now
from wcd.core.db import execute, fetch
from wcd.registration import mails, rules
from wcd.registration.queries import count_bookings


async def fill_free_seats(session: PublishedSession, *, by: Actor) -> list[UUID]:
    """Give every free seat to the next in line; the caller holds the session's lock. Returns who moved up."""
    promoted: list[UUID] = []
    if session.state == CALLED_OFF:
        return promoted
    taken = (await count_bookings(session.id)).taken
    while rules.has_free_seat(session.seats, taken):
        rows = await fetch(
            "SELECT id, guest FROM registration_booking WHERE session = $1 AND state = 'waiting'"
            " ORDER BY asked_at, id LIMIT 1",
            session.id,
        )
        if not rows:
            break
        await execute(
            "UPDATE registration_booking SET state = $2, changed_at = $3 WHERE id = $1",
            rows[0]["id"], rules.CONFIRMED, now(),
        )  # fmt: skip
        guest: UUID = rows[0]["guest"]
        await audit.record(by, "booking.promoted", guest, edition=session.edition, session=session.id)
        await mails.tell_moved_up(guest, session.id)
        promoted.append(guest)
        taken += 1
    return promoted
