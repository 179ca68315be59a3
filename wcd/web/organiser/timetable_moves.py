"""Verbs of the timetable: move, take off, copy, throw away. Scripts are answered in JSON, forms with the next page."""

from collections.abc import Awaitable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from wcd.actors.actors import Actor
from wcd.agenda import moves, spans
from wcd.agenda.errors import SessionMovedOn
from wcd.agenda.moves import Moved, Place
from wcd.core.errors import Conflict, Invalid, NotFound, Refusal
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.editions.queries import EditionView
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser import timetable_feed as feed
from wcd.web.organiser.timetable import place_page
from wcd.web.pages import AnyRequest, redirect


class Wanted(msgspec.Struct, kw_only=True, frozen=True):
    """Where a session shall go: a day and a time on the wall, a length, a room."""

    day: date
    starts: time
    minutes: Annotated[int, Meta(ge=1, le=100_000)]
    room: UUID | None = None


class Answered(msgspec.Struct, frozen=True):
    """What a verb did, and all that changed since the script last asked."""

    session: UUID
    version: int
    news: feed.News | None


@get("/what-if")
async def what_if(
    request: AnyRequest,
    edition: NamedDependency[EditionView],
    session: FromQuery[UUID],
    day: FromQuery[str] = "",
    starts: FromQuery[str] = "",
    minutes: FromQuery[str] = "",
    room: FromQuery[str] = "",
) -> Response[Any]:
    """What would be said about a session if it were there; nothing is written."""
    given = Form({"day": [day], "starts": [starts], "minutes": [minutes], "room": [room]}, lapsed=False)
    place, errors = _place(given, edition)
    if place is None:
        return _refused(request, Invalid(errors))
    return feed.answer(feed.Clashes(await feed.clashes_at(edition, session, place)), request)


@post("/{session_id:uuid}/move", status_code=200, guards=[requires("agenda.edit")])
async def move(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """Put it there. A session that somebody else has moved stays where they put it, and the answer says so."""
    scripted = _scripted(request)
    given = await read_form(request, may_lapse=not scripted)
    place, errors = _place(given, edition)
    if place is None or place.starts_at is None or place.ends_at is None or given.lapsed:
        if scripted:
            return _refused(request, Invalid(errors))
        return await place_page(request, actor, edition, session_id, given=given, errors=errors)
    verb = moves.move_session(
        session_id,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        room=place.room,
        version=given.version(),
        seen=_seen(given, edition),
        confirmed=bool(given.one("confirmed")),
        by=actor,
    )
    if scripted:
        return await _answer(request, edition, given, verb)
    try:
        await verb
    except (Conflict, Invalid) as refusal:
        return await place_page(request, actor, edition, session_id, given=given, refusal=refusal)
    return redirect(
        f"/organiser/timetable?day={given.one('day')}#session-{session_id}", said=_("It is moved.")
    )


@post("/{session_id:uuid}/unschedule", status_code=200, guards=[requires("agenda.edit")])
async def unschedule(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """Take it off the timetable; it waits in the list."""
    given = await read_form(request)
    verb = moves.unschedule_session(
        session_id,
        version=given.version(),
        seen=_seen(given, edition),
        confirmed=bool(given.one("confirmed")),
        by=actor,
    )
    if _scripted(request):
        return await _answer(request, edition, given, verb)
    await verb
    said = _("It is taken off the timetable and waits in the list.")
    return redirect(f"/organiser/timetable#session-{session_id}", said=said)


@post("/{session_id:uuid}/copy", status_code=200, guards=[requires("agenda.edit")])
async def copy(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """The same once more: at a place, or in the list."""
    given = await read_form(request)
    place = None
    if given.one("day"):
        place, errors = _place(given, edition)
        if place is None:
            return _refused(request, Invalid(errors))
    verb = moves.copy_session(session_id, place=place, by=actor)
    if _scripted(request):
        return await _answer(request, edition, given, verb)
    copied = await verb
    return redirect(f"/organiser/timetable/{copied.session}", said=_("This is the copy. Give it a time."))


@post("/{session_id:uuid}/discard", status_code=200, guards=[requires("agenda.edit")])
async def discard(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """Throw a copy away that nobody has seen."""
    given = await read_form(request)

    async def verb() -> Moved:
        working = await moves.discard_session(session_id, version=given.version(), by=actor)
        return Moved(session_id, 0, working)

    return await _answer(request, edition, given, verb())


async def _answer(
    request: AnyRequest, edition: EditionView, given: Form, verb: Awaitable[Moved]
) -> Response[Any]:
    """What it did; or why not, with what was done meanwhile, so that the script can show how things stand."""
    since = int(given.one("since")) if given.one("since").isdecimal() and len(given.one("since")) < 10 else 0
    try:
        moved = await verb
    except (Conflict, Invalid, NotFound) as refusal:
        what = await feed.told(refusal.entries, edition) if isinstance(refusal, SessionMovedOn) else []
        return _refused(request, refusal, what, await feed.news_since(edition, since))
    return feed.answer(Answered(moved.session, moved.version, await feed.news_since(edition, since)), request)


def _refused(
    request: AnyRequest, refusal: Refusal, what: list[str] | None = None, news: feed.News | None = None
) -> Response[Any]:
    status = 404 if isinstance(refusal, NotFound) else 409 if isinstance(refusal, Conflict) else 422
    says = str(refusal)
    if isinstance(refusal, Invalid) and refusal.errors:
        says = " ".join(dict.fromkeys(str(text) for text in refusal.errors.values()))
    return feed.answer(feed.Refused(refusal.code, says, what or [], news), request, status=status)


def _place(given: Form, edition: EditionView) -> tuple[Place | None, Errors]:
    """The place that a form names, as moments; or a sentence for each field that does not hold."""
    wanted, errors = given.parse(Wanted)
    if wanted is None:
        return None, errors
    clock = wanted.starts.replace(second=0, microsecond=0, tzinfo=None)
    starts_at = spans.from_wall(datetime.combine(wanted.day, clock), edition.zone)
    if starts_at is None:
        return None, {"starts": moves.WRONG[spans.NO_SUCH_TIME]}
    return Place(starts_at, starts_at + timedelta(minutes=wanted.minutes), wanted.room), {}


def _seen(given: Form, edition: EditionView) -> Place | None:
    """Where the mover saw it: ``2023-10-29T09:00|2023-10-29T10:30|<room>``, or ``||`` for a session without a time."""
    parts = given.one("seen").split("|")
    if len(parts) != len(Place.__struct_fields__):
        return None
    try:
        walls = [datetime.fromisoformat(part) if part else None for part in parts[:2]]
        room = UUID(parts[2]) if parts[2] else None
    except ValueError:
        return None
    if any(wall and wall.tzinfo for wall in walls):
        return None
    at = [spans.from_wall(wall, edition.zone) if wall else None for wall in walls]
    return Place(at[0], at[1], room)


def _scripted(request: AnyRequest) -> bool:
    return "application/json" in request.headers.get("accept", "")


router = Router(
    "/timetable", route_handlers=[what_if, move, unschedule, copy, discard], guards=[requires("agenda.view")]
)
