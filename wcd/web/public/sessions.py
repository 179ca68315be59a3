"""One session, its calendar file, and the seats left, which change without the programme changing."""

from litestar import Response, get, route
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wcd.agenda import queries
from wcd.agenda.calendar import calendar_file
from wcd.agenda.errors import NoSuchSession
from wcd.agenda.views import SessionCard
from wcd.core.config import settings
from wcd.editions.queries import EditionView
from wcd.web.pages import AnyRequest, is_htmx, page
from wcd.web.public.seats import known_seats
from wcd.web.public.showing import LOOK, base_of, show, shown_edition

MOST_RELATED = 3


@route("/sessions/{code:str}", http_method=LOOK)
async def session(request: AnyRequest, code: FromPath[str]) -> Response[str]:
    """When, where, what, with whom."""
    edition = shown_edition(request)
    found = await queries.get_session_page(edition.id, code)
    related = _related(found.card, await queries.list_sessions(edition.id))
    subjects = {one.code: one.name for one in await queries.list_subjects(edition.id)}
    return show(
        request,
        "public/sessions/show.html",
        edition=edition,
        session=found,
        related=related,
        subjects=subjects,
    )


@route("/sessions/{code:str}/calendar.ics", http_method=LOOK)
async def calendar(request: AnyRequest, code: FromPath[str]) -> Response[bytes]:
    """The session for one's own calendar."""
    edition = shown_edition(request)
    card = (await queries.get_session_page(edition.id, code)).card
    return Response(
        calendar_file([card], edition=edition.code, base_url=settings().base_url),
        media_type="text/calendar",
        headers={"content-disposition": f'attachment; filename="{edition.code}-{card.code}.ics"'},
    )


@get("/sessions/{code:str}/seats")
async def session_seats(
    request: AnyRequest, code: FromPath[str], edition: NamedDependency[EditionView]
) -> Response[str]:
    """The seats left of one session: a part for scripts, a page without."""
    card = (await queries.get_session_page(edition.id, code)).card
    count = (await known_seats(edition.id)).get(card.code)
    if count is None:
        raise NoSuchSession
    return page(
        request, "public/sessions/seats.html", edition=edition, card=card, count=count, base=base_of(request)
    )


@get("/programme/seats")
async def all_seats(
    request: AnyRequest, edition: NamedDependency[EditionView], of: FromQuery[str] = ""
) -> Response[str]:
    """The seats left of these sessions: parts that HTMX puts in their places; without scripts a list of all."""
    counts = await known_seats(edition.id)
    if is_htmx(request):
        codes = [code for code in of.split(",") if code in counts]
        return page(request, "public/programme/seats.html", codes=codes, counts=counts)
    cards = [card for card in await queries.list_sessions(edition.id) if card.code in counts]
    return page(
        request,
        "public/programme/seats.html",
        edition=edition,
        cards=cards,
        counts=counts,
        base=base_of(request),
    )


def _related(card: SessionCard, sessions: list[SessionCard]) -> list[SessionCard]:
    """Others of the same subject, those with most in common first; called-off ones are left out."""
    others = [
        one
        for one in sessions
        if one.code != card.code and not one.is_called_off and set(one.subjects) & set(card.subjects)
    ]
    others.sort(key=lambda one: -len(set(one.subjects) & set(card.subjects)))
    return others[:MOST_RELATED]
