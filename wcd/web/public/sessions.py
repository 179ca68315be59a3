"""One session and its calendar file."""

from litestar import Response, route
from litestar.params import FromPath

from wcd.agenda import queries
from wcd.agenda.calendar import calendar_file
from wcd.agenda.slides import public_slides
from wcd.agenda.views import SessionCard
from wcd.core.config import settings
from wcd.venues.queries import way_to
from wcd.web.pages import AnyRequest
from wcd.web.public import linked
from wcd.web.public.feeds import published_at
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
        venue=await way_to(found.card.place.id) if found.card.place else None,
        slides=await public_slides(edition.id, found.card.id),
        data=linked.script(linked.of_session(edition, found, base_of(request))),
    )


@route("/sessions/{code:str}/calendar.ics", http_method=LOOK)
async def calendar(request: AnyRequest, code: FromPath[str]) -> Response[bytes]:
    """The session for one's own calendar."""
    edition = shown_edition(request)
    card = (await queries.get_session_page(edition.id, code)).card
    content = calendar_file(
        [card],
        edition=edition.code,
        base_url=settings().base_url,
        published_at=await published_at(edition),
    )
    return Response(
        content,
        media_type="text/calendar",
        headers={"content-disposition": f'attachment; filename="{edition.code}-{card.code}.ics"'},
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
