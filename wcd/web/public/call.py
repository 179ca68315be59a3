"""The call for side events: what it says, and the form with which partners propose."""

from typing import Any

from litestar import Response, Router, get, post

from wcd.agenda.proposals import applying, rules
from wcd.agenda.proposals.call import CallView, get_call
from wcd.agenda.proposals.errors import CallClosed
from wcd.agenda.proposals.inputs import read_proposal
from wcd.agenda.proposals.queries import ProposalView
from wcd.agenda.queries import list_subjects
from wcd.core import signing
from wcd.core.errors import Invalid
from wcd.core.i18n import get_locale
from wcd.core.i18n import lazy_gettext as _
from wcd.core.ids import uuid7
from wcd.core.inputs import Errors
from wcd.core.limits import TooManyTries
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.venues.queries import list_venues
from wcd.venues.words import LAYOUT_WORDS
from wcd.web.editions import current_edition
from wcd.web.forms import LAPSED, Form, read_form
from wcd.web.pages import AnyRequest, page, redirect
from wcd.web.side_events import FIELDS, PART_WORDS, SDGS

PURPOSE = "proposal"
FORM = "proposal-form"
"""What signs the id that a form carries: sent twice, it takes one proposal in."""
LANGUAGES = (("zh", _("Chinese")), ("en", _("English")))


@get("/")
async def show_call(request: AnyRequest) -> Response[Any]:
    """What the call says, and until when."""
    edition = await current_edition()
    call = await get_call(edition)
    if not call.is_open and not call.text.local:
        return page(request, "public/call/closed.html", edition=edition, call=call, base=base_of(edition))
    return page(request, "public/call/show.html", edition=edition, call=call, base=base_of(edition))


@get("/apply")
async def apply(request: AnyRequest) -> Response[Any]:
    """The form; where the call is closed, that is said before anybody fills in anything."""
    edition = await current_edition()
    call = await get_call(edition)
    if not call.is_open:
        return page(request, "public/call/closed.html", edition=edition, call=call, base=base_of(edition))
    given = {"language": [get_locale()], "minutes": ["90"], "languages": [get_locale()]}
    return await form_page(request, edition, call, Form(given, lapsed=False))


@post("/apply", status_code=200)
async def send(request: AnyRequest) -> Response[Any]:
    """Take the proposal in, or show the form as it was typed with everything that does not hold."""
    edition = await current_edition()
    call = await get_call(edition)
    form = await read_form(request, may_lapse=True)
    if form.one("in_language"):
        return await form_page(request, edition, call, form)
    if form.lapsed:
        return await form_page(request, edition, call, form, status=403)
    parsed = read_proposal(form.given)
    meant = signing.read(FORM, form.one("once"))
    if parsed.value is None:
        return await form_page(request, edition, call, form, parsed.errors, status=422)
    try:
        held = await applying.submit(
            edition, meant[0] if meant else uuid7(), parsed.value, ip=_address_of(request)
        )
    except Invalid as refusal:
        return await form_page(request, edition, call, form, refusal.errors, status=422)
    except TooManyTries as refusal:
        return await form_page(request, edition, call, form, told=str(refusal), status=429)
    except CallClosed as refusal:
        return await form_page(request, edition, call, form, told=str(refusal), status=409)
    token = signing.sign(PURPOSE, held.id, held.link_version)
    return redirect(f"/{get_locale()}/call/{token}/sent")


async def form_page(
    request: AnyRequest,
    edition: EditionView,
    call: CallView,
    form: Form,
    errors: Errors | None = None,
    *,
    status: int = 200,
    told: str = "",
    token: str = "",
    found: ProposalView | None = None,
) -> Response[Any]:
    """The form as it was typed: of a new proposal, or of the one behind a personal link (``token``)."""
    once = form.one("once")
    if not token and not signing.read(FORM, once):
        once = signing.sign(FORM, uuid7())
    response = page(
        request,
        "public/call/apply.html",
        status=status,
        edition=edition,
        base=base_of(edition),
        call=call,
        form=form,
        errors=errors or {},
        lapsed=LAPSED if form.lapsed else "",
        told=told,
        once=once,
        token=token,
        proposal=found,
        version=form.one("version") or (str(found.version) if found else ""),
        venues=await list_venues(edition.id),
        **await words(edition),
    )
    return private(response) if token else response


async def words(edition: EditionView) -> dict[str, Any]:
    """What the form and the page of a proposal name things by."""
    return {
        "all_days": days(edition.first_day, edition.last_day),
        "subjects": await list_subjects(edition.id),
        "parts_of_day": PART_WORDS,
        "layouts": LAYOUT_WORDS,
        "languages": LANGUAGES,
        "fields": FIELDS,
        "sdg_words": SDGS,
        "limits": rules,
    }


def base_of(edition: EditionView) -> str:
    """Where the other pages of this edition are."""
    return f"/{get_locale()}" if edition.is_current else f"/{get_locale()}/editions/{edition.code}"


def private(response: Response[Any]) -> Response[Any]:
    """Behind a personal link: nobody's to index."""
    response.headers["x-robots-tag"] = "noindex, nofollow"
    return response


def _address_of(request: AnyRequest) -> str:
    return request.client.host if request.client else ""


router = Router("/call", route_handlers=[show_call, apply, send])
