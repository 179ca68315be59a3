"""The programme by day, as a list or by room, with filters in the address; works as a plain form, HTMX swaps results."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby

import msgspec
from litestar import Response, route

from wcd.agenda import queries, rules
from wcd.agenda.views import ExhibitionView, SessionCard
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.web.pages import AnyRequest
from wcd.web.public import changes, filters
from wcd.web.public.grid import MOST_AT_ONCE, lay_out
from wcd.web.public.seats import known_seats
from wcd.web.public.showing import LOOK, show, shown_edition


class Slot(msgspec.Struct, frozen=True):
    """What starts at one time. ``ends_at`` is missing where the sessions end at different times."""

    starts_at: datetime
    ends_at: datetime | None
    cards: list[SessionCard]

    @property
    def is_group(self) -> bool:
        """Whether a phone shows these as one."""
        return len(self.cards) > MOST_AT_ONCE


@route("/programme", http_method=LOOK)
async def programme(request: AnyRequest) -> Response[str]:
    """One day of the programme; the tabs count what the filters find on each."""
    edition = shown_edition(request)
    asked = filters.Filters.read(request.query_params)
    sessions = await queries.list_sessions(edition.id)
    found = filters.select(sessions, asked, await _left(edition) if asked.free else None)
    by_day = {day: _on(found, day, edition) for day in days(edition.first_day, edition.last_day)}
    day = _day(request.query_params.get("day", ""), list(by_day))
    by_room = asked.view == filters.GRID
    return show(
        request,
        "public/programme/show.html",
        edition=edition,
        filters=asked,
        counts=filters.counts(sessions),
        subjects=await queries.list_subjects(edition.id),
        rooms=_rooms(sessions),
        day=day,
        tabs=[(one, sum(not card.is_pause for card in cards)) for one, cards in by_day.items()],
        grid=lay_out(by_day[day], edition.zone) if by_room else None,
        slots=[] if by_room else _slots(by_day[day]),
        # Those of a whole day need not be named.
        bookable=[one.code for one in by_day[day] if one.is_bookable] if asked.is_set else None,
        exhibitions=[] if asked.is_set else _open(await queries.list_exhibitions(edition.id), day, edition),
        standing=await changes.standing(edition, asked.since),
    )


@route("/programme/calendar", http_method=LOOK)
async def subscribe(request: AnyRequest) -> Response[str]:
    """The programme for one's own calendar, and as files for other programs."""
    edition = shown_edition(request)
    return show(
        request,
        "public/programme/calendar.html",
        edition=edition,
        days=list(days(edition.first_day, edition.last_day)),
    )


async def _left(edition: EditionView) -> dict[str, int]:
    return {code: count.left for code, count in (await known_seats(edition.id)).items()}


def _slots(cards: Iterable[SessionCard]) -> list[Slot]:
    found = []
    for at, some in groupby(cards, key=lambda card: card.starts_at):
        together = list(some)
        ends = {card.ends_at for card in together}
        found.append(Slot(at, ends.pop() if len(ends) == 1 else None, together))
    return found


def _on(sessions: list[SessionCard], day: date, edition: EditionView) -> list[SessionCard]:
    return [one for one in sessions if rules.local_day(one.starts_at, edition.zone) == day]


def _day(asked: str, possible: list[date]) -> date:
    """The day of the address; the first one where it names none of the forum's."""
    return next((one for one in possible if one.isoformat() == asked), possible[0])


def _rooms(sessions: list[SessionCard]) -> list[SessionCard]:
    """One session for each room, by the name of the room's venue: the filter shows their places."""
    places = {one.place.code: one for one in sessions if one.place and not one.is_pause}
    return sorted(
        places.values(), key=lambda one: (one.place.venue.en, one.place.code) if one.place else ("", "")
    )


def _open(exhibitions: list[ExhibitionView], day: date, edition: EditionView) -> list[ExhibitionView]:
    return [
        one
        for one in exhibitions
        if rules.local_day(one.starts_at, edition.zone) <= day <= rules.local_day(one.ends_at, edition.zone)
    ]
