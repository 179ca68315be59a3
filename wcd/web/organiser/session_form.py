"""The parts of a session that are one form each: texts, time and place, entry, subjects and languages, notes.

Two who edit the same part are told, with both versions; who edits another part stands in nobody's way.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda import editing, texts
from wcd.agenda.errors import SessionChanged
from wcd.agenda.files import SessionFile
from wcd.agenda.inputs import SessionEntry, SessionMarks, SessionNotes, SessionTexts, SessionTime
from wcd.agenda.parts import list_parts
from wcd.agenda.queries import list_subjects
from wcd.core.errors import Invalid
from wcd.core.i18n import LazyText
from wcd.core.inputs import Errors
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.registration.categories import list_categories
from wcd.venues.queries import list_venues
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser import history
from wcd.web.organiser import session_words as words
from wcd.web.organiser.session_frame import find_file, session_page
from wcd.web.pages import AnyRequest, redirect

FORMS: dict[str, tuple[type[editing.SessionPart], str]] = {
    "": (SessionTexts, "texts.html"),
    "time": (SessionTime, "time.html"),
    "entry": (SessionEntry, "entry.html"),
    "about": (SessionMarks, "about.html"),
    "notes": (SessionNotes, "notes.html"),
}
"""The last word of the address, what is edited there, and its page."""
Spoken = Mapping[str, Mapping[str, LazyText | str]]
"""By field and stored value, what it is called."""
AT = "/{session_id:uuid}"
PATHS = [f"{AT}/{name}" if name else AT for name in FORMS]


@get(PATHS)
async def edit(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """One part of a session, as it stands."""
    file = await find_file(edition, session_id)
    read = await editing.read_part(session_id, FORMS[_name(request)][0])
    return await _form_page(request, actor, edition, file, given_of(read.values), read.version, read.seen)


@post(PATHS, status_code=200, guards=[requires("agenda.edit")])
async def save(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """Keep the changes, unless somebody else saved this part meanwhile: then both are shown and nothing is lost."""
    file = await find_file(edition, session_id)
    given = await read_form(request, may_lapse=True)
    shape = FORMS[_name(request)][0]
    version, seen = given.version(), given.one("seen")[:40]
    wanted, errors = given.parse(shape)
    if isinstance(wanted, SessionEntry | SessionMarks):
        errors = await _unknown_choices(edition, wanted)
    theirs: Any = None
    if wanted is not None and not errors and not given.lapsed:
        try:
            await editing.edit_part(session_id, wanted, version=version, by=actor, seen=seen)
            return redirect(await _next(edition, session_id, request, given), said=words.SAVED)
        except SessionChanged as refused:
            theirs, version, seen = refused.current, refused.version, ""
        except Invalid as refused:
            errors = refused.errors
    return await _form_page(
        request,
        actor,
        edition,
        file,
        typed(given, shape),
        version,
        seen,
        errors=errors,
        theirs=theirs,
        lapsed=given.lapsed,
    )


@post("/{session_id:uuid}/fits/{language:str}", status_code=200, guards=[requires("agenda.edit")])
async def translation_fits(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
    language: FromPath[str],
) -> Response[Any]:
    """The texts in this language still say what the other language says."""
    given = await read_form(request)
    file = await find_file(edition, session_id)
    if language in {"zh", "en"} and file.older and file.older.language == language:
        await editing.say_translation_fits(session_id, language, by=actor)
    back = (
        "/organiser/missing?show=behind"
        if given.one("back") == "missing"
        else f"/organiser/sessions/{session_id}"
    )
    return redirect(back, said=words.FITS)


async def _form_page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    file: SessionFile,
    given: dict[str, Any],
    version: int,
    seen: str,
    *,
    errors: Errors | None = None,
    theirs: Any = None,
    lapsed: bool = False,
) -> Response[Any]:
    name = _name(request)
    values, spoken = await _choices(name, edition, file)
    entries = await audit.history_of(file.id, limit=6)
    return await session_page(
        request,
        FORMS[name][1],
        status=409 if theirs else 422 if errors or lapsed else 200,
        actor=actor,
        edition=edition,
        file=file,
        view=name or "texts",
        given=given,
        version=version,
        seen=seen,
        errors=errors or {},
        theirs=_differences(theirs, given, spoken) if theirs else {},
        lapsed=lapsed,
        editor=next((entry.actor_name for entry in entries if entry.action == "session.edited"), ""),
        entries=await history.worded(entries, about=file.id),
        **values,
    )


async def _choices(name: str, edition: EditionView, file: SessionFile) -> tuple[dict[str, Any], Spoken]:
    """What one of the forms offers, and how its stored values read where two versions are compared."""
    if name == "":
        return {"parts_of_it": await list_parts(file.id)}, {}
    if name == "time":
        venues = await list_venues(edition.id)
        rooms = {str(room.id): room for venue in venues for room in venue.rooms}
        all_days = days(edition.first_day, edition.last_day)
        return (
            {"venues": venues, "chosen_room": rooms.get(str(file.room)), "all_days": all_days},
            {"room": {key: room.name.local for key, room in rooms.items()}, "layout": words.LAYOUT_WORDS},
        )
    if name == "entry":
        categories = await list_categories(edition.id)
        return (
            {"categories": categories, "booking_words": words.BOOKING_WORDS},
            {
                "booking": {code: word for code, word, _help in words.BOOKING_WORDS},
                "categories": {one.code: one.name.local for one in categories},
            },
        )
    if name == "about":
        subjects = await list_subjects(edition.id)
        languages = dict(words.LANGUAGE_WORDS)
        return (
            {"subjects": subjects, "language_words": words.LANGUAGE_WORDS},
            {
                "kind": words.KIND_WORDS,
                "subjects": {one.code: one.name.local for one in subjects},
                "languages": languages,
                "interpretation": languages,
            },
        )
    return {}, {}


async def _unknown_choices(edition: EditionView, wanted: SessionEntry | SessionMarks) -> Errors:
    """Codes that this edition does not have."""
    if isinstance(wanted, SessionEntry):
        known = {one.code for one in await list_categories(edition.id)}
        return {} if set(wanted.categories) <= known else {"categories": words.NOT_THERE}
    known = {one.code for one in await list_subjects(edition.id)}
    return {} if set(wanted.subjects) <= known else {"subjects": words.NOT_THERE}


async def _next(edition: EditionView, session_id: UUID, request: AnyRequest, given: Form) -> str:
    """Back to the same page; or on to the next session that lacks a text."""
    here = f"/organiser/sessions/{session_id}"
    if not given.one("next"):
        return f"{here}/{_name(request)}".rstrip("/")
    gaps = await texts.list_gaps(edition.id, kind=texts.SESSION)
    pages = list(dict.fromkeys(gap.page for gap in gaps))
    after = [page for page in pages if page > session_id] or [page for page in pages if page != session_id]
    return f"/organiser/sessions/{min(after)}" if after else "/organiser/missing"


def _name(request: AnyRequest) -> str:
    """Which of the forms the address means."""
    last = request.url.path.rstrip("/").rpartition("/")[2]
    return last if last in FORMS else ""


def given_of(part: msgspec.Struct) -> dict[str, Any]:
    """What is stored, as the fields of a form show it."""
    values = msgspec.structs.asdict(part)
    return {name: _shown(value) for name, value in values.items()}


def typed(given: Form, shape: type[msgspec.Struct]) -> dict[str, Any]:
    """What was typed, as the fields of the form show it again."""
    return {
        field.name: given.all(field.name) if isinstance(field.default, tuple) else given.one(field.name)
        for field in msgspec.structs.fields(shape)
    }


def _shown(value: Any) -> Any:
    if isinstance(value, tuple):
        return [str(one) for one in value]
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else str(value)


def _differences(theirs: msgspec.Struct, mine: dict[str, Any], spoken: Spoken) -> dict[str, Any]:
    """What the other person saved, where it is not what was typed here, in words."""
    other = given_of(theirs)

    def read(name: str, value: Any) -> Any:
        known = spoken.get(name, {})
        if isinstance(value, list):
            return [str(known.get(one, one)) for one in value]
        return str(known.get(value, value))

    return {
        name: (read(name, other[name]), read(name, mine[name])) for name in other if other[name] != mine[name]
    }


router = Router("/sessions", route_handlers=[edit, save, translation_fits], guards=[requires("agenda.view")])
