"""Slides: kept for the session in which they are shown; guests get them where organisers publish them, afterwards."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from wcd.actors.actors import Actor
from wcd.agenda import speakers
from wcd.agenda.errors import NoSlides, NoSuchSession, NoSuchSlides
from wcd.agenda.slides_files import kind_of, plain_name, type_of
from wcd.agenda.tables import Slides
from wcd.core import files
from wcd.core.clock import now
from wcd.core.db import after_commit, execute, fetch, in_transaction
from wcd.core.errors import Conflict
from wcd.core.i18n import lazy_gettext as _

MOST_OF_ONE = 10
"""Files of one speaker in one session."""


class TooManySlides(Conflict):
    """One speaker needs no more files for one session."""

    code = "too_many_slides"
    says = _("There are ten files for this session already. Remove one first.")


class SlidesView(msgspec.Struct, frozen=True):
    """A file that guests may have, and whose it is."""

    id: UUID
    session: UUID
    speaker: UUID
    name: str
    bytes: int
    kept_at: datetime


class SlidesToSend(msgspec.Struct, frozen=True):
    """A file as it is given out."""

    name: str
    media_type: str
    path: Path


async def keep_slides(session: UUID, speaker: UUID, name: str, content: bytes, *, by: Actor) -> UUID:
    """Keep a file for a session in which the speaker appears. Its content says what it is, before anything is held."""
    await speakers.scope_of(speaker, by)
    kind = await asyncio.to_thread(kind_of, content)
    if not kind:
        raise NoSlides
    key = await asyncio.to_thread(files.keep, f"slides.{kind}", content)
    with files.kept_if_done(key):
        return await _put(session, speaker, plain_name(name, kind), key, len(content), by)


@in_transaction
async def _put(session: UUID, speaker: UUID, name: str, key: str, size: int, by: Actor) -> UUID:
    held = await speakers.hold(speaker, by)
    if not await fetch(
        "SELECT FROM agenda_appearance WHERE session = $1 AND speaker = $2 LIMIT 1", session, speaker
    ):
        raise NoSuchSession
    rows = await fetch("SELECT id FROM agenda_slides WHERE session = $1 AND speaker = $2", session, speaker)
    if len(rows) >= MOST_OF_ONE:
        raise TooManySlides
    row = Slides(session=session, speaker=speaker, file=key, name=name, bytes=size, kept_at=now())
    await Slides.insert(row)
    await speakers.write(held, "slides.kept", columns={}, by=by, session=str(session))
    return row.id


@in_transaction
async def remove_slides(slides: UUID, *, by: Actor) -> None:
    """Take a file away, for guests too."""
    row = await _row(slides)
    held = await speakers.hold(row["speaker"], by, publicly=row["is_public"])
    await execute("DELETE FROM agenda_slides WHERE id = $1", slides)
    await speakers.write(held, "slides.removed", columns={}, by=by, session=str(row["session"]))

    async def forget() -> None:
        files.forget(row["file"])

    await after_commit(forget)


@in_transaction
async def publish_slides(slides: UUID, *, public: bool, by: Actor) -> None:
    """Let guests have a file once its session is over, or no longer."""
    by.must("agenda.edit")
    row = await _row(slides)
    held = await speakers.hold(row["speaker"], by, publicly=True)
    await execute("UPDATE agenda_slides SET is_public = $1 WHERE id = $2", public, slides)
    action = "slides.published" if public else "slides.hidden"
    await speakers.write(held, action, columns={}, by=by, session=str(row["session"]))


_PUBLIC = """SELECT f.* FROM agenda_slides f JOIN agenda_speaker p ON p.id = f.speaker
    JOIN agenda_published_session s ON s.id = f.session
    WHERE f.is_public AND p.consented_at IS NOT NULL"""


async def public_slides(edition: UUID, session: UUID) -> list[SlidesView]:
    """What guests get of a session: published, of speakers who consent. Pages are kept, so they say from when."""
    rows = await fetch(
        f"{_PUBLIC} AND s.edition = $1 AND s.id = $2 ORDER BY f.kept_at, f.id", edition, session
    )
    return [SlidesView(**{name: row[name] for name in SlidesView.__struct_fields__}) for row in rows]


async def slides_for_guests(slides: UUID) -> SlidesToSend:
    """The file itself, once the session is over."""
    return _to_send(await fetch(f"{_PUBLIC} AND f.id = $1 AND s.ends_at <= $2", slides, now()))


async def slides_of(speaker: UUID, slides: UUID) -> SlidesToSend:
    """The file itself, for those who may see the speaker."""
    return _to_send(
        await fetch("SELECT * FROM agenda_slides WHERE id = $1 AND speaker = $2", slides, speaker)
    )


def _to_send(rows: list[Any]) -> SlidesToSend:
    if not rows:
        raise NoSuchSlides
    return SlidesToSend(rows[0]["name"], type_of(rows[0]["name"]), files.path_of(rows[0]["file"]))


async def _row(slides: UUID) -> Any:
    rows = await fetch("SELECT * FROM agenda_slides WHERE id = $1", slides)
    if not rows:
        raise NoSuchSlides
    return rows[0]
