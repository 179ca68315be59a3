"""Sessions: the list by day, one in both languages side by side, seats, its guests and its line, calling it off."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda import rules, sessions
from wcd.agenda.errors import SessionChanged
from wcd.agenda.inputs import SessionDetails
from wcd.agenda.queries import get_session_by_id, list_sessions, list_subjects
from wcd.agenda.views import SessionPage
from wcd.core.errors import Conflict, Invalid
from wcd.core.i18n import LazyText, ngettext
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import NOT_ALLOWED, OUT_OF_RANGE, Errors
from wcd.core.listing import Slice
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.registration import bookings
from wcd.registration.errors import SeatsTaken
from wcd.registration.lists import GuestFilter, list_guests
from wcd.registration.queries import count_all_bookings, count_bookings, list_bookings
from wcd.registration.views import SeatCount
from wcd.venues.queries import list_venues
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser import history
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

MOST_SEATS = 100_000
KIND_WORDS: dict[str, LazyText] = {
    rules.CEREMONY: _("Ceremony"),
    rules.PLENARY: _("Plenary"),
    rules.FORUM: _("Sub-forum"),
    rules.SIDE_EVENT: _("Side event"),
    rules.TOUR: _("Tour"),
    rules.BREAK: _("Break"),
    rules.MEAL: _("Meal"),
}
BOOKING_WORDS: tuple[tuple[str, LazyText], ...] = (
    (rules.OPEN, _("Without booking")),
    (rules.BY_BOOKING, _("Guests book a seat")),
    (rules.BY_INVITATION, _("By invitation")),
)
STATE_WORDS: dict[str, tuple[str, LazyText]] = {
    rules.PLANNED: ("half", _("Planned")),
    rules.CONFIRMED: ("good", _("Confirmed")),
    rules.CALLED_OFF: ("off", _("Called off")),
}
LANGUAGE_WORDS = (("zh", _("Chinese")), ("en", _("English")))
BILINGUAL = ("title", "summary", "meeting_point")
NEW_SEATS = _("Give a number of seats, or leave it empty for no limit.")


@get("/")
async def index(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    day: FromQuery[str] = "",
    q: FromQuery[str] = "",
) -> Response[Any]:
    """All sessions of a day, with seats taken and people waiting."""
    cards = await list_sessions(edition.id, planned=True)
    all_days = days(edition.first_day, edition.last_day)
    chosen = next((one for one in all_days if one.isoformat() == day), None)
    word = q.strip().casefold()[:100]
    shown = [
        card
        for card in cards
        if (not chosen or rules.local_day(card.starts_at, edition.zone) == chosen)
        and (not word or word in f"{card.title.zh} {card.title.en} {card.code}".casefold())
    ]
    return await show(
        request,
        "organiser/sessions/index.html",
        actor=actor,
        edition=edition,
        current="agenda",
        cards=shown,
        total=len(cards),
        by_day={
            one: sum(rules.local_day(card.starts_at, edition.zone) == one for card in cards)
            for one in all_days
        },
        chosen=chosen,
        q=q[:100],
        counts=await count_all_bookings(edition.id),
        nobody=SeatCount(),
        kinds=KIND_WORDS,
        states=STATE_WORDS,
    )


@get("/new", guards=[requires("agenda.edit")])
async def new(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """The form of a new session: what it is and when; the rest follows on its own page."""
    given = Form({"day": [edition.first_day.isoformat()], "booking": [rules.BY_BOOKING]}, lapsed=False)
    return await _new_page(request, actor, edition, given)


@post("/new", status_code=200, guards=[requires("agenda.edit")])
async def create(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Make it, as planned."""
    given = await read_form(request, may_lapse=True)
    details, errors = given.parse(SessionDetails)
    kind = given.one("kind", rules.FORUM)
    if kind not in KIND_WORDS:
        errors = {**errors, "kind": NOT_ALLOWED}
    if details is None or errors or given.lapsed:
        return await _new_page(request, actor, edition, given, errors)
    session_id = await sessions.create_session(edition.id, kind, details, by=actor)
    said = _("The session is planned. Guests see it once you put it on the programme.")
    return redirect(f"/organiser/sessions/{session_id}", said=said)


