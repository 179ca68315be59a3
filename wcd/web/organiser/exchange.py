"""In and out: the agenda as files, and files as what they would do to it, before they do."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from wcd.actors.actors import Actor
from wcd.agenda.exchange import columns, exporting, plans
from wcd.agenda.exchange.findings import FileRefused, Finding, PreviewOutdated
from wcd.agenda.exchange.plans import ImportPlan
from wcd.agenda.exchange.reading import MOST_BYTES
from wcd.agenda.releases import current_release
from wcd.core import files, signing
from wcd.core.clock import today
from wcd.core.config import settings
from wcd.core.errors import Forbidden, NotFound
from wcd.core.i18n import Bilingual, LazyText, get_locale, ngettext
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.queries import EditionView
from wcd.registration.agenda_imports import apply_import, preview_import, read_file
from wcd.web.forms import LAPSED, Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect
from wcd.web.uploads import FileTooLarge, read_upload

HERE = "/organiser/exchange"
KEPT_AS = "agenda-import"
KEPT_FOR = 24 * 3600
"""Seconds; who comes back later uploads the file once more."""
FORMAT_WORDS: dict[str, tuple[LazyText, LazyText]] = {
    exporting.XLSX: (
        _("Workbook (XLSX)"),
        _("everything, in both languages; can be edited and imported again"),
    ),
    exporting.CSV: (_("Table (CSV)"), _("the sessions, in both languages")),
    exporting.OWN_JSON: (_("JSON"), _("everything, for programs of your own")),
    exporting.XML: (_("schedule.xml"), _("for conference apps, displays and recording (frab, pentabarf)")),
    exporting.SCHEDULE_JSON: (_("schedule.json"), _("the same as JSON")),
    exporting.ICS: (_("Calendar (iCalendar)"), _("for calendar programs")),
}
THING_WORDS: dict[str, LazyText] = {
    "session": _("Sessions"),
    "speaker": _("Speakers"),
    "host": _("Hosts"),
    "room": _("Rooms"),
    "venue": _("Venues"),
}
ACTION_WORDS: dict[str, tuple[str, LazyText]] = {
    plans.PROBLEM: ("bad", _("Wrong")),
    plans.NEW: ("good", _("New")),
    plans.CHANGE: ("half", _("Changed")),
    plans.SAME: ("off", _("The same")),
}
FIELD_WORDS = {
    column.name: Bilingual(column.zh, column.en)
    for kind in reversed(columns.KINDS_OF_SHEET)
    for column in kind.columns
} | {
    "starts_at": Bilingual("开始", "Starts"),
    "ends_at": Bilingual("结束", "Ends"),
    "items": Bilingual("环节", "Items"),
    "people": Bilingual("出席人员", "People"),
}
NO_FILE = _("Please choose a file.")
GONE = _("This file is not kept any more. Upload it again.")


@get("/")
async def index(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Download in any format; upload to see what it would do."""
    return await _index(request, actor, edition)


@get("/file")
async def download(
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    form: FromQuery[str] = exporting.XLSX,
    source: FromQuery[str] = "release",
    language: FromQuery[str] = "",
) -> Response[bytes]:
    """The agenda as a file. The working copy is for those who edit it: internal notes are in it."""
    working = source == "working" or form == exporting.FORM  # people of the working copy are in the form
    if working and not actor.may("agenda.edit"):
        raise Forbidden
    if form == exporting.FORM:
        content, name = await exporting.export_form(edition.id), f"{edition.code}-form.xlsx"
        return _file(content, exporting.FORMATS[exporting.XLSX].media, name)
    if form not in exporting.FORMATS:
        raise NotFound
    locale = language if language in {"zh", "en"} else get_locale()
    content = await exporting.export_agenda(
        edition.id, form, working=working, base_url=settings().base_url, locale=locale
    )
    chosen = exporting.FORMATS[form]
    marks = ["working"] if working else []
    marks += [locale] if chosen.one_language else []
    name = "-".join([edition.code, f"{today(edition.zone):%Y%m%d}", *marks]) + chosen.ending
    return _file(content, chosen.media, name)


