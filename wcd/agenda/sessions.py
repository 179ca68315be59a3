"""Sessions of the working copy: lock one, edit it, change its seats, call it off.

Lock order: edition, working number, session, guest, booking. Guests see a change with the next release; only seats
are theirs at once.
"""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda import rules
from wcd.agenda.errors import NoSuchSession, NotScheduled, SessionCalledOff, SessionChanged
from wcd.agenda.inputs import SessionDetails
from wcd.agenda.tables import Session
from wcd.agenda.working import Lock, raise_working
from wcd.core.clock import now
from wcd.core.db import fetch, in_transaction
from wcd.core.errors import Invalid
from wcd.core.i18n import Bilingual
from wcd.core.i18n import lazy_gettext as _
from wcd.core.ids import code_of_title
from wcd.editions.published import raise_published
from wcd.editions.queries import edition_by_id
from wcd.venues.queries import room_in


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


class Edited(msgspec.Struct, frozen=True):
    """A session as an organiser edits it, and the version that was read."""

    id: UUID
    code: str
    version: int
    details: SessionDetails


async def lock_session(session: UUID) -> LockedSession:
    """Hold a session's row. Without it two organisers could overwrite each other, or seats change while one is taken."""
    rows = await fetch("SELECT * FROM agenda_session WHERE id = $1 FOR UPDATE", session)
    if not rows:
        raise NoSuchSession
    row = rows[0]
    plain = {name: row[name] for name in LockedSession.__struct_fields__ if name != "title"}
    return LockedSession(**plain, title=Bilingual(row["title_zh"], row["title_en"]))


async def get_for_editing(session: UUID) -> Edited:
    """What the form shows, with the version to send back."""
    edition = await _edition_of(session)
    row = (await fetch("SELECT * FROM agenda_session WHERE id = $1", session))[0]
    return Edited(row["id"], row["code"], row["version"], _details(row, (await edition_by_id(edition)).zone))


@in_transaction
async def create_session(edition_id: UUID, kind: str, details: SessionDetails, *, by: Actor) -> UUID:
    """A new session, planned: guests see it once it is confirmed and released. Its code comes from the English title."""
    by.must("agenda.edit", edition_id)
    edition = await edition_by_id(edition_id)
    working = await raise_working(
        edition.id
    )  # before the look for a free code: of two at once the second waits
    await _refuse_foreign_room(edition.id, details.room)
    taken = {
        row["code"] for row in await fetch("SELECT code FROM agenda_session WHERE edition = $1", edition.id)
    }
    row = Session(
        edition=edition.id,
        code=code_of_title(details.title_en, taken, otherwise="session"),
        kind=kind,
        state=rules.PLANNED,
        **_touched(working, by),
        **_columns(details, edition.zone),
    )
    await Session.insert(row)
    await audit.record(by, "session.created", row.id, edition=edition.id)
    return row.id


@in_transaction
async def confirm_session(session: UUID, *, by: Actor) -> None:
    """Let a planned session be on the programme from the next release on."""
    working = await raise_working(await scope_of(session, by))
    locked = await lock_session(session)
    if locked.state == rules.CALLED_OFF:
        raise SessionCalledOff
    if locked.starts_at is None:
        raise NotScheduled
    if locked.state in {rules.IDEA, rules.PLANNED}:
        change: dict[Any, Any] = {
            "state": rules.CONFIRMED,
            "version": locked.version + 1,
            **_touched(working, by),
        }
        await Session.update(change).where(Session.id == session)
        await audit.record(by, "session.confirmed", session, edition=locked.edition)


@in_transaction
async def edit_session(session: UUID, details: SessionDetails, *, version: int, by: Actor) -> int:
    """Change a session's texts, time and place, if nobody else did since ``version``; returns the new version."""
    edition = await edition_by_id(await scope_of(session, by))
    working = await raise_working(edition.id)
    locked = await lock_session(session)
    row = (await fetch("SELECT * FROM agenda_session WHERE id = $1", session))[0]
    before = _details(row, edition.zone)
    if locked.version != version:
        raise SessionChanged(current=before, version=locked.version)
    await _refuse_foreign_room(edition.id, details.room)
    fields = rules.changed_fields(msgspec.structs.asdict(before), msgspec.structs.asdict(details))
    if fields:
        await Session.update(
            _columns(details, edition.zone) | {"version": version + 1} | _touched(working, by) | _aged(fields)
        ).where(Session.id == session)
        await audit.record(by, "session.edited", session, edition=edition.id, fields=fields)
    return version + 1 if fields else version


