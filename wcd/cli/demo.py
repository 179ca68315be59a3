"""Load the sample edition."""

import asyncio

import click

from wcd import sample
from wcd.actors import audit
from wcd.actors.actors import system
from wcd.agenda.loading import load_agenda
from wcd.cli.attached import attached
from wcd.core.db import in_transaction, lifespan
from wcd.editions.loading import load_edition
from wcd.sample import rows
from wcd.venues.loading import load_places


@click.command()
@click.option("--empty", is_flag=True, help="Leave out guests and bookings.")
def command(empty: bool) -> None:
    """Load the sample edition wcd-2023: four days, and 1,500 invented guests."""
    with attached():
        asyncio.run(_run(guests=not empty))


@in_transaction
async def load(*, guests: bool = True) -> None:
    """Write the sample edition into all rooms in one transaction. It queues no mail; it refuses where it is loaded."""
    whole = sample.load()
    await load_edition(rows.edition_row(whole), rows.page_rows(whole))
    await load_places(*rows.place_rows(whole))
    await load_agenda(rows.agenda_rows(whole))
    await audit.record(system("demo"), "sample.loaded", rows.EDITION, edition=rows.EDITION, guests=guests)


async def _run(*, guests: bool) -> None:
    async with lifespan():
        await load(guests=guests)
    print("The sample edition wcd-2023 is loaded" + (" with its guests." if guests else ", without guests."))
