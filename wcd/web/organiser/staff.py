"""The staff: who helps, with which roles; inviting and letting go."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.accounts import queries, rules, staff
from wcd.accounts.inputs import Person
from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.actors.permissions import OWNER, ROLES
from wcd.core.errors import Invalid
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.editions.queries import EditionView
from wcd.web.forms import Form, read_form
from wcd.web.organiser import history
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

HELP: dict[str, LazyText] = {
    OWNER: _("Everything, the staff and new editions included; always for all editions."),
    "organiser": _("Programme, guests, badges, mail, gates and settings of the edition."),
    "approver": _("Sees guests and decides on registrations."),
    "door_supervisor": _("Sees guests; gates, devices and conflicts."),
    "door": _("Sees the gates."),
    "reader": _("Sees everything and changes nothing."),
}


@get("/")
async def index(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Everybody, with their roles in this edition."""
    return await show(
        request,
        "organiser/staff/index.html",
        actor=actor,
        edition=edition,
        current="staff",
        people=await queries.list_staff(),
        roles=ROLES,
    )


@get("/new")
async def new(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """The form of an invitation."""
    return await _invitation(request, actor, edition, Form({}, lapsed=False))


@post("/new", status_code=200)
async def invite(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Mail the invitation."""
    given = await read_form(request, may_lapse=True)
    person, errors = given.parse(Person)
    everywhere, here = _roles(given)
    if not everywhere | here:
        errors = {**errors, "role_reader": staff.NO_ROLE}
    if person is None or errors or given.lapsed:
        return await _invitation(request, actor, edition, given, errors)
    await staff.invite(person, everywhere=everywhere, here=here, edition_id=edition.id, by=actor)
    return redirect(
        "/organiser/staff", said=_("The invitation to %(mail)s is on its way.") % {"mail": person.mail}
    )


@get("/{staff_id:uuid}")
async def one(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    staff_id: FromPath[UUID],
) -> Response[Any]:
    """One person: roles, invitation, history."""
    return await _one(request, actor, edition, staff_id)


@post("/{staff_id:uuid}", status_code=200)
async def change_roles(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    staff_id: FromPath[UUID],
) -> Response[Any]:
    """Give exactly these roles."""
    everywhere, here = _roles(await read_form(request))
    if not everywhere | here:
        return await _one(request, actor, edition, staff_id, {"role_reader": staff.NO_ROLE})
    await staff.change_roles(staff_id, everywhere=everywhere, here=here, edition_id=edition.id, by=actor)
    return redirect(f"/organiser/staff/{staff_id}", said=_("The roles are saved."))


@post("/{staff_id:uuid}/{verb:str}", status_code=200)
async def act(
    request: AnyRequest, actor: NamedDependency[Actor], staff_id: FromPath[UUID], verb: FromPath[str]
) -> Response[Any]:
    """Let go, let in again, or invite again."""
    await read_form(request)
    if verb == "deactivate":
        await staff.deactivate(staff_id, by=actor)
        said = _("This person can no longer sign in.")
    elif verb == "activate":
        await staff.activate(staff_id, by=actor)
        said = _("This person can sign in again.")
    elif verb == "invite":
        await staff.invite_again(staff_id, by=actor)
        said = _("A new invitation is on its way; the old link no longer works.")
    else:
        raise Invalid
    return redirect(f"/organiser/staff/{staff_id}", said=said)


def _roles(given: Form) -> tuple[frozenset[str], frozenset[str]]:
    return rules.split_roles({role: given.one(f"role_{role}") for role in ROLES})


async def _invitation(
    request: AnyRequest, actor: Actor, edition: EditionView, given: Form, errors: Errors | None = None
) -> Response[Any]:
    values = {name: given.one(name) for name in ("mail", "name")} | {"locale": given.one("locale", "zh")}
    return await show(
        request,
        "organiser/staff/new.html",
        status=422 if errors or given.lapsed else 200,
        actor=actor,
        edition=edition,
        current="staff",
        given=values,
        chosen={role: given.one(f"role_{role}") for role in ROLES},
        errors=errors or {},
        lapsed=given.lapsed,
        roles=ROLES,
        role_help=HELP,
    )


async def _one(
    request: AnyRequest, actor: Actor, edition: EditionView, staff_id: UUID, errors: Errors | None = None
) -> Response[Any]:
    person = await queries.get_staff(staff_id)
    return await show(
        request,
        "organiser/staff/show.html",
        status=422 if errors else 200,
        actor=actor,
        edition=edition,
        current="staff",
        person=person,
        chosen={role: person.where(role, edition.id) for role in ROLES},
        errors=errors or {},
        roles=ROLES,
        role_help=HELP,
        entries=await history.worded(await audit.history_of(staff_id, limit=40), about=staff_id),
    )


router = Router("/staff", route_handlers=[index, new, invite, one, change_roles, act])