@post("/preview", status_code=200, guards=[requires("agenda.edit")], request_max_body_size=None)
async def preview(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """What importing the file would do, row by row. Nothing is written; the file is kept for a day at most."""
    try:
        given, uploads = await read_upload(request, most_bytes=MOST_BYTES, may_lapse=True)
    except FileTooLarge as refused:
        return await _index(request, actor, edition, error=str(refused), status=413)
    if given.lapsed or "file" not in uploads:
        error = LAPSED if given.lapsed else NO_FILE
        return await _index(request, actor, edition, error=error, status=422, given=given)
    files.forget_old(KEPT_AS, seconds=KEPT_FOR)
    upload = uploads["file"]
    key = files.keep(KEPT_AS, upload.content)
    return await _preview(
        request, actor, edition, key, upload.name, make_unknown=bool(given.one("make_unknown"))
    )


@post("/apply", status_code=200, guards=[requires("agenda.edit")])
async def apply(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Do what the preview said, all of it or nothing; or throw the file away."""
    given = await read_form(request, may_lapse=True)
    key, name = given.one("key"), given.one("name")[:120]
    if signing.read(_purpose(key, edition), given.one("token")) != (_owner(actor), 1):
        return redirect(HERE, said=GONE)
    if given.one("discard") and not given.lapsed:
        files.forget(key)
        return redirect(HERE, said=_("The file is thrown away; nothing was imported."))
    make_unknown = bool(given.one("make_unknown"))
    if given.lapsed:
        return await _preview(request, actor, edition, key, name, make_unknown=make_unknown, lapsed=True)
    try:
        file = await read_file(edition.id, files.path_of(key).read_bytes())
        plan = await apply_import(
            edition.id, file, seen=given.one("seen"), make_unknown=make_unknown, by=actor
        )
    except NotFound:
        return redirect(HERE, said=GONE)
    except PreviewOutdated as refused:
        return await _preview(
            request, actor, edition, key, name, make_unknown=make_unknown, refused=str(refused)
        )
    except FileRefused as refused:
        return await _preview(
            request, actor, edition, key, name, make_unknown=make_unknown, more_findings=refused.findings
        )
    files.forget(key)
    return redirect("/organiser/sessions", said=_done(plan.rows))


def _done(rows: int) -> str:
    return ngettext(
        "%(n)d row is imported. Guests see it with the next release.",
        "%(n)d rows are imported. Guests see them with the next release.",
        rows,
    )


async def _preview(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    key: str,
    name: str,
    *,
    make_unknown: bool,
    lapsed: bool = False,
    refused: str = "",
    more_findings: list[Finding] | None = None,
) -> Response[Any]:
    """The page of one file. A file that cannot be imported as it is is not kept: it comes again, corrected."""
    try:
        content = files.path_of(key).read_bytes()
    except NotFound:
        return redirect(HERE, said=GONE)
    plan = await preview_import(
        edition.id, await read_file(edition.id, content), make_unknown=make_unknown, by=actor
    )
    findings = plan.findings or more_findings or []
    if findings:
        files.forget(key)
    return await show(
        request,
        "organiser/exchange/preview.html",
        status=409 if refused else 422 if findings or lapsed else 200,
        actor=actor,
        edition=edition,
        current="agenda",
        plan=plan,
        findings=findings,
        groups=_groups(plan),
        key=key,
        token=signing.sign(_purpose(key, edition), _owner(actor)),
        name=name,
        make_unknown=make_unknown,
        lapsed=lapsed,
        refused=refused,
        things=THING_WORDS,
        actions=ACTION_WORDS,
        fields=FIELD_WORDS,
    )


def _groups(plan: ImportPlan) -> dict[str, dict[str, list[plans.Step]]]:
    """The steps by kind of thing, and by what would happen to it; empty ones are left out."""
    groups: dict[str, dict[str, list[plans.Step]]] = {}
    for thing in THING_WORDS:
        for action in ACTION_WORDS:
            steps = [step for step in plan.steps if (step.thing, step.action) == (thing, action)]
            if steps:
                groups.setdefault(thing, {})[action] = steps
    return groups


async def _index(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    *,
    error: LazyText | str = "",
    status: int = 200,
    given: Form | None = None,
) -> Response[Any]:
    return await show(
        request,
        "organiser/exchange/index.html",
        status=status,
        actor=actor,
        edition=edition,
        current="agenda",
        release=await current_release(edition.id),
        formats=[(code, *words) for code, words in FORMAT_WORDS.items()],
        error=error,
        make_unknown=bool(given and given.one("make_unknown")),
        most_mb=MOST_BYTES // 1024 // 1024,
        addresses=[f"{settings().base_url}/{get_locale()}/{name}" for name in PUBLIC],
    )


PUBLIC = ("programme.ics", "schedule.xml", "schedule.json")


def _purpose(key: str, edition: EditionView) -> str:
    return f"agenda import {edition.id} {key}"


def _owner(actor: Actor) -> UUID:
    """The file is the uploader's own: nobody else's token fits."""
    if actor.id is None:
        raise Forbidden
    return actor.id


def _file(content: bytes, media: str, name: str) -> Response[bytes]:
    return Response(
        content,
        media_type=media,
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


router = Router(
    "/exchange", route_handlers=[index, download, preview, apply], guards=[requires("agenda.view")]
)
