"""What is still to be translated: texts that lack a language, and those that have fallen behind the other."""

import csv
import io
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency

from wcd.actors.actors import Actor
from wcd.agenda import texts
from wcd.agenda.lists import cut
from wcd.core.clock import now
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.listing import PAGE_SIZES, Slice
from wcd.editions.queries import EditionView
from wcd.web.guards import requires
from wcd.web.organiser.addresses import Here
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest

KIND_WORDS: dict[str, LazyText] = {
    texts.SESSION: _("Sessions"),
    texts.ITEM: _("Items"),
    texts.SPEAKER: _("Speakers"),
    texts.BODY: _("Hosts"),
    texts.ROOM: _("Rooms"),
    texts.VENUE: _("Venues"),
}
FIELD_WORDS: dict[str, LazyText] = {
    "title": _("title"),
    "summary": _("description"),
    "meeting_point": _("meeting point"),
    "name": _("name"),
    "post": _("post"),
    "body": _("organisation"),
    "biography": _("biography"),
    "floor": _("floor"),
    "address": _("address"),
    "way": _("way there"),
}
PAGES = {
    texts.SESSION: "/organiser/sessions/{page}",
    texts.ITEM: "/organiser/sessions/{page}/items?item={id}#item-{id}",
    texts.SPEAKER: "/organiser/speakers/{page}",
    texts.BODY: "/organiser/bodies/{page}",
    texts.ROOM: "/organiser/places/rooms/{page}",
    texts.VENUE: "/organiser/places/venues/{page}",
}
LANGUAGE_WORDS: dict[str, LazyText] = {"zh": _("Chinese"), "en": _("English")}
BEHIND = "behind"


@get("/")
async def index(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Gaps in groups with their numbers, and what has fallen behind; the address says what is shown."""
    language, kind, view = (_read(request, name) for name in ("language", "kind", "show"))
    gaps, behind = await texts.list_gaps(edition.id), await texts.list_behind(edition.id)
    shown = [gap for gap in gaps if language in {"", gap.language} and kind in {"", gap.kind}]
    values = {name: _read(request, name) for name in ("language", "kind", "show", "page", "size")}
    return await show(
        request,
        "organiser/missing/index.html",
        actor=actor,
        edition=edition,
        current="agenda",
        gaps=gaps,
        behind=behind,
        found=cut(shown, Slice.read(values["page"], values["size"])),
        language=language,
        kind=kind,
        view=view,
        here=Here("/organiser/missing", values),
        sizes=PAGE_SIZES,
        by_kind={
            name: sum(gap.kind == name and language in {"", gap.language} for gap in gaps)
            for name in texts.KINDS
        },
        by_language={
            one: sum(gap.language == one and kind in {"", gap.kind} for gap in gaps) for one in ("zh", "en")
        },
        kinds=KIND_WORDS,
        fields=FIELD_WORDS,
        languages=LANGUAGE_WORDS,
        page_of=page_of,
    )


@get("/missing.csv")
async def for_translators(request: AnyRequest, edition: NamedDependency[EditionView]) -> Response[bytes]:
    """The texts that lack a language, as a table with an empty column for it."""
    gaps = await texts.list_gaps(edition.id, language=_read(request, "language"), kind=_read(request, "kind"))
    name = f"missing-{edition.code}-{now():%Y%m%d-%H%M}.csv"
    return Response(
        as_csv(gaps).encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


def as_csv(gaps: list[texts.Gap]) -> str:
    """One row a text: what it is of, which field, the text, and the column to fill in."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["kind", "id", "field", "zh", "en"])
    for gap in gaps:
        both = {"zh": "", "en": "", "zh" if gap.language == "en" else "en": _plain(gap.text)}
        writer.writerow([gap.kind, gap.id, gap.field, both["zh"], both["en"]])
    return table.getvalue()


def page_of(gap: texts.Gap) -> str:
    """Where it can be filled in."""
    return PAGES[gap.kind].format(page=gap.page, id=gap.id)


def _plain(text: str) -> str:
    """Never a formula, whatever opens the file."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _read(request: AnyRequest, name: str) -> str:
    return str(request.query_params.get(name, "")).replace("\0", "")[:20]


router = Router("/missing", route_handlers=[index, for_translators], guards=[requires("agenda.view")])
