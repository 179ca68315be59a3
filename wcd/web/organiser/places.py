"""Venues and rooms: all on one page, and how long one needs between venues."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.actors.actors import Actor
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import OUT_OF_RANGE, Errors
from wcd.editions.queries import EditionView
from wcd.venues import places, ways
from wcd.venues.inputs import MOST_TRAVEL
from wcd.venues.queries import VenueView, list_venues, travel_minutes
from wcd.venues.words import EQUIPMENT_WORDS
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

LIST = "/organiser/places"


@get("/")
async def index(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """All venues with their rooms."""
    return await _page(request, actor, edition)


@post("/travel", status_code=200)
async def travel(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """How long one needs between venues; an empty field says nothing."""
    given = await read_form(request, may_lapse=True)
    venues = await list_venues(edition.id)
    minutes: dict[tuple[UUID, UUID], int] = {}
    errors: Errors = {}
    for one, other in _pairs(venues):
        typed = given.one(_field(one.id, other.id)).strip()
        if typed.isdecimal() and len(typed) < 6 and int(typed) <= MOST_TRAVEL:
            minutes[one.id, other.id] = int(typed)
        elif typed:
            errors[_field(one.id, other.id)] = OUT_OF_RANGE
    if errors or given.lapsed:
        return await _page(request, actor, edition, given, errors)
    await ways.set_travel(edition.id, minutes, by=actor)
    return redirect(LIST, said=_("It is saved."))


@post("/venues/{venue_id:uuid}/remove", status_code=200)
async def remove_venue(
    request: AnyRequest, actor: NamedDependency[Actor], venue_id: FromPath[UUID]
) -> Response[Any]:
    """Take a venue away."""
    await read_form(request)
    await places.remove_venue(venue_id, by=actor)
    return redirect(LIST, said=_("It is removed."))


@post("/rooms/{room_id:uuid}/remove", status_code=200)
async def remove_room(
    request: AnyRequest, actor: NamedDependency[Actor], room_id: FromPath[UUID]
) -> Response[Any]:
    """Take a room away."""
    await read_form(request)
    await places.remove_room(room_id, by=actor)
    return redirect(LIST, said=_("It is removed."))


async def _page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    given: Form | None = None,
    errors: Errors | None = None,
) -> Response[Any]:
    venues = await list_venues(edition.id)
    known = await travel_minutes(edition.id)
    rows = [
        {
            "one": one,
            "other": other,
            "field": _field(one.id, other.id),
            "value": given.one(_field(one.id, other.id)) if given else known.get((one.id, other.id), ""),
        }
        for one, other in _pairs(venues)
    ]
    return await show(
        request,
        "organiser/places/index.html",
        status=422 if given else 200,
        actor=actor,
        edition=edition,
        current="edition",
        venues=venues,
        names={room.id: room.name for venue in venues for room in venue.rooms},
        equipment=EQUIPMENT_WORDS,
        travel=rows,
        errors=errors or {},
        lapsed=bool(given and given.lapsed),
    )


def _pairs(venues: list[VenueView]) -> list[tuple[VenueView, VenueView]]:
    return [(one, other) for place, one in enumerate(venues) for other in venues[place + 1 :]]


def _field(one: UUID, other: UUID) -> str:
    return f"travel-{one}-{other}"


router = Router(
    "/places", route_handlers=[index, travel, remove_venue, remove_room], guards=[requires("edition.edit")]
)
