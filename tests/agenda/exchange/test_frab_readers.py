import json
from xml.etree import ElementTree as ET

import pytest

from tests.agenda.exchange import readers
from tests.agenda.exchange.agendas import AWKWARD, agenda, awkward_agenda, moment, room, session
from tests.agenda.exchange.foreign import pretalx_json, pretalx_xml
from wcd.agenda.exchange.frab_json import schedule_json
from wcd.agenda.exchange.frab_xml import schedule_xml

BASE = "https://forum.example"


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_validators_have_nothing_to_complain_of(locale):
    assert readers.complaints_xml(schedule_xml(awkward_agenda(), base_url=BASE, locale=locale)) == []
    assert readers.complaints_json(schedule_json(awkward_agenda(), base_url=BASE, locale=locale)) == []


def test_the_validators_complain_where_they_should():
    good = schedule_xml(awkward_agenda(), base_url=BASE, locale="en").decode()
    for wrong in (
        good.replace("<subtitle />", "", 1),
        good.replace("<subtitle />", "<subtitle /><note>ours</note>", 1),
        good.replace("<duration>01:00", "<duration>60", 1),
        good.replace("+08:00</date>", "</date>", 1),
        good.replace("wcdtest</acronym>", "WCD Test</acronym>", 1),
    ):
        assert wrong != good
        assert readers.complaints_xml(wrong.encode())
    whole = json.loads(schedule_json(awkward_agenda(), base_url=BASE, locale="en"))
    whole["schedule"]["conference"]["days"][0]["rooms"]["Jianghai Hall"][0]["title_zh"] = "开幕"
    assert readers.complaints_json(json.dumps(whole).encode())


def test_other_systems_exports_are_made_like_real_ones():
    assert [line for line in readers.complaints_xml(pretalx_xml(40)) if "guid" not in line] == []
    assert {line.split(":")[0] for line in readers.complaints_json(pretalx_json(40))} <= {"do_not_record"}


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_apps_show_what_the_agenda_says(locale):
    whole = awkward_agenda()
    timed = [one for one in whole.sessions if one.starts_at]
    content = schedule_xml(whole, base_url=BASE, locale=locale)
    shown = {one["slug"].split("-", 2)[2]: one for one in readers.as_giggity(content)}
    assert len(shown) == len(timed)
    for name, text in AWKWARD.items():
        assert shown[f"odd-{name.replace('_', '-')}"]["title"] == text
    opening = shown["opening"]
    assert opening["title"] == ("第1场" if locale == "zh" else "Session 1")
    assert opening["persons"] == (
        ["陈望舒", "Thandeka Mokoena"] if locale == "zh" else ["Chen Wangshu", "Thandeka Mokoena"]
    )
    assert opening["track"] == ("融资" if locale == "zh" else "Finance")
    assert opening["line"] == opening["room"] == ("江海厅" if locale == "zh" else "Jianghai Hall")
    assert shown["called-off"]["title"] == ("【已取消】第2场" if locale == "zh" else "CANCELLED: Session 2")
    assert shown["only-chinese"]["title"] == "第3场"
    assert shown["only-chinese"]["url"] == f"{BASE}/{locale}/sessions/only-chinese"
    assert shown["dinner"]["line"] == ("地点待定" if locale == "zh" else "Place to be announced")


def test_what_begins_after_midnight_belongs_to_the_evening_before():
    whole = agenda(
        session("dinner", 1, "2023-10-28T12:00+00:00", ends="2023-10-28T16:30+00:00"),
        session("night", 2, "2023-10-28T17:30+00:00", ends="2023-10-28T18:00+00:00"),
    )
    read = {one["title"]: one for one in readers.as_fahrplan(schedule_xml(whole, base_url=BASE, locale="en"))}
    dinner, night = read["Session 1"], read["Session 2"]
    assert (dinner["day"], dinner["minute"]) == (1, 20 * 60)
    assert (night["day"], night["minute"]) == (1, 25 * 60 + 30)
    assert night["date"] == moment("2023-10-29T01:30+08:00")


def test_lengths_are_true_where_clocks_change():
    whole = agenda(session("night", 1, "2023-10-29T00:30+00:00", ends="2023-10-29T02:00+00:00"))
    whole.edition.zone = "Europe/Berlin"
    [(_guid, starts, ends)] = readers.as_engelsystem(schedule_xml(whole, base_url=BASE, locale="en"))
    assert (starts, ends) == (moment("2023-10-29T02:30+02:00"), moment("2023-10-29T03:00+01:00"))


def test_numbers_of_sessions_are_the_same_in_every_file():
    few, many = agenda(session("one", 5)), agenda(*(session(f"s{n}", n) for n in range(1, 200)))
    numbers = [
        {event.get("guid"): event.get("id") for event in ET.fromstring(content).iterfind("day/room/event")}
        for content in (schedule_xml(few, base_url=BASE, locale="zh"), schedule_xml(many, base_url=BASE, locale="en"))
    ]  # fmt: skip
    assert numbers[0].items() <= numbers[1].items()
    assert len(set(numbers[1].values())) == 199


def test_rooms_of_one_name_stay_apart():
    twins = [
        room("east", name_zh="一号厅", name_en="Hall 1"),
        room("west-2", name_zh="一号厅", name_en="Hall 1"),
    ]
    whole = agenda(session("a", 1, room="east"), session("b", 2, room="west-2"), rooms=twins)
    read = readers.as_fahrplan(schedule_xml(whole, base_url=BASE, locale="en"))
    assert [one["room"] for one in read] == [
        "Hall 1 (Riverside Centre) (east)",
        "Hall 1 (Riverside Centre) (west-2)",
    ]


def test_the_same_agenda_gives_the_same_bytes():
    for write in (schedule_xml, schedule_json):
        assert write(awkward_agenda(), base_url=BASE, locale="zh") == write(
            awkward_agenda(), base_url=BASE, locale="zh"
        )


def test_an_edition_without_sessions_is_still_a_schedule():
    assert readers.complaints_xml(schedule_xml(agenda(), base_url=BASE, locale="en")) == []
    assert readers.complaints_json(schedule_json(agenda(), base_url=BASE, locale="en")) == []
