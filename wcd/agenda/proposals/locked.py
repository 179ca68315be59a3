"""A proposal whose row is held, and the steps that it takes."""

from typing import Any
from uuid import UUID

import msgspec

from wcd.actors.actors import PARTNER, Actor
from wcd.agenda.proposals import rules
from wcd.agenda.proposals.errors import NoSuchProposal, ProposalChanged, StepNotPossible
from wcd.core.clock import now
from wcd.core.db import execute, fetch
from wcd.core.i18n import Bilingual


class LockedProposal(msgspec.Struct, frozen=True):
    """A proposal whose row is held until the transaction ends."""

    id: UUID
    edition: UUID
    number: int
    state: str
    title_zh: str
    title_en: str
    contact_name: str
    email: str
    language: str
    session: UUID | None
    link_version: int
    version: int

    @property
    def title(self) -> Bilingual:
        """The title in both languages."""
        return Bilingual(self.title_zh, self.title_en)


async def lock_proposal(proposal: UUID, *, by: Actor) -> LockedProposal:
    """Hold a proposal's row. Without it two organisers could decide it differently, and the partner get two letters.

    What this actor may not see is not found: a partner's own proposal, a colleague's of another edition.
    """
    rows = await fetch("SELECT * FROM agenda_proposal WHERE id = $1 FOR UPDATE", proposal)
    if not rows or not by.sees(rows[0]["edition"]) or (by.kind == PARTNER and by.id != proposal):
        raise NoSuchProposal
    return LockedProposal(**{name: rows[0][name] for name in LockedProposal.__struct_fields__})


async def take_step(held: LockedProposal, step: str, *, version: int, **columns: Any) -> LockedProposal:
    """Let the proposal take a step, if it is still as it was read; the row is changed with the columns given."""
    if held.version != version:
        raise ProposalChanged(held.state)
    state = rules.after(held.state, step)
    if state is None:
        raise StepNotPossible(held.state)
    columns["state"] = state
    setting = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, 3))
    await execute(
        f"UPDATE agenda_proposal SET version = version + 1, changed_at = $2, {setting} WHERE id = $1",  # noqa: S608 - our own column names
        held.id, now(), *columns.values(),
    )  # fmt: skip
    known = {name: value for name, value in columns.items() if name in LockedProposal.__struct_fields__}
    return msgspec.structs.replace(held, version=held.version + 1, **known)


async def edition_for(proposal: UUID, by: Actor) -> UUID:
    """The edition of a proposal that an organiser is to change; one of another edition is not found."""
    by.must("agenda.edit")
    rows = await fetch("SELECT edition FROM agenda_proposal WHERE id = $1", proposal)
    if not rows or not by.sees(rows[0]["edition"]):
        raise NoSuchProposal
    edition: UUID = rows[0]["edition"]
    return edition
