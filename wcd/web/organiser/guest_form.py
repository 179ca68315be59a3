"""Changing what a guest's registration says; two who edit the same are told, with both versions."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.actors.actors import Actor
from wcd.core.errors import Invalid
from wcd.core.i18n import Bilingual, get_locale
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.core.templating import country_choices
from wcd.editions.queries import EditionView
from wcd.registration import guests
from wcd.registration.errors import GuestChanged
from wcd.registration.inputs import ACCESS, DIETS, Correction
from wcd.registration.queries import guest_in_edition
from wcd.registration.views import GuestFile
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser import history
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

LANGUAGES = (("zh", "中文"), ("en", "English"))


@get("/{guest_id:uuid}/edit", guards=[requires("guests.edit")])
async def edit(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    guest_id: FromPath[UUID],
) -> Response[Any]:
    """The form of the details."""
    guest = await guest_in_edition(edition.id, guest_id)
    return await _form(request, actor, edition, guest, _given(guest))


@post("/{guest_id:uuid}/edit", status_code=200, guards=[requires("guests.edit")])
async def save(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    guest_id: FromPath[UUID],
) -> Response[Any]:
    """Keep the changes, unless somebody else saved meanwhile."""
    guest = await guest_in_edition(edition.id, guest_id)
    given = await read_form(request, may_lapse=True)
    version = given.version()
    details, errors = given.parse(Correction)
    theirs: dict[str, Any] = {}
    if details is not None and not given.lapsed:
        try:
            await guests.correct_details(guest_id, details, version=version, by=actor)
            return redirect(f"/organiser/guests/{guest_id}", said=_("The details are saved."))
        except GuestChanged:
            typed, kept = _typed(given), _given(guest)
            theirs = {name: (kept[name], typed[name]) for name in kept if kept[name] != typed[name]}
        except Invalid as refused:
            errors = refused.errors
    return await _form(
        request, actor, edition, guest, _typed(given), errors=errors, theirs=theirs, lapsed=given.lapsed
    )


async def _form(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    guest: GuestFile,
    given: dict[str, Any],
    *,
    errors: Errors | None = None,
    theirs: dict[str, Any] | None = None,
    lapsed: bool = False,
) -> Response[Any]:
    return await show(
        request,
        "organiser/guests/edit.html",
        status=409 if theirs else 422 if errors or lapsed else 200,
        actor=actor,
        edition=edition,
        current="guests",
        guest=guest,
        given=given,
        errors=errors or {},
        theirs=theirs or {},
        lapsed=lapsed,
        countries=country_choices(get_locale()),
        diets=list(DIETS.items()),
        access_words=list(ACCESS.items()),
        languages=LANGUAGES,
        fields=history.FIELDS,
    )


_LISTS = ("diet", "access")
_FIELDS = ("native_name", "latin_name", "organisation_zh", "organisation_en", "post", "country", "email", "telephone",
           "language", "diet_note", "access_needs")  # fmt: skip


def _given(guest: GuestFile) -> dict[str, Any]:
    both: Bilingual = guest.organisation
    values: dict[str, Any] = {
        name: getattr(guest, name) for name in _FIELDS if not name.startswith("organisation_")
    }
    return values | {
        "organisation_zh": both.zh,
        "organisation_en": both.en,
        "diet": sorted(guest.diet),
        "access": sorted(guest.access),
    }


def _typed(given: Form) -> dict[str, Any]:
    values: dict[str, Any] = {name: given.one(name) for name in _FIELDS}
    return values | {name: sorted(given.all(name)) for name in _LISTS}


router = Router("/guests", route_handlers=[edit, save], guards=[requires("guests.view")])
