"""The page of a proposal behind its personal link: how it stands, the thread, correcting, answering, withdrawing."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery

from wcd.actors.actors import partner
from wcd.agenda.proposals import applying, queries, rules
from wcd.agenda.proposals.call import CallView, get_call
from wcd.agenda.proposals.errors import CallClosed, NoSuchProposal, ProposalChanged
from wcd.agenda.proposals.inputs import ProposalDetails, Said, read_proposal
from wcd.agenda.proposals.queries import ProposalView
from wcd.core import signing
from wcd.core.errors import Invalid
from wcd.core.i18n import LazyText, get_locale
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.core.limits import TooManyTries
from wcd.editions.queries import EditionView, edition_by_id
from wcd.web.forms import LAPSED, Form, read_form
from wcd.web.pages import AnyRequest, page, redirect
from wcd.web.public.call import PURPOSE, base_of, form_page, private, words

STATES: dict[str, tuple[str, LazyText, LazyText]] = {
    rules.SUBMITTED: (
        "",
        _("With the organisers"),
        _("The organisers look at each proposal. You will have an answer by mail."),
    ),
    rules.ASKED: (
        "care",
        _("The organisers have a question"),
        _("Your proposal waits for your answer. It stands below."),
    ),
    rules.ACCEPTED: (
        "good",
        _("Accepted"),
        _("Your side event has a place at the forum. The organisers arrange day, time and room with you."),
    ),
    rules.DECLINED: (
        "bad",
        _("Declined"),
        _("The organisers could not offer your side event a place this time."),
    ),
    rules.WITHDRAWN: ("", _("Withdrawn"), _("This proposal was withdrawn and is not looked at any further.")),
}


@get("/sent")
async def sent(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """The number, and where the mail with the personal link went."""
    found, edition = await _find(token)
    return private(
        page(
            request,
            "public/call/sent.html",
            edition=edition,
            base=base_of(edition),
            proposal=found,
            token=token,
        )
    )


@get("/")
async def proposal(request: AnyRequest, token: FromPath[str], edit: FromQuery[str] = "") -> Response[Any]:
    """How it stands, the thread, and what was sent; ``?edit=1`` is the form."""
    found, edition = await _find(token)
    call = await get_call(edition)
    if edit and _may_edit(found, call):
        return await form_page(
            request, edition, call, Form(_given(found), lapsed=False), token=token, found=found
        )
    return await _page(request, edition, call, found, token)


@post("/", status_code=200)
async def correct(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Save what was corrected; what somebody else did meanwhile is said, and nothing typed is lost."""
    found, edition = await _find(token)
    call = await get_call(edition)
    form = await read_form(request, may_lapse=True)
    again: dict[str, Any] = {"token": token, "found": found}
    if form.one("in_language"):
        return await form_page(request, edition, call, form, **again)
    if form.lapsed:
        return await form_page(request, edition, call, form, status=403, **again)
    parsed = read_proposal(form.given)
    if parsed.value is None:
        return await form_page(request, edition, call, form, parsed.errors, status=422, **again)
    try:
        held = await applying.correct(
            edition, found.id, parsed.value, version=form.version(), by=partner(found.id)
        )
    except Invalid as refusal:
        return await form_page(request, edition, call, form, refusal.errors, status=422, **again)
    except TooManyTries as refusal:
        return await form_page(request, edition, call, form, told=str(refusal), status=429, **again)
    except (CallClosed, ProposalChanged) as refusal:
        return await form_page(request, edition, call, form, told=str(refusal), status=409, **again)
    if held.link_version != found.link_version:
        said = _("Saved. We have sent the link to the new address; the one before no longer holds.")
        token = signing.sign(PURPOSE, held.id, held.link_version)
        return redirect(f"/{get_locale()}/call/{token}", said=said)
    return redirect(f"/{get_locale()}/call/{token}", said=_("The proposal is saved."))


@post("/answer", status_code=200)
async def answer(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Answer the question."""
    found, edition = await _find(token)
    form = await read_form(request, may_lapse=True)
    said, errors = form.parse(Said)
    told = ""
    status = 403 if form.lapsed else 422
    if said is not None and not form.lapsed:
        try:
            await applying.answer(found.id, said, version=form.version(), by=partner(found.id))
            return redirect(f"/{get_locale()}/call/{token}", said=_("Your answer is with the organisers."))
        except TooManyTries as refusal:
            told, status = str(refusal), 429
        except ProposalChanged as refusal:
            told, status = str(refusal), 409
    return await _page(
        request,
        edition,
        await get_call(edition),
        found,
        token,
        form=form,
        errors=errors,
        told=told,
        status=status,
    )


@get("/withdraw")
async def ask_withdraw(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """What withdrawing means, and the button."""
    found, edition = await _find(token)
    return private(
        page(
            request,
            "public/call/withdraw.html",
            edition=edition,
            base=base_of(edition),
            proposal=found,
            token=token,
        )
    )


@post("/withdraw", status_code=200)
async def withdraw(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Take it back."""
    form = await read_form(request)
    found, _edition = await _find(token)
    if found.state != rules.WITHDRAWN:
        await applying.withdraw(found.id, version=form.version(), by=partner(found.id))
    return redirect(f"/{get_locale()}/call/{token}", said=_("The proposal is withdrawn."))


async def _find(token: str) -> tuple[ProposalView, EditionView]:
    """The proposal of a personal link, unless a newer link has replaced it."""
    meant = signing.read(PURPOSE, token)
    if meant is None:
        raise NoSuchProposal
    found = await queries.get_proposal(meant[0])
    if found.link_version != meant[1]:
        raise NoSuchProposal
    return found, await edition_by_id(found.edition)


async def _page(
    request: AnyRequest,
    edition: EditionView,
    call: CallView,
    found: ProposalView,
    token: str,
    *,
    form: Form | None = None,
    errors: Errors | None = None,
    told: str = "",
    status: int = 200,
) -> Response[Any]:
    made = await queries.session_of(found.session) if found.session else None
    return private(
        page(
            request,
            "public/call/proposal.html",
            status=status,
            edition=edition,
            base=base_of(edition),
            call=call,
            proposal=found,
            session=made,
            token=token,
            may_edit=_may_edit(found, call),
            may_withdraw=found.may(rules.WITHDRAW),
            typed=form.one("text") if form else "",
            lapsed=LAPSED if form and form.lapsed else "",
            errors=errors or {},
            told=told,
            states=STATES,
            **await words(edition),
        )
    )


def _given(found: ProposalView) -> dict[str, list[str]]:
    """What was sent, as the form would send it."""
    given: dict[str, list[str]] = {"version": [str(found.version)]}
    for name in ("title", "summary", "body"):
        both = getattr(found, name)
        given |= {f"{name}_zh": [both.zh], f"{name}_en": [both.en]}
    for name in ProposalDetails.__struct_fields__:
        if name not in given:
            value = getattr(found, name)
            given[name] = (
                [str(one) for one in value] if isinstance(value, list) else [str(value) if value else ""]
            )
    return given


def _may_edit(found: ProposalView, call: CallView) -> bool:
    return found.may(rules.EDIT) and (call.is_open or found.state == rules.ASKED)


router = Router("/call/{token:str}", route_handlers=[proposal, correct, sent, answer, ask_withdraw, withdraw])
