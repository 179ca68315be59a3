"""The call for side events: open or closed, until when, and what it says in both languages."""

from typing import Any

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency

from wcd.actors.actors import Actor
from wcd.agenda.proposals.call import CallView, change_call, get_call, given_of
from wcd.agenda.proposals.errors import CallChanged
from wcd.agenda.proposals.inputs import CallDetails
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.editions.queries import EditionView
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

LABELS: dict[str, LazyText] = {
    "is_open": _("The call is open"),
    "closes_day": _("Closing day"),
    "closes_time": _("Closing time"),
    "text_zh": _("Text in Chinese"),
    "text_en": _("Text in English"),
}


@get("/")
async def edit(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """The settings of the call."""
    call = await get_call(edition)
    return await _page(request, actor, edition, call, _given(call, edition), call.version)


@post("/", status_code=200)
async def save(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Save them; what somebody else saved meanwhile is shown beside what was typed."""
    form = await read_form(request, may_lapse=True)
    details, errors = form.parse(CallDetails)
    typed = {name: form.one(name) for name in CallDetails.__struct_fields__}
    call = await get_call(edition)
    if details is None or form.lapsed:
        return await _page(request, actor, edition, call, typed, form.version(), form=form, errors=errors)
    try:
        await change_call(edition, details, version=form.version(), by=actor)
    except CallChanged:
        call = await get_call(edition)
        stored = _given(call, edition)
        theirs = {name: (stored[name], typed[name]) for name in typed if stored[name] != typed[name]}
        return await _page(request, actor, edition, call, typed, call.version, theirs=theirs)
    return redirect("/organiser/proposals/call", said=_("The call is saved. Partners see it at once."))


async def _page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    call: CallView,
    given: dict[str, str],
    version: int,
    *,
    form: Form | None = None,
    errors: Errors | None = None,
    theirs: dict[str, Any] | None = None,
) -> Response[Any]:
    lapsed = bool(form and form.lapsed)
    return await show(
        request,
        "organiser/proposals/call.html",
        status=409 if theirs is not None else 422 if errors or lapsed else 200,
        actor=actor,
        edition=edition,
        current="agenda",
        call=call,
        given=given,
        version=version,
        errors=errors or {},
        lapsed=lapsed,
        theirs=theirs,
        labels=LABELS,
    )


def _given(call: CallView, edition: EditionView) -> dict[str, str]:
    """What is stored, as its form shows it."""
    values = msgspec.structs.asdict(given_of(call, edition.zone))
    day = values["closes_day"]
    return {
        **values,
        "is_open": "1" if values["is_open"] else "",
        "closes_day": day.isoformat() if day else "",
    }


router = Router("/proposals/call", route_handlers=[edit, save], guards=[requires("agenda.edit")])
