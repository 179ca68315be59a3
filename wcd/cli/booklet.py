"""The programme booklet into a file."""

import asyncio
from pathlib import Path
from typing import Literal

import click

from wcd.agenda.printed.papers import BOOKLET, Order, write_paper
from wcd.cli.attached import attached
from wcd.core import db
from wcd.editions.queries import edition_by_code


@click.command("booklet")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--edition", required=True, metavar="CODE", help="Of which edition.")
@click.option("--language", type=click.Choice(["zh", "en", "both"]), default="both", show_default=True)
@click.option("--sheet", type=click.Choice(["a5", "a4"]), default="a5", show_default=True)
@click.option("--folded", is_flag=True, help="A5 pages laid on A4, to fold and staple.")
@click.option("--working", is_flag=True, help="The working copy instead of the release in force.")
def command(
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
        pages = asyncio.run(_draw(edition, order, file))
    click.echo(f"{pages} pages in {file}")


async def _draw(code: str, order: Order, file: Path) -> int:
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
