"""Two sessions of a guest that a release made overlap: which are open, and the guest's answer that both are kept."""

from uuid import UUID

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.core.clock import now
from wcd.core.db import execute, fetch, in_transaction
from wcd.registration.errors import NoSuchClash
from wcd.registration.locked import lock_guest, must_act_for

ASKED = "asked"
KEPT = "kept"
SETTLED = "settled"


async def kept_pairs(guest: UUID) -> set[frozenset[UUID]]:
    """The pairs of sessions that the guest wants both of, though they overlap. A later release asks anew."""
    rows = await fetch(
        """SELECT DISTINCT ON (least(c.one, c.other), greatest(c.one, c.other)) c.one, c.other, c.state
           FROM registration_clash c JOIN agenda_release r ON r.id = c.release WHERE c.guest = $1
           ORDER BY least(c.one, c.other), greatest(c.one, c.other), r.number DESC""",
        guest,
    )
    return {frozenset((row["one"], row["other"])) for row in rows if row["state"] == KEPT}


@in_transaction
async def keep_both(guest_id: UUID, one: UUID, other: UUID, *, by: Actor) -> None:
    """The guest keeps both seats, knowing that they overlap."""
    must_act_for(by, guest_id, "bookings.edit")
    guest = await lock_guest(guest_id, by=by)
    answered = await execute(
        "UPDATE registration_clash SET state = $4, answered_at = $5 WHERE guest = $1 AND state = 'asked'"
        " AND least(one, other) = least($2::uuid, $3::uuid) AND greatest(one, other) = greatest($2::uuid, $3::uuid)",
        guest.id, one, other, KEPT, now(),
    )  # fmt: skip
    if not answered:
        raise NoSuchClash
    await audit.record(by, "clash.kept", guest.id, edition=guest.edition, sessions=[str(one), str(other)])


async def settle(guests: list[UUID], session: UUID) -> None:
    """A seat has ended: what overlapped with it is no longer asked. The caller holds the session."""
    await execute(
        "UPDATE registration_clash SET state = $3, answered_at = $4 WHERE guest = ANY($1::uuid[])"
        " AND (one = $2 OR other = $2) AND state = 'asked'",
        guests, session, SETTLED, now(),
    )  # fmt: skip


async def count_open(edition: UUID) -> int:
    """How many guests have not answered yet."""
    rows = await fetch(
        """SELECT count(DISTINCT c.guest) AS n FROM registration_clash c JOIN registration_guest g ON g.id = c.guest
           WHERE g.edition = $1 AND c.state = 'asked'""",
        edition,
    )
    return int(rows[0]["n"])
