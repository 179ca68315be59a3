"""Load the sample edition."""

import asyncio

import click

from wcd import sample
from wcd.actors import audit
from wcd.actors.actors import system
from wcd.agenda.loading import load_agenda
from wcd.agenda.proposals.loading import load_call
from wcd.campaigns.reminders import ensure_rules
from wcd.checkin.gates import create_gate
from wcd.cli.attached import attached
from wcd.core.db import in_transaction, lifespan
from wcd.core.errors import Conflict
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.errors import EditionExists
from wcd.editions.loading import load_edition
from wcd.registration.loading import load_guests
from wcd.registration.publishing import publish_at_once
from wcd.sample import guest_rows, proposals, rows
from wcd.venues.loading import load_places

LOADER = system("demo")


class SampleLoaded(Conflict):
    """The sample is there already."""

    code = "sample_loaded"
    says = _("The sample edition wcd-2023 is there already. Nothing was changed.")


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
    await publish_at_once(rows.EDITION, by=LOADER, tell=False)
    await load_call(proposals.call_rows())
    await load_guests(rows.EDITION, guest_rows.guest_rows(whole, guests=guests))
    await ensure_rules(rows.EDITION)
    for gate_id, gate in guest_rows.gates():
        await create_gate(rows.EDITION, gate, by=LOADER, gate_id=gate_id)
    await audit.record(LOADER, "sample.loaded", rows.EDITION, edition=rows.EDITION, guests=guests)


async def _run(*, guests: bool) -> None:
    async with lifespan():
        try:
            await load(guests=guests)
        except EditionExists:
            raise SampleLoaded from None
    print("The sample edition wcd-2023 is loaded" + (" with its guests." if guests else ", without guests."))
