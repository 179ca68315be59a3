"""The audit: one call inside the transaction of the use case."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.actors.actors import Actor
from wcd.actors.tables import AuditEntry
from wcd.core.clock import now
from wcd.core.db import execute
from wcd.core.ids import uuid7


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
    # Hand-written: nearly every use case ends with it, and Piccolo takes longer to say it than PostgreSQL to do it.
    await execute(
        "INSERT INTO actors_audit_entry (id, at, edition, actor_kind, actor_id, actor_name, action, subject, details)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        uuid7(), now(), edition or by.edition_id, by.kind, by.id, by.name, action, subject,
        msgspec.json.encode(details).decode(),
    )  # fmt: skip


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
