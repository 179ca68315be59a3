"""Sessions: the list by day, one in both languages side by side, a new one, calling one off."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda import rules, sessions
from wcd.agenda.inputs import SessionDetails
from wcd.agenda.queries import get_session_by_id, list_sessions
from wcd.agenda.views import SessionPage
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import NOT_ALLOWED, Errors
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.registration.queries import count_all_bookings, count_bookings
from wcd.registration.views import SeatCount
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser import history
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

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


@get("/")
async def index(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    day: FromQuery[str] = "",
    q: FromQuery[str] = "",
) -> Response[Any]:
    """All sessions of a day, with seats taken and people waiting."""
    cards = await list_sessions(edition.id, working=True)
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
    await find_session(edition, session_id)
    await sessions.confirm_session(session_id, by=actor)
    return redirect(f"/organiser/sessions/{session_id}", said=_("The session stands on the programme."))


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
        card=(await find_session(edition, session_id)).card,
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
    await find_session(edition, session_id)
    await sessions.call_off_session(session_id, by=actor)
    said = _("The session is called off. Guests are told, and bookings end, with the next release.")
    return redirect(f"/organiser/sessions/{session_id}", said=said)


@get("/{session_id:uuid}/history")
async def changes(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """Who changed what, and when."""
    page = await find_session(edition, session_id)
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


async def find_session(edition: EditionView, session_id: UUID) -> SessionPage:
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


router = Router(
    "/sessions",
    route_handlers=[
        new,
        create,
        confirm,
        index,
        ask_call_off,
        call_off,
        changes,
    ],
    guards=[requires("agenda.view")],
)