@in_transaction
async def set_seats(session: UUID, seats: int | None, *, by: Actor) -> LockedSession:
    """Change the number of seats; None is without limit. Who moves up or keeps a seat is registration's to decide."""
    edition = await scope_of(session, by)
    await raise_published(edition)  # seats are no matter of releases: pages show them at once
    working = await raise_working(edition)
    locked = await lock_session(session)
    if locked.seats != seats:
        change: dict[Any, Any] = {"seats": seats, "version": locked.version + 1, **_touched(working, by)}
        await Session.update(change).where(Session.id == session)
        await audit.record(
            by, "session.seats_changed", session, edition=locked.edition, before=locked.seats, seats=seats
        )
    return await lock_session(session)


@in_transaction
async def call_off_session(session: UUID, *, by: Actor) -> LockedSession:
    """The session does not take place; from the next release on the programme says so, and its bookings end."""
    working = await raise_working(await scope_of(session, by))
    locked = await lock_session(session)
    if locked.state == rules.CALLED_OFF:
        raise SessionCalledOff
    if locked.starts_at is None:
        raise NotScheduled
    change: dict[Any, Any] = {
        "state": rules.CALLED_OFF,
        "version": locked.version + 1,
        **_touched(working, by),
    }
    await Session.update(change).where(Session.id == session)
    await audit.record(by, "session.called_off", session, edition=locked.edition)
    return locked


async def scope_of(session: UUID, by: Actor) -> UUID:
    """The edition of a session that is to be changed; one of another edition than the actor's is not found."""
    by.must("agenda.edit")
    edition = await _edition_of(session)
    if not by.sees(edition):
        raise NoSuchSession
    return edition


def _touched(working: Lock, by: Actor) -> dict[Any, Any]:
    """What every change of a session writes beside it."""
    return {"touched": working, "changed_by": by.id, "changed_at": now()}


def _aged(fields: list[str]) -> dict[Any, Any]:
    """When the texts of a language last changed."""
    return {
        f"{lang}_changed_at": now()
        for lang in ("zh", "en")
        if any(field.endswith(f"_{lang}") for field in fields)
    }


async def _edition_of(session: UUID) -> UUID:
    rows = await fetch("SELECT edition FROM agenda_session WHERE id = $1", session)
    if not rows:
        raise NoSuchSession
    edition: UUID = rows[0]["edition"]
    return edition


async def _refuse_foreign_room(edition: UUID, room: UUID | None) -> None:
    if room and not await room_in(edition, room):
        raise Invalid({"room": _("Please choose one of the rooms.")})


def _columns(details: SessionDetails, zone: str) -> dict[Any, Any]:
    values = msgspec.structs.asdict(details)
    day, starts, ends = values.pop("day"), values.pop("starts"), values.pop("ends")
    lists = {name: list(values[name]) for name in ("languages", "interpretation", "sdgs", "subjects")}
    times = {"starts_at": rules.moment(day, starts, zone), "ends_at": rules.moment(day, ends, zone)}
    return values | lists | times


def _details(row: Any, zone: str) -> SessionDetails:
    """The stored row as the form shows it."""
    same = [name for name in SessionDetails.__struct_fields__ if name in row.keys()]  # noqa: SIM118 - a record, not a dict
    plain: dict[str, Any] = {
        name: tuple(row[name]) if isinstance(row[name], list) else row[name] for name in same
    }
    return SessionDetails(
        **plain,
        day=row["starts_at"].astimezone(ZoneInfo(zone)).date(),
        starts=rules.local_clock(row["starts_at"], zone),
        ends=rules.local_clock(row["ends_at"], zone),
    )
