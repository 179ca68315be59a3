"""Editing one session, a part at a time: texts, time and place, entry, marks, notes. Two who edit one part are told."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from wcd.actors.actors import Actor
from wcd.agenda import rules, times
from wcd.agenda.changing import Held, digest, hold, languages_of, write
from wcd.agenda.errors import NoSuchSession, SessionChanged
from wcd.agenda.inputs import SessionEntry, SessionMarks, SessionNotes, SessionTexts, SessionTime
from wcd.core.db import fetch, in_transaction
from wcd.core.errors import Invalid
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.queries import edition_by_id
from wcd.venues.queries import room_in

SessionPart = SessionTexts | SessionTime | SessionEntry | SessionMarks | SessionNotes


class Read(msgspec.Struct, frozen=True):
    """A part of a session as it was read: its values, the session's version, and what tells if they changed."""

    values: Any
    version: int
    seen: str


async def read_part(session: UUID, shape: type[SessionPart]) -> Read:
    """What a form shows, with what to send back."""
    row, zone = await _stored(session)
    values = _part(row, shape, zone)
    return Read(values, row["version"], digest(values))


@in_transaction
async def edit_part(session: UUID, wanted: SessionPart, *, version: int, by: Actor, seen: str = "") -> int:
    """Change a part of a session, unless somebody else changed that part since; returns the new version.

    ``version`` is the session's as it was read. Where that has risen, ``seen`` tells whether this part is still as
    it was: a colleague who adds a speaker does not stand in the way of one who translates the title.
    """
    held = await hold(session, by)
    row, zone = await _stored(session)
    before = _part(row, type(wanted), zone)
    if version != held.session.version and seen != digest(before):
        raise SessionChanged(current=before, version=held.session.version)
    if isinstance(wanted, SessionTime):
        await _refuse_impossible(held, wanted, zone)
    fields = rules.changed_fields(msgspec.structs.asdict(before), msgspec.structs.asdict(wanted))
    if not fields:
        return held.session.version
    return await write(
        held,
        "session.edited",
        by=by,
        columns=_columns(wanted, zone),
        texts=languages_of(fields),
        fields=fields,
    )


@in_transaction
async def say_translation_fits(session: UUID, language: str, *, by: Actor) -> int:
    """The other language changed, and this one still says the same: it is as new as the other."""
    held = await hold(session, by)
    row, _zone = await _stored(session)
    columns = {f"{language}_changed_at": row["en_changed_at" if language == "zh" else "zh_changed_at"]}
    return await write(held, "session.translation_checked", by=by, columns=columns, language=language)


async def _stored(session: UUID) -> tuple[Any, str]:
    rows = await fetch("SELECT * FROM agenda_session WHERE id = $1", session)
    if not rows:
        raise NoSuchSession
    return rows[0], (await edition_by_id(rows[0]["edition"])).zone


async def _refuse_impossible(held: Held, wanted: SessionTime, zone: str) -> None:
    errors: dict[str, LazyText | str] = {}
    if wanted.day and wanted.starts and wanted.ends:
        errors |= dict(times.wrong_times(wanted.day, wanted.starts, wanted.ends, wanted.next_day, zone))
    elif held.session.state not in {rules.IDEA, rules.PLANNED}:
        errors["day"] = NEEDS_TIME
    if wanted.room and not await room_in(held.session.edition, wanted.room):
        errors["room"] = _("Please choose one of the rooms.")
    if errors:
        raise Invalid(errors)


def _columns(wanted: SessionPart, zone: str) -> dict[str, Any]:
    """The part as columns."""
    values = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in msgspec.structs.asdict(wanted).items()
    }
    if not isinstance(wanted, SessionTime):
        return values
    for name in ("day", "starts", "ends", "next_day"):
        del values[name]
    values["layout"] = wanted.layout or ""
    return values | times.columns(wanted, zone)


def _part(row: Any, shape: type[Any], zone: str) -> Any:
    """The stored row as the form of a part shows it."""
    values: dict[str, Any] = {
        name: tuple(row[name]) if isinstance(row[name], list) else row[name]
        for name in shape.__struct_fields__
        if name in row.keys()  # noqa: SIM118 - a record, not a dict
    }
    if shape is SessionTime:
        values["layout"] = row["layout"] or None
        if row["starts_at"]:
            values |= {
                "day": row["starts_at"].astimezone(ZoneInfo(zone)).date(),
                "starts": rules.local_clock(row["starts_at"], zone),
                "ends": rules.local_clock(row["ends_at"], zone),
                "next_day": times.ends_next_day(row["starts_at"], row["ends_at"], zone),
            }
    return shape(**values)


NEEDS_TIME = _(
    "Guests see this session, or will: it needs a time. Make it planned first to take its time away."
)
