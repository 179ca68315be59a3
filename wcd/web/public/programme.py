"""The programme by day, with filters in the address; works as a plain form, HTMX swaps the results."""

from datetime import date
from itertools import groupby

from litestar import Response, route

from wcd.agenda import queries, rules
from wcd.agenda.views import ExhibitionView, SessionCard
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.web.pages import AnyRequest
from wcd.web.public import filters
from wcd.web.public.showing import LOOK, show, shown_edition


@route("/programme", http_method=LOOK)
async def programme(request: AnyRequest) -> Response[str]:
    """One day of the programme; the tabs count what the filters find on each."""
    edition = shown_edition(request)
    asked = filters.Filters.read(request.query_params)
    sessions = await queries.list_sessions(edition.id)
    found = filters.select(sessions, asked)
    by_day = {day: _on(found, day, edition) for day in days(edition.first_day, edition.last_day)}
    day = _day(request.query_params.get("day", ""), list(by_day))
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
        slots=[
            (span, list(cards))
            for span, cards in groupby(by_day[day], key=lambda card: (card.starts_at, card.ends_at))
        ],
        exhibitions=[] if asked.is_set else _open(await queries.list_exhibitions(edition.id), day, edition),
        changed_at=max((card.changed_at for card in sessions), default=None),
    )


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
