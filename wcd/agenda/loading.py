"""An agenda prepared elsewhere, written as it is."""

from typing import Any

import msgspec

from wcd.agenda.tables import (
    Appearance,
    Availability,
    Body,
    Exhibition,
    Hosting,
    Item,
    Session,
    Speaker,
    Stand,
    Subject,
)
from wcd.core.bulk import insert_rows
from wcd.core.db import in_transaction

Rows = list[dict[str, Any]]


class AgendaRows(msgspec.Struct):
    """The rows of a whole agenda, each as columns and values."""

    subjects: Rows = []
    bodies: Rows = []
    speakers: Rows = []
    availability: Rows = []
    sessions: Rows = []
    hostings: Rows = []
    items: Rows = []
    appearances: Rows = []
    exhibitions: Rows = []
    stands: Rows = []


@in_transaction
async def load_agenda(rows: AgendaRows) -> None:
    """Write sessions with items and people, speakers, and exhibitions with stands."""
    await insert_rows(Subject, rows.subjects)
    await insert_rows(Body, rows.bodies)
    await insert_rows(Speaker, rows.speakers)
    await insert_rows(Availability, rows.availability)
    await insert_rows(Session, rows.sessions)
    await insert_rows(Hosting, rows.hostings)
    await insert_rows(Item, rows.items)
    await insert_rows(Appearance, rows.appearances)
    await insert_rows(Exhibition, rows.exhibitions)
    await insert_rows(Stand, rows.stands)
