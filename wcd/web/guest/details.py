"""A guest's details: corrected, a question answered, the registration cancelled."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from wcd.actors.actors import Actor
from wcd.core.errors import Invalid
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.editions.queries import EditionView
from wcd.registration import approvals, guests, queries, rules
from wcd.registration.errors import GuestChanged
from wcd.registration.inputs import ACCESS, DIETS, Answer, OwnCorrection
from wcd.registration.views import GuestFile
from wcd.web.forms import LAPSED, Form, read_form
from wcd.web.guest.words import WORDS
from wcd.web.pages import AnyRequest, page, redirect

_SAME = ("native_name", "latin_name", "post", "country", "telephone", "language", "diet_note", "access_needs")


@get("/details")
async def details(
    request: AnyRequest, me: NamedDependency[GuestFile], edition: NamedDependency[EditionView]
) -> Response[str]:
    """What the registration says."""
    return _show(request, me, edition, _given(me))


@post("/details")
async def correct(
    request: AnyRequest,
    me: NamedDependency[GuestFile],
    edition: NamedDependency[EditionView],
    actor: NamedDependency[Actor],
) -> Response[Any]:
    """Change it. Who saved on another device meanwhile is told, and nothing typed is lost."""
    form = await read_form(request, may_lapse=True)
    given, errors = form.parse(OwnCorrection)
    if form.lapsed or given is None:
        return _show(
            request, me, edition, form, {} if form.lapsed else errors, status=403 if form.lapsed else 422
        )
    try:
        await guests.correct_details(me.id, given, version=form.version(), by=actor)
    except Invalid as refusal:
        return _show(request, me, edition, form, refusal.errors, status=422)
    except GuestChanged as refusal:
        return _show(request, me, edition, form, problem=str(refusal), status=409)
    return redirect("/my/details", said=_("Your details are saved."))


@post("/answer")
async def answer(
    request: AnyRequest,
    me: NamedDependency[GuestFile],
    edition: NamedDependency[EditionView],
    actor: NamedDependency[Actor],
) -> Response[Any]:
    """Answer the organisers' question; the registration is before them again."""
    form = await read_form(request, may_lapse=True)
    given, errors = form.parse(Answer)
    if form.lapsed or given is None:
        shown = (
            _given(me)
            if me.state != rules.RETURNED
            else Form(_given(me).given | form.given, lapsed=form.lapsed)
        )
        return _show(
            request, me, edition, shown, {} if form.lapsed else errors, status=403 if form.lapsed else 422
        )
    await approvals.answer_question(me.id, answer=given.answer, by=actor)
    return redirect("/my", said=_("Your answer is with the organisers."))


@get("/cancel")
async def ask_cancel(
    request: AnyRequest, me: NamedDependency[GuestFile], edition: NamedDependency[EditionView]
) -> Response[str]:
    """What cancelling does, before it is done."""
    sessions = await queries.list_my_sessions(me.id)
    return page(
        request, "guest/my/cancel.html", me=me, edition=edition, tab="details", seats=len(sessions), **WORDS
    )


@post("/cancel")
async def cancel(
    request: AnyRequest, me: NamedDependency[GuestFile], actor: NamedDependency[Actor]
) -> Response[Any]:
    """The guest does not come."""
    await read_form(request)
    await guests.cancel_registration(me.id, by=actor)
    return redirect("/my", said=_("Your registration is cancelled."))


def _given(me: GuestFile) -> Form:
    kept = {name: [getattr(me, name)] for name in _SAME}
    bodies = {"organisation_zh": [me.organisation.zh], "organisation_en": [me.organisation.en]}
    return Form(
        kept | bodies | {"diet": me.diet, "access": me.access, "version": [str(me.version)]}, lapsed=False
    )


def _show(
    request: AnyRequest,
    me: GuestFile,
    edition: EditionView,
    form: Form,
    errors: Errors | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "guest/my/details.html",
        status=status,
        me=me,
        edition=edition,
        tab="details",
        form=form,
        errors=errors or {},
        problem=problem or (str(LAPSED) if form.lapsed else ""),
        may_correct=me.state in rules.MAY_BE_CORRECTED,
        diets=DIETS,
        access=ACCESS,
        **WORDS,
    )
