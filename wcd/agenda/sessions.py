"""Sessions of the working copy: lock one, make one, change its seats.

Lock order: edition, working number, session, guest, booking. Guests see a change with the next release; only seats
are theirs at once.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda import rules, times
from wcd.agenda.errors import NoSuchSession
from wcd.agenda.inputs import NewSession
from wcd.agenda.tables import Session
from wcd.agenda.working import Lock, raise_working
from wcd.core.clock import now
from wcd.core.db import fetch, in_transaction
from wcd.core.i18n import Bilingual
from wcd.core.ids import code_of_title
from wcd.editions.published import raise_published
from wcd.editions.queries import edition_by_id


class LockedSession(msgspec.Struct, frozen=True):
    """A session of the working copy whose row is held until the transaction ends."""

    id: UUID
    edition: UUID
    code: str
    kind: str
    state: str
    booking: str
    seats: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    minutes: int
    room: UUID | None
    title: Bilingual
    version: int


async def lock_session(session: UUID) -> LockedSession:
    """Hold a session's row. Without it two organisers could overwrite each other, or seats change while one is taken."""
    rows = await fetch("SELECT * FROM agenda_session WHERE id = $1 FOR UPDATE", session)
    if not rows:
        raise NoSuchSession
    row = rows[0]
    plain = {name: row[name] for name in LockedSession.__struct_fields__ if name != "title"}
    return LockedSession(**plain, title=Bilingual(row["title_zh"], row["title_en"]))


@in_transaction
async def create_session(edition_id: UUID, wanted: NewSession, *, by: Actor) -> UUID:
    """A new session: planned where it has a time, else an idea. Its code comes from the English title."""
    by.must("agenda.edit", edition_id)
    edition = await edition_by_id(edition_id)
    time = times.columns(wanted, edition.zone)
    working = await raise_working(
        edition.id
    )  # before the look for a free code: of two at once the second waits
    taken = {
        row["code"] for row in await fetch("SELECT code FROM agenda_session WHERE edition = $1", edition.id)
    }
    row = Session(
        edition=edition.id,
        code=code_of_title(wanted.title_en, taken, otherwise="session"),
        kind=wanted.kind,
        state=rules.PLANNED if time["starts_at"] else rules.IDEA,
        title_zh=wanted.title_zh,
        title_en=wanted.title_en,
        booking=rules.OPEN,
        zh_changed_at=now(),
        en_changed_at=now(),
        **time,
        **touched(working, by),
    )
    await Session.insert(row)
    await audit.record(by, "session.created", row.id, edition=edition.id)
    return row.id


@in_transaction
async def set_seats(session: UUID, seats: int | None, *, by: Actor) -> LockedSession:
    """Change the number of seats; None is without limit. Who moves up or keeps a seat is registration's to decide."""
    edition = await scope_of(session, by)
    await raise_published(edition)  # seats are no matter of releases: pages show them at once
    working = await raise_working(edition)
    locked = await lock_session(session)
    if locked.seats != seats:
        change: dict[Any, Any] = {"seats": seats, "version": locked.version + 1, **touched(working, by)}
        await Session.update(change).where(Session.id == session)
        await audit.record(
            by, "session.seats_changed", session, edition=locked.edition, before=locked.seats, seats=seats
        )
    return await lock_session(session)


async def scope_of(session: UUID, by: Actor) -> UUID:
    """The edition of a session that is to be changed; one of another edition than the actor's is not found."""
    by.must("agenda.edit")
    edition = await _edition_of(session)
    if not by.sees(edition):
        raise NoSuchSession
    return edition


def touched(working: Lock, by: Actor) -> dict[Any, Any]:
    """What every change of a session writes beside it."""
    return {"touched": working, "changed_by": by.id, "changed_at": now()}


async def _edition_of(session: UUID) -> UUID:
    rows = await fetch("SELECT edition FROM agenda_session WHERE id = $1", session)
    if not rows:
        raise NoSuchSession
    edition: UUID = rows[0]["edition"]
    return edition
