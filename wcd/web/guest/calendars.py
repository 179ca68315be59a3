"""A guest's sessions for their own calendar: a file, and an address to subscribe to."""

import hashlib

from litestar import HttpMethod, Response, get, route
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.agenda.calendar import calendar_file
from wcd.core.config import settings
from wcd.core.i18n import get_locale, use_locale
from wcd.core.i18n import gettext as _
from wcd.editions.queries import EditionView, edition_by_id
from wcd.registration.calendars import calendar_address, guest_of_calendar, own_calendar
from wcd.registration.views import GuestFile
from wcd.web.guest.words import WORDS
from wcd.web.pages import AnyRequest, page

TYPE = "text/calendar"


@get("/calendar")
async def subscribe(
    request: AnyRequest, me: NamedDependency[GuestFile], edition: NamedDependency[EditionView]
) -> Response[str]:
    """How one's own calendar follows every change."""
    address = calendar_address(me.id, me.link_version)
    return page(
        request,
        "guest/my/calendar.html",
        me=me,
        edition=edition,
        tab="sessions",
        calendar=address,
        webcal=f"webcal://{address.partition('://')[2]}",
        **WORDS,
    )


@get("/calendar.ics")
async def calendar(me: NamedDependency[GuestFile], edition: NamedDependency[EditionView]) -> Response[bytes]:
    """Every session with a seat, as a file."""
    headers = {
        "content-disposition": f'attachment; filename="{edition.code}.ics"',
        "cache-control": "no-store",
    }
    return Response(await _content(me, edition), media_type=TYPE, headers=headers)


@route("/calendar/{name:str}", http_method=[HttpMethod.GET, HttpMethod.HEAD])
async def feed(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
    """The same for a program that comes again and again: in the guest's language, 304 where nothing changed."""
    me = await guest_of_calendar(name.removesuffix(".ics"))
    with use_locale(me.language):
        content = await _content(me, await edition_by_id(me.edition))
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, media_type=TYPE, headers=headers)
    return Response(content, media_type=TYPE, headers=headers)


async def _content(me: GuestFile, edition: EditionView) -> bytes:
    own = await own_calendar(me)
    return calendar_file(
        own.held,
        edition=edition.code,
        base_url=settings().base_url,
        name=_("My sessions") + ("：" if get_locale() == "zh" else ": ") + edition.short_name.local,
        published_at=own.release.published_at if own.release else None,
        lost=own.lost,
    )
