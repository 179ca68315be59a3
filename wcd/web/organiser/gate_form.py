"""The form of a gate: new, or changed."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.actors.actors import Actor
from wcd.agenda.queries import list_sessions
from wcd.checkin import gates, queries
from wcd.checkin.errors import GateCodeTaken
from wcd.checkin.inputs import GateDetails
from wcd.checkin.openings import ENTRANCE, GateAtWork
from wcd.core.errors import Invalid
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.core.templating import day
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.registration.categories import list_categories
from wcd.web.forms import Form, read_form
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

ONE = ("code", "name_zh", "name_en", "kind", "opens", "closes", "minutes_before", "re_entry")
MANY = ("days", "categories", "sessions")


@get("/new")
async def new(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """An empty form: an entrance for everybody."""
    empty: dict[str, Any] = (
        dict.fromkeys(ONE, "") | {name: [] for name in MANY} | {"kind": ENTRANCE, "minutes_before": "60"}
    )
    return await _form(request, actor, edition, None, empty)


@post("/new", status_code=200)
async def create(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Set up a gate."""
    form = await read_form(request, may_lapse=True)
    details, errors = form.parse(GateDetails)
    if details is not None and not form.lapsed:
        try:
            made = await gates.create_gate(edition.id, details, by=actor)
            return redirect(
                f"/organiser/door/gates/{made}", said=_("The gate is set up. Pair its phones next.")
            )
        except (GateCodeTaken, Invalid) as refused:
            errors = _errors(refused)
    return await _form(request, actor, edition, None, _typed(form), errors=errors, lapsed=form.lapsed)


@get("/{gate_id:uuid}/edit")
async def edit(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    gate_id: FromPath[UUID],
) -> Response[Any]:
    """The form of a gate as it stands."""
    gate = await queries.get_gate(edition.id, gate_id)
    return await _form(request, actor, edition, gate, await _given(gate))


@post("/{gate_id:uuid}/edit", status_code=200)
async def save(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    gate_id: FromPath[UUID],
) -> Response[Any]:
    """Change a gate."""
    gate = await queries.get_gate(edition.id, gate_id)
    form = await read_form(request, may_lapse=True)
    details, errors = form.parse(GateDetails)
    if details is not None and not form.lapsed:
        try:
            await gates.change_gate(edition.id, gate_id, details, by=actor)
            said = _("The gate is saved. Its phones follow within ten seconds.")
            return redirect(f"/organiser/door/gates/{gate_id}", said=said)
        except (GateCodeTaken, Invalid) as refused:
            errors = _errors(refused)
    return await _form(request, actor, edition, gate, _typed(form), errors=errors, lapsed=form.lapsed)


def _errors(refused: GateCodeTaken | Invalid) -> Errors:
    return refused.errors if isinstance(refused, Invalid) else {"code": GateCodeTaken.says}


def _typed(form: Form) -> dict[str, Any]:
    return {name: form.one(name) for name in ONE} | {name: form.all(name) for name in MANY}


async def _given(gate: GateAtWork) -> dict[str, Any]:
    return {
        "code": gate.code,
        "name_zh": gate.name.zh,
        "name_en": gate.name.en,
        "kind": gate.kind,
        "opens": gate.opens.strftime("%H:%M") if gate.opens else "",
        "closes": gate.closes.strftime("%H:%M") if gate.closes else "",
        "minutes_before": str(gate.minutes_before),
        "re_entry": "1" if gate.re_entry else "",
        "days": [one.isoformat() for one in await queries.chosen_days(gate.id)],
        "categories": list(gate.categories),
        "sessions": [str(one.id) for one in gate.sessions],
    }


async def _form(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    gate: GateAtWork | None,
    given: dict[str, Any],
    *,
    errors: Errors | None = None,
    lapsed: bool = False,
) -> Response[Any]:
    zone = ZoneInfo(edition.zone)
    sessions = [one for one in await list_sessions(edition.id) if not one.is_pause and not one.is_called_off]
    starts = {one.id: one.starts_at.astimezone(zone) for one in sessions}
    return await show(
        request,
        "organiser/door/edit.html",
        status=422 if errors or lapsed else 200,
        actor=actor,
        edition=edition,
        current="door",
        gate=gate,
        given=given,
        errors=errors or {},
        lapsed=lapsed,
        day_options=[(one.isoformat(), day(one)) for one in days(edition.first_day, edition.last_day)],
        category_options=[(one.code, one.name.local) for one in await list_categories(edition.id)],
        session_options=[
            (str(one.id), one.title.local, f"{day(starts[one.id])} {starts[one.id]:%H:%M}")
            for one in sessions
        ],
    )
