"""A session as guests see it, held: its seats are given and given back under this lock."""

from datetime import datetime
from uuid import UUID

import msgspec

from wcd.agenda.errors import NoSuchSession
from wcd.core.db import fetch
from wcd.core.i18n import Bilingual


class PublishedSession(msgspec.Struct, frozen=True):
    """A session of the release in force whose row is held until the transaction ends."""

    id: UUID
    edition: UUID
    code: str
    kind: str
    state: str
    booking: str
    categories: list[str]
    seats: int | None
    starts_at: datetime
    ends_at: datetime
    title: Bilingual


_PLAIN = [name for name in PublishedSession.__struct_fields__ if name != "title"]


async def lock_published(session: UUID) -> PublishedSession:
    """Hold a session's row. Without it two guests could take the last seat. What no release holds is not found."""
    await fetch("SELECT FROM agenda_session WHERE id = $1 FOR UPDATE", session)
    # A statement of its own: it must see what was committed while the lock was waited for.
    rows = await fetch("SELECT * FROM agenda_published_session WHERE id = $1", session)
    if not rows:
        raise NoSuchSession
    row = rows[0]
    return PublishedSession(
        **{name: row[name] for name in _PLAIN}, title=Bilingual(row["title_zh"], row["title_en"])
    )
