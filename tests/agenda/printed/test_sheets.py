"""Run sheets and door signs: what they say, how large, what is struck through."""

import re
from datetime import date

import msgspec
import pytest

from tests.agenda.printed.stage import sample_programme
from wcd.agenda.printed.door_signs import draw_door_signs, signs_of
from wcd.agenda.printed.facts import Internal
from wcd.agenda.printed.run_sheets import draw_run_sheets

DAY = date(2023, 10, 28)


@pytest.fixture(scope="module")
def sample():
    """The working copy: one session too long, one called off, contacts of everybody."""
    plain = sample_programme(release=0)
    people = {
        id_: msgspec.structs.replace(one, email=f"{one.code}@guests.example", telephone="+86 138 0000 0000")
        for id_, one in plain.people.items()
    }
    sessions = []
    for one in plain.sessions:
        if one.code == "launches":
            items = [msgspec.structs.replace(item, minutes=item.minutes + 6) for item in one.items]
            sessions.append(msgspec.structs.replace(one, items=items))
        elif one.code == "green-finance":
            sessions.append(msgspec.structs.replace(one, state="called_off"))
        else:
            sessions.append(one)
    return sample_programme(release=0, people=people, sessions=sessions)


def named(programme, code):
    return next(one for one in programme.sessions if one.code == code)


def sheet_of(keep, fonts, programme, code, internal=None):
    return keep(
        draw_run_sheets_into, programme, internal or Internal(), [named(programme, code)], fonts=fonts
    )


def draw_run_sheets_into(programme, internal, sessions, out, **values):
    draw_run_sheets(programme, internal, sessions, out, **values)


def test_a_run_sheet_says_when_each_item_begins_and_who_comes(keep, fonts, sample):
    drawn = sheet_of(keep, fonts, sample, "opening")
    assert drawn.sizes() == {(210, 297)}
    text = drawn.text
    for clock in ("09:00", "09:06", "09:30", "09:45", "10:05", "10:15"):
        assert clock in text.split(), clock
    for said in (
        "何静澜",
        "He Jinglan",
        "Opening ceremony: Better City, Better Life",
        "江海厅",
        "Jianghai Hall",
    ):
        assert said in text
    assert "主持人 Moderator" in text
    assert "The items fill the session's 75 minutes." in text
    assert "he-jinglan@guests.example" in text
    assert "+86 138 0000 0000" in text
    assert "仅供工作人员使用 For staff only" in text


def test_names_are_large_enough_for_the_dark(keep, fonts, sample):
    drawn = sheet_of(keep, fonts, sample, "opening")
    sizes = {}

    def look(text, _cm, _tm, _font, size):
        for name in ("何静澜", "He Jinglan"):
            if text.strip() == name:
                sizes.setdefault(name, size)

    drawn.reader.pages[0].extract_text(visitor_text=look)
    assert min(sizes["何静澜"], sizes["He Jinglan"]) >= 16


def test_items_longer_than_the_session_are_said(keep, fonts, sample):
    text = sheet_of(keep, fonts, sample, "launches").text
    over = sum(item.minutes for item in named(sample, "launches").items) - 85
    assert f"{over} more than the session has." in text
    assert f"超出本场时间{over}分钟" in text


def test_notes_of_session_and_items_stand_there(keep, fonts, sample):
    session = named(sample, "launches")
    notes = {session.id: "Trophies on the left table.", session.items[1].id: "Bring the adapter."}
    text = sheet_of(keep, fonts, sample, "launches", Internal(notes, {session.id: "theatre"})).text
    assert "Trophies on the left table." in text
    assert "Bring the adapter." in " ".join(text.split())
    assert "Theatre" in text


def test_a_session_without_items_says_so(keep, fonts, sample):
    assert "This session has no items yet." in sheet_of(keep, fonts, sample, "lunch-sat").text


def test_each_session_of_a_day_begins_on_a_page_of_its_own(keep, fonts, sample):
    sessions = sample.days[DAY]
    drawn = keep(draw_run_sheets_into, sample, Internal(), sessions, fonts=fonts)
    firsts = [text for text in drawn.texts if re.search(r"1/\d+$", text.strip(), re.MULTILINE)]
    assert len(firsts) == len(sessions)
    assert len(drawn.reader.outline) == len(sessions)


def signs(keep, fonts, programme, sheet="a4", **narrowed):
    def draw(out):
        draw_door_signs(programme, signs_of(programme, **narrowed), out, sheet=sheet, fonts=fonts)

    return keep(draw)


def test_a_sign_for_each_room_and_day_in_both_languages(keep, fonts, sample):
    drawn = signs(keep, fonts, sample)
    assert drawn.sizes() == {(297, 210)}
    rooms = {(one.room, sample.start(one).date()) for one in sample.sessions if one.room}
    assert len(drawn.texts) == len(rooms)
    for text in drawn.texts:
        assert re.search(r"10月(28|29|30|31)日", text)
        assert re.search(r"(Sat|Sun|Mon|Tue) \d\d Oct", text)
    for one in sample.sessions:
        if one.room:
            where = [
                text for text in drawn.texts if re.sub(r"\s", "", one.title.zh) in re.sub(r"\s", "", text)
            ]
            assert any(re.sub(r"\s", "", one.title.en) in re.sub(r"\s", "", text) for text in where), one.code


def test_a_sign_on_a3_is_as_large(keep, fonts, sample):
    assert signs(keep, fonts, sample, "a3", day=DAY).sizes() == {(420, 297)}


def test_called_off_is_said_and_struck_through(keep, fonts, sample):
    off = signs(keep, fonts, sample, day=DAY, room=named(sample, "green-finance").room)
    assert "已取消 Called off" in off.text
    on = signs(keep, fonts, sample_programme(), day=DAY, room=named(sample, "green-finance").room)
    assert "Called off" not in on.text

    def strokes(drawn):
        return drawn.reader.pages[0].get_contents().get_data().count(b"0.702 0.204 0.122 rg")

    assert strokes(off) > strokes(on) == 0


def test_a_crowded_room_is_set_smaller_and_then_goes_on_to_another_sheet(keep, fonts, sample):
    one = named(sample, "opening")
    for count, sheets in ((6, [1]), (30, range(2, 9))):
        many = [msgspec.structs.replace(one, code=f"s{n}", items=[], people=[]) for n in range(count)]
        drawn = signs(keep, fonts, sample_programme(sessions=many))
        assert len(drawn.texts) in sheets
        assert sum(text.count("Opening ceremony") for text in drawn.texts) == count
