"""What changes without the programme changing: seats left, and what is on now. Parts for scripts, pages without."""

from datetime import datetime
from uuid import UUID

import msgspec
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


class Present(msgspec.Struct, frozen=True):
    """What is on at a moment, what begins next, and whether that is on the same day."""

    at: datetime
    running: list[SessionCard]
    following: list[SessionCard]
    is_today: bool


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
    request: AnyRequest,
    code: FromPath[str],
    edition: NamedDependency[EditionView],
    of: FromQuery[str] = "",
) -> Response[str]:
    """The seats left of one session; with it, for scripts, those of the sessions that its page leads to."""
    card = (await queries.get_session_page(edition.id, code)).card
    counts = await known_seats(edition.id)
    if card.code not in counts:
        raise NoSuchSession
    return page(
        request,
        "public/sessions/seats.html",
        edition=edition,
        card=card,
        count=counts[card.code],
        counts=counts,
        codes=[one for one in of.split(",") if one in counts],
        base=base_of(request),
    )


@get("/programme/seats")
async def all_seats(
    request: AnyRequest,
    edition: NamedDependency[EditionView],
    of: FromQuery[str] = "",
    day: FromQuery[str] = "",
) -> Response[str]:
    """The seats left of these sessions, or of a day with what is on now: parts that HTMX puts in their places.

    Without scripts it is a list of all.
    """
    counts = await known_seats(edition.id)
    programme = await known_sessions(edition)
    cards = [card for card in programme if card.code in counts]
    if is_htmx(request):
        wanted = set(of.split(","))
        codes = [one.code for one in cards if one.code in wanted or (not of and _is_on(one, day, edition))]
        return page(
            request,
            "public/programme/seats.html",
            edition=edition,
            codes=codes,
            counts=counts,
            present=_present(programme, edition) if day else None,
            base=base_of(request),
        )
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
    """What is on at this moment, and what begins next."""
    return page(
        request,
        "public/programme/now.html",
        edition=edition,
        present=_present(await known_sessions(edition), edition),
        base=base_of(request),
    )


def _present(cards: list[SessionCard], edition: EditionView) -> Present:
    at = now()
    running = [one for one in cards if one.starts_at <= at < one.ends_at and not one.is_called_off]
    later = [one for one in cards if one.starts_at > at and not one.is_called_off]
    following = [one for one in later if one.starts_at == later[0].starts_at]
    is_today = bool(later) and local_day(later[0].starts_at, edition.zone) == local_day(at, edition.zone)
    return Present(at, running, following, is_today)


def _is_on(card: SessionCard, day: str, edition: EditionView) -> bool:
    return local_day(card.starts_at, edition.zone).isoformat() == day


def forget() -> None:
    """Ask again: for tests."""
    _kept.clear()
