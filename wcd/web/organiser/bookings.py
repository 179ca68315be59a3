"""The guests of a session: seats, the line, booking for somebody, giving back, more or fewer seats."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wcd.actors.actors import Actor
from wcd.agenda.files import SessionFile
from wcd.core.errors import Conflict
from wcd.core.i18n import lazy_gettext as _
from wcd.core.i18n import ngettext
from wcd.core.inputs import OUT_OF_RANGE, Errors
from wcd.core.listing import Slice
from wcd.editions.queries import EditionView
from wcd.registration import bookings
from wcd.registration.errors import SeatsTaken
from wcd.registration.lists import GuestFilter, list_guests
from wcd.registration.queries import list_bookings
from wcd.web.forms import read_form
from wcd.web.guards import requires
from wcd.web.organiser.session_frame import find_file, session_page
from wcd.web.pages import AnyRequest, redirect

MOST_SEATS = 100_000
NEW_SEATS = _("Give a number of seats, or leave it empty for no limit.")


@get("/{session_id:uuid}/guests", guards=[requires("guests.view")])
async def guests(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
    q: FromQuery[str] = "",
) -> Response[Any]:
    """Who has a seat, who waits and in which order; book for somebody; more or fewer seats."""
    return await _guests_page(request, actor, edition, await find_file(edition, session_id), q)


@post("/{session_id:uuid}/seats", status_code=200, guards=[requires("agenda.edit")])
async def change_seats(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """More seats: the line moves up at once and is told."""
    file = await find_file(edition, session_id)
    given = await read_form(request, may_lapse=True)
    typed = given.one("seats").strip()
    errors: Errors = {}
    if typed and not (typed.isdecimal() and len(typed) < 7):
        errors = {"seats": NEW_SEATS}
    elif typed and int(typed) > MOST_SEATS:
        errors = {"seats": OUT_OF_RANGE}
    if not errors and not given.lapsed:
        try:
            moved = await bookings.change_seats(session_id, int(typed) if typed else None, by=actor)
            said = ngettext(
                "The seats are changed. %(n)d guest moved up and is told by mail.",
                "The seats are changed. %(n)d guests moved up and are told by mail.",
                len(moved),
            )
            back = "entry" if given.one("back") == "entry" else "guests"
            return redirect(f"/organiser/sessions/{session_id}/{back}", said=said)
        except SeatsTaken as refused:
            errors = {"seats": str(refused)}
    return await _guests_page(
        request, actor, edition, file, "", errors=errors, seats=typed, lapsed=given.lapsed
    )


@post("/{session_id:uuid}/bookings/{guest_id:uuid}", status_code=200, guards=[requires("bookings.edit")])
async def book(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
    guest_id: FromPath[UUID],
) -> Response[Any]:
    """Book a seat for a guest, or put them in line."""
    await read_form(request)
    file = await find_file(edition, session_id)
    try:
        booked = await bookings.book_seat(guest_id, session_id, by=actor)
    except Conflict as refused:
        return await _guests_page(request, actor, edition, file, "", refused=str(refused), status=409)
    said = _("The seat is booked and the guest is told.") if booked.state == "confirmed" else _(
        "All seats are taken: the guest is number %(place)s in line and is told."
    )  # fmt: skip
    return redirect(f"/organiser/sessions/{session_id}/guests", said=said % {"place": booked.place_in_line})


@post(
    "/{session_id:uuid}/bookings/{guest_id:uuid}/cancel", status_code=200, guards=[requires("bookings.edit")]
)
async def give_back(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
    guest_id: FromPath[UUID],
) -> Response[Any]:
    """Give a guest's seat back; the next in line moves up."""
    given = await read_form(request)
    await find_file(edition, session_id)
    await bookings.cancel_booking(guest_id, session_id, by=actor)
    back = (
        f"guests/{guest_id}?tab=sessions" if given.one("back") == "guest" else f"sessions/{session_id}/guests"
    )
    return redirect(f"/organiser/{back}", said=_("The seat is given back."))


async def _guests_page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    file: SessionFile,
    q: str,
    *,
    errors: Errors | None = None,
    seats: str | None = None,
    lapsed: bool = False,
    refused: str = "",
    status: int = 0,
) -> Response[Any]:
    rows = await list_bookings(file.id)
    q = q.replace("\0", "")[:100]
    found = (
        await list_guests(edition.id, GuestFilter(q=q, state="approved", sort="name"), Slice(1, 25))
        if q.strip()
        else None
    )
    return await session_page(
        request,
        "guests.html",
        status=status or (422 if errors or lapsed else 200),
        actor=actor,
        edition=edition,
        file=file,
        view="guests",
        confirmed=[row for row in rows if row.state == "confirmed"],
        waiting=[row for row in rows if row.state == "waiting"],
        held={row.guest for row in rows},
        q=q,
        found=found,
        seats=seats if seats is not None else "" if file.seats is None else str(file.seats),
        errors=errors or {},
        lapsed=lapsed,
        refused=refused,
    )


router = Router(
    "/sessions", route_handlers=[guests, change_seats, book, give_back], guards=[requires("agenda.view")]
)
