"""Speakers: the list with its search, and one of them."""

from litestar import Response, route
from litestar.params import FromPath

from wcd.agenda import queries
from wcd.web.pages import AnyRequest
from wcd.web.public import linked
from wcd.web.public.filters import LONGEST_SEARCH
from wcd.web.public.showing import LOOK, base_of, show, shown_edition


@route("/speakers", http_method=LOOK)
async def speakers(request: AnyRequest) -> Response[str]:
    """All speakers, or those whom a search finds: either script, pinyin, body."""
    edition = shown_edition(request)
    search = request.query_params.get("q", "").strip()[:LONGEST_SEARCH]
    people = await queries.list_speakers(edition.id, search)
    return show(request, "public/speakers/list.html", edition=edition, people=people, search=search)


@route("/speakers/{code:str}", http_method=LOOK)
async def speaker(request: AnyRequest, code: FromPath[str]) -> Response[str]:
    """Both names, post, body, biography, sessions."""
    edition = shown_edition(request)
    found = await queries.get_speaker_page(edition.id, code)
    sdgs = sorted({number for one in found.sessions for number in one.card.sdgs})
    roles = list(dict.fromkeys(role for one in found.sessions for role in one.roles))
    return show(
        request,
        "public/speakers/show.html",
        edition=edition,
        speaker=found,
        sdgs=sdgs,
        roles=roles,
        data=linked.script(linked.of_speaker(edition, found, base_of(request))),
    )
