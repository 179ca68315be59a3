"""Signing in and out, forgotten passwords, following a link, moving in as the first owner."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.connection import ASGIConnection
from litestar.params import FromPath, FromQuery

from wcd.accounts import first_owner, links, resets, rules, sign_ins
from wcd.accounts.errors import NotSignedIn
from wcd.accounts.inputs import NO_MAIL, Person, is_mail
from wcd.core.errors import Conflict, Invalid
from wcd.core.i18n import get_locale
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.web.cookies import STAFF, end_cookie, get_cookie, make_cookie
from wcd.web.forms import read_form
from wcd.web.guards import signed_in
from wcd.web.pages import AnyRequest, page, redirect

HOLDS = int(rules.SIGN_IN_HOLDS.total_seconds())
GIVE_MAIL = _("Please enter your mail address.")
GIVE_PASSWORD = _("Please enter your password.")
NOT_THE_SAME = _("The two passwords differ. Type the same one twice.")


@get("/sign-in")
async def form(request: AnyRequest, next: FromQuery[str] = "") -> Response[Any]:  # noqa: A002 - the address's word
    """The form; whoever is signed in is led on."""
    if await signed_in(request):
        return redirect(_inside(next))
    return _sign_in_page(request, next)


@post("/sign-in", status_code=200)
async def enter(request: AnyRequest, next: FromQuery[str] = "") -> Response[Any]:  # noqa: A002 - as above
    """Sign in and go to the page that was wanted."""
    given = await read_form(request, may_lapse=True)
    mail, password = given.one("mail"), given.one("password")
    errors: Errors = {}
    if not mail.strip():
        errors["mail"] = GIVE_MAIL
    if not password:
        errors["password"] = GIVE_PASSWORD
    if errors or given.lapsed:
        return _sign_in_page(request, next, mail=mail, errors=errors, lapsed=given.lapsed)
    try:
        token = await sign_ins.sign_in(
            mail[:254], password[:1000], ip=ip_of(request), previous=get_cookie(request, STAFF)
        )
    except (NotSignedIn, Conflict) as refused:
        return _sign_in_page(request, next, mail=mail, errors={"password": str(refused)})
    return _inside_with(token, _inside(next))


@post("/sign-out", status_code=200)
async def leave(request: AnyRequest) -> Response[Any]:
    """End this sign-in."""
    await read_form(request)
    await sign_ins.sign_out(get_cookie(request, STAFF))
    response = redirect("/organiser/sign-in", said=_("You are signed out."))
    response.cookies.append(end_cookie(STAFF))
    return response


@get("/password")
async def forgotten(request: AnyRequest) -> Response[Any]:
    """Ask for a link to set a new password."""
    return page(request, "organiser/sign_in/forgotten.html", mail="", errors={}, lapsed=False)


@post("/password", status_code=200)
async def ask(request: AnyRequest) -> Response[Any]:
    """The same answer for known and unknown addresses."""
    given = await read_form(request, may_lapse=True)
    mail = given.one("mail").strip()
    errors: Errors = {} if is_mail(mail) else {"mail": NO_MAIL}
    if not errors and not given.lapsed:
        try:
            await resets.ask_reset(mail, ip=ip_of(request))
        except Conflict as refused:
            errors = {"mail": str(refused)}
    if errors or given.lapsed:
        return page(
            request,
            "organiser/sign_in/forgotten.html",
            status=422,
            mail=mail,
            errors=errors,
            lapsed=given.lapsed,
        )
    return page(request, "organiser/sign_in/asked.html", mail=mail)


@get("/link/{token:str}")
async def open_link(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """The page behind an invitation or a reset; looking at it uses nothing up."""
    link = await links.get_open_link(token)
    return page(request, "organiser/sign_in/link.html", link=link, errors={}, lapsed=False)


@post("/link/{token:str}", status_code=200)
async def follow_link(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Set the password; this browser is signed in."""
    link = await links.get_open_link(token)
    given = await read_form(request, may_lapse=True)
    errors = _twice(given.one("password"), given.one("again"))
    if not errors and not given.lapsed:
        try:
            signed = await links.set_password(
                token, given.one("password"), previous=get_cookie(request, STAFF)
            )
            return _inside_with(signed, "/organiser")
        except Invalid as refused:
            errors = refused.errors
    return page(
        request, "organiser/sign_in/link.html", status=422, link=link, errors=errors, lapsed=given.lapsed
    )


@get("/start/{token:str}")
async def start(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """The first owner's page."""
    await links.get_open_link(token)
    return page(request, "organiser/sign_in/start.html", given={}, errors={}, lapsed=False)


@post("/start/{token:str}", status_code=200)
async def move_in(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Make the first owner; what comes next is the edition."""
    await links.get_open_link(token)
    given = await read_form(request, may_lapse=True)
    person, errors = given.parse(Person)
    errors = errors | _twice(given.one("password"), given.one("again"))
    if person and not errors and not given.lapsed:
        try:
            person = Person(mail=person.mail, name=person.name, locale="zh" if get_locale() == "zh" else "en")
            return _inside_with(await first_owner.move_in(token, person, given.one("password")), "/organiser")
        except Invalid as refused:
            errors = refused.errors
    values = {name: given.one(name) for name in ("mail", "name")}
    return page(
        request, "organiser/sign_in/start.html", status=422, given=values, errors=errors, lapsed=given.lapsed
    )


def ip_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Where a request comes from; behind a trusted proxy the server has put the visitor's address there."""
    return connection.client.host if connection.client else ""


def _sign_in_page(
    request: AnyRequest, wanted: str, *, mail: str = "", errors: Errors | None = None, lapsed: bool = False
) -> Response[Any]:
    status = 422 if errors or lapsed else 200
    return page(
        request,
        "organiser/sign_in/show.html",
        status=status,
        mail=mail,
        errors=errors or {},
        lapsed=lapsed,
        wanted=_inside(wanted),
    )


def _twice(password: str, again: str) -> Errors:
    return {} if password == again else {"again": NOT_THE_SAME}


def _inside(wanted: str) -> str:
    """Only pages of the console: a link elsewhere must not use us as a stepping stone."""
    safe = (
        wanted.startswith("/organiser") and wanted.isprintable() and "\\" not in wanted and "//" not in wanted
    )
    return wanted if safe and len(wanted) <= 500 else "/organiser"


def _inside_with(token: str, path: str) -> Response[Any]:
    response = redirect(path)
    response.cookies.append(make_cookie(STAFF, token, seconds=HOLDS))
    return response


router = Router(
    "/organiser", route_handlers=[form, enter, leave, forgotten, ask, open_link, follow_link, start, move_in]
)
