"""What becomes of a session: planned, confirmed, called off, copied, removed; and what was done with it."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda import moves, rules, states
from wcd.agenda.errors import WrongState
from wcd.editions.queries import EditionView
from wcd.web.forms import read_form
from wcd.web.guards import requires
from wcd.web.organiser import history
from wcd.web.organiser import session_words as words
from wcd.web.organiser.session_frame import find_file, session_page
from wcd.web.pages import AnyRequest, redirect


@post("/{session_id:uuid}/state/{into:str}", status_code=200, guards=[requires("agenda.edit")])
async def set_state(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
    into: FromPath[str],
) -> Response[Any]:
    """Bring it into another state of the working copy."""
    await read_form(request)
    await find_file(edition, session_id)
    if into not in rules.STATES:
        raise WrongState
    await states.set_state(session_id, into, by=actor)
    return redirect(f"/organiser/sessions/{session_id}/notes", said=words.NOW_IN[into])


@get("/{session_id:uuid}/call-off", guards=[requires("agenda.edit")])
async def ask_call_off(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """What calling it off would do at the next release, in numbers."""
    file = await find_file(edition, session_id)
    if rules.CALLED_OFF not in states.NEXT[file.state]:
        raise WrongState
    return await session_page(
        request, "call_off.html", actor=actor, edition=edition, file=file, view="call_off"
    )


@get("/{session_id:uuid}/remove", guards=[requires("agenda.edit")])
async def ask_remove(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """What goes with it."""
    file = await find_file(edition, session_id)
    return await session_page(request, "remove.html", actor=actor, edition=edition, file=file, view="remove")


@post("/{session_id:uuid}/remove", status_code=200, guards=[requires("agenda.edit")])
async def remove(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """Take it away; no release ever had it."""
    await read_form(request)
    await find_file(edition, session_id)
    await states.remove_session(session_id, by=actor)
    return redirect("/organiser/sessions", said=words.REMOVED)


@post("/{session_id:uuid}/copy", status_code=200, guards=[requires("agenda.edit")])
async def copy(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """The same once more, without a time."""
    await read_form(request)
    await find_file(edition, session_id)
    copied = await moves.copy_session(session_id, by=actor)
    return redirect(f"/organiser/sessions/{copied.session}", said=words.COPIED)


@get("/{session_id:uuid}/history")
async def changes(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """Who changed what, and when."""
    file = await find_file(edition, session_id)
    entries = await history.worded(await audit.history_of(session_id), about=session_id)
    return await session_page(
        request, "history.html", actor=actor, edition=edition, file=file, view="history", entries=entries
    )


router = Router(
    "/sessions",
    route_handlers=[set_state, ask_call_off, ask_remove, remove, copy, changes],
    guards=[requires("agenda.view")],
)
