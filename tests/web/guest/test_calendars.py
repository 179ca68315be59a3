"""A guest's own calendar at an address nobody guesses, and stars that become seats."""

import re
from urllib.parse import urlsplit

from tests import make
from tests.agenda.test_calendar import strictly
from wcd.actors.actors import system
from wcd.agenda.tables import Session
from wcd.core.db import execute
from wcd.core.signing import sign
from wcd.registration.bookings import cancel_booking
from wcd.registration.calendars import calendar_address
from wcd.registration.publishing import publish_at_once

BY = system("test")


def feed_of(guest, version=1):
    return urlsplit(calendar_address(guest, version)).path


def said(answer):
    [calendar] = strictly(answer.content)
    return {event.one("SUMMARY"): (event.one("SEQUENCE"), event.one("STATUS")) for event in calendar.inside}


async def test_feed_follows_bookings_and_releases(client, forum):
    kept = await make.session(forum.id, code="kept", title_zh="留下", title_en="Kept")
    moved = await make.session(
        forum.id, "2023-10-30T09:00+08:00", code="moved", title_zh="改期", title_en="Moved"
    )
    lost = await make.session(
        forum.id, "2023-10-30T14:00+08:00", code="lost", title_zh="取消", title_en="Lost"
    )
    gone = await make.session(
        forum.id, "2023-10-31T09:00+08:00", code="gone", title_zh="撤下", title_en="Gone"
    )
    left = await make.session(
        forum.id, "2023-10-31T14:00+08:00", code="left", title_zh="退还", title_en="Given back"
    )
    ada = await make.guest(forum.id, language="en")
    for session in (kept, moved, lost, gone, left):
        await make.booking(ada, session)
    first = await client.get(feed_of(ada))
    assert (first.status_code, first.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert set(said(first).values()) == {("0", "CONFIRMED")}
    assert len(said(first)) == 5

    await cancel_booking(ada, left, by=BY)
    await execute(
        "UPDATE agenda_session SET starts_at = starts_at + interval '10 minutes' WHERE id = $1", moved
    )
    await Session.update({Session.state: "called_off"}).where(Session.id == lost)
    await Session.update({Session.state: "planned"}).where(Session.id == gone)
    await publish_at_once(forum.id, by=BY)
    assert said(await client.get(feed_of(ada))) == {
        "Kept": ("0", "CONFIRMED"),
        "Moved": ("1", "CONFIRMED"),
        "Lost": ("1", "CANCELLED"),
        "Gone": ("1", "CANCELLED"),
    }


async def test_feed_is_not_sent_again_to_who_has_it(client, forum):
    ada = await make.guest(forum.id)
    await make.booking(ada, await make.session(forum.id))
    answer = await client.get(feed_of(ada))
    again = await client.get(feed_of(ada), headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in answer.headers["cache-control"]


async def test_only_the_right_address_opens_the_calendar(client, forum):
    ada = await make.guest(forum.id)
    await make.booking(ada, await make.session(forum.id, title_zh="机密"))
    assert "机密" in (await client.get(feed_of(ada))).text
    wrong = [feed_of(ada, 2), f"/my/calendar/{sign('my', ada, 1)}.ics", "/my/calendar/nonsense.ics"]
    for path in wrong:
        answer = await client.get(path)
        assert answer.status_code == 404, path
        assert "机密" not in answer.text
    await execute("UPDATE registration_guest SET link_version = 2 WHERE id = $1", ada)
    assert (await client.get(feed_of(ada))).status_code == 404


async def test_page_shows_the_address_to_its_guest_alone(forum, as_guest):
    ada, bo = await make.guest(forum.id), await make.guest(forum.id)
    page = (await (await as_guest(ada)).get("/my/calendar")).text
    assert calendar_address(ada, 1) in page
    assert f'href="webcal://{calendar_address(ada, 1).partition("://")[2]}"' in page
    assert calendar_address(ada, 1) not in (await (await as_guest(bo)).get("/my/calendar")).text


async def test_stars_become_seats(forum, as_guest):
    await make.session(forum.id, code="starred", seats=5, title_en="Starred")
    await make.session(
        forum.id, "2023-10-30T09:00+08:00", code="open-one", booking="open", title_en="Open one"
    )
    await make.session(forum.id, "2023-10-31T09:00+08:00", code="other", title_en="Other")
    ada = await make.guest(forum.id)
    visitor = await as_guest(ada)
    visitor.remember("wcd_lang", "en")
    page = (await visitor.get("/my/stars?of=starred,open-one,never,%00")).text
    assert re.findall(r'<li class="row" id="([a-z-]+)"', page) == ["starred", "open-one"]
    [action] = re.findall(r'action="(/my/bookings/[^"]+)"', page)
    answer = await visitor.send_form(action, {"stars": "starred,open-one"})
    assert answer.headers["location"] == "/my/stars?of=starred%2Copen-one"
    after = (await visitor.get(answer.headers["location"])).text
    assert 'class="row mine" id="starred"' in after


async def test_without_stars_the_page_says_where_they_come_from(forum, as_guest):
    visitor = await as_guest(await make.guest(forum.id))
    visitor.remember("wcd_lang", "en")
    assert "No stars were found on this device." in (await visitor.get("/my/stars")).text
