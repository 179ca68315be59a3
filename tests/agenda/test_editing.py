"""Editing a session part by part: versions, what stands in whose way, times across midnight, ages of translations."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from tests import make
from wcd.actors.actors import system
from wcd.actors.audit import history_of
from wcd.agenda import editing
from wcd.agenda.errors import NoSuchSession, SessionChanged
from wcd.agenda.files import get_session_file
from wcd.agenda.inputs import SessionEntry, SessionMarks, SessionNotes, SessionTexts, SessionTime
from wcd.agenda.tables import Session
from wcd.agenda.working import working_number
from wcd.core.errors import Invalid
from wcd.core.ids import uuid7
from wcd.core.inputs import NOT_A_TIME, parse
from wcd.editions.queries import edition_by_id

BY = system("test")


async def row_of(session: UUID) -> dict[str, object]:
    return (await Session.select().where(Session.id == session))[0]


async def test_texts_are_written_down_and_raise_the_working_number(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    before = await working_number(edition)
    read = await editing.read_part(session, SessionTexts)
    wanted = replace(read.values, title_zh="新题目", summary_en="About it")

    assert await editing.edit_part(session, wanted, version=1, by=BY) == 2

    row = await row_of(session)
    assert (row["title_zh"], row["summary_en"], row["version"]) == ("新题目", "About it", 2)
    assert row["touched"] == await working_number(edition) > before
    assert (await edition_by_id(edition)).published == 1  # guests see it with the next release
    [entry] = await history_of(session)
    assert (entry.action, entry.details) == ("session.edited", {"fields": ["summary_en", "title_zh"]})


async def test_without_change_nothing_is_written_down(db: None) -> None:
    session = await make.session(await make.edition())
    for shape in (SessionTexts, SessionTime, SessionEntry, SessionMarks, SessionNotes):
        read = await editing.read_part(session, shape)
        assert await editing.edit_part(session, read.values, version=1, by=BY) == 1
    assert await history_of(session) == []


async def test_an_old_version_of_the_same_part_is_refused_with_the_other(db: None) -> None:
    session = await make.session(await make.edition())
    read = await editing.read_part(session, SessionTexts)
    theirs, mine = replace(read.values, title_en="Theirs"), replace(read.values, title_en="Mine")
    await editing.edit_part(session, theirs, version=1, by=BY, seen=read.seen)

    with pytest.raises(SessionChanged) as refused:
        await editing.edit_part(session, mine, version=1, by=BY, seen=read.seen)

    assert (refused.value.current, refused.value.version) == (theirs, 2)
    assert (await row_of(session))["title_en"] == "Theirs"
    assert len(await history_of(session)) == 1


async def test_a_change_of_another_part_stands_in_nobodys_way(db: None) -> None:
    session = await make.session(await make.edition())
    read = await editing.read_part(session, SessionTexts)
    await editing.edit_part(session, SessionNotes(notes="Ask for the film"), version=1, by=BY)
    wanted = replace(read.values, title_en="Mine")
    with pytest.raises(SessionChanged):  # who does not say what they saw cannot know
        await editing.edit_part(session, wanted, version=1, by=BY)
    assert await editing.edit_part(session, wanted, version=1, by=BY, seen=read.seen) == 3


async def test_a_dinner_until_half_past_midnight(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    read = await editing.read_part(session, SessionTime)
    wanted = replace(read.values, starts="21:30", ends="00:30", next_day=True)
    await editing.edit_part(session, wanted, version=1, by=BY)
    row = await row_of(session)
    assert (row["starts_at"], row["ends_at"], row["minutes"]) == (
        datetime.fromisoformat("2023-10-29T21:30+08:00"),
        datetime.fromisoformat("2023-10-30T00:30+08:00"),
        180,
    )
    again = (await editing.read_part(session, SessionTime)).values
    assert (again.day.isoformat(), again.starts, again.ends, again.next_day) == (
        "2023-10-29", "21:30", "00:30", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "day", "starts", "ends", "next_day", "wrong"),
    [
        ("Asia/Shanghai", "2023-10-29", "14:00", "14:00", False, "ends"),
        ("Asia/Shanghai", "2023-10-29", "21:30", "00:30", False, "ends"),
        ("Asia/Shanghai", "2023-10-29", "09:00", "10:00", True, "ends"),
        ("Europe/Berlin", "2024-03-31", "02:30", "04:00", False, "starts"),
        ("Europe/Berlin", "2024-03-30", "23:00", "02:15", True, "ends"),
        ("Europe/Berlin", "2023-10-29", "01:30", "03:00", False, ""),
        ("Africa/Cairo", "2023-10-26", "23:30", "00:30", True, ""),
    ],
)
async def test_times_that_do_not_hold(
    db: None, zone: str, day: str, starts: str, ends: str, next_day: bool, wrong: str
) -> None:
    session = await make.session(await make.edition(zone=zone))
    wanted = SessionTime(day=datetime.fromisoformat(day).date(), starts=starts, ends=ends, next_day=next_day)
    if not wrong:
        assert await editing.edit_part(session, wanted, version=1, by=BY) == 2
        return
    with pytest.raises(Invalid) as refused:
        await editing.edit_part(session, wanted, version=1, by=BY)
    assert set(refused.value.errors) == {wrong}
    assert (await row_of(session))["version"] == 1


async def test_the_night_in_which_clocks_go_back_is_an_hour_longer(db: None) -> None:
    session = await make.session(await make.edition(zone="Europe/Berlin"))
    day = datetime.fromisoformat("2023-10-28").date()
    wanted = SessionTime(day=day, starts="23:00", ends="04:00", next_day=True)
    await editing.edit_part(session, wanted, version=1, by=BY)
    assert (await row_of(session))["minutes"] == 6 * 60


async def test_only_what_guests_do_not_see_may_lose_its_time(db: None) -> None:
    edition = await make.edition()
    planned, confirmed = await make.session(edition, state="planned"), await make.session(edition)
    await editing.edit_part(planned, SessionTime(minutes=45), version=1, by=BY)
    row = await row_of(planned)
    assert (row["starts_at"], row["ends_at"], row["minutes"]) == (None, None, 45)
    with pytest.raises(Invalid) as refused:
        await editing.edit_part(confirmed, SessionTime(), version=1, by=BY)
    assert set(refused.value.errors) == {"day"}


async def test_rooms_of_other_editions_are_refused(db: None) -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    session = await make.session(edition)
    read = await editing.read_part(session, SessionTime)
    with pytest.raises(Invalid) as refused:
        await editing.edit_part(session, replace(read.values, room=await make.room(other)), version=1, by=BY)
    assert set(refused.value.errors) == {"room"}


async def test_a_translation_falls_behind_and_catches_up(db: None, clock: Callable[[str], datetime]) -> None:
    edition = await make.edition()
    clock("2023-10-01T09:00+08:00")
    session = await make.session(edition)
    texts = (await editing.read_part(session, SessionTexts)).values
    await editing.edit_part(session, replace(texts, title_zh="一", title_en="One"), version=1, by=BY)
    assert (await get_session_file(edition, session)).older is None
    clock("2023-10-13T10:00+08:00")
    await editing.edit_part(session, replace(texts, title_zh="二", title_en="One"), version=2, by=BY)
    older = (await get_session_file(edition, session)).older
    assert older
    assert (older.language, older.days) == ("en", 12)
    clock("2023-10-20T10:00+08:00")
    await editing.edit_part(session, replace(texts, title_zh="二", title_en="Two"), version=3, by=BY)
    assert (await get_session_file(edition, session)).older is None
    await editing.edit_part(session, replace(texts, title_zh="三", title_en="Two"), version=4, by=BY)
    assert await editing.say_translation_fits(session, "en", by=BY) == 6
    assert (await get_session_file(edition, session)).older is None


async def test_unknown_session(db: None) -> None:
    with pytest.raises(NoSuchSession):
        await editing.read_part(uuid7(), SessionTexts)
    with pytest.raises(NoSuchSession):
        await editing.edit_part(uuid7(), SessionNotes(), version=1, by=BY)


@pytest.mark.parametrize(
    ("shape", "given", "field"),
    [
        (SessionTexts, {}, "title_zh"),
        (SessionTexts, {"title_en": ["x" * 301]}, "title_en"),
        (SessionTexts, {"title_en": ["Forum"], "summary_en": ["x" * 6001]}, "summary_en"),
        (SessionTime, {"day": ["2023-10-28"], "starts": ["25:00"], "ends": ["10:00"]}, "starts"),
        (SessionTime, {"day": ["31.10.2023"]}, "day"),
        (SessionTime, {"starts": ["10:00"]}, "day"),
        (SessionTime, {"day": ["2023-10-28"]}, "starts"),
        (SessionTime, {"minutes": ["0"]}, "minutes"),
        (SessionTime, {"layout": ["heap"]}, "layout"),
        (SessionTime, {"room": ["the big one"]}, "room"),
        (SessionEntry, {"booking": ["everybody"]}, "booking"),
        (SessionEntry, {"booking": ["category"]}, "categories"),
        (SessionMarks, {"kind": ["king"]}, "kind"),
        (SessionMarks, {"kind": ["forum"], "sdgs": ["18"]}, "sdgs"),
        (SessionMarks, {"kind": ["forum"], "languages": ["fr"]}, "languages"),
    ],
)
def test_parts_that_do_not_hold(shape: type, given: dict[str, list[str]], field: str) -> None:
    assert field in parse(shape, given).errors


def test_of_a_wrong_time_it_is_said_what_a_time_is() -> None:
    for typed in ("9", "25:00", "24:00", "１４:30", "14:3", "half past"):
        errors = parse(SessionTime, {"day": ["2023-10-28"], "starts": [typed], "ends": ["15:00"]}).errors
        assert errors == {"starts": NOT_A_TIME}
