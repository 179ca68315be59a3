"""Closing a conflict: a person looked at it and says what it was."""

from uuid import UUID

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.checkin.errors import NoSuchConflict
from wcd.core import db
from wcd.core.clock import now
from wcd.core.db import in_transaction

# Piccolo cannot update through a join: a conflict is the asker's only if its gate is of their edition.
_CLOSE = """
    UPDATE checkin_scan_conflict c SET closed_at = $3, closed_by = $4, word = $5 FROM checkin_gate g
    WHERE c.id = $2 AND g.id = c.gate AND g.edition = $1 AND c.closed_at IS NULL"""


@in_transaction
async def close_conflict(edition: UUID, conflict: UUID, word: str, *, by: Actor) -> None:
    """Close an open conflict with a word. The word stays with the conflict, not in the audit: it may name people."""
    by.must("door.supervise", edition)
    if not await db.execute(_CLOSE, edition, conflict, now(), by.id, word):
        raise NoSuchConflict
    await audit.record(by, "conflict.closed", conflict, edition=edition)
