"""What partners do: propose, correct, answer, withdraw."""

from typing import Any
from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor, partner
from wcd.agenda.proposals import mails, rules
from wcd.agenda.proposals.call import get_call, hold_open_call
from wcd.agenda.proposals.errors import CallClosed, ProposalChanged
from wcd.agenda.proposals.inputs import ProposalDetails, Said, clean_lines
from wcd.agenda.proposals.locked import LockedProposal, lock_proposal, take_step
from wcd.agenda.tables import Proposal, ProposalMessage
from wcd.core import limits
from wcd.core.clock import now
from wcd.core.contacts import read_mail
from wcd.core.db import fetch, in_transaction
from wcd.core.errors import Invalid
from wcd.core.inputs import NOT_ALLOWED
from wcd.core.names import clean_text
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.venues.queries import room_in

BY_IP = 60
"""Proposals from one network in an hour: a university sits behind one address."""
BY_ADDRESS = 12
CHANGES = 60
"""What one link may change in an hour."""
HOUR = 3600
_LINES = ("title_zh", "title_en", "body_zh", "body_en", "contact_name", "telephone")
_TEXTS = ("summary_zh", "summary_en", "needs")


async def submit(
    edition: EditionView, proposal: UUID, details: ProposalDetails, *, ip: str = ""
) -> LockedProposal:
    """Take a proposal in. ``proposal`` was made with the form: sending that twice takes one in, and sends one mail."""
    if ip:
        await limits.count_try("proposal_ip", ip, limit=BY_IP, seconds=HOUR)
    await limits.count_try("proposal", read_mail(details.email), limit=BY_ADDRESS, seconds=HOUR)
    return await _take_in(edition, proposal, details)


@in_transaction
async def _take_in(edition: EditionView, proposal: UUID, details: ProposalDetails) -> LockedProposal:
    by = partner(proposal)
    if await _is_there(proposal):
        return await lock_proposal(proposal, by=by)
    await hold_open_call(edition)
    if await _is_there(proposal):  # the same form, sent twice at once: the second waited for the first
        return await lock_proposal(proposal, by=by)
    await _refuse_foreign(edition, details)
    at = now()
    last = await fetch(
        "SELECT coalesce(max(number), 0) AS n FROM agenda_proposal WHERE edition = $1", edition.id
    )
    row = Proposal(
        id=proposal,
        edition=edition.id,
        number=last[0]["n"] + 1,
        state=rules.SUBMITTED,
        submitted_at=at,
        changed_at=at,
        **stored(details),
    )
    await Proposal.insert(row)
    await audit.record(by, "proposal.submitted", proposal, edition=edition.id)
    held = await lock_proposal(proposal, by=by)
    await mails.tell_received(held)
    return held


@in_transaction
async def correct(
    edition: EditionView, proposal: UUID, details: ProposalDetails, *, version: int, by: Actor
) -> LockedProposal:
    """Change what is proposed, until the call closes or it is decided; who was asked may, too, after it has closed.

    Another mail address gets a link of its own; the one before no longer holds.
    """
    await _count(proposal)
    held = await lock_proposal(proposal, by=by)
    if held.version != version:
        raise ProposalChanged(held.state)
    if held.state != rules.ASKED and not (await get_call(edition)).is_open:
        raise CallClosed
    await _refuse_foreign(edition, details)
    columns = stored(details)
    before = (await fetch("SELECT * FROM agenda_proposal WHERE id = $1", proposal))[0]
    fields = sorted(name for name, value in columns.items() if before[name] != value)
    if not fields:
        return held
    if "email" in fields:
        columns["link_version"] = held.link_version + 1
    held = await take_step(held, rules.EDIT, version=version, **columns)
    await audit.record(by, "proposal.corrected", proposal, edition=edition.id, fields=fields)
    if "email" in fields:
        await mails.tell_received(held)
    return held


@in_transaction
async def answer(proposal: UUID, said: Said, *, version: int, by: Actor) -> LockedProposal:
    """Answer the organisers' question: the proposal waits for them again."""
    await _count(proposal)
    held = await lock_proposal(proposal, by=by)
    held = await take_step(held, rules.ANSWER, version=version)
    await keep_message(held, said.text, from_partner=True)
    await audit.record(by, "proposal.answered", proposal, edition=held.edition)
    return held


@in_transaction
async def withdraw(proposal: UUID, *, version: int, by: Actor) -> LockedProposal:
    """Take the proposal back."""
    held = await take_step(await lock_proposal(proposal, by=by), rules.WITHDRAW, version=version)
    await audit.record(by, "proposal.withdrawn", proposal, edition=held.edition)
    await mails.tell_withdrawn(held)
    return held


async def keep_message(
    held: LockedProposal, text: str, *, from_partner: bool = False, by_name: str = ""
) -> None:
    """One more line in the thread."""
    row = ProposalMessage(
        proposal=held.id,
        from_partner=from_partner,
        text=clean_lines(text),
        by_name=held.contact_name if from_partner else by_name,
        at=now(),
    )
    await ProposalMessage.insert(row)


def stored(details: ProposalDetails) -> dict[str, Any]:
    """The details as columns: cleaned of signs that turn or hide, lists without doubles."""
    values = msgspec.structs.asdict(details)
    values |= {name: clean_text(values[name]) for name in _LINES}
    values |= {name: clean_lines(values[name]) for name in _TEXTS}
    values |= {
        name: list(dict.fromkeys(values[name]))
        for name in ("languages", "interpretation", "subjects", "sdgs")
    }
    values["wish_days"] = sorted({day.isoformat() for day in details.wish_days})
    values["email"] = read_mail(details.email)
    return values


async def _is_there(proposal: UUID) -> bool:
    return bool(await fetch("SELECT FROM agenda_proposal WHERE id = $1", proposal))


async def _count(proposal: UUID) -> None:
    await limits.count_try("proposal_change", str(proposal), limit=CHANGES, seconds=HOUR)


async def _refuse_foreign(edition: EditionView, details: ProposalDetails) -> None:
    """Only days, rooms and subjects of this edition."""
    wrong = {}
    if set(details.wish_days) - set(days(edition.first_day, edition.last_day)):
        wrong["wish_days"] = NOT_ALLOWED
    if details.wish_room and not await room_in(edition.id, details.wish_room):
        wrong["wish_room"] = NOT_ALLOWED
    if details.subjects:
        rows = await fetch("SELECT code FROM agenda_subject WHERE edition = $1", edition.id)
        if set(details.subjects) - {row["code"] for row in rows}:
            wrong["subjects"] = NOT_ALLOWED
    if wrong:
        raise Invalid(dict(wrong))
