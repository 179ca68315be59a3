"""Papers: ordered on a page, drawn by a job in a thread, kept as a file whose key stands in the job's result."""

import asyncio
import contextlib
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal
from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda import rules
from wcd.agenda.facts import SessionFacts
from wcd.agenda.printed.booklet import Form, draw_booklet
from wcd.agenda.printed.door_signs import draw_door_signs, signs_of
from wcd.agenda.printed.errors import NothingToPrint, NotKept
from wcd.agenda.printed.facts import Programme, Unprintable
from wcd.agenda.printed.queries import read_internal, read_programme
from wcd.agenda.printed.run_sheets import draw_run_sheets
from wcd.agenda.releases import current_release
from wcd.core import files, jobs, pictures
from wcd.core.config import settings
from wcd.core.db import in_transaction
from wcd.core.errors import NotFound, Refusal

JOB = "agenda.draw_paper"
BOOKLET: Final = "booklet"
RUN_SHEETS: Final = "run_sheets"
DOOR_SIGNS: Final = "door_signs"
KEPT = 40
"""Files of an edition; of older ones only the line in the list remains."""
_LOOK_BACK = 200
_TELL_EVERY = 0.5
_PORTRAIT_PIXELS, _PLAN_PIXELS = 480, 1600


class Order(msgspec.Struct, frozen=True):
    """What is wanted. ``day``, ``session`` and ``room`` narrow run sheets and signs down."""

    what: Literal["booklet", "run_sheets", "door_signs"]
    language: Literal["zh", "en", "both"] = "both"
    sheet: Literal["a5", "a4", "a3"] = "a5"
    folded: bool = False
    working: bool = False
    day: date | None = None
    session: UUID | None = None
    room: UUID | None = None

    @property
    def needs(self) -> str:
        """The permission: run sheets hold contacts and notes."""
        return "agenda.edit" if self.what == RUN_SHEETS else "agenda.view"


class Paper(msgspec.Struct, frozen=True):
    """A paper as the list shows it: what was ordered, how far it is, and what is kept of it."""

    job: jobs.JobView
    order: Order

    @property
    def file(self) -> str:
        """The key of the kept file, or empty."""
        return str(self.job.result.get("file", ""))

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return int(self.job.result.get("pages", 0))

    @property
    def release(self) -> int:
        """The number of the release that it shows; 0 for the working copy."""
        return int(self.job.result.get("release", 0))

    @property
    def unprintable(self) -> list[Unprintable]:
        """Names that a font is missing for; the other name stands there alone."""
        return msgspec.convert(self.job.result.get("unprintable", []), list[Unprintable])

    @property
    def is_there(self) -> bool:
        """Whether the file can be fetched."""
        return bool(self.file) and _is_kept(self.file)


@in_transaction
async def order_paper(edition_id: UUID, order: Order, *, by: Actor) -> UUID:
    """Order a paper; a worker draws it. What would be empty is refused at once."""
    by.must(order.needs, edition_id)
    programme = await read_programme(edition_id, working=order.working or order.what == RUN_SHEETS)
    if not _holds_anything(programme, order):
        raise NothingToPrint
    job_id = await jobs.enqueue(
        "agenda.draw_paper", str(edition_id), msgspec.to_builtins(order), edition=edition_id, total=1
    )
    await audit.record(by, "paper.ordered", job_id, edition=edition_id, what=order.what)
    return job_id


async def draw_paper(edition_id: UUID, ordered: dict[str, Any], *, job_id: UUID) -> dict[str, Any]:
    """The work of an order, done by a worker. Done twice, the second file is the one that is known."""
    order = msgspec.convert(ordered, Order)
    programme = await read_programme(edition_id, working=order.working or order.what == RUN_SHEETS)
    draw = await _drawer(programme, order)
    with tempfile.TemporaryDirectory(dir=_workplace()) as folder:
        drawn = Path(folder) / "paper.pdf"
        with drawn.open("wb") as out:
            pages = await _draw(draw, out, job_id)
        name = f"{order.what.replace('_', '-')}-{programme.edition.code}.pdf"
        key = await asyncio.to_thread(files.keep, name, drawn)
    await _forget_old(edition_id)
    return {
        "file": key,
        "pages": pages,
        "release": programme.release,
        "unprintable": msgspec.to_builtins(programme.unprintable),
    }


async def list_papers(edition_id: UUID, *, limit: int = 20) -> list[Paper]:
    """The papers of an edition, newest first."""
    found = await jobs.list_jobs(JOB, edition_id, limit=limit)
    return [Paper(job, msgspec.convert(job.args[1], Order)) for job in found]


async def get_paper(job_id: UUID, edition_id: UUID) -> Paper:
    """One paper of this edition."""
    job = await jobs.get_job(job_id)
    if job.name != JOB or job.edition != edition_id:
        raise NotFound
    return Paper(job, msgspec.convert(job.args[1], Order))


async def stop_paper(job_id: UUID, edition_id: UUID, *, by: Actor) -> None:
    """Ask a paper that is being drawn to stop; nothing of it is kept."""
    paper = await get_paper(job_id, edition_id)
    by.must(paper.order.needs, edition_id)
    await jobs.ask_stop(job_id)


def file_of(paper: Paper) -> Path:
    """The kept file of a paper."""
    if not paper.is_there:
        raise NotKept
    return files.path_of(paper.file)


