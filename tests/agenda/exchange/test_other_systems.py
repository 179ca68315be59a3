import time
from datetime import datetime

import pytest

from tests.agenda.exchange import foreign
from tests.agenda.exchange.house import bring_in, differences, empty_edition, preview
from wcd.agenda.exchange.queries import gather_working

CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//other//EN\r
BEGIN:VEVENT\r
UID:abc@example\r
DTSTAMP:20231001T000000Z\r
DTSTART;TZID=Asia/Shanghai:20231028T090000\r
DTEND:20231028T020000Z\r
SUMMARY:Opening\\, at last\r
LOCATION:Great Hall\r
DESCRIPTION:One\\nTwo\r
STATUS:CANCELLED\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:def@example\r
DTSTAMP:20231001T000000Z\r
DTSTART:20231028T090000\r
DURATION:PT45M\r
SUMMARY:关于城市的讨论\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.mark.parametrize("write", [foreign.pretalx_xml, foreign.pretalx_json])
async def test_five_hundred_sessions_of_another_system_load(db, clock, write):
    edition = await empty_edition()
    began = time.perf_counter()
    plan = await bring_in(edition, write(500))
    assert time.perf_counter() - began < 20
    assert (plan.count("session", "new"), plan.count("room", "new"), plan.count("speaker", "new")) == (
        500,
        20,
        300,
    )
    agenda = await gather_working(edition)
    first = next(one for one in agenda.sessions if one.title_en.startswith("Talk 1:"))
    assert first.title_en == "Talk 1: roofs & rain <1>"
    assert (first.title_zh, first.state, first.kind, first.booking) == ("", "confirmed", "forum", "open")
    assert first.starts_at == datetime.fromisoformat("2023-10-28T09:00+02:00")
    assert first.ends_at == datetime.fromisoformat("2023-10-28T09:30+02:00")
    assert first.summary_en == "Abstract 1.\nSecond line.\n\nLonger description 1."
    assert {part.role for part in first.people} == {"speaker"}
    assert len(first.people) == 2
    assert {one.kind for one in agenda.sessions} == {"forum", "plenary", "break"}
    # Tracks are none of our subjects: said once for each, and left out.
    assert any("Water" in str(note) for note in plan.notes)
    assert differences(await preview(edition, write(500))) == []


async def test_a_second_export_changes_only_what_it_speaks_of(db, clock):
    edition = await empty_edition()
    await bring_in(edition, foreign.pretalx_json(3))
    talk = foreign.pretalx_json(3).replace(b"Talk 1:", b"Speech 1:").replace(b'"Hall C"', b'"Great Hall"')
    plan = await preview(edition, talk)
    assert [(step.thing, step.action) for step in plan.steps if step.action != "same"] == [
        ("room", "new"), ("session", "change"), ("session", "change"),
    ]  # fmt: skip
    assert [change.field for step in plan.steps for change in step.changes] == ["title_en", "room"]


async def test_who_was_moderator_stays_it_when_the_other_system_only_knows_who_is_there(db, clock):
    edition = await empty_edition()
    await bring_in(edition, foreign.pretalx_xml(1))
    from wcd.core.db import execute  # noqa: PLC0415

    await execute("UPDATE agenda_appearance SET role = 'moderator' WHERE position = 0")
    assert differences(await preview(edition, foreign.pretalx_xml(1))) == []


async def test_old_pentabarf_files_have_days_that_change_at_night(db, clock):
    edition = await empty_edition()
    await bring_in(edition, foreign.PENTABARF.encode())
    keynote, late = (await gather_working(edition)).sessions
    assert keynote.starts_at == datetime.fromisoformat("2023-10-28T10:00+08:00")
    assert (keynote.kind, keynote.summary_en) == ("plenary", "Twenty years\n\n<p>A licence.</p>")
    assert late.starts_at == datetime.fromisoformat("2023-10-29T01:30+08:00")
    assert (late.title_en, late.state) == ("After midnight", "called_off")


async def test_calendars_come_in_with_their_places_as_rooms(db, clock):
    edition = await empty_edition()
    await bring_in(edition, CALENDAR.encode())
    by_title = {one.title_en or one.title_zh: one for one in (await gather_working(edition)).sessions}
    opening, talk = by_title["Opening, at last"], by_title["关于城市的讨论"]
    assert (opening.state, opening.room, opening.summary_en) == ("called_off", "great-hall", "One\nTwo")
    assert opening.starts_at == datetime.fromisoformat("2023-10-28T09:00+08:00")
    assert talk.title_en == ""
    assert (talk.ends_at - talk.starts_at).total_seconds() == 45 * 60
    assert differences(await preview(edition, CALENDAR.encode())) == []


async def test_xml_and_json_of_one_system_mean_the_same_sessions(db, clock):
    edition = await empty_edition()
    await bring_in(edition, foreign.pretalx_xml(500))
    plan = await preview(edition, foreign.pretalx_json(500))
    assert plan.findings == []
    assert [step for step in plan.steps if step.thing == "session" and step.action != "same"] == []
    # Only JSON knows what people say of themselves.
    assert {change.field for step in plan.steps for change in step.changes} == {"biography_en"}
