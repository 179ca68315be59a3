"""The list of sessions: by day or not scheduled, filtered, searched, several at once; and a new one."""

from collections import Counter
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency

from wcd.actors.actors import Actor
from wcd.agenda import lists, rules, sessions, states
from wcd.agenda.inputs import NewSession
from wcd.agenda.lists import SessionFilter
from wcd.core.errors import Invalid
from wcd.core.i18n import lazy_gettext as _
from wcd.core.i18n import ngettext
from wcd.core.inputs import Errors
from wcd.core.listing import PAGE_SIZES, Slice
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.registration import warned
from wcd.registration.queries import count_all_bookings
from wcd.registration.views import SeatCount
from wcd.venues.queries import list_venues
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser import session_words as words
from wcd.web.organiser.addresses import Here
from wcd.web.organiser.frame import show
from wcd.web.organiser.session_form import typed
from wcd.web.pages import AnyRequest, redirect

AT_ONCE = 500
"""Sessions changed in one go."""
MOVES = (rules.CONFIRMED, rules.PLANNED, rules.CALLED_OFF)
NOTHING_CHOSEN = _("Choose at least one session.")
LIST = "/organiser/sessions"


@get("/")
async def index(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """One page of the list. The address bar says what is shown."""
    wanted, piece, here = _wanted(request)
    rows = await _rows(edition)
    return await show(
        request,
        "organiser/sessions/index.html",
        actor=actor,
        edition=edition,
        current="agenda",
        found=lists.cut(lists.choose(rows, wanted), piece),
        facets=lists.count_facets(rows, wanted),
        wanted=wanted,
        here=here,
        sizes=PAGE_SIZES,
        all_days=days(edition.first_day, edition.last_day),
        venues=await list_venues(edition.id),
        counts=await count_all_bookings(edition.id),
        nobody=SeatCount(),
        kinds=words.KIND_WORDS,
        states=words.STATE_WORDS,
        changes=words.CHANGE_WORDS,
        compared=words.COMPARED_WORDS,
    )


@post("/act", status_code=200, guards=[requires("agenda.edit")])
async def ask(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """What a change of the chosen ones would do, in numbers."""
    given = await read_form(request, max_fields=AT_ONCE + 100)
    rows = await _rows(edition)
    chosen = set(_ids(given.all("pick")))
    if given.one("all"):
        wanted, _piece, _here = _wanted(request)
        chosen = {row.id for row in lists.choose(rows, wanted)}
    back, move = _back(given.one("back")), _move(given)
    if not chosen or len(chosen) > AT_ONCE:
        return redirect(back, said=NOTHING_CHOSEN)
    able = [row for row in rows if row.id in chosen and _is_able(row, move)]
    counts = await count_all_bookings(edition.id)
    return await show(
        request,
        "organiser/sessions/act.html",
        actor=actor,
        edition=edition,
        current="agenda",
        move=move,
        able=able,
        unable=[row for row in rows if row.id in chosen and row not in able],
        ids=",".join(str(row.id) for row in able),
        told=sum(counts[row.id].taken + counts[row.id].waiting for row in able if row.id in counts),
        back=back,
        kinds=words.KIND_WORDS,
        states=words.STATE_WORDS,
        state_says=words.STATE_SAYS,
    )


@post("/done", status_code=200, guards=[requires("agenda.edit")])
async def act(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Do it, and say of how many, and which were not."""
    given = await read_form(request)
    rows = {row.id: row for row in await _rows(edition)}
    ids = [one for one in _ids(given.one("ids").split(","))[:AT_ONCE] if one in rows]
    back, move = _back(given.one("back")), _move(given)
    done = await states.set_states(ids, move, by=actor)
    said = ngettext(
        "%(n)d session is changed. Guests learn of it with the next release.",
        "%(n)d sessions are changed. Guests learn of it with the next release.",
        len(done.done),
    )
    if not done.refused:
        return redirect(back, said=said)
    return await show(
        request,
        "organiser/sessions/done.html",
        actor=actor,
        edition=edition,
        current="agenda",
        said_done=said,
        refused=[(rows[one], str(refusal)) for one, refusal in done.refused],
        back=back,
    )


@get("/new", guards=[requires("agenda.edit")])
async def new(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """The form of a new session: what it is, and when, if that is known; the rest follows on its own pages."""
    day = str(request.query_params.get("day", ""))
    known = {one.isoformat() for one in days(edition.first_day, edition.last_day)}
    given = Form({"day": [day if day in known else ""], "minutes": ["90"], "kind": ["forum"]}, lapsed=False)
    return await _new_page(request, actor, edition, given)


@post("/new", status_code=200, guards=[requires("agenda.edit")])
async def create(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Make it: planned where it has a time, else an idea."""
    given = await read_form(request, may_lapse=True)
    wanted, errors = given.parse(NewSession)
    if wanted is not None and not given.lapsed:
        try:
            made = await sessions.create_session(edition.id, wanted, by=actor)
        except Invalid as refused:
            errors = refused.errors
        else:
            return redirect(f"{LIST}/{made}", said=words.PLANNED if wanted.day else words.AN_IDEA)
    return await _new_page(request, actor, edition, given, errors)


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
        given=typed(given, NewSession),
        errors=errors or {},
        lapsed=given.lapsed,
        kinds=words.KIND_WORDS,
        all_days=days(edition.first_day, edition.last_day),
        fields=words.FIELD_WORDS,
    )


async def _rows(edition: EditionView) -> list[lists.SessionRow]:
    found = (await warned.of_edition(edition.id)).found
    about = Counter(one for warning in found for one in {warning.session, warning.other} if one)
    return await lists.list_rows(edition.id, edition.zone, about)


def _is_able(row: lists.SessionRow, move: str) -> bool:
    """Whether this may follow the state it is in."""
    if move == rules.PLANNED and row.is_on_programme:
        return False
    return move in states.NEXT[row.facts.state] and (
        move not in states.TIMED or row.facts.starts_at is not None
    )


def _move(given: Form) -> str:
    move = given.one("move")
    return move if move in MOVES else rules.CONFIRMED


def _wanted(request: AnyRequest) -> tuple[SessionFilter, Slice, Here]:
    """What the address asks for; odd values find nothing rather than fail."""
    query = request.query_params
    values = {
        name: str(query.get(name, "")).replace("\0", "")[:100] for name in SessionFilter.__struct_fields__
    }
    piece = Slice.read(query.get("page", ""), query.get("size", ""))
    shown = values | {"page": query.get("page", ""), "size": query.get("size", "")}
    return SessionFilter(**values), piece, Here(LIST, shown)


def _ids(texts: list[str]) -> list[UUID]:
    """Those that are ids; anything else was never one of ours."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _back(wanted: str) -> str:
    """Back to the list as it was; never elsewhere."""
    good = wanted.startswith(f"{LIST}?") and wanted.isprintable() and "\\" not in wanted
    return wanted if good and "//" not in wanted else LIST


router = Router("/sessions", route_handlers=[index, ask, act, new, create], guards=[requires("agenda.view")])
