"""Laying out the timetable: moves, stale moves, taking off, copies."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests import make
from wcd.actors.actors import Actor, system
from wcd.actors.audit import history_of
from wcd.agenda import moves
from wcd.agenda.errors import NoSuchSession, SessionCalledOff, SessionKept, SessionMovedOn
from wcd.agenda.moves import Place
from wcd.agenda.tables import Appearance, Item, Session
from wcd.agenda.timetable import tiles_since
from wcd.agenda.working import working_number
from wcd.core.errors import Forbidden, Invalid

BY = system("test")
TEN = datetime(2023, 10, 29, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def stored(session: UUID) -> dict[str, object]:
    return (await Session.select().where(Session.id == session))[0]


async def move(session: UUID, version: int = 1, **given: object) -> moves.Moved:
    place = {"starts_at": TEN, "ends_at": TEN + HOUR, "room": None, **given}
    return await moves.move_session(session, version=version, by=BY, **place)  # type: ignore[arg-type]


async def test_a_move_is_written_down_with_its_number(db: None) -> None:
    edition = await make.edition()
    room = await make.room(edition)
    session = await make.session(edition)
    moved = await move(session, room=room)
    row = await stored(session)
    assert (row["starts_at"], row["ends_at"], row["room"], row["minutes"]) == (TEN, TEN + HOUR, room, 60)
    assert (
        (row["version"], row["touched"])
        == (moved.version, moved.working)
        == (2, await working_number(edition))
    )
    [entry] = await history_of(session)
    assert entry.action == "session.moved"
    assert entry.details["before"] == {
        "starts": "2023-10-29T01:00+00:00",
        "ends": "2023-10-29T02:30+00:00",
        "room": None,
    }
    assert entry.details["after"]["room"] == str(room)


async def test_a_move_to_the_same_place_is_none(db: None) -> None:
    session = await make.session(await make.edition(), minutes=60)
    moved = await move(session, starts_at=TEN - HOUR, ends_at=TEN)
    assert (moved.version, await history_of(session)) == (1, [])


async def test_a_stale_move_is_refused_with_what_was_done(db: None) -> None:
    session = await make.session(await make.edition())
    await move(session)
    before = await stored(session)
    with pytest.raises(SessionMovedOn) as refused:
        await move(session, starts_at=TEN + HOUR, ends_at=TEN + 2 * HOUR)
    assert refused.value.version == 2
    assert [entry.action for entry in refused.value.entries] == ["session.moved"]
    assert await stored(session) == before


async def test_who_saw_the_place_may_move_it_though_a_title_changed(db: None) -> None:
    session = await make.session(await make.edition(), minutes=60)
    await Session.update({Session.version: 4}).where(Session.id == session)
    seen = Place(TEN - HOUR, TEN, None)
    assert (await move(session, seen=seen)).version == 5
    with pytest.raises(SessionMovedOn):
        await move(session, seen=seen, starts_at=TEN + HOUR, ends_at=TEN + 2 * HOUR)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"ends_at": TEN}, "minutes"),
        ({"ends_at": TEN - HOUR}, "minutes"),
        ({"ends_at": TEN + timedelta(hours=24, minutes=1)}, "minutes"),
        ({"starts_at": TEN - timedelta(days=9), "ends_at": TEN - timedelta(days=9) + HOUR}, "starts"),
        ({"room": UUID(int=7)}, "room"),
    ],
)
async def test_impossible_places_are_refused(db: None, given: dict[str, object], field: str) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    with pytest.raises(Invalid) as refused:
        await move(session, **given)
    assert list(refused.value.errors) == [field]
    assert (await stored(session))["version"] == 1
    assert await working_number(edition) == 1


async def test_rooms_of_other_editions_are_no_rooms(db: None) -> None:
    room = await make.room(await make.edition("other", is_current=False))
    session = await make.session(await make.edition())
    with pytest.raises(Invalid):
        await move(session, room=room)


async def test_who_may(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    place = {"starts_at": TEN, "ends_at": TEN + HOUR, "room": None}
    reader = Actor("staff", UUID(int=1), "Rui", frozenset({"reader"}), edition)
    with pytest.raises(Forbidden):
        await moves.move_session(session, version=1, by=reader, **place)  # type: ignore[arg-type]
    foreign = Actor("staff", UUID(int=2), "Olga", frozenset({"organiser"}), UUID(int=3))
    with pytest.raises(NoSuchSession):
        await moves.move_session(session, version=1, by=foreign, **place)  # type: ignore[arg-type]


async def test_taken_off_and_put_back_as_it_was(db: None) -> None:
    session = await make.session(await make.edition())
    with pytest.raises(SessionMovedOn):  # it was confirmed meanwhile: whoever takes it off must know
        await moves.unschedule_session(session, version=1, by=BY)
    off = await moves.unschedule_session(session, version=1, by=BY, confirmed=True)
    row = await stored(session)
    assert (row["starts_at"], row["room"], row["minutes"], row["state"]) == (None, None, 90, "planned")
    assert (await moves.unschedule_session(session, version=2, by=BY)).version == off.version == 2
    await move(session, version=2, confirmed=True)
    assert (await stored(session))["state"] == "confirmed"
    assert [one.action for one in await history_of(session)] == ["session.scheduled", "session.unscheduled"]


async def test_what_is_called_off_stays(db: None) -> None:
    session = await make.session(await make.edition(), state="called_off")
    with pytest.raises(SessionCalledOff):
        await move(session)
    with pytest.raises(SessionCalledOff):
        await moves.unschedule_session(session, version=1, by=BY)


async def test_a_copy_has_items_and_people_of_its_own(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition, title_en="Sponge cities", code="sponge-cities")
    speaker = await make.speaker(edition)
    item = Item(session=session, kind="speech", title_en="On rain", minutes=20)
    await Item.insert(item)
    await Appearance.insert(
        Appearance(session=session, speaker=speaker, role="speaker", item=item.id),
        Appearance(session=session, speaker=speaker, role="moderator"),
    )
    copied = await moves.copy_session(session, by=BY)
    row = await stored(copied.session)
    assert (row["code"], row["state"], row["starts_at"], row["version"]) == (
        "sponge-cities-2",
        "planned",
        None,
        1,
    )
    [part] = await Item.select().where(Item.session == copied.session)
    assert (part["title_en"], part["id"] != item.id) == ("On rain", True)
    parts = await Appearance.select().where(Appearance.session == copied.session)
    assert sorted((one["role"], one["item"]) for one in parts if one["item"]) == [("speaker", part["id"])]
    assert len(parts) == 2
    placed = await moves.copy_session(session, by=BY, place=Place(TEN, TEN + HOUR, None))
    assert (await stored(placed.session))["minutes"] == 60


async def test_copies_can_be_thrown_away_but_nothing_that_was_released(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition)  # confirmed, and in a release
    copied = await moves.copy_session(session, by=BY)
    with pytest.raises(SessionMovedOn):
        await moves.discard_session(copied.session, version=9, by=BY)
    await moves.discard_session(copied.session, version=1, by=BY)
    assert await Session.exists().where(Session.id == copied.session) is False
    with pytest.raises(SessionKept):
        await moves.discard_session(session, version=1, by=BY)


async def test_only_what_changed_since_is_told(db: None) -> None:
    edition = await make.edition()
    first, second = await make.session(edition), await make.session(edition, state="planned")
    everything = await tiles_since(edition)
    assert everything
    assert ({tile.id for tile in everything.tiles}, everything.total) == ({first, second}, 2)
    assert await tiles_since(edition, everything.working) is None
    moved = await move(first)
    news = await tiles_since(edition, everything.working)
    assert news
    assert ([tile.id for tile in news.tiles], news.working, news.total) == ([first], moved.working, 2)
    await moves.discard_session(second, version=1, by=BY)
    news = await tiles_since(edition, moved.working)
    assert news
    assert (news.tiles, news.total) == ([], 1)
