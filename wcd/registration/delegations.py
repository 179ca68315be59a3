"""Delegations: guests who come together, with a head."""

from uuid import UUID

import asyncpg
import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.core.clock import now
from wcd.core.db import execute, fetch, in_transaction, transaction
from wcd.core.i18n import Bilingual
from wcd.registration.errors import DelegationExists, NoSuchDelegation
from wcd.registration.locked import lock_guest
from wcd.registration.tables import Delegation


class DelegationRow(msgspec.Struct, frozen=True):
    """A delegation with its head's names and the number of its members."""

    id: UUID
    name: Bilingual
    country: str
    head_native: str
    head_latin: str
    members: int


@in_transaction
async def make_delegation(edition: UUID, *, name_zh: str, name_en: str, country: str = "", by: Actor) -> UUID:
    """A new delegation, without members yet."""
    by.must("guests.edit", edition)
    row = Delegation(edition=edition, name_zh=name_zh, name_en=name_en, country=country)
    try:
        async with transaction():
            await Delegation.insert(row)
    except asyncpg.UniqueViolationError:
        raise DelegationExists from None
    await audit.record(by, "delegation.made", row.id, edition=edition)
    return row.id


@in_transaction
async def join_delegation(
    guest_id: UUID, delegation: UUID | None, *, is_head: bool = False, by: Actor
) -> None:
    """Put a guest into a delegation of the same edition, or out of any. A new head takes the place of the old."""
    by.must("guests.edit")
    guest = await lock_guest(guest_id, by=by)
    if delegation is not None:
        rows = await fetch(
            "SELECT FROM registration_delegation WHERE id = $1 AND edition = $2 FOR UPDATE",
            delegation,
            guest.edition,
        )
        if not rows:
            raise NoSuchDelegation
        if is_head:
            await execute(
                "UPDATE registration_guest SET is_head = false WHERE delegation = $1 AND is_head", delegation
            )
    await execute(
        "UPDATE registration_guest SET delegation = $2, is_head = $3, version = version + 1, changed_at = $4 WHERE id = $1",
        guest_id, delegation, is_head and delegation is not None, now(),
    )  # fmt: skip
    await audit.record(by, "guest.delegation_changed", guest_id, edition=guest.edition, delegation=delegation)


async def list_delegations(edition: UUID) -> list[DelegationRow]:
    """All delegations of an edition by their Chinese name's order in the list, members counted."""
    rows = await fetch(
        """SELECT d.id, d.name_zh, d.name_en, d.country, count(g.id) AS members,
               coalesce(max(g.native_name) FILTER (WHERE g.is_head), '') AS head_native,
               coalesce(max(g.latin_name) FILTER (WHERE g.is_head), '') AS head_latin
           FROM registration_delegation d
           LEFT JOIN registration_guest g ON g.delegation = d.id AND g.state NOT IN ('draft', 'cancelled', 'erased')
           WHERE d.edition = $1 GROUP BY d.id ORDER BY d.name_en, d.id""",
        edition,
    )
    return [
        DelegationRow(
            id=row["id"],
            name=Bilingual(row["name_zh"], row["name_en"]),
            country=row["country"],
            head_native=row["head_native"],
            head_latin=row["head_latin"],
            members=row["members"],
        )
        for row in rows
    ]
