"""Looking again: who was first is decided by corrected time, and contradictions are shown to a supervisor."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import asyncpg

from wcd.checkin import rules
from wcd.checkin.openings import GateAtWork, gate_openings
from wcd.core import db
from wcd.core.clock import now
from wcd.core.ids import uuid7

# Piccolo cannot say "and not undone by another row".
_OF_GUESTS = """
    SELECT s.id, s.guest, s.gate, s.kind, s.happened_at, s.verdict, s.told FROM checkin_scan s
    WHERE s.guest = ANY($1) AND s.gate = ANY($2) AND s.kind <> 'undo'
        AND NOT EXISTS (SELECT FROM checkin_scan u WHERE u.about = s.id AND u.kind = 'undo')
    ORDER BY s.happened_at, s.id"""
_OPEN = """
    INSERT INTO checkin_scan_conflict (id, gate, scan, other_scan, kind, made_at, word)
    VALUES ($1, $2, $3, $4, $5, $6, '')
    ON CONFLICT (scan, kind) DO UPDATE SET closed_at = NULL WHERE checkin_scan_conflict.closed_by IS NULL"""
_CLOSE = """
    UPDATE checkin_scan_conflict SET closed_at = $3
    WHERE scan = $1 AND closed_at IS NULL AND kind IS DISTINCT FROM $2"""


async def judge_again(guests: Collection[UUID], gate: GateAtWork) -> None:
    """All scans of these guests in the gate's area once more, after an earlier one or a correction arrived late.

    The guests must be locked. Only the order of admissions is judged again; a scan that was refused for another
    reason, such as a gate that was closed then, keeps its verdict.
    """
    by_guest: dict[UUID, list[asyncpg.Record]] = defaultdict(list)
    for row in await db.fetch(_OF_GUESTS, list(guests), list(gate.area)):
        by_guest[row["guest"]].append(row)
    for rows in by_guest.values():
        for group in _by_opening(gate, rows).values():
            await _judge_group(group, reentry=gate.re_entry)


async def note_conflict(scan: UUID, gate: UUID, told: str, word: str, *, other: UUID | None = None) -> None:
    """Show a contradiction to a supervisor; one that has gone closes by itself."""
    kind = rules.conflict(told, word)
    await db.execute(_CLOSE, scan, kind, now())
    if kind is not None:
        await db.execute(_OPEN, uuid7(), gate, scan, other, kind, now())


def _by_opening(gate: GateAtWork, rows: list[asyncpg.Record]) -> dict[datetime | None, list[asyncpg.Record]]:
    openings = gate_openings(gate)
    groups: dict[datetime | None, list[asyncpg.Record]] = defaultdict(list)
    for row in rows:
        opening = rules.running(openings, row["happened_at"])
        groups[opening.since if opening else None].append(row)
    groups.pop(None, None)
    return groups


async def _judge_group(rows: list[asyncpg.Record], *, reentry: bool) -> None:
    scans = [rules.Presence(row["happened_at"], row["kind"], row["verdict"]) for row in rows]
    words = rules.rejudge(scans, reentry=reentry)
    first = next((row["id"] for row, word in zip(rows, words, strict=True) if rules.admits(word)), None)
    for row, word in zip(rows, words, strict=True):
        if word != row["verdict"]:
            await db.execute("UPDATE checkin_scan SET verdict = $2 WHERE id = $1", row["id"], word)
            other = first if first != row["id"] else None
            await note_conflict(row["id"], row["gate"], row["told"], word, other=other)
