"""Warnings of an edition's agenda with its guests in them: for lists, for a session, for a move that is tried."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from wcd.agenda.errors import NoSuchSession
from wcd.agenda.policy import Policy, policy_of
from wcd.agenda.warnings.queries import kept_plan, load_plan
from wcd.agenda.warnings.rules import moved, warnings, warnings_of
from wcd.agenda.warnings.views import AgendaWarning, Plan
from wcd.registration.overlaps import count_overlaps, shared_guests


class Warned(msgspec.Struct, frozen=True):
    """Warnings, the plan that they are about, and what the edition makes of them."""

    plan: Plan
    found: list[AgendaWarning]
    policy: Policy

    def blocks(self, warning: AgendaWarning) -> bool:
        """Whether it stands in the way of a release: the edition says so of its kind, and a release would hold it."""
        return warning.in_release and warning.kind in self.policy.blocks

    @property
    def blocking(self) -> list[AgendaWarning]:
        """Those that must be gone before a release."""
        return [warning for warning in self.found if self.blocks(warning)]


async def of_edition(edition: UUID) -> Warned:
    """Everything that does not fit in the working copy, read afresh."""
    return await of_plan(edition, await load_plan(edition))


async def of_plan(edition: UUID, plan: Plan) -> Warned:
    """Everything that does not fit in a plan that was read before; the guests in it are counted now."""
    plan = replace(plan, shared=await count_overlaps(edition))
    return Warned(plan, warnings(plan), await policy_of(edition))


async def of_session(edition: UUID, session: UUID) -> Warned:
    """What does not fit about one session as it is planned."""
    plan = await _about(edition, session)
    return Warned(plan, warnings_of(plan, session), await policy_of(edition))


async def what_if(
    edition: UUID, session: UUID, starts_at: datetime | None, ends_at: datetime | None, room: UUID | None
) -> Warned:
    """What would not fit about one session if it were held then and there. Nothing is written."""
    plan = moved(await _about(edition, session), session, starts_at, ends_at, room)
    return Warned(plan, warnings_of(plan, session), await policy_of(edition))


async def blocking(edition: UUID) -> list[AgendaWarning]:
    """What must be put right before the working copy can be released; empty where nothing stands in the way."""
    return (await of_edition(edition)).blocking


async def _about(edition: UUID, session: UUID) -> Plan:
    plan = await kept_plan(edition)
    if session not in plan.sessions:
        raise NoSuchSession
    return replace(plan, shared=await shared_guests(session))
