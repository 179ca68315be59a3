"""The door as supervisors see it: gates with numbers, phones, conflicts, scans that could not be taken."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wcd.actors.actors import Actor
from wcd.checkin import conflicts, devices, gates, queries, rules
from wcd.checkin.numbers import gate_numbers
from wcd.core.config import settings
from wcd.core.errors import Invalid
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import REQUIRED, TOO_LONG
from wcd.editions.queries import EditionView
from wcd.registration.categories import list_categories
from wcd.web.forms import read_form
from wcd.web.guards import requires
from wcd.web.organiser import gate_form
from wcd.web.organiser.frame import show
from wcd.web.organiser.pairing_code import pairing_code
from wcd.web.organiser.scans import VERDICT_WORDS
from wcd.web.pages import AnyRequest, redirect

WORD_LENGTH = 300
SUPERVISE = requires("door.supervise")
CONFLICT_WORDS: dict[str, tuple[LazyText, LazyText]] = {
    rules.LET_IN: (
        _("Let in, but should not have been"),
        _(
            "The gate was shown a welcome. An earlier scan that arrived late, or the phone's old data, says otherwise."
        ),
    ),
    rules.TURNED_AWAY: (
        _("Turned away, but was right"),
        _("The gate was shown a refusal that does not hold."),
    ),
    rules.UNVERIFIED: (
        _("Could not be verified"),
        _(
            "The phone had no network: nobody knows whether the guest went in. The verdict would have been no."
        ),
    ),
}
KIND_WORDS: dict[str, LazyText] = {"scan": _("Scan"), "let_in": _("Let in all the same"), "undo": _("Undone")}
REASON_WORDS: dict[str, LazyText] = {
    "different_body": _("Another scan has this number already"),
    "malformed": _("Could not be read"),
}


@get("/")
async def index(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """All gates, and what waits for a supervisor."""
    return await _page(request, actor, edition, "index", gates=await queries.list_gates(edition.id))


@get("/gates/{gate_id:uuid}")
async def gate(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    gate_id: FromPath[UUID],
) -> Response[Any]:
    """One gate: numbers, phones, the newest scans."""
    return await _gate(request, actor, edition, gate_id)


@post("/gates/{gate_id:uuid}/switch", status_code=200, guards=[SUPERVISE])
async def switch(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    gate_id: FromPath[UUID],
) -> Response[Any]:
    """Close a gate for everybody, or open it again."""
    on = (await read_form(request)).one("on") == "1"
    await gates.switch_gate(edition.id, gate_id, on=on, by=actor)
    said = _("The gate is open.") if on else _("The gate is closed. Its phones say so within ten seconds.")
    return redirect(f"/organiser/door/gates/{gate_id}", said=said)


@post("/gates/{gate_id:uuid}/pair", status_code=200, guards=[SUPERVISE])
async def pair(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    gate_id: FromPath[UUID],
) -> Response[Any]:
    """Show a code for one phone. Only now is its secret known; what is stored is its hash."""
    await read_form(request)
    link = f"{settings().base_url}/door/pair/{await devices.make_pairing_link(edition.id, gate_id, by=actor)}"
    found = await queries.get_gate(edition.id, gate_id)
    minutes = int(devices.LINK_LIVES.total_seconds() // 60)
    values: dict[str, Any] = {"gate": found, "link": link, "code": pairing_code(link), "minutes": minutes}
    return await _page(request, actor, edition, "pair", **values, https=settings().https)


@post("/devices/{device_id:uuid}/revoke", status_code=200, guards=[SUPERVISE])
async def revoke(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    device_id: FromPath[UUID],
) -> Response[Any]:
    """Sign a phone off."""
    await read_form(request)
    there = await devices.revoke_device(edition.id, device_id, by=actor)
    said = _("The phone is signed off. What it has not sent yet it can send after it is paired again.")
    return redirect(f"/organiser/door/gates/{there}", said=said)


@get("/conflicts")
async def list_conflicts(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    closed: FromQuery[bool] = False,
) -> Response[Any]:
    """Contradictions, newest first."""
    return await _conflicts(request, actor, edition, closed=closed)


@post("/conflicts/{conflict_id:uuid}/close", status_code=200, guards=[SUPERVISE])
async def close_conflict(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    conflict_id: FromPath[UUID],
) -> Response[Any]:
    """Close one with a word about what it was."""
    word = (await read_form(request)).one("word").strip()
    if not word or len(word) > WORD_LENGTH or not word.isprintable():
        wrong = (
            REQUIRED
            if not word
            else TOO_LONG % {"limit": WORD_LENGTH}
            if len(word) > WORD_LENGTH
            else Invalid.says
        )
        given = {"conflict": conflict_id, "word": word[:WORD_LENGTH], "error": wrong}
        return await _conflicts(request, actor, edition, closed=False, given=given)
    await conflicts.close_conflict(edition.id, conflict_id, word, by=actor)
    return redirect("/organiser/door/conflicts", said=_("The conflict is closed."))


@get("/refused")
async def refused(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """What could not be stored as a scan, as it came."""
    rows = await queries.list_refused(edition.id)
    return await _page(request, actor, edition, "refused", rows=rows, reasons=REASON_WORDS)


async def _conflicts(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    *,
    closed: bool,
    given: dict[str, Any] | None = None,
) -> Response[Any]:
    rows = await queries.list_conflicts(edition.id, closed=closed)
    words = {"kinds": CONFLICT_WORDS, "verdicts": VERDICT_WORDS}
    status = 422 if given else 200
    return await _page(
        request, actor, edition, "conflicts", status=status, rows=rows, closed=closed, given=given, **words
    )


async def _gate(request: AnyRequest, actor: Actor, edition: EditionView, gate_id: UUID) -> Response[Any]:
    found = await queries.get_gate(edition.id, gate_id)
    return await _page(
        request,
        actor,
        edition,
        "gate",
        gate=found,
        numbers=await gate_numbers(found),
        devices=await queries.list_devices(gate_id),
        scans=await queries.recent_scans(gate_id),
        sessions=await queries.sessions_of_gate(gate_id),
        categories={one.code: one.name for one in await list_categories(edition.id)},
        verdicts=VERDICT_WORDS,
        kinds=KIND_WORDS,
    )


async def _page(
    request: AnyRequest, actor: Actor, edition: EditionView, name: str, *, status: int = 200, **values: Any
) -> Response[Any]:
    return await show(
        request,
        f"organiser/door/{name}.html",
        status=status,
        actor=actor,
        edition=edition,
        current="door",
        waiting=await queries.count_conflicts(edition.id),
        **values,
    )


router = Router(
    "/door",
    route_handlers=[
        index,
        gate,
        switch,
        pair,
        revoke,
        list_conflicts,
        close_conflict,
        refused,
        Router(
            "/gates",
            route_handlers=[gate_form.new, gate_form.create, gate_form.edit, gate_form.save],
            guards=[SUPERVISE],
        ),
    ],
    guards=[requires("door.view")],
)
