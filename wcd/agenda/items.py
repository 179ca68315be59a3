"""The items of a session, its run of show: one after another, each with its minutes; times follow from the lengths."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.actors.actors import Actor
from wcd.agenda import rules
from wcd.agenda.changing import Held, digest, hold, languages_of, write
from wcd.agenda.errors import ItemChanged, NoSuchItem
from wcd.agenda.inputs import ItemDetails
from wcd.agenda.orders import places_after
from wcd.agenda.tables import Item
from wcd.core.db import execute, fetch, in_transaction
from wcd.core.i18n import Bilingual


class ItemRow(msgspec.Struct, frozen=True):
    """An item as organisers see it. ``starts_at`` is missing where the session has no time; ``seen`` as in `editing`."""

    id: UUID
    details: ItemDetails
    starts_at: datetime | None
    seen: str

    @property
    def title(self) -> Bilingual:
        """The title in both languages."""
        return Bilingual(self.details.title_zh, self.details.title_en)


async def list_items(session: UUID) -> list[ItemRow]:
    """The items in their order, with the time at which each starts."""
    rows = await fetch(
        """SELECT i.*, s.starts_at FROM agenda_item i JOIN agenda_session s ON s.id = i.session
           WHERE i.session = $1 ORDER BY i.position, i.id""",
        session,
    )
    begins = rows[0]["starts_at"] if rows else None
    times = rules.item_times(begins, [row["minutes"] for row in rows]) if begins else [None] * len(rows)
    return [
        ItemRow(row["id"], _details(row), at, digest(_details(row)))
        for row, at in zip(rows, times, strict=True)
    ]


@in_transaction
async def add_item(session: UUID, details: ItemDetails, *, by: Actor) -> UUID:
    """A new item at the end."""
    held = await hold(session, by)
    last = await fetch("SELECT max(position) AS last FROM agenda_item WHERE session = $1", session)
    place = last[0]["last"]
    row = Item(session=session, position=0 if place is None else place + 1, **msgspec.structs.asdict(details))
    await Item.insert(row)
    await write(held, "item.added", by=by, texts=_languages(details), item=str(row.id))
    return row.id


@in_transaction
async def edit_item(session: UUID, item: UUID, details: ItemDetails, *, seen: str, by: Actor) -> None:
    """Change an item, unless somebody else changed it since it was read."""
    held = await hold(session, by)
    before = _details(await _row(held, item))
    if digest(before) != seen:
        raise ItemChanged(current=before, seen=digest(before))
    fields = rules.changed_fields(msgspec.structs.asdict(before), msgspec.structs.asdict(details))
    if fields:
        values: dict[Any, Any] = msgspec.structs.asdict(details)
        await Item.update(values).where(Item.id == item)
        await write(held, "item.changed", by=by, texts=languages_of(fields), fields=fields, item=str(item))


@in_transaction
async def move_item(session: UUID, item: UUID, step: int, *, by: Actor) -> None:
    """One place earlier (-1) or later (1); at the ends nothing happens."""
    held = await hold(session, by)
    await _row(held, item)
    rows = await fetch("SELECT id FROM agenda_item WHERE session = $1 ORDER BY position, id", session)
    order = [row["id"] for row in rows]
    after = places_after(order, item, step)
    if after != order:
        await execute(
            "UPDATE agenda_item i SET position = o.place - 1"
            " FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, place) WHERE i.id = o.id",
            after,
        )
        await write(held, "item.moved", by=by, item=str(item))


@in_transaction
async def remove_item(session: UUID, item: UUID, *, by: Actor) -> None:
    """Take an item away, and with it the parts that people had in it."""
    held = await hold(session, by)
    await _row(held, item)
    await execute("DELETE FROM agenda_appearance WHERE item = $1", item)
    await execute("DELETE FROM agenda_item WHERE id = $1", item)
    await write(held, "item.removed", by=by)


async def _row(held: Held, item: UUID) -> Any:
    rows = await fetch("SELECT * FROM agenda_item WHERE id = $1 AND session = $2", item, held.session.id)
    if not rows:
        raise NoSuchItem
    return rows[0]


def _details(row: Any) -> ItemDetails:
    return ItemDetails(**{name: row[name] for name in ItemDetails.__struct_fields__})


def _languages(details: ItemDetails) -> list[str]:
    return [language for language in ("zh", "en") if getattr(details, f"title_{language}")]
