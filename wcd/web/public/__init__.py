"""The public pages: the table of contents of this way in."""

from litestar import HttpMethod, Response, Router, route
from litestar.di import Provide

from wcd.core.i18n import LOCALES, get_locale
from wcd.editions.errors import NoSuchEdition
from wcd.editions.queries import EditionView
from wcd.web.editions import EDITIONS
from wcd.web.pages import AnyRequest, redirect
from wcd.web.public import (
    booklet,
    call,
    feeds,
    files,
    home,
    live,
    outings,
    people,
    pictures,
    programme,
    proposal,
    robots,
    sessions,
    speaker_link,
    texts,
)
from wcd.web.public.memory import Remembered, refuse_nul

_PAGES = [
    home.home,
    programme.programme,
    programme.subscribe,
    feeds.programme_calendar,
    feeds.schedule_as_xml,
    feeds.schedule_as_json,
    feeds.programme_as_json,
    feeds.programme_as_table,
    pictures.preview,
    sessions.session,
    sessions.calendar,
    people.speakers,
    people.speaker,
    outings.exhibitions,
    outings.tours,
    texts.practical,
    texts.practical_page,
    texts.contact,
    texts.accessibility,
    texts.privacy,
    texts.privacy_version,
    texts.news,
    texts.editions,
]
"""The same for everybody: kept in memory, rendered once per published number."""
_PARTS = [live.session_seats, live.all_seats, live.on_now, booklet.programme_booklet, booklet.booklet_line]
"""What changes without the programme changing."""


@route("/", http_method=[HttpMethod.GET, HttpMethod.HEAD])
async def front_door() -> Response[None]:
    """To the home page in the visitor's language."""
    response = redirect(f"/{get_locale()}/")
    response.headers["vary"] = "Accept-Language, Cookie"
    return response


async def _edition(request: AnyRequest) -> EditionView:
    """The edition of the address, for the parts that are not kept."""
    refuse_nul(request.scope)
    edition = await EDITIONS.find(request.scope["path_params"].get("edition_code", ""))
    if edition is None:
        raise NoSuchEdition
    return edition


def _routers() -> list[Router]:
    """Each language's own addresses, and below it those of the other editions."""
    found = []
    for locale in LOCALES:
        for path in (f"/{locale}", f"/{locale}/editions/{{edition_code:str}}"):
            found.append(Router(path, route_handlers=_PAGES, middleware=[Remembered()]))
            found.append(Router(path, route_handlers=_PARTS, dependencies={"edition": Provide(_edition)}))
    return found


_ROOT = Router(
    "/",
    route_handlers=[front_door, robots.robots, robots.sitemap],
    dependencies={"edition": Provide(_edition)},
)
_CALL = [Router(f"/{locale}", route_handlers=[call.router, proposal.router]) for locale in LOCALES]
"""Open until a moment, or one partner's own: nothing to keep."""
routers = [_ROOT, *_CALL, files.router, *speaker_link.routers, *_routers()]
