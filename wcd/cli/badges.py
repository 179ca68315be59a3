"""All badges of an edition into one file."""

import asyncio
import sys
from pathlib import Path

import click

from wcd.badges import batches
from wcd.badges.queries import LeftOut
from wcd.cli.attached import attached
from wcd.core import db
from wcd.editions.queries import edition_by_code


@click.command()
@click.option("--edition", required=True, metavar="CODE", help="Which edition.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF to write."
)
def command(edition: str, out: Path) -> None:
    """Badges of all approved guests by native name, front and back in turn.

    Guests whose names cannot be printed are left out and listed; then the exit code is 1.
    """
    with attached():
        drawn, left_out = asyncio.run(_draw(edition, out))
    for one in left_out:
        names = " / ".join(name for name in (one.native_name, one.latin_name) if name)
        click.echo(f"left out: {names} ({one.guest_id}): {one.characters}")
    click.echo(f"{drawn} badges in {out}" if drawn else "There is no badge to print.")
    sys.exit(1 if left_out or not drawn else 0)


async def _draw(code: str, out: Path) -> tuple[int, list[LeftOut]]:
    """Into a file beside it, renamed when whole: an old file is never left half overwritten."""
    part = out.with_name(f".{out.name}.part")
    try:
        async with db.lifespan(pool_size=2):
            edition = await edition_by_code(code)
            with part.open("wb") as file:
                drawn, left_out = await batches.draw_edition(edition.id, file)
        if drawn:
            part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return drawn, left_out
