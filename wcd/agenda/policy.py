"""How an edition releases its agenda: whether a second person approves, and which warnings block a release."""

from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda.rules import changed_fields
from wcd.agenda.warnings.kinds import KINDS
from wcd.core.db import execute, fetch, in_transaction


class Policy(msgspec.Struct, frozen=True):
    """``blocks``: the kinds of warnings that must be gone before a release; all others inform."""

    needs_second: bool = True
    blocks: frozenset[str] = frozenset()


async def policy_of(edition: UUID) -> Policy:
    """What the edition has decided; a second person and no blocks where nobody has."""
    rows = await fetch("SELECT needs_second, blocks FROM agenda_settings WHERE edition = $1", edition)
    return Policy(rows[0]["needs_second"], frozenset(rows[0]["blocks"])) if rows else Policy()


@in_transaction
async def change_policy(edition: UUID, policy: Policy, *, by: Actor) -> None:
    """Decide anew. It holds for releases from now on; one that is on its way was proposed under the old one."""
    by.must("agenda.release", edition)
    before = await policy_of(edition)
    blocks = [kind for kind in KINDS if kind in policy.blocks]
    fields = changed_fields(
        msgspec.structs.asdict(before), {"needs_second": policy.needs_second, "blocks": frozenset(blocks)}
    )
    if fields:
        await execute(
            """INSERT INTO agenda_settings (id, edition, working, needs_second, blocks)
               VALUES (gen_random_uuid(), $1, 1, $2, $3)
               ON CONFLICT (edition) DO UPDATE SET needs_second = $2, blocks = $3""",
            edition,
            policy.needs_second,
            blocks,
        )
        await audit.record(by, "agenda.policy_changed", edition, edition=edition, fields=fields)
