"""Calendar files, read back by the library that calendars use."""

import re
from datetime import UTC, datetime

from icalendar import Calendar

from tests import make
from wcd.actors.actors import system
from wcd.agenda import queries, states
from wcd.agenda.calendar import calendar_file
from wcd.agenda.tables import Session
from wcd.core.i18n import use_locale
from wcd.registration.publishing import publish_at_once

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


async def test_published_change_replaces_the_entry(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition, meeting_point_zh="东门", meeting_point_en="East gate")

    async def read() -> tuple[str, int, str, str]:
        card = (await queries.get_session_by_id(session, working=False)).card
        whole = calendar_file([card], edition="wcd-test", base_url="")
        assert whole == calendar_file([card], edition="wcd-test", base_url="")
        [event] = Calendar.from_ical(whole).walk("VEVENT")
        return str(event["uid"]), int(event["sequence"]), str(event["status"]), str(event["location"])

    uid = f"session-{session}@wcd-test.wcd"
    assert await read() == (uid, 0, "CONFIRMED", "东门")
    await Session.update({Session.meeting_point_zh: "西门"}).where(Session.id == session)
    assert await read() == (uid, 0, "CONFIRMED", "东门")
    await publish_at_once(edition, by=system("test"))
    assert await read() == (uid, 1, "CONFIRMED", "西门")
    await states.set_state(session, "called_off", by=system("test"))
    await publish_at_once(edition, by=system("test"))
    assert await read() == (uid, 2, "CANCELLED", "西门")


async def test_every_line_is_as_the_standard_wants_it(db: None) -> None:
    edition = await make.edition()
    titles = {"title_zh": "议程" * 60, "title_en": "Money; people, and \\ water" * 9}
    await make.session(edition, code="one", summary_zh="一行\n两行，" * 40, **titles)
    await make.session(edition, code="two", starts="2023-10-29T23:30+08:00", state="called_off")
    at = datetime(2023, 10, 20, 10, 0, tzinfo=UTC)
    for locale in ("zh", "en"):
        with use_locale(locale):
            cards = await queries.list_sessions(edition)
            whole = calendar_file(
                cards, edition="wcd-test", base_url="http://x", name="世界, 城市; 日", published_at=at
            )
        [calendar] = strictly(whole)
        assert calendar.one("METHOD") == "PUBLISH"
        assert calendar.one("NAME") == calendar.one("X-WR-CALNAME") == "世界\\, 城市\\; 日"
        assert calendar.one("REFRESH-INTERVAL;VALUE=DURATION") == calendar.one("X-PUBLISHED-TTL") == "PT30M"
        assert [event.one("DTSTART") for event in calendar.inside] == ["20231029T010000Z", "20231029T153000Z"]
        assert {event.one("DTSTAMP") for event in calendar.inside} == {"20231020T100000Z"}
        assert [event.one("STATUS") for event in calendar.inside] == ["CONFIRMED", "CANCELLED"]
        assert len({event.one("UID") for event in calendar.inside}) == 2


async def test_lost_seat_is_cancelled_in_that_calendar_only(db: None) -> None:
    edition = await make.edition()
    await make.session(edition, code="kept")
    await make.session(edition, code="lost", starts="2023-10-30T09:00+08:00")
    kept, lost = await queries.list_sessions(edition)
    [calendar] = strictly(calendar_file([kept], edition="wcd-test", base_url="", lost=[lost]))
    assert [event.one("STATUS") for event in calendar.inside] == ["CONFIRMED", "CANCELLED"]


class Component:
    """What stands between BEGIN and END."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: list[tuple[str, str]] = []
        self.inside: list[Component] = []

    def one(self, name: str) -> str:
        """The value of a property that must be there exactly once."""
        [value] = [value for known, value in self.lines if known == name]
        return value


def strictly(whole: bytes) -> list[Component]:
    """A calendar read as RFC 5545 writes it, with nothing forgiven: lines, folding, escapes, what must be there."""
    assert whole.endswith(b"\r\n")
    assert b"\n" not in whole.replace(b"\r\n", b"")
    assert b"\r" not in whole.replace(b"\r\n", b"")
    raw = whole.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 for line in raw)
    for line in raw:
        line.decode("utf-8")  # no character is cut by a fold
    unfolded: list[str] = []
    for line in raw:
        if line.startswith((b" ", b"\t")):
            unfolded[-1] += line[1:].decode()
        else:
            unfolded.append(line.decode())
    root = Component("")
    open_ones = [root]
    for line in unfolded:
        name, colon, value = line.partition(":")
        assert colon, line
        assert re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[^;:,\x00-\x1f]+)*", name), line
        if name == "BEGIN":
            made = Component(value)
            open_ones[-1].inside.append(made)
            open_ones.append(made)
        elif name == "END":
            assert open_ones.pop().name == value
        else:
            open_ones[-1].lines.append((name, value))
    for calendar in root.inside:
        assert calendar.name == "VCALENDAR"
        assert calendar.one("VERSION") == "2.0"
        assert calendar.one("PRODID")
        for event in calendar.inside:
            _must_be_an_event(event)
    return root.inside


def _must_be_an_event(event: Component) -> None:
    assert event.name == "VEVENT"
    for name in ("DTSTAMP", "DTSTART", "DTEND", "LAST-MODIFIED"):
        assert re.fullmatch(r"\d{8}T\d{6}Z", event.one(name))
    assert event.one("DTEND") > event.one("DTSTART")
    assert re.fullmatch(r"\d+", event.one("SEQUENCE"))
    assert event.one("UID")
    for name in ("SUMMARY", "LOCATION", "DESCRIPTION"):
        for value in (value for known, value in event.lines if known == name):
            assert not re.search(r"(?<!\\)(?:\\\\)*(?:[,;]|\\[^\\,;nN])", value), value
