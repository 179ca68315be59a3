"""One proposal with everything: the thread, points, the decision, the session made of it."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda.proposals import deciding, queries, scheduling
from wcd.agenda.proposals.errors import ProposalChanged, StepNotPossible
from wcd.agenda.proposals.inputs import Acceptance, Points, Refusal, Said
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.editions.queries import EditionView
from wcd.mail.queries import list_mails_about
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser import history
from wcd.web.organiser.frame import show
from wcd.web.organiser.mail import KIND_WORDS as MAIL_KINDS
from wcd.web.organiser.mail import STATE_WORDS as MAIL_STATES
from wcd.web.organiser.proposals import LIST, words
from wcd.web.pages import AnyRequest, redirect

S = TypeVar("S", bound=msgspec.Struct)
EDITS = [requires("agenda.edit")]


@get("/")
async def one(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    proposal_id: FromPath[UUID],
) -> Response[Any]:
    """The proposal."""
    return await _page(request, actor, edition, proposal_id)


@post("/ask", status_code=200, guards=EDITS)
async def ask(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    proposal_id: FromPath[UUID],
) -> Response[Any]:
    """Ask back, by mail."""
    said = _("The question is on its way to the partner.")
    return await _decide(request, actor, edition, proposal_id, Said, deciding.ask, said)


@post("/accept", status_code=200, guards=EDITS)
async def accept(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    proposal_id: FromPath[UUID],
) -> Response[Any]:
    """Accept, and tell the partner."""
    said = _("The proposal is accepted, and the partner told.")
    return await _decide(request, actor, edition, proposal_id, Acceptance, deciding.accept, said)


@post("/decline", status_code=200, guards=EDITS)
async def decline(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    proposal_id: FromPath[UUID],
) -> Response[Any]:
    """Decline, and tell the partner why."""
    said = _("The proposal is declined, and the partner told.")
    return await _decide(request, actor, edition, proposal_id, Refusal, deciding.decline, said)


@post("/points", status_code=200, guards=EDITS)
async def give_points(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    proposal_id: FromPath[UUID],
) -> Response[Any]:
    """What this organiser thinks of it."""
    form = await read_form(request, may_lapse=True)
    given, errors = form.parse(Points)
    if given is None or form.lapsed:
        return await _page(request, actor, edition, proposal_id, form, errors, 403 if form.lapsed else 422)
    await deciding.give_points(proposal_id, given, by=actor)
    return redirect(f"{LIST}/{proposal_id}#points", said=_("Your points are kept."))


@post("/session", status_code=200, guards=EDITS)
async def make_session(
    request: AnyRequest, actor: NamedDependency[Actor], proposal_id: FromPath[UUID]
) -> Response[Any]:
    """Make a session of it; it waits beside the timetable."""
    await read_form(request)
    session = await scheduling.make_session(proposal_id, by=actor)
    said = _("The session is made. It waits beside the timetable for its time and room.")
    return redirect(f"/organiser/sessions/{session}", said=said)


@post("/link", status_code=200, guards=EDITS)
async def renew_link(
    request: AnyRequest, actor: NamedDependency[Actor], proposal_id: FromPath[UUID]
) -> Response[Any]:
    """Mail the partner another link."""
    await read_form(request)
    await deciding.renew_link(proposal_id, by=actor)
    said = _("A new link is on its way to the partner; the one before no longer holds.")
    return redirect(f"{LIST}/{proposal_id}", said=said)


async def _decide(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    proposal_id: UUID,
    shape: type[S],
    verb: Callable[..., Awaitable[Any]],
    said: LazyText,
) -> Response[Any]:
    """Do it on the version that was read; whoever was slower is told, with the page as it stands now."""
    form = await read_form(request, may_lapse=True)
    given, errors = form.parse(shape)
    if given is None or form.lapsed:
        return await _page(request, actor, edition, proposal_id, form, errors, 403 if form.lapsed else 422)
    try:
        await verb(proposal_id, given, version=form.version(), by=actor)
    except (ProposalChanged, StepNotPossible) as refusal:
        return await _page(request, actor, edition, proposal_id, form, status=409, told=str(refusal))
    return redirect(f"{LIST}/{proposal_id}", said=said)


async def _page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    proposal_id: UUID,
    form: Form | None = None,
    errors: Errors | None = None,
    status: int = 200,
    *,
    told: str = "",
) -> Response[Any]:
    found = await queries.get_proposal(proposal_id, edition=edition.id)
    entries = await history.worded(await audit.history_of(found.id, limit=60), about=found.id)
    return await show(
        request,
        "organiser/proposals/show.html",
        status=status,
        actor=actor,
        edition=edition,
        current="agenda",
        proposal=found,
        own=found.points_of(actor.id),
        session=await queries.session_of(found.session) if found.session else None,
        entries=entries,
        mails=await list_mails_about(found.id) if actor.may("mail.view") else [],
        mail_kinds=MAIL_KINDS,
        mail_states=MAIL_STATES,
        typed=form or Form({}, lapsed=False),
        errors=errors or {},
        lapsed=bool(form and form.lapsed),
        told=told,
        **await words(edition),
    )


router = Router(
    "/proposals/{proposal_id:uuid}",
    route_handlers=[one, ask, accept, decline, give_points, make_session, renew_link],
    guards=[requires("agenda.view")],
)