async def latest_booklet(edition_id: UUID, locale: str) -> Paper | None:
    """The newest kept booklet of the release in force that a reader of this language can read, not laid for folding."""
    release = await current_release(edition_id)
    if release is None:
        return None
    fitting = [
        paper
        for paper in await list_papers(edition_id, limit=_LOOK_BACK)
        if paper.order.what == BOOKLET
        and not paper.order.folded
        and paper.order.language in (locale, "both")
        and paper.release == release.number
        and paper.is_there
    ]
    own = [paper for paper in fitting if paper.order.language == locale]
    return next(iter([*own, *fitting]), None)


async def run_sheet(session: UUID, edition_id: UUID, *, by: Actor) -> bytes:
    """The run sheet of one session, drawn now: it is a page or two."""
    by.must("agenda.edit", edition_id)
    programme = await read_programme(edition_id, working=True)
    order = Order(RUN_SHEETS, session=session)
    if not _holds_anything(programme, order):
        raise NothingToPrint
    draw = await _drawer(programme, order)
    with tempfile.TemporaryFile(dir=_workplace()) as out:
        await asyncio.to_thread(draw, out, lambda _done, _of: None)
        out.seek(0)
        return out.read()


async def write_paper(edition_id: UUID, order: Order, out: BinaryIO) -> int:
    """``agenda booklet``: draw a paper into a file; how many pages it has."""
    programme = await read_programme(edition_id, working=order.working or order.what == RUN_SHEETS)
    if not _holds_anything(programme, order):
        raise NothingToPrint
    draw = await _drawer(programme, order)
    return await asyncio.to_thread(draw, out, lambda _done, _of: None)


Progress = Callable[[int, int], None]
Draw = Callable[[BinaryIO, Progress], int]


async def _drawer(programme: Programme, order: Order) -> Draw:
    """What is done in the thread; all that it needs from the database is read here."""
    fonts = settings().data / "fonts"
    if order.what == RUN_SHEETS:
        internal = await read_internal(programme.edition.id)
        sessions = _to_run(programme, order)
        return lambda out, tell: draw_run_sheets(
            programme, internal, sessions, out, fonts=fonts, progress=tell
        )
    if order.what == DOOR_SIGNS:
        signs = signs_of(programme, day=order.day, room=order.room)
        sheet = "a3" if order.sheet == "a3" else "a4"
        return lambda out, tell: draw_door_signs(
            programme, signs, out, sheet=sheet, fonts=fonts, progress=tell
        )
    form = Form(order.language, "a4" if order.sheet == "a4" else "a5", order.folded)
    return lambda out, tell: draw_booklet(
        programme, form, out, fonts=fonts, portraits=_portrait, plans=_plan, progress=tell
    )


def _holds_anything(programme: Programme, order: Order) -> bool:
    if order.what == RUN_SHEETS:
        return bool(_to_run(programme, order))
    if order.what == DOOR_SIGNS:
        return bool(signs_of(programme, day=order.day, room=order.room))
    return bool(programme.sessions)


def _to_run(programme: Programme, order: Order) -> list[SessionFacts]:
    """The sessions that need a sheet: one, or those of a day without breaks in which nothing happens."""
    if order.session:
        return [one for one in programme.sessions if one.id == order.session]
    return [
        one
        for one in programme.sessions
        if order.day in (None, programme.start(one).date())
        and (one.kind not in rules.PAUSES or one.items or one.people)
    ]


def _portrait(key: str) -> bytes | None:
    """A kept portrait, as small as print needs it, in the form in which the booklet shows it."""
    try:
        picture = pictures.decode(files.path_of(key).read_bytes(), longest=_PORTRAIT_PIXELS)
    except (OSError, Refusal):
        return None
    wide = min(picture.width, int(picture.height / 1.25))
    tall = int(wide * 1.25)
    left, top = (picture.width - wide) // 2, (picture.height - tall) // 3
    return pictures.as_jpeg(picture.crop((left, top, left + wide, top + tall)))


def _plan(key: str) -> bytes | None:
    """A kept plan of a venue."""
    try:
        return pictures.as_jpeg(pictures.decode(files.path_of(key).read_bytes(), longest=_PLAN_PIXELS))
    except (OSError, Refusal):
        return None


class _Stopped(Exception):
    pass


async def _draw(draw: Draw, out: BinaryIO, job_id: UUID) -> int:
    """Draw in a thread; meanwhile tell how far it is, and stop it when asked."""
    state = {"done": 0, "of": 1, "stop": 0}

    def tell(done: int, of: int) -> None:
        state.update(done=done, of=of)
        if state["stop"]:
            raise _Stopped

    work = asyncio.create_task(asyncio.to_thread(draw, out, tell))
    try:
        while not work.done():
            await asyncio.wait({work}, timeout=_TELL_EVERY)
            await jobs.report(job_id, state["done"], state["of"])
        return await work
    finally:
        # Asked to stop, or cancelled with the worker: the thread must not write on in a folder that is gone.
        state["stop"] = 1
        with contextlib.suppress(_Stopped):
            await asyncio.shield(work)


async def _forget_old(edition_id: UUID) -> None:
    for paper in (await list_papers(edition_id, limit=_LOOK_BACK))[KEPT:]:
        if paper.file:
            files.forget(paper.file)


def _is_kept(key: str) -> bool:
    try:
        files.path_of(key)
    except NotFound:
        return False
    return True


def _workplace() -> Path:
    """Beside the kept files, so that moving one there is a rename."""
    folder = settings().data / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
