"""Reading for the eye: gates with their devices and numbers, conflicts, what was refused, a guest's scans."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from wcd.checkin.errors import NoSuchGate, PairingLinkSpent
from wcd.checkin.gates_at_work import gates_at_work
from wcd.checkin.numbers import GateNumbers, gate_numbers
from wcd.checkin.openings import GateAtWork
from wcd.core import db
from wcd.core.clock import now
from wcd.core.i18n import Bilingual
from wcd.core.ids import token_hash


class GateRow(msgspec.Struct, frozen=True):
    """A gate in the list."""

    gate: GateAtWork
    numbers: GateNumbers
    devices: int
    last_seen: datetime | None


class SessionRow(msgspec.Struct, frozen=True):
    """A session behind a gate."""

    id: UUID
    title: Bilingual
    starts_at: datetime
    called_off: bool


class GateOfLink(msgspec.Struct, frozen=True):
    """What a phone is told before it is paired."""

    code: str
    name: Bilingual
    edition: Bilingual
    kind: str


class DeviceRow(msgspec.Struct, frozen=True):
    """A paired phone."""

    id: UUID
    name: str
    paired_at: datetime
    seen_at: datetime
    revoked_at: datetime | None
    scans: int


class ScanRow(msgspec.Struct, frozen=True):
    """A scan in a list; the names are empty where the code is nobody's."""

    id: UUID
    kind: str
    happened_at: datetime
    verdict: str
    read: str
    guest: UUID | None
    native_name: str
    latin_name: str
    gate: Bilingual
    device: str
    entered_by: str


class ConflictRow(msgspec.Struct, frozen=True):
    """A contradiction that a supervisor looks at, and closes with a word."""

    id: UUID
    kind: str
    gate: Bilingual
    happened_at: datetime
    received_at: datetime
    told: str
    verdict: str
    guest: UUID | None
    native_name: str
    latin_name: str
    other_at: datetime | None
    other_gate: Bilingual | None
    closed_at: datetime | None
    word: str


class RefusedRow(msgspec.Struct, frozen=True):
    """A body that could not be stored as a fact."""

    id: UUID
    gate: Bilingual
    device: str
    scan_id: str
    reason: str
    received_at: datetime
    raw: str


# Raw SQL in this module: people counted over scans that were not undone, and joins over four rooms' tables.
_SESSIONS = """
    SELECT s.id, s.title_zh, s.title_en, s.starts_at, s.state = 'called_off' AS called_off
    FROM checkin_gate_session x JOIN agenda_published_session s ON s.id = x.session WHERE x.gate = $1 ORDER BY s.starts_at, s.id"""
_LINK = """
    SELECT g.code, g.name_zh, g.name_en, g.kind, e.short_name_zh AS edition_zh, e.short_name_en AS edition_en
    FROM checkin_pairing_link l JOIN checkin_gate g ON g.id = l.gate JOIN editions_edition e ON e.id = g.edition
    WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2"""
_DEVICES = """
    SELECT d.id, d.name, d.paired_at, d.seen_at, d.revoked_at,
        (SELECT count(*) FROM checkin_scan s WHERE s.device = d.id) AS scans
    FROM checkin_device d WHERE d.gate = $1 ORDER BY d.revoked_at IS NOT NULL, d.paired_at DESC"""
_SEEN = """
    SELECT gate, count(*) AS devices, max(seen_at) AS seen_at FROM checkin_device
    WHERE gate = ANY($1) AND revoked_at IS NULL GROUP BY gate"""
_SCANS = """
    SELECT s.id, s.kind, s.happened_at, s.verdict, s.read, s.guest, coalesce(p.native_name, '') AS native_name,
        coalesce(p.latin_name, '') AS latin_name, g.name_zh, g.name_en, d.name AS device, s.entered_by
    FROM checkin_scan s JOIN checkin_gate g ON g.id = s.gate JOIN checkin_device d ON d.id = s.device
        LEFT JOIN registration_guest p ON p.id = s.guest
    WHERE ($1::uuid IS NULL OR s.gate = $1) AND ($2::uuid IS NULL OR s.guest = $2)
    ORDER BY s.happened_at DESC, s.id DESC LIMIT $3"""
_CONFLICTS = """
    SELECT c.id, c.kind, g.name_zh, g.name_en, s.happened_at, s.received_at, s.told, s.verdict, s.guest,
        coalesce(p.native_name, '') AS native_name, coalesce(p.latin_name, '') AS latin_name,
        o.happened_at AS other_at, og.name_zh AS other_zh, og.name_en AS other_en, c.closed_at, c.word
    FROM checkin_scan_conflict c JOIN checkin_gate g ON g.id = c.gate JOIN checkin_scan s ON s.id = c.scan
        LEFT JOIN registration_guest p ON p.id = s.guest
        LEFT JOIN checkin_scan o ON o.id = c.other_scan LEFT JOIN checkin_gate og ON og.id = o.gate
    WHERE g.edition = $1 AND ($2 OR c.closed_at IS NULL)
    ORDER BY c.closed_at IS NOT NULL, c.made_at DESC LIMIT $3"""
