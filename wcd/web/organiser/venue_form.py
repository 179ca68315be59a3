"""One venue: names, address, the way there, its plan."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.actors.actors import Actor
from wcd.core.errors import Invalid
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.core.pictures import MOST_BYTES, NotAPicture
from wcd.editions.queries import EditionView
from wcd.venues import places, ways
from wcd.venues.errors import NoSuchPlace
from wcd.venues.inputs import VenueDetails
from wcd.venues.queries import VenueView, list_venues
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser.frame import show
from wcd.web.organiser.places import LIST
from wcd.web.pages import AnyRequest, redirect
from wcd.web.uploads import read_upload

LABELS: dict[str, LazyText] = {
    "name_zh": _("Name in Chinese"),
    "name_en": _("Name in English"),
    "address_zh": _("Address in Chinese"),
    "address_en": _("Address in English"),
    "way_zh": _("The way there, in Chinese"),
    "way_en": _("The way there, in English"),
    "map_url": _("Map link"),
    "plan": _("Plan"),
}


@get("/venues/new")
async def new(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """The form of a building."""
    return await _page(request, actor, edition, None, Form({}, lapsed=False))


@post("/venues/new", status_code=200)
async def add(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Keep it."""
    given = await read_form(request, may_lapse=True)
    details, errors = given.parse(VenueDetails)
    if details is None or given.lapsed:
        return await _page(request, actor, edition, None, given, errors)
    await places.add_venue(edition.id, details, by=actor)
    return redirect(LIST, said=_("It is saved."))


@get("/venues/{venue_id:uuid}")
async def edit(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    venue_id: FromPath[UUID],
) -> Response[Any]:
    """A building, to be changed."""
    venue = await find_venue(edition, venue_id)
    return await _page(request, actor, edition, venue, _given(venue))


@post("/venues/{venue_id:uuid}", status_code=200)
async def save(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    venue_id: FromPath[UUID],
) -> Response[Any]:
    """Keep the changes."""
    venue = await find_venue(edition, venue_id)
    given = await read_form(request, may_lapse=True)
    details, errors = given.parse(VenueDetails)
    if details is None or given.lapsed:
        return await _page(request, actor, edition, venue, given, errors)
    await places.change_venue(venue_id, details, by=actor)
    return redirect(LIST, said=_("It is saved."))


@post("/venues/{venue_id:uuid}/plan", status_code=200, request_max_body_size=None)
async def keep_plan(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    venue_id: FromPath[UUID],
) -> Response[Any]:
    """A picture of the plan, in the place of the one before; nothing chosen takes it away if that is asked."""
    venue = await find_venue(edition, venue_id)
    given, files = await read_upload(request, most_bytes=MOST_BYTES)
    if given.one("remove"):
        await ways.remove_plan(venue_id, by=actor)
        return redirect(f"{LIST}/venues/{venue_id}", said=_("The plan is removed."))
    try:
        if "plan" not in files:
            raise NotAPicture
        await ways.keep_plan(venue_id, files["plan"].content, by=actor)
    except Invalid as refused:
        return await _page(request, actor, edition, venue, _given(venue), {"plan": str(refused)})
    return redirect(f"{LIST}/venues/{venue_id}", said=_("The plan is saved."))


async def find_venue(edition: EditionView, venue_id: UUID) -> VenueView:
    """A venue of the chosen edition; those of others are not found."""
    for one in await list_venues(edition.id):
        if one.id == venue_id:
            return one
    raise NoSuchPlace


async def _page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    venue: VenueView | None,
    given: Form,
    errors: Errors | None = None,
) -> Response[Any]:
    return await show(
        request,
        "organiser/places/venue.html",
        status=422 if errors or given.lapsed else 200,
        actor=actor,
        edition=edition,
        current="edition",
        venue=venue,
        given={name: given.one(name) for name in VenueDetails.__struct_fields__},
        errors=errors or {},
        lapsed=given.lapsed,
        labels=LABELS,
    )


def _given(venue: VenueView) -> Form:
    both = {"name": venue.name, "address": venue.address, "way": venue.way}
    values = {f"{name}_{lang}": [getattr(text, lang)] for name, text in both.items() for lang in ("zh", "en")}
    return Form(values | {"map_url": [venue.map_url]}, lapsed=False)


router = Router(
    "/places", route_handlers=[new, add, edit, save, keep_plan], guards=[requires("edition.edit")]
)
