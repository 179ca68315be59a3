"""Writing facts down: once each, and what could not be taken as a fact beside them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from wcd.checkin.answers import DIFFERENT_BODY, MALFORMED, NotStored
from wcd.checkin.facts import Fact, Malformed
from wcd.checkin.tables import RefusedScan
from wcd.core import db
from wcd.core.ids import uuid7


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as it is stored."""

    fact: Fact
    device: UUID
    gate: UUID
    guest: UUID | None
    code: UUID | None
    received_at: datetime
    told: str
    verdict: str


class Known(msgspec.Struct, frozen=True):
    """What is stored under an id."""

    verdict: str
    body_hash: str


# Hand-written: one statement for a batch, and "on conflict do nothing" is what makes sending twice harmless.
_INSERT = """
    INSERT INTO checkin_scan (id, kind, about, device, gate, guest, code, read, entered_by, scanned_at, happened_at,
                              received_at, device_verdict, told, verdict, body_hash)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[],
                         $8::text[], $9::text[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[],
                         $13::text[], $14::text[], $15::text[], $16::text[])
    ON CONFLICT (id) DO NOTHING RETURNING id"""


async def write(lines: Sequence[Line]) -> set[UUID]:
    """Store facts; the ids of those that were new."""
    columns = list(zip(*[_row(line) for line in lines], strict=True))
    return {row["id"] for row in await db.fetch(_INSERT, *columns)} if lines else set()


async def look_up(ids: Iterable[UUID]) -> dict[UUID, Known]:
    """What is stored under these ids already."""
    rows = await db.fetch("SELECT id, verdict, body_hash FROM checkin_scan WHERE id = ANY($1)", list(ids))
    return {row["id"]: Known(row["verdict"], row["body_hash"]) for row in rows}


async def refuse(device: UUID, what: Fact | Malformed, received_at: datetime) -> NotStored:
    """Keep what cannot be stored as a fact, for a person to look at; the same thing only once."""
    malformed = isinstance(what, Malformed)
    scan_id = what.scan_id if isinstance(what, Malformed) else str(what.id)
    raw = what.raw if isinstance(what, Malformed) else msgspec.json.encode(what).decode()
    reason = MALFORMED if malformed else DIFFERENT_BODY
    row = RefusedScan(
        id=uuid7(),
        device=device,
        scan_id=scan_id,
        reason=reason,
        body=msgspec.json.encode({"raw": raw}).decode(),
        body_hash=what.body_hash(),
        received_at=received_at,
    )
    await RefusedScan.insert(row).on_conflict(
        target=(RefusedScan.device, RefusedScan.body_hash), action="DO NOTHING"
    )
    return NotStored(id=scan_id, error=reason)


def _row(line: Line) -> tuple[object, ...]:
    fact = line.fact
    return (
        fact.id, fact.kind, fact.about, line.device, line.gate, line.guest, line.code, fact.read, fact.entered_by,
        fact.scanned_at, fact.happened_at, line.received_at, fact.verdict or "", line.told, line.verdict,
        fact.body_hash(),
    )  # fmt: skip
