"""An edition with an agenda in the database, and files going in and out of it."""

from uuid import UUID

from tests import make
from wcd.actors.actors import system
from wcd.agenda.exchange.files import AgendaFile
from wcd.agenda.exchange.frab_json import schedule_json
from wcd.agenda.exchange.frab_xml import schedule_xml
from wcd.agenda.exchange.own_json import agenda_json
from wcd.agenda.exchange.plans import SAME, ImportPlan
from wcd.agenda.exchange.queries import gather_working
from wcd.agenda.exchange.table_csv import agenda_csv
from wcd.agenda.exchange.xlsx_writer import agenda_xlsx
from wcd.agenda.tables import Subject
from wcd.core.db import fetch
from wcd.registration.agenda_imports import apply_import, preview_import, read_file

IMPORTER = system("tests")
BASE = "https://forum.example"
WRITERS = {
    "xlsx": agenda_xlsx,
    "csv": agenda_csv,
    "own": agenda_json,
    "xml zh": lambda agenda: schedule_xml(agenda, base_url=BASE, locale="zh"),
    "xml en": lambda agenda: schedule_xml(agenda, base_url=BASE, locale="en"),
    "json zh": lambda agenda: schedule_json(agenda, base_url=BASE, locale="zh"),
    "json en": lambda agenda: schedule_json(agenda, base_url=BASE, locale="en"),
}


async def empty_edition(**values) -> UUID:
    edition = await make.edition(**values)
    for code in ("delegate", "vip", "press"):
        await make.category(edition, code)
    await Subject.insert(Subject(edition=edition, code="finance", name_zh="融资", name_en="Finance"))
    return edition


async def preview(edition: UUID, content: bytes, **options) -> ImportPlan:
    return await preview_import(edition, await read_file(edition, content), by=IMPORTER, **options)


async def bring_in(edition: UUID, content: bytes, **options) -> ImportPlan:
    """Preview and apply; a test that goes on has no findings."""
    file = await read_file(edition, content)
    plan = await preview_import(edition, file, by=IMPORTER, **options)
    assert [str(one) for one in plan.findings] == []
    return await apply_import(edition, file, seen=plan.fingerprint, by=IMPORTER, **options)


async def house_of(agenda: AgendaFile) -> UUID:
    """An edition that holds this agenda."""
    edition = await empty_edition()
    await bring_in(edition, agenda_json(agenda))
    return edition


def differences(plan: ImportPlan) -> list:
    return [
        (step.thing, step.code, step.action, step.changes) for step in plan.steps if step.action != SAME
    ] + [str(one) for one in plan.findings]


async def traces() -> list:
    """How many rows there are of everything that an import could write."""
    tables = ("agenda_session", "agenda_item", "agenda_appearance", "agenda_hosting", "agenda_speaker", "agenda_body",
              "venues_room", "venues_venue", "actors_audit_entry")  # fmt: skip
    counts = [(await fetch(f"SELECT count(*) AS n FROM {table}"))[0]["n"] for table in tables]
    working = await fetch("SELECT working FROM agenda_settings ORDER BY id")
    return [*counts, [row["working"] for row in working]]


__all__ = ["gather_working"]
