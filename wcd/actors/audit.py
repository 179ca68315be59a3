"""The audit: one call inside the transaction of the use case."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.actors.actors import Actor
from wcd.actors.tables import AuditEntry
from wcd.core.clock import now


class Entry(msgspec.Struct, frozen=True):
    """One line of a history."""

    at: datetime
    actor_kind: str
    actor_id: UUID | None
    actor_name: str
    action: str
    subject: UUID | None
    details: dict[str, Any]


async def record(
    by: Actor, action: str, subject: UUID | None, *, edition: UUID | None = None, **details: Any
) -> None:
    """Write down that ``by`` did ``action`` (``noun.past``) to ``subject``. Details are words and ids, no personal values."""
    await AuditEntry.insert(
        AuditEntry(
            at=now(),
            edition=edition or by.edition_id,
            actor_kind=by.kind,
            actor_id=by.id,
            actor_name=by.name,
            action=action,
            subject=subject,
            details=msgspec.json.encode(details).decode(),
        )
    )


async def history_of(subject: UUID, *, limit: int = 200) -> list[Entry]:
    """What happened to a thing, newest first."""
    return await _entries(AuditEntry.subject == subject, limit)


async def recent(edition: UUID, *, limit: int = 30) -> list[Entry]:
    """What was done in an edition, newest first."""
    return await _entries(AuditEntry.edition == edition, limit)


async def _entries(where: Any, limit: int) -> list[Entry]:
    rows = (
        await AuditEntry.select()
        .where(where)
        .order_by(AuditEntry.at, ascending=False)
        .order_by(AuditEntry.id, ascending=False)
        .limit(limit)
        .output(load_json=True)
    )
    return [msgspec.convert({key: row[key] for key in Entry.__struct_fields__}, Entry) for row in rows]
