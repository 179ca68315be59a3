"""Items: their order, their times, who changes what; and many at once."""

import asyncio
from datetime import datetime
from uuid import UUID

import pytest

from tests import make
from wcd.actors.actors import Actor, system
from wcd.actors.audit import history_of
from wcd.agenda import items, parts
from wcd.agenda.errors import ItemChanged, NoSuchItem, NoSuchSession
from wcd.agenda.inputs import ItemDetails
from wcd.agenda.tables import Appearance, Item, Session
from wcd.core.db import execute
from wcd.core.ids import uuid7

BY = system("test")


def details(title: str, minutes: int = 20) -> ItemDetails:
    return ItemDetails(kind="speech", title_en=title, title_zh="", minutes=minutes)


async def titles(session: UUID) -> list[str]:
    return [row.title.en for row in await items.list_items(session)]


async def test_times_follow_from_the_lengths(db: None) -> None:
    session = await make.session(await make.edition(), starts="2023-10-28T09:00+08:00")
    for title, minutes in (("A", 20), ("B", 0), ("C", 15)):
        await items.add_item(session, details(title, minutes), by=BY)
    rows = await items.list_items(session)
    assert [row.starts_at for row in rows] == [
        datetime.fromisoformat(f"2023-10-28T09:{at}+08:00") for at in ("00", "20", "20")
    ]
    await Session.update({Session.starts_at: None, Session.ends_at: None, Session.state: "idea"}).where(
        Session.id == session
    )
    assert [row.starts_at for row in await items.list_items(session)] == [None, None, None]


async def test_order_changes_one_place_at_a_time(db: None) -> None:
    session = await make.session(await make.edition())
    a, _b, c = [await items.add_item(session, details(title), by=BY) for title in "ABC"]
    await items.move_item(session, c, -1, by=BY)
    assert await titles(session) == ["A", "C", "B"]
    await items.move_item(session, a, -1, by=BY)
    await items.remove_item(session, c, by=BY)
    await items.add_item(session, details("D"), by=BY)
    assert await titles(session) == ["A", "B", "D"]
    assert (await Session.select(Session.version)) == [{"version": 7}]  # the move that moved nothing is none
    assert [entry.action for entry in await history_of(session)][:2] == ["item.added", "item.removed"]


async def test_an_item_that_somebody_changed_is_refused_with_both(db: None) -> None:
    session = await make.session(await make.edition())
    item = await items.add_item(session, details("A"), by=BY)
    (row,) = await items.list_items(session)
    await items.edit_item(session, item, details("Theirs"), seen=row.seen, by=BY)
    with pytest.raises(ItemChanged) as refused:
        await items.edit_item(session, item, details("Mine"), seen=row.seen, by=BY)
    assert refused.value.current == details("Theirs")
    await items.edit_item(session, item, details("Mine"), seen=refused.value.seen, by=BY)
    assert await titles(session) == ["Mine"]


async def test_removing_takes_its_people_along(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    item = await items.add_item(session, details("A"), by=BY)
    speaker = await make.speaker(edition)
    await parts.add_part(session, speaker, "speaker", item=item, by=BY)
    await parts.add_part(session, speaker, "moderator", by=BY)
    await items.remove_item(session, item, by=BY)
    assert [row["role"] for row in await Appearance.select()] == ["moderator"]


async def test_items_of_other_sessions_and_editions_are_not_found(db: None) -> None:
    edition = await make.edition()
    session, other = await make.session(edition), await make.session(edition)
    item = await items.add_item(session, details("A"), by=BY)
    for verb in (items.remove_item(other, item, by=BY), items.move_item(other, item, 1, by=BY)):
        with pytest.raises(NoSuchItem):
            await verb
    stranger = Actor(kind="staff", id=uuid7(), roles=frozenset({"organiser"}), edition_id=uuid7())
    with pytest.raises(NoSuchSession):
        await items.add_item(session, details("B"), by=stranger)
    assert await titles(session) == ["A"]


async def test_many_at_once_lose_none(pool: None) -> None:
    edition = await make.edition("wcd-items-at-once", is_current=False)
    session = await make.session(edition)
    try:
        await asyncio.gather(*(items.add_item(session, details(str(n)), by=BY) for n in range(12)))
        positions = [
            row["position"] for row in await Item.select(Item.position).where(Item.session == session)
        ]
        assert sorted(positions) == list(range(12))
        assert (await Session.select(Session.version).where(Session.id == session)) == [{"version": 13}]
    finally:
        await execute("DELETE FROM agenda_released_session WHERE session = $1", session)
        await execute("DELETE FROM agenda_session WHERE id = $1", session)
        for table in ("agenda_release", "agenda_settings", "actors_audit_entry"):
            await execute(f"DELETE FROM {table} WHERE edition = $1", edition)
        await execute("DELETE FROM editions_edition WHERE id = $1", edition)
