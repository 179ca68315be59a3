"""Guests from the command line: a table comes in, all rows or none."""

import asyncio
import sys
from pathlib import Path

import click

from wcd.actors.actors import system
from wcd.cli.attached import attached
from wcd.core import db
from wcd.editions.queries import edition_by_code
from wcd.registration import imports
from wcd.registration.errors import Finding, ImportRefused

MOST_BYTES = 20_000_000


@click.group()
def command() -> None:
    """Guests of an edition."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", required=True, metavar="CODE", help="Into which edition.")
@click.option("--dry-run", is_flag=True, help="Check every row, write nothing.")
@click.option("--approve", is_flag=True, help="Approve at once and send the approval mails.")
def import_(file: Path, edition: str, *, dry_run: bool, approve: bool) -> None:
    """Take in the guests of FILE, a CSV or TSV with a head row: all rows, or none and the reasons."""
    if file.stat().st_size > MOST_BYTES:
        raise click.ClickException(f"{file} is larger than {MOST_BYTES // 1_000_000} MB.")
    with attached():
        try:
            done = asyncio.run(_import(file.read_bytes(), edition, dry_run=dry_run, approve=approve))
        except ImportRefused as refusal:
            for finding in refusal.findings:
                click.echo(_line(finding))
            sys.exit(str(refusal))
    for name in done.left_out:
        click.echo(f"left out: column {name}")
    verb = "would be imported" if dry_run else "imported and approved" if approve else "imported"
    click.echo(f"{done.guests} guests {verb}.")


async def _import(content: bytes, code: str, *, dry_run: bool, approve: bool) -> imports.Imported:
    async with db.lifespan(pool_size=2):
        edition = await edition_by_code(code)
        return await imports.import_guests(
            edition.id, content, dry_run=dry_run, approve=approve, by=system("command line")
        )


def _line(finding: Finding) -> str:
    column = f", {finding.column}" if finding.column else ""
    return f"row {finding.row}{column}: {finding.says}"
