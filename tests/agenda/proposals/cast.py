"""A call that is open, and partners who answer it."""

from datetime import date
from typing import Any
from uuid import UUID

from tests import make
from wcd.actors.actors import Actor
from wcd.agenda.proposals import applying
from wcd.agenda.proposals.inputs import ProposalDetails
from wcd.agenda.proposals.locked import LockedProposal
from wcd.agenda.tables import Call, Proposal, Subject
from wcd.core.clock import now
from wcd.core.ids import uuid7
from wcd.editions.queries import EditionView, edition_by_id

GARDENS: dict[str, Any] = {
    "title_zh": "社区花园的共建共治",
    "title_en": "Community gardens, built and kept together",
    "summary_zh": "三个街道讲述花园如何把邻里联系在一起。",
    "summary_en": "Three neighbourhoods tell how gardens bring neighbours together.",
    "body_zh": "四叶草自然学社（示例）",
    "body_en": "Four-Leaf Nature Society (sample)",
    "contact_name": "苏望舒",
    "email": "su@fourleaf.example",
    "telephone": "+86 21 5550 2000",
    "language": "zh",
    "wish_days": ["2023-10-29", "2023-10-30"],
    "wish_time": "afternoon",
    "size": "60",
    "minutes": "75",
    "layout": "u_shape",
    "needs": "一块屏幕；茶歇。",
    "languages": ["zh"],
    "interpretation": ["en"],
    "subjects": ["gardens"],
    "sdgs": ["11", "13"],
}
"""As the form sends it."""


async def open_call(edition: UUID | None = None, **values: Any) -> EditionView:
    """An edition whose call is open, with one subject."""
    edition = edition or await make.edition()
    given = {"is_open": True, "text_zh": "欢迎申办边会。", "text_en": "Propose a side event.", **values}
    await Call.insert(Call(edition=edition, **given))
    await Subject.insert(
        Subject(edition=edition, code="gardens", name_zh="社区花园", name_en="Community gardens")
    )
    return await edition_by_id(edition)


def details(**changed: Any) -> ProposalDetails:
    """What a partner gives, with something else instead."""
    plain = {
        **GARDENS,
        "wish_days": (date(2023, 10, 29), date(2023, 10, 30)),
        "size": 60,
        "minutes": 75,
        "languages": ("zh",),
        "interpretation": ("en",),
        "subjects": ("gardens",),
        "sdgs": (11, 13),
    }
    return ProposalDetails(**{**plain, **changed})


async def proposed(edition: EditionView, **changed: Any) -> LockedProposal:
    """A proposal that is with the organisers."""
    return await applying.submit(edition, uuid7(), details(**changed))


async def kept(edition: UUID, number: int = 1, **values: Any) -> UUID:
    """A proposal that is there, whatever the clock says."""
    row = Proposal(
        edition=edition,
        number=number,
        submitted_at=now(),
        changed_at=now(),
        **{"state": "submitted", **applying.stored(details()), **values},
    )
    await Proposal.insert(row)
    return row.id


async def olga(edition: EditionView, role: str = "organiser") -> Actor:
    """An organiser at work in the edition."""
    staff = await make.staff(role)
    return Actor("staff", staff, "Olga", frozenset({role}), edition.id)
