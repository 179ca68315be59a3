"""The programme for other programs: calendars, schedules and tables; kept per published number like the pages.

Writing five hundred sessions takes a tenth of a second and more: it happens in a thread, which knows the language too.
"""

import asyncio
from datetime import datetime

from litestar import Response, route

from wcd.agenda import queries
from wcd.agenda.calendar import calendar_file
from wcd.agenda.exchange.frab_json import schedule_json
from wcd.agenda.exchange.frab_xml import schedule_xml
from wcd.agenda.exchange.own_json import agenda_json
from wcd.agenda.exchange.queries import gather_published
from wcd.agenda.exchange.table_csv import agenda_csv
from wcd.agenda.releases import current_release
from wcd.agenda.rules import local_day
from wcd.core.config import settings
from wcd.core.i18n import get_locale
from wcd.editions.queries import EditionView
from wcd.web.pages import AnyRequest
from wcd.web.public.showing import LOOK, shown_edition


@route("/programme.ics", http_method=LOOK)
async def programme_calendar(request: AnyRequest) -> Response[bytes]:
    """Every session but breaks and meals, or those of one day, to subscribe to."""
    edition = shown_edition(request)
    day = request.query_params.get("day", "")
    cards = [
        card
        for card in await queries.list_sessions(edition.id)
        if not card.is_pause and day in {"", local_day(card.starts_at, edition.zone).isoformat()}
    ]
    content = await asyncio.to_thread(
        calendar_file,
        cards,
        edition=edition.code,
        base_url=settings().base_url,
        name=edition.short_name.local,
        published_at=await published_at(edition),
    )
    return _file(content, "text/calendar", f"{edition.code}.ics")


@route("/schedule.xml", http_method=LOOK)
async def schedule_as_xml(request: AnyRequest) -> Response[bytes]:
    """The schedule as other conference programs read it."""
    edition = shown_edition(request)
    agenda = await gather_published(edition.id)
    content = await asyncio.to_thread(schedule_xml, agenda, base_url=settings().base_url, locale=get_locale())
    return _file(content, "application/xml", "schedule.xml")


@route("/schedule.json", http_method=LOOK)
async def schedule_as_json(request: AnyRequest) -> Response[bytes]:
    """The same as JSON."""
    edition = shown_edition(request)
    agenda = await gather_published(edition.id)
    content = await asyncio.to_thread(
        schedule_json, agenda, base_url=settings().base_url, locale=get_locale()
    )
    return _file(content, "application/json", "schedule.json")


@route("/programme.json", http_method=LOOK)
async def programme_as_json(request: AnyRequest) -> Response[bytes]:
    """Everything about the programme in both languages."""
    edition = shown_edition(request)
    content = await asyncio.to_thread(agenda_json, await gather_published(edition.id))
    return _file(content, "application/json", "programme.json")


@route("/programme.csv", http_method=LOOK)
async def programme_as_table(request: AnyRequest) -> Response[bytes]:
    """The sessions as a table."""
    edition = shown_edition(request)
    content = await asyncio.to_thread(agenda_csv, await gather_published(edition.id))
    return _file(content, "text/csv", "programme.csv")


async def published_at(edition: EditionView) -> datetime | None:
    """When the release in force was published."""
    release = await current_release(edition.id)
    return release.published_at if release else None


def _file(content: bytes, kind: str, name: str) -> Response[bytes]:
    return Response(
        content,
        media_type=kind,
        headers={"content-disposition": f'inline; filename="{name}"'},
    )
