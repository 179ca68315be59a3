"""Speakers of the working copy: made, changed, removed; what they supply themselves. Guests see it with a release.

Only taking back the consent to publication acts at once, on what is published too.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import msgspec

from wcd.actors import audit
from wcd.actors.actors import SPEAKER, Actor
from wcd.agenda import portrait_files, rules
from wcd.agenda.errors import NoSuchSpeaker, SpeakerChanged, SpeakerInUse
from wcd.agenda.speaker_inputs import OwnDetails, SpeakerDetails
from wcd.agenda.tables import Availability, Speaker
from wcd.agenda.working import raise_working
from wcd.core.clock import now
from wcd.core.contacts import read_mail
from wcd.core.db import after_commit, execute, fetch, in_transaction, transaction
from wcd.core.errors import Forbidden
from wcd.core.ids import code_of_title
from wcd.core.names import clean_name, clean_text, search_keys, sort_key
from wcd.editions.published import raise_published
from wcd.editions.queries import edition_by_id

Span = tuple[datetime, datetime]
LONGEST_CODE = 60


class Held(msgspec.Struct, frozen=True):
    """A speaker whose row is held, and the working number of this transaction."""

    id: UUID
    edition: UUID
    working: int
    row: Any


@in_transaction
async def add_speaker(
    edition_id: UUID, details: SpeakerDetails, *, spans: Sequence[Span] = (), by: Actor
) -> UUID:
    """A new person. The code comes from the Latin name."""
    by.must("agenda.edit", edition_id)
    details = _cleaned(details)
    await raise_working(edition_id)
    edition = await edition_by_id(edition_id)
    taken = {
        row["code"] for row in await fetch("SELECT code FROM agenda_speaker WHERE edition = $1", edition.id)
    }
    name = details.latin_name or details.native_name
    row = Speaker(
        edition=edition.id,
        code=code_of_title(name, taken, otherwise="speaker", longest=LONGEST_CODE),
        changed_at=now(),
        **_columns(details, edition.zone, None),
    )
    await Speaker.insert(row)
    await _write_spans(row.id, spans)
    await audit.record(by, "speaker.added", row.id, edition=edition.id)
    return row.id


@in_transaction
async def change_speaker(
    speaker: UUID, details: SpeakerDetails, *, spans: Sequence[Span] = (), version: int, by: Actor
) -> int:
    """Change what is said of a person, if nobody else did since ``version``; returns the new version."""
    edition = await edition_by_id(await scope_of(speaker, by))
    details = _cleaned(details)
    withdraws = details.consented_on is None and await _consents(speaker)
    held = await hold(speaker, by, publicly=withdraws)
    before = details_of(held.row, edition.zone)
    if held.row["version"] != version:
        raise SpeakerChanged(current=before, version=held.row["version"])
    fields = rules.changed_fields(msgspec.structs.asdict(before), msgspec.structs.asdict(details))
    if await _write_spans(speaker, spans):
        fields.append("availability")
    if not fields:
        return version
    if withdraws:
        await _unpublish(held)
    columns = _columns(details, edition.zone, held.row["consented_at"])
    await write(held, "speaker.changed", columns=columns, by=by, fields=fields)
    return version + 1


@in_transaction
async def supply(
    speaker: UUID, details: OwnDetails, *, spans: Sequence[Span] = (), version: int, by: Actor
) -> int:
    """What the speaker says themselves: biography, when they can be there, consent; returns the new version."""
    withdraws = not details.consents and await _consents(speaker)
    held = await hold(speaker, by, publicly=withdraws)
    before = OwnDetails(
        biography_zh=held.row["biography_zh"],
        biography_en=held.row["biography_en"],
        consents=held.row["consented_at"] is not None,
    )
    if held.row["version"] != version:
        raise SpeakerChanged(current=before, version=held.row["version"])
    fields = rules.changed_fields(msgspec.structs.asdict(before), msgspec.structs.asdict(details))
    if await _write_spans(speaker, spans):
        fields.append("availability")
    if not fields:
        return version
    if withdraws:
        await _unpublish(held)
    columns: dict[str, Any] = {"biography_zh": details.biography_zh, "biography_en": details.biography_en}
    columns["consented_at"] = (held.row["consented_at"] or now()) if details.consents else None
    await write(held, "speaker.supplied", columns=columns, by=by, fields=fields)
    return version + 1


@in_transaction
async def remove_speaker(speaker: UUID, *, by: Actor) -> None:
    """Take a person away who stands on no programme, and in no release that is kept."""
    held = await hold(speaker, by)
    try:
        async with transaction():
            await execute("DELETE FROM agenda_speaker WHERE id = $1", speaker)
    except (asyncpg.ForeignKeyViolationError, asyncpg.RestrictViolationError):
        raise SpeakerInUse from None
    await audit.record(by, "speaker.removed", speaker, edition=held.edition)
    await _forget_after(held.row["portrait"])


@in_transaction
async def renew_link(speaker: UUID, *, by: Actor) -> None:
    """Every personal link sent before ends."""
    held = await hold(speaker, by)
    await write(held, "speaker.link_renewed", columns={"link_version": held.row["link_version"] + 1}, by=by)


async def scope_of(speaker: UUID, by: Actor) -> UUID:
    """The edition of a speaker who is to be changed: by themselves, or by staff of that edition."""
    if by.kind == SPEAKER:
        if by.id != speaker:
            raise Forbidden
    else:
        by.must("agenda.edit")
    rows = await fetch("SELECT edition FROM agenda_speaker WHERE id = $1", speaker)
    if not rows or not by.sees(rows[0]["edition"]):
        raise NoSuchSpeaker
    edition: UUID = rows[0]["edition"]
    return edition


async def hold(speaker: UUID, by: Actor, *, publicly: bool = False) -> Held:
    """Hold the working copy and a speaker's row; ``publicly``: what guests see changes at once, too.

    Without it two who change the same person could overwrite each other.
    """
    edition = await scope_of(speaker, by)
    if publicly:
        await raise_published(edition)
    working = await raise_working(edition)
    rows = await fetch("SELECT * FROM agenda_speaker WHERE id = $1 FOR UPDATE", speaker)
    if not rows:
        raise NoSuchSpeaker
    return Held(speaker, edition, working, rows[0])


async def write(held: Held, action: str, *, columns: dict[str, Any], by: Actor, **details: Any) -> None:
    """Change a speaker's row and write it down. Those who edit a session of theirs see that something has changed."""
    same: dict[Any, Any] = {"version": held.row["version"] + 1, "changed_at": now()}
    await Speaker.update(columns | same).where(Speaker.id == held.id)
    await execute(
        "UPDATE agenda_session SET touched = $1"
        " WHERE id IN (SELECT session FROM agenda_appearance WHERE speaker = $2)",
        held.working,
        held.id,
    )
    await audit.record(by, action, held.id, edition=held.edition, **details)


