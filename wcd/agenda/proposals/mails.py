"""Letters to partners, each in the language that they chose, written into the outbox within the transaction."""

from typing import Any

from wcd.agenda.proposals.locked import LockedProposal
from wcd.mail import outbox


async def tell_received(proposal: LockedProposal) -> None:
    """The proposal is there; the personal link leads to it."""
    await _tell(proposal, "proposal_received")


async def tell_question(proposal: LockedProposal, question: str) -> None:
    """The organisers ask something; the answer is given on the partner's page."""
    await _tell(proposal, "proposal_question", question=question)


async def tell_accepted(proposal: LockedProposal, note: str) -> None:
    """The side event finds a place."""
    await _tell(proposal, "proposal_accepted", **({"note": note} if note else {}))


async def tell_declined(proposal: LockedProposal, reason: str) -> None:
    """It finds none, and why."""
    await _tell(proposal, "proposal_declined", note=reason)


async def tell_withdrawn(proposal: LockedProposal) -> None:
    """The partner has taken it back: nobody else shall be able to without their knowing."""
    await _tell(proposal, "proposal_withdrawn")


async def _tell(proposal: LockedProposal, kind: str, **values: Any) -> None:
    await outbox.queue(
        kind,
        address=proposal.email,
        name=proposal.contact_name,
        locale=proposal.language,
        edition=proposal.edition,
        about=proposal.id,
        context={
            "proposal_id": str(proposal.id),
            "link_version": proposal.link_version,
            "name": proposal.contact_name,
            "number": proposal.number,
            "title_zh": proposal.title_zh,
            "title_en": proposal.title_en,
            **values,
        },
    )
