"""Laying out the timetable: move a session, take it off, copy it. Whoever moves something that has moved is told."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda import rules, spans, times
from wcd.agenda.changing import hold, write
from wcd.agenda.errors import SessionCalledOff, SessionKept, SessionMovedOn
from wcd.agenda.sessions import LockedSession
from wcd.agenda.tables import Appearance, Hosting, Item, Session
from wcd.core.clock import now
from wcd.core.db import fetch, in_transaction
from wcd.core.errors import Invalid
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.ids import code_of_title, uuid7
from wcd.editions.queries import EditionView, edition_by_id
from wcd.venues.queries import room_in

WRONG: dict[str, LazyText] = {
    spans.BACKWARDS: times.END_FIRST,
    spans.TOO_LONG: times.TOO_LONG,
    spans.OUTSIDE: _("This lies outside the forum: its days, one before and one after can be planned."),
    spans.NO_SUCH_TIME: times.NO_SUCH_TIME,
}


class Place(msgspec.Struct, frozen=True):
    """When and where a session is; without a time it waits beside the timetable."""

    starts_at: datetime | None
    ends_at: datetime | None
    room: UUID | None


class Moved(msgspec.Struct, frozen=True):
    """A session after a move: its new version, and the working copy's number."""

    session: UUID
    version: int
    working: int


@in_transaction
async def move_session(
    session: UUID,
    *,
    starts_at: datetime,
    ends_at: datetime,
    room: UUID | None,
    version: int,
    by: Actor,
    seen: Place | None = None,
    confirmed: bool = False,
) -> Moved:
    """Put a session somewhere else, or on the timetable. ``version`` is the session's as the mover knew it.

    Where that has risen it still goes if the session stands where the mover saw it (``seen``): a colleague who
    corrects its title is not in the way. ``confirmed`` puts a session back as it was before it was taken off.
    """
    held = await hold(session, by)
    locked = held.session
    await _refuse_stale(locked, version, seen)
    if locked.state == rules.CALLED_OFF:
        raise SessionCalledOff
    edition = await edition_by_id(locked.edition)
    await _refuse_impossible(edition, starts_at, ends_at, room)
    before, after = _place(locked), Place(starts_at, ends_at, room)
    back = confirmed and before.starts_at is None and locked.state in {rules.IDEA, rules.PLANNED}
    if before == after:
        return Moved(session, locked.version, held.working)
    columns = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "room": room,
        "minutes": _minutes(starts_at, ends_at),
        **({"state": rules.CONFIRMED} if back else {}),
    }
    action = "session.moved" if before.starts_at else "session.scheduled"
    new = await write(
        held, action, by=by, columns=columns, before=_said(before), after=_said(after), confirmed=back
    )
    return Moved(session, new, held.working)


@in_transaction
async def unschedule_session(
    session: UUID, *, version: int, by: Actor, seen: Place | None = None, confirmed: bool = False
) -> Moved:
    """Take a session off the timetable; it waits in the list, planned, and keeps its length.

    A confirmed one goes only where the mover knew that it was: guests find it gone after the next release.
    """
    held = await hold(session, by)
    locked = held.session
    await _refuse_stale(locked, version, seen)
    if locked.state == rules.CALLED_OFF:
        raise SessionCalledOff
    if locked.state == rules.CONFIRMED and not confirmed:
        raise await _moved_on(locked, version)
    before = _place(locked)
    if before.starts_at is None or before.ends_at is None:
        return Moved(session, locked.version, held.working)
    columns = {
        "starts_at": None,
        "ends_at": None,
        "room": None,
        "minutes": _minutes(before.starts_at, before.ends_at),
        "state": rules.PLANNED if locked.state == rules.CONFIRMED else locked.state,
    }
    new = await write(held, "session.unscheduled", by=by, columns=columns, before=_said(before))
    return Moved(session, new, held.working)


