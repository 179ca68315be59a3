"""Editions: choose the one to work on, make a new one, change what it says of itself."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.accounts import queries, sign_ins
from wcd.actors.actors import Actor
from wcd.campaigns import new_editions
from wcd.core.clock import today
from wcd.core.errors import Conflict, Forbidden, NotFound
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.editions import editions
from wcd.editions.errors import EditionChanged
from wcd.editions.inputs import EditionDetails
from wcd.editions.queries import EditionView, edition_by_id
from wcd.web.cookies import STAFF, get_cookie
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

ZONES = ("Asia/Shanghai", "Asia/Hong_Kong", "Africa/Cairo", "Africa/Nairobi", "America/New_York", "America/Quito",
         "Asia/Dubai", "Asia/Kolkata", "Asia/Seoul", "Asia/Singapore", "Asia/Tokyo", "Europe/Istanbul",
         "Europe/London", "Europe/Paris", "UTC")  # fmt: skip
LABELS: dict[str, LazyText] = {
    "code": _("Code"),
    "name_zh": _("Full name in Chinese"),
    "name_en": _("Full name in English"),
    "short_name_zh": _("Short name in Chinese"),
    "short_name_en": _("Short name in English"),
    "theme_zh": _("Theme in Chinese"),
    "theme_en": _("Theme in English"),
    "first_day": _("First day"),
    "last_day": _("Last day"),
    "zone": _("Time zone"),
    "place_zh": _("Place in Chinese"),
    "place_en": _("Place in English"),
    "accent": _("Colour"),
    "contact_mail": _("Contact address"),
    "contact_telephone": _("Contact telephone"),
    "filing_number": _("Filing number of the site"),
    "filing_url": _("Where the filing number leads"),
}


MEANWHILE = _(
    "Somebody else has saved “%(now)s” here meanwhile. Save again to keep what stands in the field."
)


@get("/editions")
async def choose(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    """The editions in which this person has a role."""
    return await show(
        request,
        "organiser/editions/choose.html",
        actor=actor,
        edition=await _edition_of(actor),
        current="",
        choices=await queries.list_editions_of(_id_of(actor)),
    )


@post("/editions/{edition_id:uuid}/choose", status_code=200)
async def chosen(
    request: AnyRequest, actor: NamedDependency[Actor], edition_id: FromPath[UUID]
) -> Response[Any]:
    """Keep the choice with the sign-in."""
    await read_form(request)
    await sign_ins.choose_edition(get_cookie(request, STAFF), edition_id, by=actor)
    return redirect("/organiser")


@get("/editions/new")
async def new(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    """The form of a new edition; the first page that the first owner sees."""
    if actor.edition_id is None and not actor.may("staff.manage"):
        return await show(request, "organiser/editions/none.html", actor=actor, edition=None, current="")
    _refuse_part_owner(actor)
    given = Form({"zone": ["Asia/Shanghai"]}, lapsed=False)
    return await _form(request, actor, given, "new")


@post("/editions/new", status_code=200)
async def create(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    """Make it, with the usual categories and reminders, and work on it from now on."""
    _refuse_part_owner(actor)
    given = await read_form(request, may_lapse=True)
    details, errors = given.parse(EditionDetails)
    if details is None or given.lapsed:
        return await _form(request, actor, given, "new", errors)
    try:
        edition_id = await new_editions.open_edition(details, by=actor)
    except Conflict as refused:
        return await _form(request, actor, given, "new", {"code": str(refused)})
    await sign_ins.choose_edition(get_cookie(request, STAFF), edition_id, by=actor)
    return redirect("/organiser", said=_("The edition is made. What it needs next stands below."))


@get("/edition", guards=[requires("edition.edit")])
async def settings(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """What the edition says of itself."""
    return await _form(request, actor, Form(_given(edition), lapsed=False), "settings", edition=edition)


@post("/edition", status_code=200, guards=[requires("edition.edit")])
async def change(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Keep it; public pages say it within a second."""
    given = await read_form(request, may_lapse=True)
    details, errors = Form({**given.given, "code": [edition.code]}, lapsed=False).parse(EditionDetails)
    if details is None or given.lapsed:
        return await _form(request, actor, given, "settings", errors, edition=edition)
    try:
        await editions.change_edition(edition.id, details, by=actor, seen=given.one("seen"))
    except EditionChanged:
        stored = await edition_by_id(edition.id)
        again = Form({**given.given, "seen": [stored.fingerprint]}, lapsed=False)
        return await _form(request, actor, again, "settings", _both(given, stored), edition=stored)
    return redirect("/organiser/edition", said=_("The edition is saved."))


def _both(given: Form, stored: EditionView) -> Errors:
    """Both versions: what was typed stands in the fields, what somebody else saved beside them."""
    now = {name: values[0] for name, values in _given(stored).items() if name != "registration_open"}
    both: Errors = {
        name: MEANWHILE % {"now": value} for name, value in now.items() if given.one(name, value) != value
    }
    return both or {"registration_open": EditionChanged.says}


async def _form(
    request: AnyRequest,
    actor: Actor,
    given: Form,
    page: str,
    errors: Errors | None = None,
    *,
    edition: EditionView | None = None,
) -> Response[Any]:
    return await show(
        request,
        f"organiser/editions/{page}.html",
        status=422 if errors or given.lapsed else 200,
        actor=actor,
        edition=edition or await _edition_of(actor),
        current="edition" if page == "settings" else "",
        given={name: given.one(name) for name in EditionDetails.__struct_fields__},
        errors=errors or {},
        seen=given.one("seen") or (edition.fingerprint if edition else ""),
        lapsed=given.lapsed,
        labels=LABELS,
        zones=ZONES,
        this_year=today("Asia/Shanghai").year,
    )


def _given(edition: EditionView) -> dict[str, list[str]]:
    """An edition as its form shows it."""
    both = ("name", "short_name", "theme", "place")
    given = {
        f"{name}_{lang}": [getattr(getattr(edition, name), lang)] for name in both for lang in ("zh", "en")
    }
    plain = ("code", "zone", "accent", "contact_mail", "contact_telephone", "filing_number", "filing_url")
    given |= {name: [str(getattr(edition, name))] for name in plain}
    given |= {name: [getattr(edition, name).isoformat()] for name in ("first_day", "last_day")}
    return given | {"registration_open": ["1" if edition.registration_open else ""]}


async def _edition_of(actor: Actor) -> EditionView | None:
    return await edition_by_id(actor.edition_id) if actor.edition_id else None


def _id_of(actor: Actor) -> UUID:
    if actor.id is None:
        raise NotFound
    return actor.id


def _refuse_part_owner(actor: Actor) -> None:
    """A new edition is for owners: organisers of one edition have no say in the next."""
    if not actor.may("staff.manage"):
        raise Forbidden


router = Router("/", route_handlers=[choose, chosen, new, create, settings, change])
