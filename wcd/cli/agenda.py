"""The agenda from the command line: files of several kinds come in, all of it or nothing, and go out; the booklet."""

import asyncio
import sys
from pathlib import Path
from typing import Literal

import click

from wcd.actors.actors import system
from wcd.agenda.exchange import exporting, plans
from wcd.agenda.exchange.findings import Finding
from wcd.agenda.exchange.plans import ImportPlan, Step
from wcd.agenda.exchange.reading import MOST_BYTES
from wcd.agenda.printed.papers import BOOKLET, Order, write_paper
from wcd.cli.attached import attached
from wcd.core import db
from wcd.core.config import settings
from wcd.editions.queries import edition_by_code
from wcd.registration.agenda_imports import apply_import, import_and_publish, preview_import, read_file
from wcd.registration.publishing import Told

ENDINGS = {".xlsx": exporting.XLSX, ".csv": exporting.CSV, ".xml": exporting.XML, ".ics": exporting.ICS}
THINGS = ("venue", "room", "host", "speaker", "session")


@click.group()
def command() -> None:
    """The agenda of an edition."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", required=True, metavar="CODE", help="Into which edition.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, write nothing.")
@click.option("--publish", is_flag=True, help="Release it at once, and tell everybody concerned.")
@click.option("--make-unknown", is_flag=True, help="Make rooms, people and hosts that sessions only mention.")
def import_(file: Path, edition: str, *, dry_run: bool, publish: bool, make_unknown: bool) -> None:
    """Take in the sessions of FILE: XLSX, CSV, schedule.xml, schedule.json, iCalendar or JSON, known by content."""
    if file.stat().st_size > MOST_BYTES:
        raise click.ClickException(f"{file} is larger than {MOST_BYTES // 1024 // 1024} MB.")
    with attached():
        plan, told = asyncio.run(_import(file.read_bytes(), edition, dry_run, publish, make_unknown))
        for step in plan.steps:
            if step.action != plans.SAME:
                click.echo(_line(step))
        for note in plan.notes:
            click.echo(f"note: {note}")
        if plan.findings:
            sys.exit(_refused(plan.findings, plan.more))
    click.echo(_summary(plan, "would be imported" if dry_run else "imported"))
    if told is not None:
        click.echo(f"Released: {told.sessions} sessions changed, {told.people} people are told.")


async def _import(
    content: bytes, code: str, dry_run: bool, publish: bool, make_unknown: bool
) -> tuple[ImportPlan, Told | None]:
    by = system("command line")
    async with db.lifespan(pool_size=2):
        edition = (await edition_by_code(code)).id
        file = await read_file(edition, content)
        plan = await preview_import(edition, file, make_unknown=make_unknown, by=by)
        if dry_run or plan.findings:
            return plan, None
        if publish:
            return await import_and_publish(
                edition, file, seen=plan.fingerprint, make_unknown=make_unknown, by=by
            )
        return await apply_import(
            edition, file, seen=plan.fingerprint, make_unknown=make_unknown, by=by
        ), None


def _line(step: Step) -> str:
    """``change  session  opening: title_en, room``."""
    names = ", ".join(change.field for change in step.changes) or str(step.title)
    return f"{step.action:<7} {step.thing:<8} {step.code}: {' '.join(names.split())}"


def _summary(plan: ImportPlan, verb: str) -> str:
    counts = [
        f"{plan.count(thing, action)} {thing}s {word}"
        for thing in THINGS
        for action, word in ((plans.NEW, "new"), (plans.CHANGE, "changed"), (plans.SAME, "the same"))
        if plan.count(thing, action)
    ]
    return f"{verb.capitalize()}: {', '.join(counts) or 'nothing'}."


def _refused(findings: list[Finding], more: int) -> str:
    for finding in findings:
        click.echo(str(finding))
    rest = f" and {more} more" if more else ""
    return f"Nothing was imported: {len(findings)}{rest} findings."


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--edition", required=True, metavar="CODE", help="Of which edition.")
@click.option("--format", "form", type=click.Choice(["xlsx", "csv", "xml", "json", "schedule", "ics"]), default=None,
              help="Else the ending of FILE decides; “schedule” is schedule.json, “json” the whole of it.")  # fmt: skip
@click.option(
    "--locale", type=click.Choice(["zh", "en"]), default="zh", help="Of files that speak one language."
)
@click.option("--working", is_flag=True, help="The working copy instead of the release in force.")
def export(file: Path, edition: str, form: str | None, locale: str, *, working: bool) -> None:
    """Write the agenda to FILE."""
    chosen = form or ENDINGS.get(file.suffix.lower()) or exporting.OWN_JSON
    with attached():
        content = asyncio.run(_export(edition, chosen, locale, working=working))
    file.write_bytes(content)
    click.echo(f"{file}: {len(content)} bytes.")


async def _export(code: str, form: str, locale: str, *, working: bool) -> bytes:
    async with db.lifespan(pool_size=2):
        edition = (await edition_by_code(code)).id
        return await exporting.export_agenda(
            edition, form, working=working, base_url=settings().base_url, locale=locale
        )


@command.command("booklet")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--edition", required=True, metavar="CODE", help="Of which edition.")
@click.option("--language", type=click.Choice(["zh", "en", "both"]), default="both", show_default=True)
@click.option("--sheet", type=click.Choice(["a5", "a4"]), default="a5", show_default=True)
@click.option("--folded", is_flag=True, help="A5 pages laid on A4, to fold and staple.")
@click.option("--working", is_flag=True, help="The working copy instead of the release in force.")
def booklet(
    file: Path,
    edition: str,
    language: Literal["zh", "en", "both"],
    sheet: Literal["a5", "a4"],
    *,
    folded: bool,
    working: bool,
) -> None:
    """Draw the programme booklet as PDF into FILE."""
    if folded and sheet != "a5":
        raise click.UsageError("Only A5 pages can be folded.")
    order = Order(BOOKLET, language, sheet, folded, working)
    with attached():
        pages = asyncio.run(_draw_booklet(edition, order, file))
    click.echo(f"{pages} pages in {file}")


async def _draw_booklet(code: str, order: Order, file: Path) -> int:
    """Into a file beside it, renamed when whole: an old file is never left half overwritten."""
    part = file.with_name(f".{file.name}.part")
    try:
        async with db.lifespan(pool_size=2):
            edition = await edition_by_code(code)
            with part.open("wb") as out:
                pages = await write_paper(edition.id, order, out)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return pages
