"""The guest pages: the table of contents of this way in."""

from litestar import Router
from litestar.di import Provide

from wcd.web.guest import bookings, calendars, details, my, register, stars
from wcd.web.guest.who import LinkNeeded, acting_guest, own_edition, signed_guest, to_link

_OWN = Router(
    "/",
    route_handlers=[
        my.today, my.badge, my.badge_file, calendars.subscribe, calendars.calendar,
        stars.stars, bookings.sessions, bookings.book, bookings.give_back, bookings.keep_both,
        details.details, details.correct, details.answer, details.ask_cancel, details.cancel,
    ],
    # The edition and the actor depend on the guest: Litestar resolves independent ones at the same time.
    dependencies={"me": Provide(signed_guest), "edition": Provide(own_edition), "actor": Provide(acting_guest)},
    exception_handlers={LinkNeeded: to_link},
)  # fmt: skip
routers: list[Router] = [
    *register.routers,
    Router("/my", route_handlers=[_OWN, calendars.feed, my.enter, my.link, my.send_link, my.leave]),
]
