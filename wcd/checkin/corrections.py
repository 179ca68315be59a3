"""Corrections are facts of their own: a guest let in all the same, a scan that did not happen."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import asyncpg

from wcd.checkin import badges_at_gate as badges
from wcd.checkin import ledger, review, rules
from wcd.checkin.answers import NotStored, ScanAnswer
from wcd.checkin.facts import LET_IN, Fact
from wcd.checkin.gates_at_work import PairedDevice
from wcd.checkin.openings import GateAtWork
from wcd.core import db

_ABOUT = "SELECT id, guest, code, gate FROM checkin_scan WHERE id = ANY($1)"


async def record(
    device: PairedDevice, gates: dict[UUID, GateAtWork], facts: list[Fact], received_at: datetime
) -> dict[UUID, ScanAnswer | NotStored]:
    """Store corrections and judge the badges that they are about once more."""
    about = {row["id"]: row for row in await db.fetch(_ABOUT, [fact.about for fact in facts])}
    guests = {row["guest"] for row in about.values() if row["guest"]}
    await badges.lock_guests(guests)
    lines = [
        _line(device, at_gate(fact, gates, device), fact, about.get(fact.about), received_at)
        for fact in facts
    ]
    new = await ledger.write(lines)
    known = await ledger.look_up(fact.id for fact in facts if fact.id not in new)
    for gate in _gates_of(lines, gates, device):
        await review.judge_again(guests, gate)
    return {line.fact.id: await _answer(device, line, known, received_at) for line in lines}


def at_gate(fact: Fact, gates: dict[UUID, GateAtWork], device: PairedDevice) -> GateAtWork:
    """The gate at which a fact happened; the device's own where that is not said, or is none of ours."""
    return gates.get(fact.gate, device.gate) if fact.gate else device.gate


def _line(
    device: PairedDevice, gate: GateAtWork, fact: Fact, about: asyncpg.Record | None, received_at: datetime
) -> ledger.Line:
    guest = about["guest"] if about else None
    word = "" if fact.kind != LET_IN else rules.WELCOME if guest else rules.UNKNOWN
    return ledger.Line(
        fact=fact,
        device=device.id,
        gate=gate.id,
        guest=guest,
        code=about["code"] if about else None,
        received_at=received_at,
        told=word,
        verdict=word,
    )


def _gates_of(
    lines: Iterable[ledger.Line], gates: dict[UUID, GateAtWork], device: PairedDevice
) -> list[GateAtWork]:
    return [gates.get(gate, device.gate) for gate in {line.gate for line in lines}]


async def _answer(
    device: PairedDevice, line: ledger.Line, known: dict[UUID, ledger.Known], received_at: datetime
) -> ScanAnswer | NotStored:
    stored = known.get(line.fact.id)
    if stored is not None and stored.body_hash != line.fact.body_hash():
        return await ledger.refuse(device.id, line.fact, received_at)
    return ScanAnswer(id=line.fact.id, verdict=line.verdict or None)
