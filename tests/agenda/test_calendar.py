"""Calendar files, read back by the library that calendars use."""

from icalendar import Calendar

from tests import make
from wcd.actors.actors import system
from wcd.agenda import queries, sessions
from wcd.agenda.calendar import calendar_file
from wcd.core.i18n import use_locale

LONG = "步行一刻钟之内，一个家庭能否找到托幼、菜场、诊室与一片树荫？" * 6


async def test_file_in_the_readers_language(db: None) -> None:
    edition = await make.edition()
    room = await make.room(edition)
    session = await make.session(
        edition, code="life-circle", room=room, summary_zh=LONG, summary_en="A; b, c\nd"
    )
    card = (await queries.get_session_by_id(session)).card
    with use_locale("zh"):
        chinese = calendar_file([card], edition="wcd-test", base_url="http://forum.example")
    with use_locale("en"):
        english = calendar_file([card], edition="wcd-test", base_url="http://forum.example")
    assert all(len(line) <= 75 for line in chinese.split(b"\r\n"))
    [one] = Calendar.from_ical(chinese).walk("VEVENT")
    assert one["summary"] == "15分钟社区生活圈"
    assert one["description"] == LONG
    assert one["location"] == "江海厅，滨江会议中心"
    assert one["url"] == "http://forum.example/zh/sessions/life-circle"
    assert one["status"] == "CONFIRMED"
    [other] = Calendar.from_ical(english).walk("VEVENT")
    assert (other["uid"], other["uid"]) == (one["uid"], f"session-{session}@wcd-test.wcd")
    assert other["description"] == "A; b, c\nd"
    assert other["dtstart"].dt == card.starts_at


async def test_file_of_a_changed_session_replaces_the_entry(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition, meeting_point_zh="东门", meeting_point_en="East gate")

    async def read() -> tuple[str, int, str, str]:
        card = (await queries.get_session_by_id(session)).card
        whole = calendar_file([card], edition="wcd-test", base_url="")
        assert whole == calendar_file([card], edition="wcd-test", base_url="")
        [event] = Calendar.from_ical(whole).walk("VEVENT")
        return str(event["uid"]), int(event["sequence"]), str(event["status"]), str(event["location"])

    uid = f"session-{session}@wcd-test.wcd"
    assert await read() == (uid, 0, "CONFIRMED", "东门")
    await sessions.call_off_session(session, by=system("test"))
    assert await read() == (uid, 1, "CANCELLED", "东门")
