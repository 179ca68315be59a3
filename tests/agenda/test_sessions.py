"""Changing sessions: versions, the published number, the audit."""

from uuid import UUID

import pytest
from msgspec.structs import replace

from tests import make
from wcd.actors.actors import system
from wcd.actors.audit import history_of
from wcd.agenda import queries, sessions
from wcd.agenda.errors import NoSuchSession, SessionCalledOff, SessionChanged
from wcd.agenda.inputs import SessionDetails
from wcd.core.errors import Invalid
from wcd.core.ids import uuid7
from wcd.core.inputs import parse
from wcd.editions.queries import edition_by_id

BY = system("test")


async def published(edition: UUID) -> int:
    return (await edition_by_id(edition)).published


async def test_edit_changes_texts_time_and_place(db: None) -> None:
    edition = await make.edition()
    room = await make.room(edition)
    session = await make.session(edition, starts="2023-10-28T14:00+08:00")
    before = await sessions.get_for_editing(session)
    assert (before.version, before.details.starts, before.details.ends) == (1, "14:00", "15:30")
    wanted = replace(before.details, title_zh="新题目", starts="16:00", ends="17:15", room=room, sdgs=(3, 11))

    assert await sessions.edit_session(session, wanted, version=1, by=BY) == 2

    after = await sessions.get_for_editing(session)
    assert (after.version, after.details) == (2, wanted)
    assert await published(edition) == 2
    [entry] = await history_of(session)
    assert (entry.action, entry.details) == (
        "session.edited", {"fields": ["ends", "room", "sdgs", "starts", "title_zh"]}
    )  # fmt: skip


async def test_edit_without_change_writes_nothing_down(db: None) -> None:
    session = await make.session(await make.edition())
    known = await sessions.get_for_editing(session)
    assert await sessions.edit_session(session, known.details, version=1, by=BY) == 1
    assert await history_of(session) == []


async def test_edit_of_an_old_version_is_refused_with_the_other(db: None) -> None:
    session = await make.session(await make.edition())
    known = (await sessions.get_for_editing(session)).details
    theirs, mine = replace(known, title_en="Theirs"), replace(known, title_en="Mine")
    await sessions.edit_session(session, theirs, version=1, by=BY)

    with pytest.raises(SessionChanged) as refused:
        await sessions.edit_session(session, mine, version=1, by=BY)

    assert (refused.value.current, refused.value.version) == (theirs, 2)
    assert (await sessions.get_for_editing(session)).details == theirs
    assert len(await history_of(session)) == 1


async def test_edit_refuses_a_room_of_another_edition(db: None) -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    session = await make.session(edition)
    known = (await sessions.get_for_editing(session)).details
    with pytest.raises(Invalid) as refused:
        await sessions.edit_session(session, replace(known, room=await make.room(other)), version=1, by=BY)
    assert set(refused.value.errors) == {"room"}
    assert await published(edition) == 1


async def test_seats_and_calling_off_raise_the_number_and_are_written_down(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition, seats=40)

    assert (await sessions.set_seats(session, 60, by=BY)).seats == 60
    await sessions.call_off_session(session, by=BY)

    assert (await queries.get_session_by_id(session)).card.state == "called_off"
    assert await published(edition) == 3
    assert [entry.action for entry in await history_of(session)] == [
        "session.called_off",
        "session.seats_changed",
    ]
    with pytest.raises(SessionCalledOff):
        await sessions.call_off_session(session, by=BY)


async def test_unknown_session(db: None) -> None:
    for ask in (sessions.lock_session, sessions.get_for_editing, queries.get_session_by_id):
        with pytest.raises(NoSuchSession):
            await ask(uuid7())


GOOD = {
    "title_zh": ["论坛"], "title_en": ["Forum"], "day": ["2023-10-28"], "starts": ["14:00"], "ends": ["15:30"],
    "languages": ["zh", "en"], "sdgs": ["3", "11"],
}  # fmt: skip


def test_details_are_read_from_a_form() -> None:
    value = parse(SessionDetails, GOOD).value
    assert value is not None
    assert (value.languages, value.sdgs, value.starts, value.room) == (("zh", "en"), (3, 11), "14:00", None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title_zh": []}, "title_zh"),
        ({"title_en": ["x" * 301]}, "title_en"),
        ({"starts": ["25:00"]}, "starts"),
        ({"ends": ["14:00"]}, "ends"),
        ({"day": ["31.10.2023"]}, "day"),
        ({"sdgs": ["18"]}, "sdgs"),
        ({"languages": ["fr"]}, "languages"),
        ({"booking": ["everybody"]}, "booking"),
        ({"room": ["the big one"]}, "room"),
        ({"meeting_point_zh": ["东门"]}, "meeting_point_en"),
    ],
)
def test_details_that_do_not_hold(change: dict[str, list[str]], field: str) -> None:
    read = parse(SessionDetails, GOOD | change)
    assert read.value is None
    assert set(read.errors) == {field}
