"""The programme for other programs: kept like pages, in both languages, for a day, and with what was called off."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from tests import make
from tests.agenda.test_calendar import strictly
from tests.browser_like import Visitor
from tests.web.public.cast import forum
from wcd.agenda.tables import Session
from wcd.web.public.memory import MEMORY

FEEDS = {
    "programme.ics": "text/calendar; charset=utf-8",
    "schedule.xml": "application/xml",
    "schedule.json": "application/json",
    "programme.json": "application/json",
    "programme.csv": "text/csv; charset=utf-8",
}


@pytest.mark.parametrize("name", FEEDS)
async def test_each_feed_is_kept_and_tagged(client: Visitor, name: str) -> None:
    await forum()
    for locale in ("zh", "en"):
        answer = await client.get(f"/{locale}/{name}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, FEEDS[name])
        assert "set-cookie" not in answer.headers
        again = await client.get(f"/{locale}/{name}", headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


async def test_calendar_holds_every_session_but_breaks(client: Visitor) -> None:
    edition = await forum()
    await Session.update({Session.state: "called_off"}).where(Session.code == "dialogue")
    await make.release(edition)
    [calendar] = strictly((await client.get("/en/programme.ics")).content)
    said = [(event.one("SUMMARY"), event.one("STATUS")) for event in calendar.inside]
    assert said == [
        ("The 15-minute community life circle", "CONFIRMED"),
        ("Community garden", "CONFIRMED"),
        ("Dialogue: one city", "CANCELLED"),
    ]
    [chinese] = strictly((await client.get("/zh/programme.ics")).content)
    assert chinese.inside[1].one("SUMMARY") == "杨浦创智农园"
    assert chinese.inside[1].one("UID") == calendar.inside[1].one("UID")


async def test_calendar_of_one_day(client: Visitor) -> None:
    await forum()
    [calendar] = strictly((await client.get("/en/programme.ics?day=2023-10-29")).content)
    assert [event.one("SUMMARY") for event in calendar.inside] == ["Community garden"]
    [none] = strictly((await client.get("/en/programme.ics?day=nonsense")).content)
    assert none.inside == []


async def test_schedules_and_tables_are_what_they_say(client: Visitor) -> None:
    await forum()
    xml = ET.fromstring((await client.get("/en/schedule.xml")).content)
    assert len(list(xml.iter("event"))) == 4
    schedule = json.loads((await client.get("/en/schedule.json")).content)
    assert schedule["schedule"]["conference"]["days"]
    assert json.loads((await client.get("/zh/programme.json")).content)
    rows = list(csv.reader(io.StringIO((await client.get("/zh/programme.csv")).content.decode("utf-8-sig"))))
    assert len(rows) >= 5


async def test_page_says_how_to_subscribe(client: Visitor) -> None:
    await forum()
    page = (await client.get("/en/programme/calendar")).text
    assert 'href="webcal://127.0.0.1:8000/en/programme.ics"' in page
    assert 'href="webcal://127.0.0.1:8000/en/programme.ics?day=2023-10-31"' in page
    for name in FEEDS:
        assert f'href="/en/{name}"' in page


@pytest.mark.parametrize("name", FEEDS)
async def test_before_the_first_release_there_is_nothing_to_follow(client: Visitor, name: str) -> None:
    await make.edition()
    answer = await client.get(f"/en/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, FEEDS[name])


async def test_whatever_is_added_to_its_address_a_schedule_is_kept_once(client: Visitor) -> None:
    await forum()
    for query in ("", "?day=2023-10-28", "?kind=forum", "?q=x"):
        assert (await client.get(f"/en/schedule.xml{query}")).status_code == 200
    assert len(MEMORY._pages) == 1