@post("/{session_id:uuid}/confirm", status_code=200, guards=[requires("agenda.edit")])
async def confirm(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """Put a planned session on the programme."""
    await read_form(request)
    await _session(edition, session_id)
    await sessions.confirm_session(session_id, by=actor)
    return redirect(f"/organiser/sessions/{session_id}", said=_("The session stands on the programme."))


@get("/{session_id:uuid}")
async def edit(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """The texts in both languages side by side, time, place, languages."""
    page = await _session(edition, session_id)
    found = await sessions.get_for_editing(session_id)
    return await _edit_page(request, actor, edition, page, _given(found.details), found.version)


@post("/{session_id:uuid}", status_code=200, guards=[requires("agenda.edit")])
async def save(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """Keep the changes, unless somebody else saved meanwhile: then both texts are shown and nothing is lost."""
    page = await _session(edition, session_id)
    given = await read_form(request, may_lapse=True)
    version = int(given.one("version")) if given.one("version").isdecimal() else 0
    details, errors = given.parse(SessionDetails)
    theirs: dict[str, Any] = {}
    if details is not None and not given.lapsed:
        try:
            await sessions.edit_session(session_id, details, version=version, by=actor)
            return redirect(
                f"/organiser/sessions/{session_id}", said=_("The session is saved. Guests see it at once.")
            )
        except SessionChanged as refused:
            theirs, version = _differences(refused.current, details), refused.version
        except Invalid as refused:
            errors = refused.errors
    values: dict[str, Any] = {name: given.one(name) for name in SessionDetails.__struct_fields__}
    values |= {name: given.all(name) for name in ("languages", "interpretation", "sdgs", "subjects")}
    return await _edit_page(
        request, actor, edition, page, values, version, errors=errors, theirs=theirs, lapsed=given.lapsed
    )


@get("/{session_id:uuid}/guests", guards=[requires("guests.view")])
async def guests(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
    q: FromQuery[str] = "",
) -> Response[Any]:
    """Who has a seat, who waits and in which order; book for somebody; more or fewer seats."""
    return await _guests_page(request, actor, edition, await _session(edition, session_id), q)


@post("/{session_id:uuid}/seats", status_code=200, guards=[requires("agenda.edit")])
async def change_seats(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """More seats: the line moves up at once and is told."""
    page = await _session(edition, session_id)
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
            return redirect(f"/organiser/sessions/{session_id}/guests", said=said)
        except SeatsTaken as refused:
            errors = {"seats": str(refused)}
    return await _guests_page(
        request, actor, edition, page, "", errors=errors, seats=typed, lapsed=given.lapsed
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
    page = await _session(edition, session_id)
    try:
        booked = await bookings.book_seat(guest_id, session_id, by=actor)
    except Conflict as refused:
        return await _guests_page(request, actor, edition, page, "", refused=str(refused), status=409)
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
    await _session(edition, session_id)
    await bookings.cancel_booking(guest_id, session_id, by=actor)
    back = (
        f"guests/{guest_id}?tab=sessions" if given.one("back") == "guest" else f"sessions/{session_id}/guests"
    )
    return redirect(f"/organiser/{back}", said=_("The seat is given back."))


@get("/{session_id:uuid}/call-off", guards=[requires("agenda.edit")])
async def ask_call_off(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """What calling it off would do, in numbers."""
    return await show(
        request,
        "organiser/sessions/call_off.html",
        actor=actor,
        edition=edition,
        current="agenda",
        card=(await _session(edition, session_id)).card,
        count=await count_bookings(session_id),
    )


@post("/{session_id:uuid}/call-off", status_code=200, guards=[requires("agenda.edit")])
async def call_off(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """It does not take place; every guest with a seat or a place in line is told."""
    await read_form(request)
    await _session(edition, session_id)
    told = await bookings.call_off_session(session_id, by=actor)
    said = ngettext(
        "The session is called off; %(n)d guest is told by mail.",
        "The session is called off; %(n)d guests are told by mail.",
        told,
    )
    return redirect(f"/organiser/sessions/{session_id}", said=said)


@get("/{session_id:uuid}/history")
async def changes(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """Who changed what, and when."""
    page = await _session(edition, session_id)
    return await show(
        request,
        "organiser/sessions/history.html",
        actor=actor,
        edition=edition,
        current="agenda",
        card=page.card,
        count=await count_bookings(session_id),
        entries=await history.worded(await audit.history_of(session_id), about=session_id),
        kinds=KIND_WORDS,
        states=STATE_WORDS,
    )


async def _session(edition: EditionView, session_id: UUID) -> SessionPage:
    """A session of the chosen edition; those of others are not found."""
    return await get_session_by_id(session_id, edition=edition.id)


async def _new_page(
    request: AnyRequest, actor: Actor, edition: EditionView, given: Form, errors: Errors | None = None
) -> Response[Any]:
    return await show(
        request,
        "organiser/sessions/new.html",
        status=422 if errors or given.lapsed else 200,
        actor=actor,
        edition=edition,
        current="agenda",
        given={name: given.one(name) for name in ("kind", *SessionDetails.__struct_fields__)},
        errors=errors or {},
        lapsed=given.lapsed,
        kinds=KIND_WORDS,
        all_days=days(edition.first_day, edition.last_day),
        booking_words=BOOKING_WORDS,
        fields=history.FIELDS,
    )


async def _edit_page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    page: SessionPage,
    given: dict[str, Any],
    version: int,
    *,
    errors: Errors | None = None,
    theirs: dict[str, Any] | None = None,
    lapsed: bool = False,
) -> Response[Any]:
    entries = await audit.history_of(page.card.id, limit=6)
    return await show(
        request,
        "organiser/sessions/edit.html",
        status=409 if theirs else 422 if errors or lapsed else 200,
        actor=actor,
        edition=edition,
        current="agenda",
        page=page,
        card=page.card,
        count=await count_bookings(page.card.id),
        given=given,
        version=version,
        errors=errors or {},
        theirs=theirs or {},
        lapsed=lapsed,
        editor=next((entry for entry in entries if entry.action == "session.edited"), None),
        entries=await history.worded(entries, about=page.card.id),
        venues=await list_venues(edition.id),
        subjects=await list_subjects(edition.id),
        all_days=days(edition.first_day, edition.last_day),
        booking_words=BOOKING_WORDS,
        language_words=LANGUAGE_WORDS,
        kinds=KIND_WORDS,
        states=STATE_WORDS,
        fields=history.FIELDS,
        missing=[
            f"{name}_{lang}"
            for name in ("title", "summary")
            for lang in ("zh", "en")
            if _is_missing(given, name, lang)
        ],
    )


async def _guests_page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    page: SessionPage,
    q: str,
    *,
    errors: Errors | None = None,
    seats: str | None = None,
    lapsed: bool = False,
    refused: str = "",
    status: int = 0,
) -> Response[Any]:
    rows = await list_bookings(page.card.id)
    q = q.replace("\0", "")[:100]
    found = (
        await list_guests(edition.id, GuestFilter(q=q, state="approved", sort="name"), Slice(1, 25))
        if q.strip()
        else None
    )
    return await show(
        request,
        "organiser/sessions/guests.html",
        status=status or (422 if errors or lapsed else 200),
        actor=actor,
        edition=edition,
        current="agenda",
        card=page.card,
        count=SeatCount(
            sum(row.state == "confirmed" for row in rows), sum(row.state == "waiting" for row in rows)
        ),
        confirmed=[row for row in rows if row.state == "confirmed"],
        waiting=[row for row in rows if row.state == "waiting"],
        held={row.guest for row in rows},
        q=q,
        found=found,
        seats=seats if seats is not None else "" if page.card.seats is None else str(page.card.seats),
        errors=errors or {},
        lapsed=lapsed,
        refused=refused,
        kinds=KIND_WORDS,
        states=STATE_WORDS,
    )


def _given(details: SessionDetails) -> dict[str, Any]:
    """What is stored, as the fields of the form show it."""
    values = msgspec.structs.asdict(details)
    lists = {
        name: [str(one) for one in values[name]]
        for name in ("languages", "interpretation", "sdgs", "subjects")
    }
    return values | lists | {"day": details.day.isoformat(), "room": str(details.room or "")}


def _differences(theirs: SessionDetails, mine: SessionDetails) -> dict[str, Any]:
    """What the other person saved, where it is not what was typed here."""
    other, own = _given(theirs), _given(mine)
    return {name: (other[name], own[name]) for name in own if other[name] != own[name]}


def _is_missing(given: dict[str, Any], name: str, language: str) -> bool:
    """Whether one language says something that the other does not."""
    other = "en" if language == "zh" else "zh"
    return not given[f"{name}_{language}"] and bool(given[f"{name}_{other}"])


router = Router(
    "/sessions",
    route_handlers=[
        new,
        create,
        confirm,
        index,
        edit,
        save,
        guests,
        change_seats,
        book,
        give_back,
        ask_call_off,
        call_off,
        changes,
    ],
    guards=[requires("agenda.view")],
)
