"""States of a session in the working copy: an idea is planned, confirmed, called off; and one nobody saw is removed."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg
import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda.changing import Held, hold, write
from wcd.agenda.errors import NotScheduled, SessionInUse, SessionOnProgramme, SessionReleased, WrongState
from wcd.agenda.rules import CALLED_OFF, CONFIRMED, IDEA, PLANNED
from wcd.core.db import execute, fetch, in_transaction
from wcd.core.errors import Refusal

NEXT: dict[str, tuple[str, ...]] = {
    IDEA: (PLANNED, CONFIRMED),
    PLANNED: (CONFIRMED, IDEA),
    CONFIRMED: (CALLED_OFF, PLANNED),
    CALLED_OFF: (CONFIRMED,),
}
"""What may follow each state, the usual first."""
TIMED = (CONFIRMED, CALLED_OFF)


class Done(msgspec.Struct, frozen=True):
    """What became of many: those that changed, and why others did not."""

    done: list[UUID]
    refused: list[tuple[UUID, Refusal]]


@in_transaction
async def set_state(session: UUID, state: str, *, by: Actor) -> None:
    """Bring a session into another state of the working copy; guests learn of it with the next release."""
    held = await hold(session, by)
    now_in = held.session.state
    if state == now_in:
        return
    if state not in NEXT[now_in]:
        raise WrongState
    if state in TIMED and held.session.starts_at is None:
        raise NotScheduled
    if state == PLANNED and now_in == CONFIRMED and await is_on_programme(session):
        raise SessionOnProgramme
    await write(held, _action(now_in, state), by=by, columns={"state": state})


async def set_states(sessions: Sequence[UUID], state: str, *, by: Actor) -> Done:
    """The same for many, each by itself: what cannot be done stops nothing else."""
    done, refused = [], []
    for session in sorted(set(sessions)):
        try:
            await set_state(session, state, by=by)
        except Refusal as refusal:
            refused.append((session, refusal))
        else:
            done.append(session)
    return Done(done, refused)


@in_transaction
async def remove_session(session: UUID, *, by: Actor) -> None:
    """Take away an idea or a planned session that no release ever had."""
    held = await hold(session, by)
    if held.session.state not in {IDEA, PLANNED}:
        raise WrongState
    if await was_released(session):
        raise SessionReleased
    await execute("UPDATE agenda_proposal SET session = NULL WHERE session = $1", session)
    await _delete(held)
    title = held.session.title
    await audit.record(
        by,
        "session.removed",
        session,
        edition=held.session.edition,
        code=held.session.code,
        title=title.en or title.zh,
    )


async def is_on_programme(session: UUID) -> bool:
    """Whether the release in force has it, so that guests see it."""
    return bool(await fetch("SELECT FROM agenda_published_session WHERE id = $1", session))


async def was_released(session: UUID) -> bool:
    """Whether any release has it."""
    return bool(await fetch("SELECT FROM agenda_released_session WHERE session = $1 LIMIT 1", session))


async def _delete(held: Held) -> None:
    session = held.session.id
    try:
        await execute("DELETE FROM agenda_appearance WHERE session = $1", session)
        await execute("DELETE FROM agenda_session WHERE id = $1", session)
    except asyncpg.ForeignKeyViolationError:
        raise SessionInUse from None


def _action(before: str, after: str) -> str:
    if before == CALLED_OFF:
        return "session.reinstated"
    return {
        IDEA: "session.made_an_idea",
        PLANNED: "session.planned",
        CONFIRMED: "session.confirmed",
        CALLED_OFF: "session.called_off",
    }[after]
