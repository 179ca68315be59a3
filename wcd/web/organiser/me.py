"""One's own account: name, language of mails, password."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency

from wcd.accounts import queries, staff
from wcd.accounts.inputs import Person
from wcd.actors.actors import Actor
from wcd.core.errors import Invalid, NotFound
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.editions.queries import edition_by_id
from wcd.web.cookies import STAFF, get_cookie
from wcd.web.forms import Form, read_form
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

NOT_THE_SAME = _("The two passwords differ. Type the same one twice.")


@get("/")
async def form(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    """Name, language, password, roles."""
    return await _page(request, actor)


@post("/", status_code=200)
async def change(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    """Keep name and language."""
    given = await read_form(request, may_lapse=True)
    me = await _me(actor)
    person, errors = Form({**given.given, "mail": [me.mail]}, lapsed=False).parse(Person)
    if person is None or given.lapsed:
        return await _page(request, actor, given=given, errors=errors, lapsed=given.lapsed)
    await staff.change_myself(person.name, person.locale, by=actor)
    return redirect("/organiser/me", said=_("Your details are saved."))


@post("/password", status_code=200)
async def change_password(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    """Set a new password; every other sign-in ends."""
    given = await read_form(request, may_lapse=True)
    errors: Errors = {} if given.one("password") == given.one("again") else {"again": NOT_THE_SAME}
    if not errors and not given.lapsed:
        try:
            token = get_cookie(request, STAFF)
            await staff.change_my_password(given.one("present"), given.one("password"), token=token, by=actor)
            return redirect(
                "/organiser/me", said=_("Your new password holds. Other browsers are signed out.")
            )
        except Invalid as refused:
            errors = refused.errors
    return await _page(request, actor, errors=errors, lapsed=given.lapsed)


async def _me(actor: Actor) -> queries.StaffRow:
    if actor.id is None:
        raise NotFound
    return await queries.get_staff(actor.id)


async def _page(
    request: AnyRequest,
    actor: Actor,
    *,
    given: Form | None = None,
    errors: Errors | None = None,
    lapsed: bool = False,
) -> Response[Any]:
    me = await _me(actor)
    edition = await edition_by_id(actor.edition_id) if actor.edition_id else None
    return await show(
        request,
        "organiser/me/show.html",
        status=422 if errors or lapsed else 200,
        actor=actor,
        edition=edition,
        current="me",
        me=me,
        given={"name": given.one("name"), "locale": given.one("locale")}
        if given
        else {"name": me.name, "locale": me.locale},
        errors=errors or {},
        lapsed=lapsed,
    )


router = Router("/me", route_handlers=[form, change, change_password])
