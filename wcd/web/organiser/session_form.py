"""One session's texts side by side, time and place; two who edit the same are told, with both texts."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda import sessions
from wcd.agenda.errors import SessionChanged
from wcd.agenda.inputs import SessionDetails
from wcd.agenda.queries import list_subjects
from wcd.agenda.views import SessionPage
from wcd.core.errors import Invalid
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.registration.queries import count_bookings
from wcd.venues.queries import list_venues
from wcd.web.forms import read_form
from wcd.web.guards import requires
from wcd.web.organiser import history
from wcd.web.organiser.frame import show
from wcd.web.organiser.sessions import BOOKING_WORDS, KIND_WORDS, STATE_WORDS, find_session
from wcd.web.pages import AnyRequest, redirect

LANGUAGE_WORDS = (("zh", _("Chinese")), ("en", _("English")))


@get("/{session_id:uuid}")
async def edit(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """The texts in both languages side by side, time, place, languages."""
    page = await find_session(edition, session_id)
    found = await sessions.get_for_editing(session_id)
    return await _edit_page(request, actor, edition, page, _given(found.details), found.version)


@post("/{session_id:uuid}", status_code=200, guards=[requires("agenda.edit")])
async def save(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """Keep the changes, unless somebody else saved meanwhile: then both texts are shown and nothing is lost."""
    page = await find_session(edition, session_id)
    given = await read_form(request, may_lapse=True)
    version = given.version()
    details, errors = given.parse(SessionDetails)
    theirs: dict[str, Any] = {}
    if details is not None and not given.lapsed:
        try:
            await sessions.edit_session(session_id, details, version=version, by=actor)
            return redirect(
                f"/organiser/sessions/{session_id}", said=_("The session is saved. Guests see it at once.")
            )
        except SessionChanged as refused:
            theirs, version = _differences(refused.current, details), refused.version
        except Invalid as refused:
            errors = refused.errors
    values: dict[str, Any] = {name: given.one(name) for name in SessionDetails.__struct_fields__}
    values |= {name: given.all(name) for name in ("languages", "interpretation", "sdgs", "subjects")}
    return await _edit_page(
        request, actor, edition, page, values, version, errors=errors, theirs=theirs, lapsed=given.lapsed
    )


async def _edit_page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    page: SessionPage,
    given: dict[str, Any],
    version: int,
    *,
    errors: Errors | None = None,
    theirs: dict[str, Any] | None = None,
    lapsed: bool = False,
) -> Response[Any]:
    entries = await audit.history_of(page.card.id, limit=6)
    return await show(
        request,
        "organiser/sessions/edit.html",
        status=409 if theirs else 422 if errors or lapsed else 200,
        actor=actor,
        edition=edition,
        current="agenda",
        page=page,
        card=page.card,
        count=await count_bookings(page.card.id),
        given=given,
        version=version,
        errors=errors or {},
        theirs=theirs or {},
        lapsed=lapsed,
        editor=next((entry for entry in entries if entry.action == "session.edited"), None),
        entries=await history.worded(entries, about=page.card.id),
        venues=await list_venues(edition.id),
        subjects=await list_subjects(edition.id),
        all_days=days(edition.first_day, edition.last_day),
        booking_words=BOOKING_WORDS,
        language_words=LANGUAGE_WORDS,
        kinds=KIND_WORDS,
        states=STATE_WORDS,
        fields=history.FIELDS,
        missing=[
            f"{name}_{lang}"
            for name in ("title", "summary")
            for lang in ("zh", "en")
            if _is_missing(given, name, lang)
        ],
    )


def _given(details: SessionDetails) -> dict[str, Any]:
    """What is stored, as the fields of the form show it."""
    values = msgspec.structs.asdict(details)
    lists = {
        name: [str(one) for one in values[name]]
        for name in ("languages", "interpretation", "sdgs", "subjects")
    }
    return values | lists | {"day": details.day.isoformat(), "room": str(details.room or "")}


def _differences(theirs: SessionDetails, mine: SessionDetails) -> dict[str, Any]:
    """What the other person saved, where it is not what was typed here."""
    other, own = _given(theirs), _given(mine)
    return {name: (other[name], own[name]) for name in own if other[name] != own[name]}


def _is_missing(given: dict[str, Any], name: str, language: str) -> bool:
    """Whether one language says something that the other does not."""
    other = "en" if language == "zh" else "zh"
    return not given[f"{name}_{language}"] and bool(given[f"{name}_{other}"])


router = Router("/sessions", route_handlers=[edit, save], guards=[requires("agenda.view")])
