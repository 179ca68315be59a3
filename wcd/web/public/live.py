"""What changes without the programme changing: seats left, and what is on now. Parts for scripts, pages without."""

from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wcd.agenda import queries
from wcd.agenda.errors import NoSuchSession
from wcd.agenda.rules import local_day
from wcd.agenda.views import SessionCard
from wcd.core.clock import now
from wcd.editions.queries import EditionView
from wcd.web.pages import AnyRequest, is_htmx, page
from wcd.web.public.seats import known_seats
from wcd.web.public.showing import base_of
from wcd.web.public.words import WORDS

MOST_KEPT = 8
_kept: dict[tuple[UUID, int], list[SessionCard]] = {}


async def known_sessions(edition: EditionView) -> list[SessionCard]:
    """The programme, asked for once per published number."""
    key = (edition.id, edition.published)
    if key not in _kept:
        cards = await queries.list_sessions(edition.id)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = cards
    return _kept[key]


@get("/sessions/{code:str}/seats")
async def session_seats(
    request: AnyRequest, code: FromPath[str], edition: NamedDependency[EditionView]
) -> Response[str]:
    """The seats left of one session."""
    card = (await queries.get_session_page(edition.id, code)).card
    count = (await known_seats(edition.id)).get(card.code)
    if count is None:
        raise NoSuchSession
    return page(
        request, "public/sessions/seats.html", edition=edition, card=card, count=count, base=base_of(request)
    )


@get("/programme/seats")
async def all_seats(
    request: AnyRequest,
    edition: NamedDependency[EditionView],
    of: FromQuery[str] = "",
    day: FromQuery[str] = "",
) -> Response[str]:
    """The seats left of these sessions, or of a day: parts that HTMX puts in their places; without scripts a list."""
    counts = await known_seats(edition.id)
    cards = [card for card in await known_sessions(edition) if card.code in counts]
    if is_htmx(request):
        wanted = set(of.split(","))
        codes = [card.code for card in cards if card.code in wanted or (day and _is_on(card, day, edition))]
        return page(request, "public/programme/seats.html", codes=codes, counts=counts)
    return page(
        request,
        "public/programme/seats.html",
        edition=edition,
        cards=cards,
        counts=counts,
        base=base_of(request),
    )


@get("/programme/now")
async def on_now(request: AnyRequest, edition: NamedDependency[EditionView]) -> Response[str]:
    """What is on at this moment, and what begins next on the same day: a line for the programme, else a page."""
    at = now()
    cards = [card for card in await known_sessions(edition) if not card.is_called_off]
    running = [card for card in cards if card.starts_at <= at < card.ends_at]
    today = local_day(at, edition.zone)
    later = [one for one in cards if one.starts_at > at and local_day(one.starts_at, edition.zone) == today]
    following = [card for card in later if card.starts_at == later[0].starts_at]
    return page(
        request,
        "public/programme/now.html",
        edition=edition,
        at=at,
        running=running,
        following=following,
        first=next((card for card in cards if card.starts_at > at), None),
        base=base_of(request),
        **WORDS,
    )


def _is_on(card: SessionCard, day: str, edition: EditionView) -> bool:
    return local_day(card.starts_at, edition.zone).isoformat() == day


def forget() -> None:
    """Ask again: for tests."""
    _kept.clear()
