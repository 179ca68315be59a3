"""One room: names, size, layouts, equipment, when it is open, the hall that it is a part of."""

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
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.venues import places
from wcd.venues.errors import NoSuchPlace
from wcd.venues.inputs import RoomDetails
from wcd.venues.queries import RoomView, VenueView, list_venues
from wcd.venues.rules import LAYOUTS
from wcd.venues.words import EQUIPMENT_WORDS, LAYOUT_WORDS
from wcd.web import spans
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser.frame import show
from wcd.web.organiser.places import LIST
from wcd.web.organiser.venue_form import find_venue
from wcd.web.pages import AnyRequest, redirect

LABELS: dict[str, LazyText] = {
    "name_zh": _("Name in Chinese"),
    "name_en": _("Name in English"),
    "floor_zh": _("Floor in Chinese"),
    "floor_en": _("Floor in English"),
    "capacity": _("How many people it holds"),
    "booths": _("Interpretation booths"),
    "whole": _("Part of"),
    "spans": _("Opening times"),
    **LAYOUT_WORDS,
}


@get("/venues/{venue_id:uuid}/rooms/new")
async def new(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    venue_id: FromPath[UUID],
) -> Response[Any]:
    """The form of a room."""
    venue = await find_venue(edition, venue_id)
    return await _page(request, actor, edition, venue, None, Form({}, lapsed=False), _lines(edition))


@post("/venues/{venue_id:uuid}/rooms/new", status_code=200)
async def add(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    venue_id: FromPath[UUID],
) -> Response[Any]:
    """Keep it."""
    return await _keep(request, actor, edition, await find_venue(edition, venue_id), None)


@get("/rooms/{room_id:uuid}")
async def edit(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    room_id: FromPath[UUID],
) -> Response[Any]:
    """A room, to be changed."""
    venue, room = await _find_room(edition, room_id)
    return await _page(request, actor, edition, venue, room, _given(room), _lines(edition, room))


@post("/rooms/{room_id:uuid}", status_code=200)
async def save(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    room_id: FromPath[UUID],
) -> Response[Any]:
    """Keep the changes."""
    return await _keep(request, actor, edition, *await _find_room(edition, room_id))


async def _keep(
    request: AnyRequest, actor: Actor, edition: EditionView, venue: VenueView, room: RoomView | None
) -> Response[Any]:
    given = await read_form(request, may_lapse=True)
    details, errors = given.parse(RoomDetails)
    opened = spans.read_spans(given, edition.zone)
    if opened.error:
        errors = {**errors, "spans": opened.error}
    if details is not None and not errors and not given.lapsed:
        try:
            if room is None:
                await places.add_room(venue.id, details, openings=opened.spans, by=actor)
            else:
                await places.change_room(room.id, details, openings=opened.spans, by=actor)
            return redirect(LIST, said=_("It is saved."))
        except Invalid as refused:
            errors = refused.errors
    return await _page(request, actor, edition, venue, room, given, opened.lines, errors)


async def _page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    venue: VenueView,
    room: RoomView | None,
    given: Form,
    lines: list[spans.Line],
    errors: Errors | None = None,
) -> Response[Any]:
    values: dict[str, Any] = {name: given.one(name) for name in RoomDetails.__struct_fields__}
    return await show(
        request,
        "organiser/places/room.html",
        status=422 if errors or given.lapsed else 200,
        actor=actor,
        edition=edition,
        current="edition",
        venue=venue,
        room=room,
        halls=[one for one in venue.rooms if one.whole is None and one != room],
        given=values | {"equipment": given.all("equipment")},
        lines=lines,
        errors=errors or {},
        lapsed=given.lapsed,
        labels=LABELS,
        layouts=LAYOUTS,
        equipment=list(EQUIPMENT_WORDS.items()),
    )


async def _find_room(edition: EditionView, room_id: UUID) -> tuple[VenueView, RoomView]:
    for venue in await list_venues(edition.id):
        for room in venue.rooms:
            if room.id == room_id:
                return venue, room
    raise NoSuchPlace


def _lines(edition: EditionView, room: RoomView | None = None) -> list[spans.Line]:
    opened = [(one.starts_at, one.ends_at) for one in room.openings] if room else []
    return spans.lines_of(opened, days(edition.first_day, edition.last_day), edition.zone)


def _given(room: RoomView) -> Form:
    both = {"name": room.name, "floor": room.floor}
    values = {f"{name}_{lang}": [getattr(text, lang)] for name, text in both.items() for lang in ("zh", "en")}
    values |= {code: [str(people)] for code, people in room.layouts.items()}
    plain = {"capacity": room.capacity, "booths": room.booths or "", "whole": room.whole or ""}
    values |= {name: [str(value)] for name, value in plain.items()}
    return Form(values | {"equipment": list(room.equipment)}, lapsed=False)


router = Router("/places", route_handlers=[new, add, edit, save], guards=[requires("edition.edit")])
