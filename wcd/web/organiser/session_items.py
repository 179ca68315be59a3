"""The items of a session: its run of show, edited one at a time; times follow from the lengths."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wcd.actors.actors import Actor
from wcd.agenda import items
from wcd.agenda.errors import ItemChanged, NoSuchItem
from wcd.agenda.inputs import ItemDetails
from wcd.agenda.parts import find_people, list_parts
from wcd.core.inputs import Errors
from wcd.editions.queries import EditionView
from wcd.web.forms import read_form
from wcd.web.guards import requires
from wcd.web.organiser import session_words as words
from wcd.web.organiser.session_form import given_of, typed
from wcd.web.organiser.session_frame import find_file, session_page
from wcd.web.pages import AnyRequest, redirect

EMPTY = {"kind": "speech", "title_zh": "", "title_en": "", "minutes": "15", "notes": ""}
STEPS = {"up": -1, "down": 1}


@get("/{session_id:uuid}/items")
async def show_items(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
    item: FromQuery[str] = "",
    q: FromQuery[str] = "",
) -> Response[Any]:
    """All items with their times and people; ``item`` is the one that is being edited."""
    return await _items_page(request, actor, edition, session_id, item=item, q=q)


@post("/{session_id:uuid}/items", status_code=200, guards=[requires("agenda.edit")])
async def add(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """A new item at the end; its people are added on it."""
    await find_file(edition, session_id)
    given = await read_form(request, may_lapse=True)
    details, errors = given.parse(ItemDetails)
    if details is None or given.lapsed:
        return await _items_page(
            request,
            actor,
            edition,
            session_id,
            new=typed(given, ItemDetails),
            errors=errors,
            lapsed=given.lapsed,
        )
    added = await items.add_item(session_id, details, by=actor)
    return redirect(
        f"/organiser/sessions/{session_id}/items?item={added}#item-{added}", said=words.ITEM_ADDED
    )


@post("/{session_id:uuid}/items/{item_id:uuid}", status_code=200, guards=[requires("agenda.edit")])
async def save(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
) -> Response[Any]:
    """Keep an item's changes; where somebody changed it meanwhile, or took it away, what was typed is shown again."""
    await find_file(edition, session_id)
    given = await read_form(request, may_lapse=True)
    details, errors = given.parse(ItemDetails)
    mine, seen = typed(given, ItemDetails), given.one("seen")[:40]
    theirs: dict[str, Any] = {}
    if details is not None and not given.lapsed:
        try:
            await items.edit_item(session_id, item_id, details, seen=seen, by=actor)
            return redirect(f"/organiser/sessions/{session_id}/items#item-{item_id}", said=words.SAVED)
        except ItemChanged as refused:
            stored = given_of(refused.current)
            theirs = {name: (stored[name], mine[name]) for name in stored if stored[name] != mine[name]}
            seen = refused.seen
        except NoSuchItem:
            return await _items_page(request, actor, edition, session_id, new=mine, is_gone=True)
    return await _items_page(
        request, actor, edition, session_id, item=str(item_id), given=mine, seen=seen, errors=errors, theirs=theirs,
        lapsed=given.lapsed,
    )  # fmt: skip


@post("/{session_id:uuid}/items/{item_id:uuid}/{verb:str}", status_code=200, guards=[requires("agenda.edit")])
async def act(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
    verb: FromPath[str],
) -> Response[Any]:
    """One place up or down, or away with it."""
    await read_form(request)
    await find_file(edition, session_id)
    if verb in STEPS:
        await items.move_item(session_id, item_id, STEPS[verb], by=actor)
        return redirect(f"/organiser/sessions/{session_id}/items#item-{item_id}")
    if verb != "remove":
        raise NoSuchItem
    await items.remove_item(session_id, item_id, by=actor)
    return redirect(f"/organiser/sessions/{session_id}/items", said=words.ITEM_REMOVED)


async def _items_page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    session_id: UUID,
    *,
    item: str = "",
    q: str = "",
    given: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
    seen: str = "",
    errors: Errors | None = None,
    theirs: dict[str, Any] | None = None,
    lapsed: bool = False,
    is_gone: bool = False,
) -> Response[Any]:
    rows = await items.list_items(session_id)
    chosen = next((row for row in rows if str(row.id) == item), None)
    parts = await list_parts(session_id)
    q = q.replace("\0", "")[:100]
    return await session_page(
        request,
        "items.html",
        status=409 if theirs or is_gone else 422 if errors or lapsed else 200,
        actor=actor,
        edition=edition,
        file=await find_file(edition, session_id),
        view="items",
        rows=rows,
        chosen=chosen,
        given=given or (given_of(chosen.details) if chosen else {}),
        seen=seen or (chosen.seen if chosen else ""),
        new=new or EMPTY,
        is_new=new is not None,
        is_gone=is_gone,
        errors=errors or {},
        theirs=theirs or {},
        lapsed=lapsed,
        people_of={row.id: [part for part in parts if part.item == row.id] for row in rows},
        q=q,
        found=await find_people(edition.id, q) if chosen and q.strip() else None,
    )


router = Router("/sessions", route_handlers=[show_items, add, save, act], guards=[requires("agenda.view")])
