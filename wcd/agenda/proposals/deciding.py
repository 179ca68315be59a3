"""What organisers do: ask back, score, accept, decline, give another link."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda.proposals import mails, rules
from wcd.agenda.proposals.applying import keep_message
from wcd.agenda.proposals.errors import ProposalChanged, StepNotPossible
from wcd.agenda.proposals.inputs import Acceptance, Points, Refusal, Said, clean_lines
from wcd.agenda.proposals.locked import LockedProposal, edition_for, lock_proposal, take_step
from wcd.agenda.proposals.scheduling import make_of
from wcd.agenda.working import raise_working
from wcd.core.clock import now
from wcd.core.db import execute, in_transaction
from wcd.core.ids import uuid7


class Read(msgspec.Struct, frozen=True):
    """A proposal in the version in which it was read: what is decided on."""

    id: UUID
    version: int


class Declined(msgspec.Struct, frozen=True):
    """Of several: how many were declined, and the numbers of those that had changed meanwhile."""

    done: int
    left: list[int]


@in_transaction
async def ask(proposal: UUID, said: Said, *, version: int, by: Actor) -> LockedProposal:
    """Ask the partner something, by mail; the answer is given on the partner's page."""
    await edition_for(proposal, by)
    held = await take_step(await lock_proposal(proposal, by=by), rules.ASK, version=version)
    await keep_message(held, said.text, by_name=by.name)
    await audit.record(by, "proposal.asked", proposal, edition=held.edition)
    await mails.tell_question(held, clean_lines(said.text))
    return held


@in_transaction
async def give_points(proposal: UUID, given: Points, *, by: Actor) -> None:
    """What this organiser thinks of it; giving points again replaces them. Partners never see any."""
    edition = await edition_for(proposal, by)
    await execute(
        "INSERT INTO agenda_score (id, proposal, staff, staff_name, points, note, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (proposal, staff)"
        " DO UPDATE SET points = $5, note = $6, staff_name = $4, at = $7",
        uuid7(), proposal, by.id, by.name, given.points, clean_lines(given.note), now(),
    )  # fmt: skip
    await audit.record(by, "proposal.scored", proposal, edition=edition, points=given.points)


@in_transaction
async def accept(proposal: UUID, given: Acceptance, *, version: int, by: Actor) -> LockedProposal:
    """Accept it and tell the partner; the session is made at once where that is wished."""
    edition = await edition_for(proposal, by)
    # Before the proposal: everybody who changes the working copy takes its number first.
    working = await raise_working(edition) if given.make_session else 0
    note = clean_lines(given.word)
    held = await take_step(await lock_proposal(proposal, by=by), rules.ACCEPT, version=version, reason=note)
    await audit.record(by, "proposal.accepted", proposal, edition=edition)
    await mails.tell_accepted(held, note)
    if working:
        held = msgspec.structs.replace(held, session=await make_of(held, working, by=by))
    return held


@in_transaction
async def decline(proposal: UUID, given: Refusal, *, version: int, by: Actor) -> LockedProposal:
    """Decline it, and tell the partner why."""
    edition = await edition_for(proposal, by)
    reason = clean_lines(given.reason)
    held = await take_step(
        await lock_proposal(proposal, by=by), rules.DECLINE, version=version, reason=reason
    )
    await audit.record(by, "proposal.declined", proposal, edition=edition)
    await mails.tell_declined(held, reason)
    return held


@in_transaction
async def decline_many(read: Sequence[Read], given: Refusal, *, by: Actor) -> Declined:
    """Decline several with one reason. Those that somebody changed or decided meanwhile are left as they are."""
    done, left = 0, []
    for one in sorted(
        read, key=lambda one: one.id
    ):  # in the order of ids: two at once do not wait for each other
        try:
            await decline(one.id, given, version=one.version, by=by)
            done += 1
        except (ProposalChanged, StepNotPossible):
            left.append((await lock_proposal(one.id, by=by)).number)
    return Declined(done, sorted(left))


@in_transaction
async def renew_link(proposal: UUID, *, by: Actor) -> LockedProposal:
    """Mail the partner another personal link; the one before no longer holds."""
    edition = await edition_for(proposal, by)
    held = await lock_proposal(proposal, by=by)
    held = msgspec.structs.replace(held, link_version=held.link_version + 1)
    await execute("UPDATE agenda_proposal SET link_version = $2 WHERE id = $1", proposal, held.link_version)
    await audit.record(by, "proposal.link_renewed", proposal, edition=edition)
    await mails.tell_received(held)
    return held
