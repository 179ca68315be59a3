"""The organisers' console: the table of contents of this way in."""

from litestar import Router
from litestar.di import Provide

from wcd.web.guards import requires
from wcd.web.organiser import (
    agenda_settings,
    badges,
    bodies,
    bookings,
    call,
    door,
    editions,
    exchange,
    guest,
    guest_form,
    guests,
    history,
    mail,
    me,
    missing,
    papers,
    places,
    proposal,
    proposals,
    releases,
    room_form,
    session_form,
    session_items,
    session_people,
    session_states,
    sessions,
    sign_in,
    speaker_files,
    speaker_form,
    speakers,
    staff,
    texts,
    timetable,
    timetable_moves,
    today,
    venue_form,
    warnings,
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
        releases.router,
        warnings.router,  # agenda.view
        agenda_settings.router,  # agenda.release
        session_form.router,
        timetable.router,
        timetable_moves.router,
        session_items.router,
        session_people.router,
        session_states.router,
        sessions.router,
        bodies.router,  # agenda.view; changing: agenda.edit
        speakers.router,  # agenda.view; changing: agenda.edit
        speaker_form.router,
        speaker_files.router,
        missing.router,
        exchange.router,  # agenda.view; working copy and import: agenda.edit
        papers.router,  # agenda.view; run sheets: agenda.edit
        call.router,  # agenda.edit
        proposals.router,  # agenda.view; deciding: agenda.edit
        proposal.router,
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
