"""The home page: what, when, where, and what to do next."""

from litestar import Response, route

from wcd.agenda import queries
from wcd.agenda.proposals.call import NO_CALL, get_call
from wcd.editions.queries import EditionView, list_editions, newest_pages
from wcd.web.motif import SMALL, drawing
from wcd.web.pages import AnyRequest
from wcd.web.public import linked, texts
from wcd.web.public.glance import at_a_glance
from wcd.web.public.showing import LOOK, base_of, show, shown_edition

MOST_LAUNCHES = 4


@route("/", http_method=LOOK)
async def home(request: AnyRequest) -> Response[str]:
    """The edition at a glance; before there is one, a word that it is being prepared."""
    if request.scope["state"]["edition"] is None and "edition_code" not in request.scope["path_params"]:
        return show(request, "public/home/prepared.html")
    edition = shown_edition(request)
    sessions = await queries.list_sessions(edition.id)
    exhibitions = await queries.list_exhibitions(edition.id)
    launches = queries.launches(await queries.published_sessions(edition.id))
    guide = await newest_pages(edition.id, list(texts.PRACTICAL))
    return show(
        request,
        "public/home/show.html",
        edition=edition,
        days=at_a_glance(edition, sessions, exhibitions) if sessions else [],
        launches=launches[:MOST_LAUNCHES],
        guide=guide,
        icons=texts.PRACTICAL,
        call=await get_call(edition) if edition.is_current else NO_CALL,
        news=await texts.newest_news(edition.id),
        earlier=_earlier(edition, await list_editions()),
        data=linked.script(linked.of_edition(edition, base_of(request))),
        drawing=drawing(edition.code, edition.first_day, edition.last_day),
        small=lambda one: drawing(one.code, one.first_day, one.last_day, SMALL),
    )


def _earlier(edition: EditionView, editions: list[EditionView]) -> list[EditionView]:
    return [one for one in editions if one.last_day < edition.first_day][:4]
