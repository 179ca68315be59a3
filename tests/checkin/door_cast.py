"""For tests of the door: gates, paired devices, and showing a badge."""

import itertools
import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from wcd.actors.actors import system
from wcd.checkin import devices, gates, scanning
from wcd.checkin.gates_at_work import PairedDevice, find_device
from wcd.checkin.inputs import GateDetails
from wcd.core import db
from wcd.core.clock import now

BY = system("test")
_number = itertools.count(1)


async def gate(edition: UUID, **values: Any) -> UUID:
    """An entrance, open all day on every day of the forum."""
    code = f"E-{next(_number):02d}"
    given = {
        "code": code,
        "name_zh": f"东门 {code}",
        "name_en": f"East gate {code}",
        "kind": "entrance",
        **values,
    }
    return await gates.create_gate(edition, GateDetails(**given), by=BY)


async def device(edition: UUID, gate_id: UUID) -> PairedDevice:
    """A phone paired with a gate."""
    token = await devices.make_pairing_link(edition, gate_id, by=BY)
    found = await find_device(await devices.pair_device(token, name="Phone"))
    assert found is not None
    return found


async def code_of(guest: UUID) -> str:
    """What a guest's badge says."""
    rows = await db.fetch("SELECT code FROM registration_code WHERE guest = $1 AND revoked_at IS NULL", guest)
    return str(rows[0]["code"])


def fact(code: str | None = None, at: datetime | None = None, **values: Any) -> dict[str, Any]:
    """A scan as a device sends it."""
    given = {
        "id": str(uuid4()),
        "kind": "scan",
        "about": None,
        "gate": None,
        "code": code,
        "short_code": None,
        "scanned_at": (at or now()).isoformat(),
        "offset_ms": 0,
        "verdict": None,
        "entered_by": "camera",
    }
    return {**given, **values}


def about(scan: dict[str, Any], kind: str, at: datetime | None = None) -> dict[str, Any]:
    """A correction of a scan."""
    return fact(None, at, kind=kind, about=scan["id"])


async def send(phone: PairedDevice, *facts: Any) -> list[Any]:
    """What the server answers to a batch."""
    bodies = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in facts]
    async with db.transaction():
        return await scanning.record_scans(phone, bodies)


async def show(phone: PairedDevice, code: str, at: datetime | None = None, **values: Any) -> Any:
    """The answer to one scan."""
    return (await send(phone, fact(code, at, **values)))[0]


async def conflicts(edition: UUID) -> list[tuple[str, bool]]:
    """Kind and openness of every conflict."""
    rows = await db.fetch(
        """SELECT c.kind, c.closed_at IS NULL AS open FROM checkin_scan_conflict c JOIN checkin_gate g ON g.id = c.gate
           WHERE g.edition = $1 ORDER BY c.kind""",
        edition,
    )
    return [(row["kind"], row["open"]) for row in rows]


async def verdicts(*scans: dict[str, Any]) -> list[str]:
    """The verdicts that are stored now."""
    ids = [UUID(scan["id"]) for scan in scans]
    rows = {row["id"]: row["verdict"] for row in await db.fetch("SELECT id, verdict FROM checkin_scan")}
    return [rows[one] for one in ids]
