"""Registering: four steps, each a page that is kept when it is sent; then the address is to be confirmed."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery

from wcd.core import signing
from wcd.core.errors import Invalid
from wcd.core.i18n import LOCALES, get_locale
from wcd.core.i18n import lazy_gettext as _
from wcd.core.ids import new_token
from wcd.core.inputs import Errors
from wcd.editions.queries import EditionView
from wcd.registration import guests, rules
from wcd.registration.errors import RegistrationClosed, StepsMissing
from wcd.registration.inputs import ACCESS, DIETS, AboutYou, CategoryChoice, Needs, Wishes
from wcd.registration.queries import get_guest, words
from wcd.registration.views import Draft
from wcd.web.cookies import DRAFT, end_cookie
from wcd.web.editions import current_edition
from wcd.web.forms import LAPSED, Form, read_form
from wcd.web.guest.choices import choices, public_categories
from wcd.web.guest.who import begun, draft_cookie, draft_token, guest_cookie, meant_draft
from wcd.web.guest.words import WORDS
from wcd.web.pages import AnyRequest, page, redirect

PAGES = {1: "", 2: "/about", 3: "/needs", 4: "/sessions"}
NAMES = {1: "category", 2: "about", 3: "needs", 4: "sessions"}
_OF_ABOUT = (
    "native_name",
    "latin_name",
    "organisation_zh",
    "organisation_en",
    "post",
    "country",
    "email",
    "telephone",
)
_OF_NEEDS = ("language", "diet_note", "access_needs")
_TYPED: dict[int, tuple[str, ...]] = {
    2: tuple(name for name in _OF_ABOUT if name != "country"),
    3: ("diet", "diet_note", "access", "access_needs"),
}
"""Of each step, what nobody has who has not been there; the rest has a value from the beginning."""
Save = Callable[..., Awaitable[Any]]


@get("/")
async def category(request: AnyRequest, new: FromQuery[str] = "") -> Response[Any]:
    """Step 1; ``?new=1`` leaves the registration begun on this browser alone and begins another."""
    edition = await current_edition()
    draft = None if new else await begun(request, edition)
    if draft and draft.state != rules.DRAFT:
        return redirect(_address("/done"))
    given = Form({"category": [draft.category]} if draft else {}, lapsed=False)
    return await _show(request, edition, 1, draft, given)


@post("/")
async def save_category(request: AnyRequest) -> Response[Any]:
    """Begin, or change the category of what is begun."""
    edition = await current_edition()
    form = await read_form(request, may_lapse=True)
    choice, errors = form.parse(CategoryChoice)
    again = _again(form, errors)
    if again or choice is None:
        return await _show(request, edition, 1, None, form, *(again or ({}, 422)))
    meant = meant_draft(request, form.one("draft")) if form.one("draft") else None
    try:
        if meant:
            await guests.change_draft_category(edition, meant[0], choice, link_version=meant[1])
        else:
            draft = await guests.begin_draft(edition, choice, language=get_locale(), ip=address_of(request))
            meant = draft, 1
    except Invalid as refusal:
        return await _show(request, edition, 1, None, form, refusal.errors, 422)
    return _go_on(draft_token(*meant), 2)


@get("/about")
async def about(request: AnyRequest) -> Response[Any]:
    """Step 2."""
    return await _open(request, 2)


@post("/about")
async def save_about(request: AnyRequest) -> Response[Any]:
    """Keep step 2."""
    return await _keep(request, 2, AboutYou, guests.save_step)


@get("/needs")
async def needs(request: AnyRequest) -> Response[Any]:
    """Step 3."""
    return await _open(request, 3)


@post("/needs")
async def save_needs(request: AnyRequest) -> Response[Any]:
    """Keep step 3."""
    return await _keep(request, 3, Needs, guests.save_step)


@get("/sessions")
async def wishes(request: AnyRequest) -> Response[Any]:
    """Step 4."""
    return await _open(request, 4)


@post("/sessions")
async def submit(request: AnyRequest) -> Response[Any]:
    """Hand the registration in."""
    return await _keep(request, 4, Wishes, guests.submit)


@get("/done")
async def done(request: AnyRequest) -> Response[Any]:
    """What comes next: the mail with the link."""
    edition = await current_edition()
    draft = await begun(request, edition)
    if draft is None or draft.state == rules.DRAFT:
        return redirect(_address())
    return page(request, "guest/register/done.html", edition=edition, draft=draft, **WORDS)


@post("/link")
async def send_link(request: AnyRequest) -> Response[Any]:
    """Mail a link with which to go on elsewhere."""
    edition = await current_edition()
    form = await read_form(request)
    draft = await begun(request, edition, form.one("draft"))
    if draft is None or not await guests.send_draft_link(draft.id, ip=address_of(request)):
        raise StepsMissing
    step = min(draft.step, rules.LAST_STEP)
    return redirect(_address(PAGES[step]), said=_("The link to continue with is on its way to your mailbox."))


@get("/continue/{token:str}")
async def go_on(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """The mailed link: this browser goes on with the registration."""
    edition = await current_edition()
    draft = await begun(request, edition, token)
    if draft is None:
        return redirect(_address())
    if draft.state != rules.DRAFT:
        response = redirect(_address("/done"))
        response.cookies.append(draft_cookie(token))
        return response
    return _go_on(token, min(draft.step, rules.LAST_STEP))


@get("/confirm/{token:str}")
async def ask_confirm(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """The mailed link. It only shows a button: mail scanners follow links."""
    meant = signing.read("confirm", token)
    edition = await current_edition()
    guest = await get_guest(meant[0]) if meant else None
    if (
        not meant
        or guest is None
        or guest.link_version != meant[1]
        or guest.state in {rules.DRAFT, rules.ERASED}
    ):
        return page(request, "guest/register/no_link.html", status=404, edition=edition)
    return page(request, "guest/register/confirm.html", edition=edition, guest=guest, token=token)


@post("/confirm/{token:str}")
async def confirm(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """The button: the address is the guest's, and this browser may open their pages."""
    await read_form(request)
    meant = signing.read("confirm", token)
    if meant is None:
        return page(request, "guest/register/no_link.html", status=404, edition=await current_edition())
    guest = await guests.confirm_address(*meant)
    said = _("Your address is confirmed.") if guest.state == rules.UNCONFIRMED else ""
    response = redirect("/my", said=said)
    response.cookies += [guest_cookie(guest.id, guest.link_version), end_cookie(DRAFT)]
    return response


