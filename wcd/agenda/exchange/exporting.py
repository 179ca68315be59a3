"""Exporting the agenda in one of the formats, from the release in force or from the working copy."""

import asyncio
from uuid import UUID

import msgspec

from wcd.agenda.calendar import calendar_file
from wcd.agenda.exchange.files import AgendaFile
from wcd.agenda.exchange.frab_json import schedule_json
from wcd.agenda.exchange.frab_xml import schedule_xml
from wcd.agenda.exchange.own_json import agenda_json
from wcd.agenda.exchange.queries import gather_published, gather_working
from wcd.agenda.exchange.table_csv import agenda_csv
from wcd.agenda.exchange.xlsx_writer import agenda_xlsx, form_xlsx
from wcd.agenda.queries import list_sessions
from wcd.agenda.releases import current_release
from wcd.core.i18n import use_locale
from wcd.editions.queries import edition_by_id

XLSX, CSV, XML, SCHEDULE_JSON, OWN_JSON, ICS = "xlsx", "csv", "xml", "schedule", "json", "ics"
FORM = "form"


class Format(msgspec.Struct, frozen=True):
    """A kind of file: how its name ends, what it is called on the way, whether it speaks one language only."""

    ending: str
    media: str
    one_language: bool = False


FORMATS: dict[str, Format] = {
    XLSX: Format(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    CSV: Format(".csv", "text/csv; charset=utf-8"),
    XML: Format("-schedule.xml", "application/xml", one_language=True),
    SCHEDULE_JSON: Format("-schedule.json", "application/json", one_language=True),
    OWN_JSON: Format(".json", "application/json"),
    ICS: Format(".ics", "text/calendar; charset=utf-8", one_language=True),
}


async def export_agenda(edition: UUID, form: str, *, working: bool, base_url: str, locale: str) -> bytes:
    """The file. Drawing it up goes on in a thread: a workbook takes its time."""
    if form == ICS:
        return await _calendar(edition, working=working, base_url=base_url, locale=locale)
    agenda = await (gather_working(edition) if working else gather_published(edition))
    return await asyncio.to_thread(_written, agenda, form, base_url, locale)


async def export_form(edition: UUID) -> bytes:
    """The empty form of a workbook, with the rooms, people and hosts that there are."""
    return await asyncio.to_thread(form_xlsx, await gather_working(edition))


def _written(agenda: AgendaFile, form: str, base_url: str, locale: str) -> bytes:
    if form == XML:
        return schedule_xml(agenda, base_url=base_url, locale=locale)
    if form == SCHEDULE_JSON:
        return schedule_json(agenda, base_url=base_url, locale=locale)
    writers = {XLSX: agenda_xlsx, CSV: agenda_csv, OWN_JSON: agenda_json}
    return writers[form](agenda)


async def _calendar(edition: UUID, *, working: bool, base_url: str, locale: str) -> bytes:
    facts = await edition_by_id(edition)
    release = None if working else await current_release(edition)
    with use_locale(locale):
        return calendar_file(
            await list_sessions(edition, working=working),
            edition=facts.code,
            base_url=base_url,
            published_at=release.published_at if release else None,
        )
