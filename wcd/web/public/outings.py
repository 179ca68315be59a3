"""Exhibitions with their stands, and theme tours."""

from itertools import groupby

from litestar import Response, route

from wcd.agenda import queries, rules
from wcd.web.pages import AnyRequest
from wcd.web.public.showing import LOOK, show, shown_edition


@route("/exhibitions", http_method=LOOK)
async def exhibitions(request: AnyRequest) -> Response[str]:
    """Each exhibition with its stands."""
    edition = shown_edition(request)
    found = await queries.list_exhibitions(edition.id)
    return show(request, "public/exhibitions/list.html", edition=edition, exhibitions=found)


@route("/tours", http_method=LOOK)
async def tours(request: AnyRequest) -> Response[str]:
    """Each tour by day: meeting point, length, guide's language, seats."""
    edition = shown_edition(request)
    found = [one for one in await queries.list_sessions(edition.id) if one.kind == rules.TOUR]
    days = groupby(found, key=lambda one: rules.local_day(one.starts_at, edition.zone))
    return show(
        request, "public/tours/list.html", edition=edition, days=[(day, list(some)) for day, some in days]
    )
