"""The organisations that host sessions: the list with its doubles, one of them, two made one."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wcd.actors.actors import Actor
from wcd.agenda import bodies
from wcd.agenda.bodies import BodyDetails, BodyView
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.core.listing import Page, Slice
from wcd.editions.queries import EditionView
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser.addresses import Here
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

LIST = "/organiser/bodies"
EDIT = [requires("agenda.edit")]
LANGUAGES = (("zh", "中文"), ("en", "English"))
LABELS: dict[str, LazyText] = {
    "name_zh": _("Name in Chinese"),
    "name_en": _("Name in English"),
    "contact_name": _("Contact person"),
    "email": _("Mail address"),
    "language": _("Language of mails"),
    "url": _("Site"),
}


@get("/")
async def index(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    q: FromQuery[str] = "",
    page: FromQuery[str] = "",
    size: FromQuery[str] = "",
) -> Response[Any]:
    """One page of the list."""
    search, piece = q.replace("\0", "").strip()[:100], Slice.read(page, size)
    rows = await bodies.list_bodies(edition.id, search)
    return await show(
        request,
        "organiser/bodies/index.html",
        actor=actor,
        edition=edition,
        current="agenda",
        found=Page(rows[piece.offset : piece.offset + piece.size], len(rows), piece.number, piece.size),
        here=Here(LIST, {"q": search, "page": page, "size": size}),
        q=search,
    )


@get("/new", guards=EDIT)
async def new(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """The form of a new host."""
    return await _page(request, actor, edition, None, Form({}, lapsed=False))


@post("/new", status_code=200, guards=EDIT)
async def add(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Keep it."""
    given = await read_form(request, may_lapse=True)
    details, errors = given.parse(BodyDetails)
    if details is None or given.lapsed:
        return await _page(request, actor, edition, None, given, errors)
    await bodies.add_body(edition.id, details, by=actor)
    return redirect(LIST, said=_("It is saved."))


@get("/{body_id:uuid}")
async def edit(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    body_id: FromPath[UUID],
) -> Response[Any]:
    """One host, to be changed or made one with another."""
    body = await bodies.get_body(edition.id, body_id)
    return await _page(request, actor, edition, body, _given(body))


@post("/{body_id:uuid}", status_code=200, guards=EDIT)
async def save(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    body_id: FromPath[UUID],
) -> Response[Any]:
    """Keep the changes."""
    body = await bodies.get_body(edition.id, body_id)
    given = await read_form(request, may_lapse=True)
    details, errors = given.parse(BodyDetails)
    if details is None or given.lapsed:
        return await _page(request, actor, edition, body, given, errors)
    await bodies.change_body(body_id, details, by=actor)
    return redirect(LIST, said=_("It is saved. Guests see it with the next release."))


@post("/{body_id:uuid}/merge", status_code=200, guards=EDIT)
async def merge(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    body_id: FromPath[UUID],
) -> Response[Any]:
    """What another body hosts, this one hosts from now on; the other is gone."""
    given = await read_form(request)
    body = await bodies.get_body(edition.id, body_id)
    double = next(
        (one for one in await bodies.list_bodies(edition.id) if str(one.id) == given.one("double")), None
    )
    if double is None or double.id == body.id:
        errors: Errors = {"double": _("Choose the other one of the two.")}
        return await _page(request, actor, edition, body, _given(body), errors)
    await bodies.merge_bodies(body_id, double.id, by=actor)
    return redirect(f"{LIST}/{body_id}", said=_("The two are one."))


@post("/{body_id:uuid}/remove", status_code=200, guards=EDIT)
async def remove(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    body_id: FromPath[UUID],
) -> Response[Any]:
    """Take a host away that hosts nothing."""
    await read_form(request)
    await bodies.get_body(edition.id, body_id)
    await bodies.remove_body(body_id, by=actor)
    return redirect(LIST, said=_("It is removed."))


async def _page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    body: BodyView | None,
    given: Form,
    errors: Errors | None = None,
) -> Response[Any]:
    others = [one for one in await bodies.list_bodies(edition.id) if body and one.id != body.id]
    return await show(
        request,
        "organiser/bodies/edit.html",
        status=422 if errors or given.lapsed else 200,
        actor=actor,
        edition=edition,
        current="agenda",
        body=body,
        others=sorted(others, key=lambda one: (one.id not in body.doubles if body else True, one.name.local)),
        given={name: given.one(name) for name in BodyDetails.__struct_fields__},
        errors=errors or {},
        lapsed=given.lapsed,
        labels=LABELS,
        languages=LANGUAGES,
    )


def _given(body: BodyView) -> Form:
    plain = {name: [getattr(body, name)] for name in ("contact_name", "email", "language", "url")}
    return Form({"name_zh": [body.name.zh], "name_en": [body.name.en], **plain}, lapsed=False)


router = Router(
    "/bodies", route_handlers=[index, new, add, edit, save, merge, remove], guards=[requires("agenda.view")]
)