@in_transaction
async def copy_session(session: UUID, *, by: Actor, place: Place | None = None) -> Moved:
    """The same once more, planned, with its items, people and hosts; into the list, or at a place."""
    held = await hold(session, by)
    locked = held.session
    edition = await edition_by_id(locked.edition)
    if place and place.starts_at and place.ends_at:
        await _refuse_impossible(edition, place.starts_at, place.ends_at, place.room)
    row = (await Session.select().where(Session.id == session))[0]
    taken = {one["code"] for one in await Session.select(Session.code).where(Session.edition == edition.id)}
    copy = Session(
        **row
        | _columns_of(place, row["minutes"])
        | {
            "id": uuid7(),
            "code": code_of_title(locked.title.en, taken, otherwise="session"),
            "state": rules.IDEA if locked.state == rules.IDEA else rules.PLANNED,
            "version": 1,
            "touched": held.working,
            "changed_by": by.id,
            "changed_at": now(),
        }
    )
    await Session.insert(copy)
    await _copy_parts(session, copy.id)
    await audit.record(by, "session.copied", copy.id, edition=edition.id, session=str(session))
    return Moved(copy.id, 1, held.working)


@in_transaction
async def discard_session(session: UUID, *, version: int, by: Actor) -> int:
    """Take a session away that no release ever had, such as a copy made by mistake; returns the working number."""
    held = await hold(session, by)
    await _refuse_stale(held.session, version, None)
    if await fetch(
        "SELECT FROM agenda_released_session WHERE session = $1 UNION ALL SELECT FROM agenda_proposal WHERE session = $1",
        session,
    ):
        raise SessionKept
    await Appearance.delete().where(Appearance.session == session)  # before the items that they name
    await Session.delete().where(Session.id == session)
    await audit.record(by, "session.discarded", None, edition=held.session.edition, code=held.session.code)
    return held.working


async def _refuse_stale(locked: LockedSession, version: int, seen: Place | None) -> None:
    if locked.version != version and (seen is None or seen != _place(locked)):
        raise await _moved_on(locked, version)


async def _moved_on(locked: LockedSession, version: int) -> SessionMovedOn:
    """The refusal, with what was done since: each change of a session is one entry of its history."""
    since = max(1, min(locked.version - version, 5))
    return SessionMovedOn(
        session=locked.id, version=locked.version, entries=await audit.history_of(locked.id, limit=since)
    )


async def _refuse_impossible(
    edition: EditionView, starts_at: datetime, ends_at: datetime, room: UUID | None
) -> None:
    days = spans.open_days(edition.first_day, edition.last_day)
    if wrong := spans.wrong_with(starts_at, ends_at, days, edition.zone):
        raise Invalid({"starts" if wrong == spans.OUTSIDE else "minutes": WRONG[wrong]})
    if room and not await room_in(edition.id, room):
        raise Invalid({"room": _("Please choose one of the rooms.")})


async def _copy_parts(session: UUID, copy: UUID) -> None:
    items = await Item.select().where(Item.session == session)
    new_ids = {item["id"]: uuid7() for item in items}
    await _insert(Item, [item | {"id": new_ids[item["id"]], "session": copy} for item in items])
    hostings = await Hosting.select().where(Hosting.session == session)
    await _insert(Hosting, [one | {"id": uuid7(), "session": copy} for one in hostings])
    parts = await Appearance.select().where(Appearance.session == session)
    await _insert(
        Appearance,
        [one | {"id": uuid7(), "session": copy, "item": new_ids.get(one["item"])} for one in parts],
    )


async def _insert(table: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        await table.insert(*(table(**row) for row in rows))


def _columns_of(place: Place | None, minutes: int) -> dict[str, Any]:
    if place is None or place.starts_at is None or place.ends_at is None:
        return {"starts_at": None, "ends_at": None, "room": None, "minutes": minutes}
    return msgspec.structs.asdict(place) | {"minutes": _minutes(place.starts_at, place.ends_at)}


def _place(locked: LockedSession) -> Place:
    return Place(locked.starts_at, locked.ends_at, locked.room)


def _minutes(starts_at: datetime, ends_at: datetime) -> int:
    return max(1, int((ends_at.astimezone(UTC) - starts_at.astimezone(UTC)).total_seconds() // 60))


def _said(place: Place) -> dict[str, str | None]:
    """As the audit keeps it: moments and an id."""
    return {
        "starts": _iso(place.starts_at),
        "ends": _iso(place.ends_at),
        "room": str(place.room) if place.room else None,
    }


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="minutes") if at else None
