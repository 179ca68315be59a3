"""The organisers' console: the table of contents of this way in."""

from litestar import Router
from litestar.di import Provide

from wcd.web.guards import requires
from wcd.web.organiser import (
    badges,
    bookings,
    door,
    editions,
    guest,
    guest_form,
    guests,
    history,
    mail,
    me,
    places,
    room_form,
    session_form,
    sessions,
    sign_in,
    staff,
    texts,
    today,
    venue_form,
)
from wcd.web.organiser.frame import (
    NoEditionYet,
    must_be_signed_in,
    on_no_edition,
    provide_actor,
    provide_edition,
)

console = Router(
    "/organiser",
    route_handlers=[
        today.router,
        editions.router,
        texts.router,  # edition.edit
        places.router,  # edition.edit
        venue_form.router,
        room_form.router,
        me.router,
        bookings.router,  # agenda.view; each verb says what it needs
        session_form.router,
        sessions.router,
        guests.router,  # guests.view
        guest.router,
        guest_form.router,
        badges.router,  # badges.view
        mail.router,  # mail.view
        door.router,  # door.view; setting up and closing: door.supervise
        Router("/", route_handlers=[history.router], guards=[requires("audit.view")]),
        Router("/", route_handlers=[staff.router], guards=[requires("staff.manage")]),
    ],
    guards=[must_be_signed_in],
    dependencies={"actor": Provide(provide_actor), "edition": Provide(provide_edition)},
    exception_handlers={NoEditionYet: on_no_edition},
)

routers: list[Router] = [sign_in.router, console]
"""What is for everybody (signing in, links), and what is for the staff."""
