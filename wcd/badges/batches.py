"""Print runs: ordered on a page, drawn by a job in a thread, kept as a file."""

import asyncio
import contextlib
import tempfile
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.badges import queries
from wcd.badges.drawing import draw_badges
from wcd.badges.errors import NobodyToPrint
from wcd.badges.faces import BadgeFace, EditionFace
from wcd.badges.preflight import sort_out
from wcd.badges.queries import LeftOut
from wcd.badges.tables import Batch
from wcd.core import files, jobs
from wcd.core.clock import now
from wcd.core.config import settings
from wcd.core.db import in_transaction, transaction
from wcd.core.errors import Conflict
from wcd.core.ids import uuid7

AT_ONCE = 500
"""Guests read in one go."""
TELL_EVERY = 0.5
"""Seconds between two signs of life of a run."""


@in_transaction
async def order_batch(edition_id: UUID, wanted: str, *, by: Actor) -> UUID:
    """Order a print run of the approved guests, ``all`` or of one category."""
    by.must("badges.print", edition_id)
    guests = await queries.approved_guests(edition_id, wanted)
    if not guests:
        raise NobodyToPrint
    batch_id = uuid7()
    job_id = await jobs.enqueue("badges.draw_batch", str(batch_id), edition=edition_id, total=len(guests))
    await Batch.insert(
        Batch(id=batch_id, edition=edition_id, job=job_id, wanted=wanted, made_at=now(), made_by=by.id)
    )
    await audit.record(by, "batch.ordered", batch_id, edition=edition_id, wanted=wanted, guests=len(guests))
    return batch_id


async def stop_batch(batch_id: UUID, edition_id: UUID, *, by: Actor) -> None:
    """Ask a run to stop; what was drawn of it is thrown away."""
    by.must("badges.print", edition_id)
    batch = await queries.get_batch(batch_id, edition_id)
    async with transaction():
        await jobs.ask_stop(batch.row.job_id)
        await audit.record(by, "batch.stopped", batch_id, edition=edition_id)


async def draw_batch(batch_id: UUID, *, job_id: UUID) -> None:
    """The work of a run, done by a worker. Done twice, the second file takes the place of the first."""
    found = await Batch.select(Batch.edition, Batch.wanted, Batch.file).where(Batch.id == batch_id).first()
    if not found or found["file"]:
        return
    face = await queries.edition_face(found["edition"])
    guests = await queries.approved_guests(found["edition"], found["wanted"])
    left_out: list[LeftOut] = []
    with tempfile.TemporaryDirectory(dir=_workplace()) as folder:
        drawn = Path(folder) / "badges.pdf"
        printable = await _printable(guests, left_out)
        with drawn.open("wb") as out:
            number = await _draw(face, printable, out, job_id=job_id, total=len(guests))
        key = (
            await asyncio.to_thread(files.keep, f"badges-{face.code}-{batch_id}.pdf", drawn) if number else ""
        )
    await Batch.update(
        {Batch.drawn: number, Batch.file: key, Batch.left_out: msgspec.json.encode(left_out).decode()}
    ).where(Batch.id == batch_id)


async def draw_edition(edition_id: UUID, out: BinaryIO) -> tuple[int, list[LeftOut]]:
    """``badges``: draw all approved guests of an edition; how many were drawn, and who was left out."""
    left_out: list[LeftOut] = []
    face = await queries.edition_face(edition_id)
    printable = await _printable(await queries.approved_guests(edition_id), left_out)
    return await _draw(face, printable, out), left_out


def file_of(batch: queries.BatchRow) -> Path:
    """The finished file of a run."""
    if not batch.file:
        raise Conflict
    return files.path_of(batch.file)


async def _printable(guests: list[UUID], left_out: list[LeftOut]) -> list[BadgeFace]:
    """Faces that can be printed; the others are added to ``left_out``."""
    good: list[BadgeFace] = []
    for start in range(0, len(guests), AT_ONCE):
        faces = await queries.badge_faces(guests[start : start + AT_ONCE])
        printable, unprintable = await asyncio.to_thread(sort_out, faces)
        good += printable
        left_out += unprintable
    return good


class _Stopped(Exception):
    pass


async def _draw(
    face: EditionFace, badges: list[BadgeFace], out: BinaryIO, *, job_id: UUID | None = None, total: int = 0
) -> int:
    """Draw in a thread; meanwhile tell how far it is, and stop it when asked."""
    if not badges:
        return 0
    state = {"drawn": 0, "stop": 0}
    work = asyncio.create_task(asyncio.to_thread(_draw_here, face, badges, out, state))
    try:
        while job_id and not work.done():
            await asyncio.wait({work}, timeout=TELL_EVERY)
            await jobs.report(job_id, state["drawn"], total)
        return await work
    finally:
        # Asked to stop, or cancelled with the worker: the thread must not write on in a folder that is gone.
        state["stop"] = 1
        with contextlib.suppress(_Stopped):
            await asyncio.shield(work)


def _draw_here(face: EditionFace, badges: list[BadgeFace], out: BinaryIO, state: dict[str, int]) -> int:
    def progress(drawn: int) -> None:
        state["drawn"] = drawn
        if state["stop"]:
            raise _Stopped

    return draw_badges(face, badges, out, fonts=settings().data / "fonts", progress=progress)


def _workplace() -> Path:
    """Beside the kept files, so that moving one there is a rename."""
    folder = settings().data / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
