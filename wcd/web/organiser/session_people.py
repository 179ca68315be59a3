"""Who appears in a session, and which bodies host it: added by search, put in order, taken out."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wcd.actors.actors import Actor
from wcd.agenda import hostings, parts
from wcd.agenda.errors import NoSuchBody, NoSuchHosting, NoSuchPart, NoSuchSpeaker
from wcd.core.errors import Conflict
from wcd.editions.queries import EditionView
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser import session_words as words
from wcd.web.organiser.session_frame import find_file, session_page
from wcd.web.pages import AnyRequest, redirect

STEPS = {"up": -1, "down": 1}


@get("/{session_id:uuid}/people")
async def people(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
    q: FromQuery[str] = "",
) -> Response[Any]:
    """Those of the session as a whole, and those of its items."""
    return await _people_page(request, actor, edition, session_id, q)


@post("/{session_id:uuid}/people", status_code=200, guards=[requires("agenda.edit")])
async def add(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """Somebody appears, in the session as a whole or in one item."""
    given = await read_form(request)
    await find_file(edition, session_id)
    speaker, item = _id(given.one("speaker")), _id(given.one("item"))
    if speaker is None:
        raise NoSuchSpeaker
    try:
        await parts.add_part(session_id, speaker, given.one("role"), item=item, by=actor)
    except Conflict as refused:
        return redirect(_back(session_id, given), said=str(refused))
    return redirect(_back(session_id, given), said=words.SAVED)


@post(
    "/{session_id:uuid}/people/{part_id:uuid}/{verb:str}", status_code=200, guards=[requires("agenda.edit")]
)
async def act(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
    part_id: FromPath[UUID],
    verb: FromPath[str],
) -> Response[Any]:
    """Another role, one place up or down, or out."""
    given = await read_form(request)
    await find_file(edition, session_id)
    if verb in STEPS:
        await parts.move_part(session_id, part_id, STEPS[verb], by=actor)
    elif verb == "role":
        await parts.change_role(session_id, part_id, given.one("role"), by=actor)
    elif verb == "remove":
        await parts.remove_part(session_id, part_id, by=actor)
    else:
        raise NoSuchPart
    return redirect(_back(session_id, given), said=words.SAVED)


@get("/{session_id:uuid}/hosts")
async def hosts(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """The bodies that host the session, in their order."""
    rows = await hostings.list_hosts(session_id)
    there = {row.body for row in rows}
    return await session_page(
        request,
        "hosts.html",
        actor=actor,
        edition=edition,
        file=await find_file(edition, session_id),
        view="hosts",
        rows=rows,
        bodies=[body for body in await hostings.list_bodies_to_choose(edition.id) if body.id not in there],
    )


@post("/{session_id:uuid}/hosts", status_code=200, guards=[requires("agenda.edit")])
async def add_host(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """One more body hosts it."""
    given = await read_form(request)
    await find_file(edition, session_id)
    body = _id(given.one("body"))
    if body is None:
        raise NoSuchBody
    here = f"/organiser/sessions/{session_id}/hosts"
    try:
        await hostings.add_host(session_id, body, by=actor)
    except Conflict as refused:
        return redirect(here, said=str(refused))
    return redirect(here, said=words.SAVED)


@post(
    "/{session_id:uuid}/hosts/{hosting_id:uuid}/{verb:str}", status_code=200, guards=[requires("agenda.edit")]
)
async def act_on_host(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
    hosting_id: FromPath[UUID],
    verb: FromPath[str],
) -> Response[Any]:
    """One place up or down, or out."""
    await read_form(request)
    await find_file(edition, session_id)
    if verb in STEPS:
        await hostings.move_host(session_id, hosting_id, STEPS[verb], by=actor)
    elif verb == "remove":
        await hostings.remove_host(session_id, hosting_id, by=actor)
    else:
        raise NoSuchHosting
    return redirect(f"/organiser/sessions/{session_id}/hosts", said=words.SAVED)


async def _people_page(
    request: AnyRequest, actor: Actor, edition: EditionView, session_id: UUID, q: str
) -> Response[Any]:
    q = q.replace("\0", "")[:100]
    found = await parts.list_parts(session_id)
    return await session_page(
        request,
        "people.html",
        actor=actor,
        edition=edition,
        file=await find_file(edition, session_id),
        view="people",
        whole=[part for part in found if part.item is None],
        of_items=[part for part in found if part.item is not None],
        q=q,
        found=await parts.find_people(edition.id, q) if q.strip() else None,
    )


def _back(session_id: UUID, given: Form) -> str:
    """To the item that is being edited, or to the people of the session."""
    item = _id(given.one("item"))
    here = f"/organiser/sessions/{session_id}"
    return f"{here}/items?item={item}#item-{item}" if item else f"{here}/people"


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


router = Router(
    "/sessions",
    route_handlers=[people, add, act, hosts, add_host, act_on_host],
    guards=[requires("agenda.view")],
)
