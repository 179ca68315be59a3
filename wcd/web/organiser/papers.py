"""Paper: programme booklets, run sheets, door signs; what is drawn, what is kept."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import File

from wcd.actors.actors import Actor
from wcd.agenda.printed import papers
from wcd.agenda.printed.errors import NothingToPrint
from wcd.agenda.printed.papers import Order
from wcd.agenda.releases import current_release
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.venues.queries import list_venues
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

PDF = "application/pdf"
LIST = "/organiser/papers"
KIND_WORDS: dict[str, LazyText] = {
    papers.BOOKLET: _("Programme booklet"),
    papers.RUN_SHEETS: _("Run sheets"),
    papers.DOOR_SIGNS: _("Door signs"),
}
LANGUAGE_WORDS: dict[str, LazyText] = {
    "both": _("Chinese and English side by side"),
    "zh": _("Chinese only"),
    "en": _("English only"),
}
SHEET_WORDS: dict[str, LazyText] = {
    "a5": _("A5"),
    "folded": _("A5 on A4, to fold and staple"),
    "a4": _("A4"),
}
SIGN_WORDS: dict[str, LazyText] = {"a4": _("A4, landscape"), "a3": _("A3, landscape")}


@get("/")
async def index(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """What can be drawn, and what was."""
    return await show(
        request,
        "organiser/papers/index.html",
        actor=actor,
        edition=edition,
        current="agenda",
        release=await current_release(edition.id),
        days=days(edition.first_day, edition.last_day),
        venues=await list_venues(edition.id),
        papers=await papers.list_papers(edition.id, limit=15),
        kinds=KIND_WORDS,
        languages=LANGUAGE_WORDS,
        sheets=SHEET_WORDS,
        signs=SIGN_WORDS,
    )


@post("/", status_code=200)
async def order(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Order a paper."""
    given = await read_form(request)
    job_id = await papers.order_paper(edition.id, _order(given), by=actor)
    return redirect(f"{LIST}/{job_id}")


def _order(given: Form) -> Order:
    """What the form asks for; what none of our forms says is refused."""
    sheet = given.one("sheet", "a5")
    wanted: dict[str, Any] = {
        "what": given.one("what"),
        "language": given.one("language", "both"),
        "sheet": "a5" if sheet == "folded" else sheet,
        "folded": sheet == "folded",
        "working": given.one("source") == "working",
    }
    wanted |= {name: value for name in ("day", "session", "room") if (value := given.one(name))}
    try:
        return msgspec.convert(wanted, Order)
    except msgspec.ValidationError:
        raise NothingToPrint from None


@get("/{job_id:uuid}")
async def paper(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    job_id: FromPath[UUID],
) -> Response[Any]:
    """How far a paper is; the finished file. The part is asked for every other second."""
    found = await papers.get_paper(job_id, edition.id)
    return await show(
        request,
        "organiser/papers/paper.html",
        actor=actor,
        edition=edition,
        current="agenda",
        paper=found,
        job=found.job,
        kinds=KIND_WORDS,
        languages=LANGUAGE_WORDS,
    )


@post("/{job_id:uuid}/stop", status_code=200)
async def stop(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    job_id: FromPath[UUID],
) -> Response[Any]:
    """Stop a paper that is being drawn."""
    await read_form(request)
    await papers.stop_paper(job_id, edition.id, by=actor)
    return redirect(f"{LIST}/{job_id}")


@get("/{job_id:uuid}/paper.pdf")
async def download(
    actor: NamedDependency[Actor], edition: NamedDependency[EditionView], job_id: FromPath[UUID]
) -> File:
    """The finished file; run sheets only for those who may edit."""
    found = await papers.get_paper(job_id, edition.id)
    actor.must(found.order.needs, edition.id)
    language = f"-{found.order.language}" if found.order.what == papers.BOOKLET else ""
    name = f"{found.order.what.replace('_', '-')}{language}-{edition.code}"
    return File(
        papers.file_of(found),
        filename=f"{name}-{found.job.created_at:%Y%m%d-%H%M}.pdf",
        media_type=PDF,
        headers={"cache-control": "no-store"},
    )


@get("/run-sheet/{session_id:uuid}", guards=[requires("agenda.edit")])
async def run_sheet(
    actor: NamedDependency[Actor], edition: NamedDependency[EditionView], session_id: FromPath[UUID]
) -> Response[bytes]:
    """The run sheet of one session as it stands now."""
    return Response(
        await papers.run_sheet(session_id, edition.id, by=actor),
        media_type=PDF,
        headers={"content-disposition": 'inline; filename="run-sheet.pdf"', "cache-control": "no-store"},
    )


router = Router(
    "/papers",
    route_handlers=[index, order, run_sheet, paper, stop, download],
    guards=[requires("agenda.view")],
)