_REFUSED = """
    SELECT r.id, g.name_zh, g.name_en, d.name AS device, r.scan_id, r.reason, r.received_at, r.body
    FROM checkin_refused_scan r JOIN checkin_device d ON d.id = r.device JOIN checkin_gate g ON g.id = d.gate
    WHERE g.edition = $1 ORDER BY r.received_at DESC LIMIT $2"""


async def list_gates(edition: UUID) -> list[GateRow]:
    """All gates of an edition with their numbers."""
    gates = await gates_at_work(edition)
    seen = {row["gate"]: row for row in await db.fetch(_SEEN, [gate.id for gate in gates])}
    return [
        GateRow(
            gate=gate,
            numbers=await gate_numbers(gate),
            devices=seen[gate.id]["devices"] if gate.id in seen else 0,
            last_seen=seen[gate.id]["seen_at"] if gate.id in seen else None,
        )
        for gate in gates
    ]


async def get_gate(edition: UUID, gate: UUID) -> GateAtWork:
    """One gate of an edition."""
    found = await gates_at_work(edition, [gate])
    if not found:
        raise NoSuchGate
    return found[0]


async def chosen_days(gate: UUID) -> list[date]:
    """The days that were chosen for a gate; none means every day of the forum."""
    rows = await db.fetch("SELECT days FROM checkin_gate WHERE id = $1", gate)
    return list(rows[0]["days"]) if rows else []


async def sessions_of_gate(gate: UUID) -> list[SessionRow]:
    """The sessions to which a gate leads, those that were called off included."""
    return [
        SessionRow(
            row["id"], Bilingual(row["title_zh"], row["title_en"]), row["starts_at"], row["called_off"]
        )
        for row in await db.fetch(_SESSIONS, gate)
    ]


async def gate_of_link(token: str) -> GateOfLink:
    """The gate of a pairing link that can still be used."""
    rows = await db.fetch(_LINK, token_hash(token), now())
    if not rows:
        raise PairingLinkSpent
    row = rows[0]
    edition = Bilingual(row["edition_zh"], row["edition_en"])
    return GateOfLink(row["code"], Bilingual(row["name_zh"], row["name_en"]), edition, row["kind"])


async def list_devices(gate: UUID) -> list[DeviceRow]:
    """The phones of a gate, those that were revoked last."""
    return [DeviceRow(**dict(row)) for row in await db.fetch(_DEVICES, gate)]


async def recent_scans(gate: UUID, *, limit: int = 30) -> list[ScanRow]:
    """The newest scans at a gate."""
    return await _scans(gate, None, limit)


async def scans_of_guest(guest: UUID, *, limit: int = 100) -> list[ScanRow]:
    """Every scan of a guest's badges, newest first."""
    return await _scans(None, guest, limit)


async def list_conflicts(edition: UUID, *, closed: bool = False, limit: int = 200) -> list[ConflictRow]:
    """Open conflicts, newest first; with ``closed`` also those that are done."""
    rows = await db.fetch(_CONFLICTS, edition, closed, limit)
    return [
        ConflictRow(
            gate=Bilingual(row["name_zh"], row["name_en"]),
            other_gate=Bilingual(row["other_zh"], row["other_en"]) if row["other_zh"] else None,
            **{name: row[name] for name in _PLAIN_CONFLICT},
        )
        for row in rows
    ]


async def count_conflicts(edition: UUID) -> int:
    """How many open conflicts wait for a supervisor."""
    rows = await db.fetch(
        """SELECT count(*) FROM checkin_scan_conflict c JOIN checkin_gate g ON g.id = c.gate
           WHERE g.edition = $1 AND c.closed_at IS NULL""",
        edition,
    )
    count: int = rows[0]["count"]
    return count


async def list_refused(edition: UUID, *, limit: int = 50) -> list[RefusedRow]:
    """What could not be stored, newest first."""
    return [
        RefusedRow(
            id=row["id"],
            gate=Bilingual(row["name_zh"], row["name_en"]),
            device=row["device"],
            scan_id=row["scan_id"],
            reason=row["reason"],
            received_at=row["received_at"],
            raw=msgspec.json.decode(row["body"])["raw"],
        )
        for row in await db.fetch(_REFUSED, edition, limit)
    ]


async def _scans(gate: UUID | None, guest: UUID | None, limit: int) -> list[ScanRow]:
    return [
        ScanRow(gate=Bilingual(row["name_zh"], row["name_en"]), **{name: row[name] for name in _PLAIN_SCAN})
        for row in await db.fetch(_SCANS, gate, guest, limit)
    ]


_PLAIN_SCAN = (
    "id", "kind", "happened_at", "verdict", "read", "guest", "native_name", "latin_name", "device", "entered_by",
)  # fmt: skip
_PLAIN_CONFLICT = (
    "id", "kind", "happened_at", "received_at", "told", "verdict", "guest", "native_name", "latin_name", "other_at",
    "closed_at", "word",
)  # fmt: skip
