"""Changing one session of the working copy: hold it, write down what changes, and who did it."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any
from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda.ages import ages_after
from wcd.agenda.sessions import LockedSession, lock_session, scope_of, touched
from wcd.agenda.tables import Session
from wcd.agenda.working import Lock, raise_working
from wcd.core.clock import now
from wcd.core.db import fetch


class Held(msgspec.Struct, frozen=True):
    """A session that is about to change, in a working copy that nobody else changes meanwhile."""

    session: LockedSession
    working: Lock


async def hold(session: UUID, by: Actor) -> Held:
    """The working number, then the row; without both, two organisers could overwrite each other."""
    working = await raise_working(await scope_of(session, by))
    return Held(await lock_session(session), working)


async def write(
    held: Held,
    action: str,
    *,
    by: Actor,
    columns: dict[str, Any] | None = None,
    texts: Iterable[str] = (),
    **details: Any,
) -> int:
    """Write the columns and what every change writes beside them; ``texts`` are languages whose texts changed.

    Returns the new version.
    """
    version = held.session.version + 1
    values: dict[Any, Any] = {
        **(columns or {}),
        **await _ages(held.session.id, set(texts)),
        "version": version,
        **touched(held.working, by),
    }
    await Session.update(values).where(Session.id == held.session.id)
    await audit.record(by, action, held.session.id, edition=held.session.edition, **details)
    return version


async def _ages(session: UUID, changed: set[str]) -> dict[str, Any]:
    if not changed:
        return {}
    rows = await fetch("SELECT zh_changed_at, en_changed_at FROM agenda_session WHERE id = $1", session)
    zh, en = ages_after(rows[0]["zh_changed_at"], rows[0]["en_changed_at"], changed, now())
    return {"zh_changed_at": zh, "en_changed_at": en}


def languages_of(fields: Iterable[str]) -> list[str]:
    """The languages in which fields such as ``title_zh`` are written."""
    return sorted({field[-2:] for field in fields if field.endswith(("_zh", "_en"))})


def digest(value: msgspec.Struct) -> str:
    """A short word for what somebody read: it tells whether just that has changed since, whatever else did."""
    return blake2b(msgspec.json.encode(value), digest_size=8).hexdigest()
