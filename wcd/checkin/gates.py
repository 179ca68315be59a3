"""Setting up gates."""

from typing import Any
from uuid import UUID

import asyncpg

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda.tables import Session
from wcd.checkin.errors import GateCodeTaken, NoSuchGate
from wcd.checkin.inputs import GateDetails
from wcd.checkin.openings import SESSION
from wcd.checkin.tables import Gate, GateSession
from wcd.core.clock import now
from wcd.core.db import in_transaction, transaction
from wcd.core.errors import Invalid
from wcd.core.ids import uuid7
from wcd.core.inputs import NOT_ALLOWED

_PLAIN = ("code", "name_zh", "name_en", "kind", "opens", "closes", "minutes_before", "re_entry")


@in_transaction
async def create_gate(edition: UUID, details: GateDetails, *, by: Actor, gate_id: UUID | None = None) -> UUID:
    """Set up a gate of an edition; ``gate_id`` lets a loader choose the id."""
    by.must("door.supervise", edition)
    row = Gate(
        id=gate_id or uuid7(),
        edition=edition,
        days=list(details.days),
        categories=list(details.categories),
        is_open=True,
        changed_at=now(),
        **{name: getattr(details, name) for name in _PLAIN},
    )
    try:
        async with transaction():
            await Gate.insert(row)
    except asyncpg.UniqueViolationError:
        raise GateCodeTaken from None
    await _lead_to(edition, row.id, details)
    await audit.record(by, "gate.created", row.id, edition=edition, code=details.code)
    return row.id


@in_transaction
async def change_gate(edition: UUID, gate: UUID, details: GateDetails, *, by: Actor) -> None:
    """Change a gate; devices follow within ten seconds."""
    by.must("door.supervise", edition)
    values: dict[Any, Any] = {name: getattr(details, name) for name in _PLAIN}
    values |= {"days": list(details.days), "categories": list(details.categories)}
    before = await _lock_gate(edition, gate)
    changed = sorted(name for name, value in values.items() if before[name] != value)
    try:
        async with transaction():
            await Gate.update({**values, "changed_at": now()}).where(Gate.id == gate)
    except asyncpg.UniqueViolationError:
        raise GateCodeTaken from None
    await GateSession.delete().where(GateSession.gate == gate)
    await _lead_to(edition, gate, details)
    await audit.record(by, "gate.changed", gate, edition=edition, fields=changed)


@in_transaction
async def switch_gate(edition: UUID, gate: UUID, *, on: bool, by: Actor) -> None:
    """Open a gate, or close it for everybody at once."""
    by.must("door.supervise", edition)
    before = await _lock_gate(edition, gate)
    if before["is_open"] == on:
        return
    await Gate.update({Gate.is_open: on, Gate.changed_at: now()}).where(Gate.id == gate)
    await audit.record(by, "gate.opened" if on else "gate.closed", gate, edition=edition)


async def _lock_gate(edition: UUID, gate: UUID) -> dict[str, object]:
    """Without the lock two changes at once could mix their sessions."""
    rows = await Gate.select().where((Gate.id == gate) & (Gate.edition == edition)).lock_rows("UPDATE")
    if not rows:
        raise NoSuchGate
    return dict(rows[0])


async def _lead_to(edition: UUID, gate: UUID, details: GateDetails) -> None:
    sessions = list(dict.fromkeys(details.sessions)) if details.kind == SESSION else []
    known = (
        await Session.count().where(Session.id.is_in(sessions) & (Session.edition == edition))
        if sessions
        else 0
    )
    if known != len(sessions):
        raise Invalid({"sessions": NOT_ALLOWED})
    if sessions:
        await GateSession.insert(*[GateSession(gate=gate, session=session) for session in sessions])