def details_of(row: Any, zone: str) -> SpeakerDetails:
    """The stored row as the form shows it."""
    same = [name for name in SpeakerDetails.__struct_fields__ if name != "consented_on"]
    at = row["consented_at"]
    on = at.astimezone(ZoneInfo(zone)).date() if at else None
    return SpeakerDetails(**{name: row[name] for name in same}, consented_on=on)


def _cleaned(details: SpeakerDetails) -> SpeakerDetails:
    """As it is kept: names and lines without what cannot be seen, the mail address in one spelling."""
    return msgspec.structs.replace(
        details,
        native_name=clean_name(details.native_name),
        latin_name=clean_name(details.latin_name),
        email=read_mail(details.email) if details.email else "",
        **{name: clean_text(getattr(details, name)) for name in ("post_zh", "post_en", "body_zh", "body_en")},
    )


def _columns(details: SpeakerDetails, zone: str, consented_at: datetime | None) -> dict[str, Any]:
    values = msgspec.structs.asdict(details)
    on: date | None = values.pop("consented_on")
    before = consented_at.astimezone(ZoneInfo(zone)).date() if consented_at else None
    noon = datetime.combine(on, time(12), ZoneInfo(zone)) if on else None
    names = (details.native_name, details.latin_name)
    return values | {
        "consented_at": consented_at if on == before else noon,
        "sort_key": sort_key(*names),
        "search_keys": search_keys(*names, details.body_zh, details.body_en),
    }


async def _consents(speaker: UUID) -> bool:
    return bool(await fetch("SELECT FROM agenda_speaker WHERE id = $1 AND consented_at IS NOT NULL", speaker))


async def _unpublish(held: Held) -> None:
    """Who takes back the consent is not made to wait for a release: biography and portrait go from all of them.

    The portrait stays with the organisers under another key; whoever kept the address of the old one finds nothing.
    """
    await execute(
        "UPDATE agenda_released_speaker SET biography_zh = '', biography_en = '', portrait = '' WHERE speaker = $1",
        held.id,
    )
    before: str = held.row["portrait"]
    if before:
        moved = portrait_files.copy(before)
        await execute("UPDATE agenda_speaker SET portrait = $1 WHERE id = $2", moved, held.id)
        await _forget_after(before)


async def _forget_after(portrait: str) -> None:
    async def forget() -> None:
        portrait_files.forget(portrait)

    await after_commit(forget)


async def _write_spans(speaker: UUID, spans: Sequence[Span]) -> bool:
    """Keep when somebody can be there; whether that is something new."""
    wanted = sorted(set(spans))
    rows = await fetch(
        "SELECT starts_at, ends_at FROM agenda_availability WHERE speaker = $1 ORDER BY starts_at, ends_at",
        speaker,
    )
    if [(row["starts_at"], row["ends_at"]) for row in rows] == wanted:
        return False
    await Availability.delete().where(Availability.speaker == speaker)
    if wanted:
        await Availability.insert(
            *(Availability(speaker=speaker, starts_at=start, ends_at=end) for start, end in wanted)
        )
    return True
