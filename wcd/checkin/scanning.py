"""Scans: stored once whatever happens, and judged at their corrected time.

Order of locks: guests by id, then the gate's area (only where places can run out). Without the guest's lock two gates
that read a copied badge at the same moment would both say welcome.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from wcd.checkin import badges_at_gate as badges
from wcd.checkin import corrections, explaining, ledger, review, rules
from wcd.checkin.answers import NotStored, ScanAnswer
from wcd.checkin.badges_at_gate import Admission, Badge
from wcd.checkin.corrections import at_gate
from wcd.checkin.explaining import Judged
from wcd.checkin.facts import SCAN, Fact, Malformed, read_fact
from wcd.checkin.gates_at_work import PairedDevice, find_device, gates_at_work
from wcd.checkin.openings import GateAtWork, gate_openings
from wcd.core.clock import now
from wcd.core.db import in_transaction

Answer = ScanAnswer | NotStored


@in_transaction
async def take_scans(token: str, bodies: Sequence[bytes]) -> list[Answer] | None:
    """A batch from whoever holds a device's secret, None for a stranger. One connection for both: every scan asks."""
    device = await find_device(token)
    return None if device is None else await record_scans(device, bodies)


async def record_scans(device: PairedDevice, bodies: Sequence[bytes]) -> list[Answer]:
    """Take a batch of facts, inside a transaction; each is answered, in the order in which they came."""
    received_at = now()
    read = [read_fact(body) for body in bodies]
    first: dict[UUID, Fact] = {}
    for fact in read:
        if isinstance(fact, Fact):
            first.setdefault(fact.id, fact)
    answers = await _record(device, list(first.values()), received_at)
    return [await _answer(device, what, first, answers, received_at) for what in read]


async def _answer(
    device: PairedDevice,
    what: Fact | Malformed,
    first: dict[UUID, Fact],
    answers: dict[UUID, Answer],
    at: datetime,
) -> Answer:
    """The same id twice in one batch is the same fact, or a different body under a known id."""
    if isinstance(what, Malformed) or what != first[what.id]:
        return await ledger.refuse(device.id, what, at)
    return answers[what.id]


async def _record(device: PairedDevice, facts: list[Fact], received_at: datetime) -> dict[UUID, Answer]:
    answers: dict[UUID, Answer] = {}
    gates = await _gates(device, facts)
    for gate in gates.values():
        here = [fact for fact in facts if at_gate(fact, gates, device) is gate]
        scans = [fact for fact in here if fact.kind == SCAN]
        if scans:
            answers |= await _scan(device, gate, scans, received_at)
    amending = [fact for fact in facts if fact.kind != SCAN]
    if amending:
        answers |= await corrections.record(device, gates, amending, received_at)
    return answers


async def _gates(device: PairedDevice, facts: list[Fact]) -> dict[UUID, GateAtWork]:
    """The gates at which the facts happened: a phone may have been paired with another one since."""
    others = {fact.gate for fact in facts if fact.gate is not None} - {device.gate.id}
    found = await gates_at_work(device.gate.edition, others) if others else []
    return {device.gate.id: device.gate} | {gate.id: gate for gate in found}


async def _scan(
    device: PairedDevice, gate: GateAtWork, scans: list[Fact], received_at: datetime
) -> dict[UUID, Answer]:
    found = await badges.find_badges(gate, {fact.read for fact in scans})
    guests = {badge.guest for badge in found.values()}
    before = await badges.admissions(guests, gate.area, but=[fact.id for fact in scans])
    inside = await _inside(gate, scans)
    judged = [
        _judge(gate, fact, found.get(fact.read), before, inside)
        for fact in sorted(scans, key=lambda fact: (fact.happened_at, fact.id))
    ]
    lines = [_line(device, gate, one, received_at) for one in judged]
    new = await ledger.write(lines)
    for line in lines:
        if line.fact.id in new and rules.conflict(line.told, line.verdict):
            await review.note_conflict(line.fact.id, gate.id, line.told, line.verdict)
    overtaken = {one.badge.guest for one in judged if one.fact.id in new and one.badge and one.overtakes}
    if overtaken:
        await review.judge_again(overtaken, gate)
    return await _answers(device, gate, judged, new, received_at)


def _judge(
    gate: GateAtWork,
    fact: Fact,
    badge: Badge | None,
    before: dict[UUID, list[Admission]],
    inside: dict[datetime, int],
) -> Judged:
    """One fact; an admission counts at once for the next ones of the batch."""
    at = fact.happened_at
    if badge is None:
        return Judged(fact, None, rules.verdict(None, at))
    entry, earlier = badge.entry(gate, at), before[badge.guest]
    opening = rules.running(entry.openings, at)
    verdict = rules.verdict(
        entry,
        at,
        earlier=[admission.at for admission in earlier],
        inside=inside.get(opening.since, 0) if opening else 0,
        gate_on=gate.is_open,
        reentry=gate.re_entry,
    )
    judged = Judged(fact, badge, verdict, tuple(earlier))
    if rules.admits(verdict.word):
        earlier.append(Admission(at, gate.id))
        if opening and verdict.word == rules.WELCOME:
            inside[opening.since] = inside.get(opening.since, 0) + 1
    return judged


async def _inside(gate: GateAtWork, scans: list[Fact]) -> dict[datetime, int]:
    if not gate.has_limit:
        return {}
    openings = (rules.running(gate_openings(gate), fact.happened_at) for fact in scans)
    since = {opening.since for opening in openings if opening and opening.limit is not None}
    return {moment: await badges.count_inside(gate.area, moment) for moment in sorted(since)}


def _line(device: PairedDevice, gate: GateAtWork, judged: Judged, received_at: datetime) -> ledger.Line:
    fact, badge, word = judged.fact, judged.badge, judged.verdict.word
    return ledger.Line(
        fact=fact,
        device=device.id,
        gate=gate.id,
        guest=badge.guest if badge else None,
        code=badge.code if badge else None,
        received_at=received_at,
        told=rules.told(fact.verdict or "", word, happened_at=fact.happened_at, received_at=received_at),
        verdict=word,
    )


async def _answers(
    device: PairedDevice, gate: GateAtWork, judged: list[Judged], new: set[UUID], received_at: datetime
) -> dict[UUID, Answer]:
    """New facts get their verdict; known ones the verdict that is stored, unless they say something else now."""
    again = [one.fact.id for one in judged if one.fact.id not in new]
    known = await ledger.look_up(again) if again else {}
    answers: dict[UUID, Answer] = {}
    for one in judged:
        stored = known.get(one.fact.id)
        if stored is None:
            answers[one.fact.id] = await explaining.explain(one, gate)
        elif stored.body_hash != one.fact.body_hash():
            answers[one.fact.id] = await ledger.refuse(device.id, one.fact, received_at)
        else:
            as_stored = msgspec.structs.replace(one.verdict, word=stored.verdict)
            answers[one.fact.id] = await explaining.explain(
                msgspec.structs.replace(one, verdict=as_stored), gate
            )
    return answers
