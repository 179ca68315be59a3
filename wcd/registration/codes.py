"""Codes: what a badge's QR says. Made at approval, revoked when a badge is lost or a guest does not come."""

from uuid import UUID

import asyncpg

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.core.clock import now
from wcd.core.db import execute, in_transaction, transaction
from wcd.core.ids import new_code, new_short_code, uuid7
from wcd.registration.errors import HasLiveCode, NotApproved
from wcd.registration.locked import LockedGuest, lock_guest
from wcd.registration.rules import APPROVED

_TRIES = 5


async def give_code(guest: LockedGuest) -> str:
    """Make the guest's code, unless one holds already."""
    for _ in range(_TRIES):
        try:
            async with transaction():
                code = new_code()
                await execute(
                    "INSERT INTO registration_code (id, guest, edition, code, short_code, made_at)"
                    " VALUES ($1, $2, $3, $4, $5, $6)",
                    uuid7(), guest.id, guest.edition, code, new_short_code(), now(),
                )  # fmt: skip
                return code
        except asyncpg.UniqueViolationError as error:
            # One in a million million: the short code is another guest's in this edition. Throw again.
            if error.constraint_name == "registration_code_live_idx":
                raise HasLiveCode from None
    raise RuntimeError("no free short code found")


async def revoke_code(guest_id: UUID) -> bool:
    """The code no longer opens any gate; False where there was none."""
    ended = await execute(
        "UPDATE registration_code SET revoked_at = $2 WHERE guest = $1 AND revoked_at IS NULL",
        guest_id,
        now(),
    )
    return bool(ended)


@in_transaction
async def replace_code(guest_id: UUID, *, by: Actor) -> str:
    """A badge is lost or was seen by others: the old code ends, a new one begins."""
    by.must("badges.print")
    guest = await lock_guest(guest_id, by=by)
    if guest.state != APPROVED:
        raise NotApproved
    await revoke_code(guest_id)
    code = await give_code(guest)
    await audit.record(by, "code.replaced", guest_id, edition=guest.edition)
    return code
