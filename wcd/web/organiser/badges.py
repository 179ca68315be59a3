"""Badges: print runs, who cannot be printed and why, one guest's badge."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import File

from wcd.actors.actors import Actor
from wcd.badges import batches, latin_only, personal, preflight, queries
from wcd.core.errors import NotFound
from wcd.core.i18n import lazy_gettext as _
from wcd.core.jobs import get_job
from wcd.editions.queries import EditionView
from wcd.registration.categories import list_categories
from wcd.web.forms import read_form
from wcd.web.guards import requires
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

PDF = "application/pdf"


@get("/")
async def index(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Print runs, and what to look at before ordering one."""
    approved = await queries.approved_guests(edition.id)
    return await show(
        request,
        "organiser/badges/index.html",
        actor=actor,
        edition=edition,
        current="badges",
        approved=len(approved),
        left_out=await preflight.find_unprintable(approved),
        by_latin=await queries.latin_only_guests(edition.id),
        runs=[(run, await get_job(run.job_id)) for run in await queries.list_batches(edition.id, limit=12)],
        categories=await list_categories(edition.id),
    )


@post("/batches", status_code=200, guards=[requires("badges.print")])
async def order(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Order a print run."""
    given = await read_form(request)
    batch_id = await batches.order_batch(edition.id, given.one("wanted", "all")[:40], by=actor)
    return redirect(f"/organiser/badges/batches/{batch_id}")


@get("/batches/{batch_id:uuid}")
async def batch(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    batch_id: FromPath[UUID],
) -> Response[Any]:
    """How far a run is; the finished file; who was left out. The part is asked for every other second."""
    found = await queries.get_batch(batch_id, edition.id)
    return await show(
        request,
        "organiser/badges/batch.html",
        actor=actor,
        edition=edition,
        current="badges",
        batch=found,
        job=await get_job(found.row.job_id),
        categories={category.code: category.name for category in await list_categories(edition.id)},
    )


@post("/batches/{batch_id:uuid}/stop", status_code=200, guards=[requires("badges.print")])
async def stop(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    batch_id: FromPath[UUID],
) -> Response[Any]:
    """Stop a run."""
    await read_form(request)
    await batches.stop_batch(batch_id, edition.id, by=actor)
    return redirect(f"/organiser/badges/batches/{batch_id}")


@get("/batches/{batch_id:uuid}/badges.pdf", guards=[requires("badges.print")])
async def download(edition: NamedDependency[EditionView], batch_id: FromPath[UUID]) -> File:
    """The finished file of a run."""
    found = await queries.get_batch(batch_id, edition.id)
    return File(
        batches.file_of(found.row),
        filename=f"badges-{edition.code}-{found.row.made_at:%Y%m%d-%H%M}.pdf",
        media_type=PDF,
        headers={"cache-control": "no-store"},
    )


@post("/guests/{guest_id:uuid}/{verb:str}", status_code=200, guards=[requires("badges.print")])
async def decide(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    guest_id: FromPath[UUID],
    verb: FromPath[str],
) -> Response[Any]:
    """Print by Latin name only, or by both again."""
    given = await read_form(request)
    if verb == "latin-only":
        await latin_only.print_latin_only(guest_id, edition.id, by=actor)
        said = _("The badge will show the Latin name only.")
    elif verb == "both-names":
        await latin_only.print_both_names(guest_id, edition.id, by=actor)
        said = _("The badge will show both names.")
    else:
        raise NotFound
    return redirect(
        f"/organiser/guests/{guest_id}" if given.one("back") == "guest" else "/organiser/badges", said=said
    )


@get("/guests/{guest_id:uuid}/badge.pdf", guards=[requires("badges.print")])
async def one(edition: NamedDependency[EditionView], guest_id: FromPath[UUID]) -> Response[bytes]:
    """One guest's badge as it stands now."""
    if await queries.edition_of_guest(guest_id) != edition.id:
        raise NotFound
    return Response(
        await personal.badge_pdf(guest_id),
        media_type=PDF,
        headers={"content-disposition": 'inline; filename="badge.pdf"', "cache-control": "no-store"},
    )


router = Router(
    "/badges",
    route_handlers=[index, order, batch, stop, download, decide, one],
    guards=[requires("badges.view")],
)
