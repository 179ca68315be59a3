"""Venues and rooms: all on one page; one form for a venue, one for a room."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.actors.actors import Actor
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.editions.queries import EditionView
from wcd.venues import places
from wcd.venues.errors import NoSuchPlace
from wcd.venues.inputs import RoomDetails, VenueDetails
from wcd.venues.queries import RoomView, VenueView, list_venues
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

S = TypeVar("S", bound=msgspec.Struct)
LABELS: dict[str, LazyText] = {
    "name_zh": _("Name in Chinese"),
    "name_en": _("Name in English"),
    "address_zh": _("Address in Chinese"),
    "address_en": _("Address in English"),
    "floor_zh": _("Floor in Chinese"),
    "floor_en": _("Floor in English"),
    "capacity": _("How many people it holds"),
}
LIST = "/organiser/places"


class FormPage(msgspec.Struct, frozen=True):
    """One of the four forms: its title, where it goes, and where a thing of it is taken away (empty: nowhere)."""

    title: LazyText
    action: str
    shape: type[msgspec.Struct]
    remove: str = ""


@get("/")
async def index(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """All venues with their rooms."""
    return await show(
        request,
        "organiser/places/index.html",
        actor=actor,
        edition=edition,
        current="edition",
        venues=await list_venues(edition.id),
    )


@get("/venues/new")
async def new_venue(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """The form of a building."""
    return await _form(request, actor, edition, _NEW_VENUE, Form({}, lapsed=False))


@post("/venues/new", status_code=200)
async def add_venue(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Keep it."""

    async def keep(details: VenueDetails) -> None:
        await places.add_venue(edition.id, details, by=actor)

    return await _kept(request, actor, edition, _NEW_VENUE, VenueDetails, keep)


@get("/venues/{venue_id:uuid}")
async def venue(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    venue_id: FromPath[UUID],
) -> Response[Any]:
    """A building, to be changed."""
    found = await _venue(edition, venue_id)
    return await _form(request, actor, edition, _venue_page(venue_id), _given(found, "name", "address"))


@post("/venues/{venue_id:uuid}", status_code=200)
async def change_venue(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    venue_id: FromPath[UUID],
) -> Response[Any]:
    """Keep the changes."""
    await _venue(edition, venue_id)

    async def keep(details: VenueDetails) -> None:
        await places.change_venue(venue_id, details, by=actor)

    return await _kept(request, actor, edition, _venue_page(venue_id), VenueDetails, keep)


@post("/venues/{venue_id:uuid}/remove", status_code=200)
async def remove_venue(
    request: AnyRequest, actor: NamedDependency[Actor], venue_id: FromPath[UUID]
) -> Response[Any]:
    """Take it away."""
    await read_form(request)
    await places.remove_venue(venue_id, by=actor)
    return redirect(LIST, said=_("It is removed."))


@get("/venues/{venue_id:uuid}/rooms/new")
async def new_room(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    venue_id: FromPath[UUID],
) -> Response[Any]:
    """The form of a room."""
    await _venue(edition, venue_id)
    return await _form(request, actor, edition, _new_room_page(venue_id), Form({}, lapsed=False))


@post("/venues/{venue_id:uuid}/rooms/new", status_code=200)
async def add_room(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    venue_id: FromPath[UUID],
) -> Response[Any]:
    """Keep it."""
    await _venue(edition, venue_id)

    async def keep(details: RoomDetails) -> None:
        await places.add_room(venue_id, details, by=actor)

    return await _kept(request, actor, edition, _new_room_page(venue_id), RoomDetails, keep)


@get("/rooms/{room_id:uuid}")
async def room(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    room_id: FromPath[UUID],
) -> Response[Any]:
    """A room, to be changed."""
    found = await _room(edition, room_id)
    given = _given(found, "name", "floor", capacity=str(found.capacity))
    return await _form(request, actor, edition, _room_page(room_id), given)


@post("/rooms/{room_id:uuid}", status_code=200)
async def change_room(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    room_id: FromPath[UUID],
) -> Response[Any]:
    """Keep the changes."""
    await _room(edition, room_id)

    async def keep(details: RoomDetails) -> None:
        await places.change_room(room_id, details, by=actor)

    return await _kept(request, actor, edition, _room_page(room_id), RoomDetails, keep)


@post("/rooms/{room_id:uuid}/remove", status_code=200)
async def remove_room(
    request: AnyRequest, actor: NamedDependency[Actor], room_id: FromPath[UUID]
) -> Response[Any]:
    """Take it away."""
    await read_form(request)
    await places.remove_room(room_id, by=actor)
    return redirect(LIST, said=_("It is removed."))


_NEW_VENUE = FormPage(_("New venue"), f"{LIST}/venues/new", VenueDetails)


def _venue_page(venue_id: UUID) -> FormPage:
    here = f"{LIST}/venues/{venue_id}"
    return FormPage(_("Change the venue"), here, VenueDetails, f"{here}/remove")


def _new_room_page(venue_id: UUID) -> FormPage:
    return FormPage(_("New room"), f"{LIST}/venues/{venue_id}/rooms/new", RoomDetails)


def _room_page(room_id: UUID) -> FormPage:
    here = f"{LIST}/rooms/{room_id}"
    return FormPage(_("Change the room"), here, RoomDetails, f"{here}/remove")


async def _kept(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    form: FormPage,
    shape: type[S],
    keep: Callable[[S], Awaitable[None]],
) -> Response[Any]:
    """Read the form and keep it, or show it again with what does not hold."""
    given = await read_form(request, may_lapse=True)
    details, errors = given.parse(shape)
    if details is None or given.lapsed:
        return await _form(request, actor, edition, form, given, errors)
    await keep(details)
    return redirect(LIST, said=_("It is saved."))


async def _form(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    form: FormPage,
    given: Form,
    errors: Errors | None = None,
) -> Response[Any]:
    return await show(
        request,
        "organiser/places/edit.html",
        status=422 if errors or given.lapsed else 200,
        actor=actor,
        edition=edition,
        current="edition",
        form=form,
        given={name: given.one(name) for name in form.shape.__struct_fields__},
        errors=errors or {},
        lapsed=given.lapsed,
        labels=LABELS,
    )


async def _venue(edition: EditionView, venue_id: UUID) -> VenueView:
    for one in await list_venues(edition.id):
        if one.id == venue_id:
            return one
    raise NoSuchPlace


async def _room(edition: EditionView, room_id: UUID) -> RoomView:
    for one in await list_venues(edition.id):
        for found in one.rooms:
            if found.id == room_id:
                return found
    raise NoSuchPlace


def _given(thing: VenueView | RoomView, *both: str, **plain: str) -> Form:
    values = {
        f"{name}_{lang}": [getattr(getattr(thing, name), lang)] for name in both for lang in ("zh", "en")
    }
    return Form(values | {name: [value] for name, value in plain.items()}, lapsed=False)


router = Router(
    "/places",
    route_handlers=[
        index,
        new_venue,
        add_venue,
        venue,
        change_venue,
        remove_venue,
        new_room,
        add_room,
        room,
        change_room,
        remove_room,
    ],
    guards=[requires("edition.edit")],
)
