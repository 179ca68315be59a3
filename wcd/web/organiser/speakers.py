"""The speakers: found in either script, with what each still owes; asking all of them for it."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from wcd.actors.actors import Actor
from wcd.agenda import asking
from wcd.agenda.speaker_queries import list_speaker_rows
from wcd.core.i18n import ngettext
from wcd.core.listing import Page, Slice
from wcd.editions.queries import EditionView
from wcd.web.forms import read_form
from wcd.web.guards import requires
from wcd.web.organiser.addresses import Here
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect
from wcd.web.speaker_words import OWED_WORDS

LIST = "/organiser/speakers"
AT_ONCE = 1000


@get("/")
async def index(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    q: FromQuery[str] = "",
    owing: FromQuery[str] = "",
    page: FromQuery[str] = "",
    size: FromQuery[str] = "",
) -> Response[Any]:
    """One page of the list. The address bar says what is shown."""
    search, piece = q.replace("\0", "").strip()[:100], Slice.read(page, size)
    rows = await list_speaker_rows(edition.id, search)
    owe = [row for row in rows if row.owes and row.sessions]
    shown = owe if owing else rows
    return await show(
        request,
        "organiser/speakers/index.html",
        actor=actor,
        edition=edition,
        current="agenda",
        found=Page(shown[piece.offset : piece.offset + piece.size], len(shown), piece.number, piece.size),
        total=len(rows),
        owe=len(owe),
        able=len([row for row in owe if row.email]),
        here=Here(LIST, {"q": search, "owing": "1" if owing else "", "page": page, "size": size}),
        q=search,
        owing=bool(owing),
        owed_words=OWED_WORDS,
    )


@get("/ask", guards=[requires("agenda.edit")])
async def ask_whom(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Who will be asked for what, before anybody is; and who cannot be."""
    rows = await list_speaker_rows(edition.id, owing=True)
    return await show(
        request,
        "organiser/speakers/ask.html",
        actor=actor,
        edition=edition,
        current="agenda",
        able=[row for row in rows if row.email],
        unable=[row for row in rows if not row.email],
        owed_words=OWED_WORDS,
    )


@post("/ask", status_code=200, guards=[requires("agenda.edit")])
async def ask(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Write to those who were chosen."""
    given = await read_form(request, max_fields=AT_ONCE + 10)
    chosen = [speaker for text in given.all("pick")[:AT_ONCE] if (speaker := _id(text))]
    asked = await asking.ask_speakers(edition.id, chosen, by=actor)
    said = ngettext("%(n)d speaker is asked by mail.", "%(n)d speakers are asked by mail.", asked)
    return redirect(LIST, said=said)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


router = Router("/speakers", route_handlers=[index, ask_whom, ask], guards=[requires("agenda.view")])
