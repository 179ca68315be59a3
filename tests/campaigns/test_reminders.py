from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from tests import make
from wcd.actors import audit
from wcd.actors.actors import system
from wcd.campaigns import reminders
from wcd.core.db import execute, fetch
from wcd.mail.kinds import KINDS

pytestmark = pytest.mark.usefixtures("db")
CLOCK = system("clock")
Move = Callable[[str], datetime]


async def letters(kind: str) -> list[dict[str, Any]]:
    rows = await fetch(
        "SELECT kind, address, name, locale, context, about, edition, state FROM mail_mail WHERE kind = $1 ORDER BY address",
        kind,
    )
    return [dict(row) | {"context": msgspec.json.decode(row["context"])} for row in rows]


async def told(kind: str) -> list[UUID]:
    return [letter["about"] for letter in await letters(kind)]


async def test_a_day_before_the_forum_every_approved_guest_is_told_once(clock: Move) -> None:
    edition = await make.edition()
    await make.session(edition, "2023-10-28T14:00+08:00")
    await make.session(edition, "2023-10-28T08:00+08:00", state="called_off")
    ada = await make.guest(
        edition, email="a@guests.example", native_name="陈望舒", latin_name="Chen Wangshu", language="en"
    )
    bo = await make.guest(
        edition, email="b@guests.example", native_name="李明", latin_name="", link_version=3
    )
    await make.guest(edition, state="submitted")
    await make.guest(edition, email="")
    clock("2023-10-27T13:59+08:00")
    assert await reminders.send_due(by=CLOCK) == 0
    clock("2023-10-27T14:00+08:00")
    assert await reminders.send_due(by=CLOCK) == 2
    assert await reminders.send_due(by=CLOCK) == 0
    first, second = await letters("reminder_forum")
    assert (first["about"], first["address"], first["name"], first["locale"]) == (
        ada,
        "a@guests.example",
        "Chen Wangshu",
        "en",
    )
    assert (second["about"], second["name"], second["locale"]) == (bo, "李明", "zh")
    assert second["context"] == {
        "guest_id": str(bo), "link_version": 3, "name": "李明", "starts_at": "2023-10-28T06:00:00+00:00",
    }  # fmt: skip
    KINDS["reminder_forum"].refuse_wrong(first["context"])
    [entry] = await audit.history_of(edition)
    assert (entry.action, entry.actor_name, entry.details) == ("reminder.sent", "clock", {"letters": 2})


async def test_a_forum_without_sessions_begins_at_nine(clock: Move) -> None:
    edition = await make.edition()
    guest = await make.guest(edition)
    clock("2023-10-27T08:59+08:00")
    assert await reminders.send_due(by=CLOCK) == 0
    clock("2023-10-27T09:00+08:00")
    await reminders.send_due(by=CLOCK)
    assert await told("reminder_forum") == [guest]


async def test_two_hours_before_a_session_who_has_a_seat_is_told(clock: Move) -> None:
    edition = await make.edition()
    session = await make.session(edition, "2023-10-29T14:00+08:00", room=await make.room(edition))
    other = await make.session(edition, "2023-10-29T14:00+08:00")
    off = await make.session(edition, "2023-10-29T14:00+08:00", state="called_off")
    seated, waiting, elsewhere, called_off, gone = [await make.guest(edition) for _ in range(5)]
    await make.booking(seated, session)
    await make.booking(waiting, session, "waiting")
    await make.booking(elsewhere, other, "cancelled")
    await make.booking(called_off, off)
    await make.booking(gone, session)
    await execute("UPDATE registration_guest SET state = 'cancelled' WHERE id = $1", gone)
    clock("2023-10-29T11:59+08:00")
    await reminders.send_due(by=CLOCK)
    assert await told("reminder_session") == []
    clock("2023-10-29T12:00+08:00")
    await reminders.send_due(by=CLOCK)
    await reminders.send_due(by=CLOCK)
    assert await told("reminder_session") == [seated]
    [letter] = await letters("reminder_session")
    assert letter["context"]["session"] == {
        "title_zh": "15分钟社区生活圈", "title_en": "The 15-minute community life circle",
        "starts_at": "2023-10-29T06:00:00+00:00", "ends_at": "2023-10-29T07:30:00+00:00",
        "place_zh": "江海厅", "place_en": "Jianghai Hall",
    }  # fmt: skip


@pytest.mark.parametrize(("at", "number"), [("2023-10-28T08:59:59+08:00", 1), ("2023-10-28T09:00+08:00", 0)])
async def test_late_is_better_than_never_but_not_after(clock: Move, at: str, number: int) -> None:
    edition = await make.edition()
    await make.guest(edition)
    clock(at)
    assert await reminders.send_due(by=CLOCK) == number


async def test_a_clock_that_jumps_skips_sessions_that_have_begun(clock: Move) -> None:
    edition = await make.edition()
    morning = await make.session(edition, "2023-10-29T09:00+08:00")
    noon = await make.session(edition, "2023-10-29T12:00+08:00")
    guest = await make.guest(edition)
    await make.booking(guest, morning)
    await make.booking(guest, noon)
    clock("2023-10-29T11:00+08:00")
    await reminders.send_due(by=CLOCK)
    [letter] = await letters("reminder_session")
    assert letter["context"]["session"]["starts_at"] == "2023-10-29T04:00:00+00:00"


async def test_who_comes_after_the_run_is_not_told(clock: Move) -> None:
    edition = await make.edition()
    first = await make.guest(edition)
    clock("2023-10-27T10:00+08:00")
    await reminders.send_due(by=CLOCK)
    await make.guest(edition)
    await reminders.send_due(by=CLOCK)
    assert await told("reminder_forum") == [first]


async def test_a_rule_that_was_turned_off_stays_off(clock: Move) -> None:
    edition = await make.edition()
    await make.guest(edition)
    await reminders.ensure_rules(edition)
    await execute("UPDATE campaigns_reminder_rule SET is_active = false WHERE edition = $1", edition)
    clock("2023-10-27T10:00+08:00")
    assert await reminders.send_due(by=CLOCK) == 0
    rules = await fetch("SELECT before, minutes FROM campaigns_reminder_rule ORDER BY minutes")
    assert [(row["before"], row["minutes"]) for row in rules] == [("session", 120), ("forum", 1440)]


async def test_a_run_that_fails_leaves_nothing_and_comes_again(
    clock: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = await make.edition()
    guest = await make.guest(edition)
    clock("2023-10-27T10:00+08:00")

    async def broken(*_args: object, **_named: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(audit, "record", broken)
        with pytest.raises(ZeroDivisionError):
            await reminders.send_due(by=CLOCK)
    assert await fetch("SELECT 1 FROM campaigns_reminder_run") == []
    assert await told("reminder_forum") == []
    await reminders.send_due(by=CLOCK)
    assert await told("reminder_forum") == [guest]


async def test_many_guests_take_as_many_statements_as_few(
    clock: Move, count_queries: Callable[[], int]
) -> None:
    counts = []
    clock("2023-10-27T10:00+08:00")
    for code, number in (("few", 1), ("many", 30)):
        edition = await make.edition(code, is_current=False)
        for _ in range(number):
            await make.guest(edition)
        before = count_queries()
        assert await reminders.send_due(by=CLOCK) == number
        counts.append(count_queries() - before)
    assert counts[0] == counts[1]