def address_of(request: AnyRequest) -> str:
    """The address of the network from which somebody comes."""
    return request.client.host if request.client else ""


async def _open(request: AnyRequest, step: int) -> Response[Any]:
    """A step as it is kept; not before the steps that come first."""
    edition = await current_edition()
    draft = await begun(request, edition)
    if draft is None:
        return redirect(_address())
    if draft.state != rules.DRAFT:
        return redirect(_address("/done"))
    if not rules.step_open(draft.step, step):
        return redirect(_address(PAGES[min(draft.step, rules.LAST_STEP)]))
    return await _show(request, edition, step, draft, _given(draft))


async def _keep(request: AnyRequest, step: int, shape: type[msgspec.Struct], save: Save) -> Response[Any]:
    """Save a step and go on, or show it again as it was typed with what does not hold."""
    edition = await current_edition()
    form = await read_form(request, may_lapse=True)
    meant = meant_draft(request, form.one("draft"))
    if meant is None:
        return redirect(_address())
    draft, version = meant
    values, errors = form.parse(shape)
    again = _again(form, errors)
    if not again:
        try:
            kept = await save(edition, draft, values, link_version=version)
            version = kept if isinstance(kept, int) else version
        except Invalid as refusal:
            again = (refusal.errors, 422)
        except StepsMissing:
            return redirect(_address(PAGES[step]))
    if again:
        shown = await begun(request, edition, draft_token(draft, version))
        return await _show(request, edition, step, shown, form, *again)
    return _go_on(draft_token(draft, version), step + 1)


def _again(form: Form, errors: Errors) -> tuple[Errors, int] | None:
    """Whether the form is shown again, with which errors: another language, a lapsed token, something wrong."""
    if form.one("in_language"):
        return {}, 200
    if form.lapsed:
        return {}, 403
    return (errors, 422) if errors else None


def _go_on(token: str, step: int) -> Response[Any]:
    response = redirect(_address(PAGES.get(step, "/done")))
    response.cookies.append(draft_cookie(token))
    return response


def _address(path: str = "") -> str:
    return f"/{get_locale()}/register{path}"


def _given(draft: Draft) -> Form:
    """What is kept, as the form would send it."""
    kept = {name: [getattr(draft, name)] for name in _OF_ABOUT + _OF_NEEDS}
    if not draft.country:
        kept["country"] = ["CN"] if get_locale() == "zh" else [""]
    return Form(kept | {"diet": words(draft.diet), "access": words(draft.access)}, lapsed=False)


async def _show(
    request: AnyRequest,
    edition: EditionView,
    step: int,
    draft: Draft | None,
    form: Form,
    errors: Errors | None = None,
    status: int = 200,
) -> Response[Any]:
    """A step's page; where registration is closed, that is said before anybody fills in anything."""
    try:
        guests.refuse_closed(edition)
    except RegistrationClosed:
        closed = 200 if request.method == "GET" else 409
        return page(request, "guest/register/closed.html", status=closed, edition=edition)
    token = form.one("draft") or (draft_token(draft.id, draft.link_version) if draft else "")
    values: dict[str, Any] = {
        "step": step,
        "draft": draft,
        "token": token,
        "form": form,
        "errors": errors or {},
    }
    values["lapsed"] = LAPSED if form.lapsed else ""
    values["blank"] = not errors and request.method == "GET" and _is_blank(draft, step)
    values |= await _MORE[step](edition, form)
    template = f"guest/register/{NAMES[step]}.html"
    return page(request, template, status=status, edition=edition, pages=PAGES, **values, **WORDS)


def _is_blank(draft: Draft | None, step: int) -> bool:
    """Whether nothing has been filled in at this step: then its fields are the same for everybody."""
    if draft is None:
        return True
    # An organiser may have filled in for somebody who has only begun: that is theirs, and not for everybody.
    return draft.step <= step and not any(getattr(draft, name) for name in _TYPED.get(step, ()))


async def _for_category(edition: EditionView, form: Form) -> dict[str, Any]:
    return {"categories": await public_categories(edition), "once": form.one("once") or new_token()}


async def _for_about(_edition: EditionView, _form: Form) -> dict[str, Any]:
    return {}


async def _for_needs(_edition: EditionView, _form: Form) -> dict[str, Any]:
    return {"diets": DIETS, "access": ACCESS}


async def _for_wishes(edition: EditionView, form: Form) -> dict[str, Any]:
    return {"choices": await choices(edition, form.all("session"))}


_MORE = {1: _for_category, 2: _for_about, 3: _for_needs, 4: _for_wishes}

router = Router(
    "/register",
    route_handlers=[
        category, save_category, about, save_about, needs, save_needs, wishes, submit, done, send_link, go_on,
        ask_confirm, confirm,
    ],
)  # fmt: skip
routers = [Router(f"/{locale}", route_handlers=[router]) for locale in LOCALES]
