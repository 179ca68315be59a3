"""From a house with nothing in it to a guest who is registered, all by pages of the console."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser_like import Visitor
from tests.web.guest.forms import confirm, register
from wcd.accounts.first_owner import link
from wcd.core.config import settings
from wcd.core.db import fetch
from wcd.editions.texts import TEXTS
from wcd.web import editions
from wcd.web.guest import choices

SECRET = "correct horse battery staple"
EDITION = {
    "code": "wcd-2026", "name_zh": "2026年世界城市日", "name_en": "World Cities Day 2026", "short_name_zh": "世界城市日 2026",
    "short_name_en": "World Cities Day 2026", "first_day": "2026-10-29", "last_day": "2026-10-31", "zone": "Asia/Shanghai",
    "place_zh": "上海", "place_en": "Shanghai",
}  # fmt: skip
SESSION = {
    "title_zh": "海绵城市", "title_en": "Sponge cities", "day": "2026-10-29", "starts": "14:00", "ends": "15:30",
    "minutes": "90", "kind": "forum",
}  # fmt: skip
TEXT = {
    "title_zh": "个人信息保护说明",
    "title_en": "Personal data notice",
    "body_zh": "说明",
    "body_en": "What we keep.",
    "version": "0",
}
PUBLIC = (
    "",
    "programme",
    "speakers",
    "exhibitions",
    "tours",
    "practical",
    "contact",
    "accessibility",
    "privacy",
    "news",
    "editions",
    "register",
)


def forget() -> None:
    """What processes believe for a second."""
    editions.EDITIONS.forget()
    choices.forget()


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    forget()
    yield
    forget()


async def steps_left(olga: Visitor) -> list[str]:
    """Where the console leads next."""
    text = (await olga.get("/organiser", headers={"accept-language": "en"})).text
    return re.findall(
        r'<li><b class="care" aria-hidden="true">.*?<a class="btn" href="([^"#]*)', text, flags=re.DOTALL
    )


async def test_an_empty_house_is_furnished_and_takes_its_first_guest(
    client: Visitor, application: Any, clock: Any
) -> None:
    clock("2026-09-01T09:00+08:00")
    for locale in ("zh", "en"):
        got = {page: (await client.get(f"/{locale}/{page}")).status_code for page in PUBLIC}
        assert got == {page: 200 if page == "" else 404 for page in PUBLIC}, (
            "a page of a house without an edition"
        )
    async with Visitor(application) as olga:
        start = str(await link(settings())).removeprefix(settings().base_url)
        person = {"mail": "olga@forum.example", "name": "Olga", "password": SECRET, "again": SECRET}
        assert (await olga.send_form(start, person)).status_code == 303
        assert (await olga.get("/organiser")).headers["location"] == "/organiser/editions/new"
        assert (await olga.send_form("/organiser/editions/new", EDITION)).status_code == 303
        assert await steps_left(olga) == [
            "/organiser/texts/notice", "/organiser/edition", "/organiser/places", "/organiser/sessions/new", "/organiser/door",
        ]  # fmt: skip
        forget()
        for locale in ("zh", "en"):  # not one text is written yet
            got = {
                page: (await client.get(f"/{locale}/{page}", follow_redirects=True)).status_code
                for page in PUBLIC
            }
            assert got == dict.fromkeys(PUBLIC, 200)
        for slug in TEXTS:
            assert (await olga.send_form(f"/organiser/texts/{slug}", TEXT)).status_code == 303
        venue = await added(
            olga, "/organiser/places/venues/new", {"name_zh": "会议中心", "name_en": "Centre"}, "venues"
        )
        room = {"name_zh": "一号厅", "name_en": "Hall 1", "capacity": "40"}
        room_id = await added(olga, f"/organiser/places/venues/{venue}/rooms/new", room, "rooms")
        await olga.send_form("/organiser/edition", EDITION | {"registration_open": "1"})
        planned = await olga.send_form("/organiser/sessions/new", SESSION)
        session = planned.headers["location"]
        for page, given in (
            ("time", SESSION | {"room": room_id, "version": "1"}),
            ("entry", {"booking": "booking", "version": "2"}),
            ("state/confirmed", {}),
        ):
            assert (await olga.send_form(f"{session}/{page}", given)).status_code == 303
        # Nobody else is there yet who could approve.
        assert (await olga.send_form("/organiser/agenda-settings", {"needs_second": ""})).status_code == 303
        assert (await olga.send_form("/organiser/releases", {"note": "", "publish": "1"})).status_code == 303
        gate = {
            "code": "main",
            "name_zh": "主入口",
            "name_en": "Main entrance",
            "kind": "entrance",
            "minutes_before": "60",
        }
        assert (await olga.send_form("/organiser/door/gates/new", gate)).status_code == 303
        assert await steps_left(olga) == []
        forget()
        guest = await register(client, "zh", session=[session.rsplit("/", 1)[-1]])
        await confirm(client, guest, "zh")
        decided = {"move": "approve", "ids": str(guest)}
        assert (await olga.send_form("/organiser/guests/decided", decided)).status_code in {200, 303}
    (found,) = await fetch(
        """SELECT g.state, b.state AS seat, c.notice_version, (SELECT count(*) FROM campaigns_reminder_rule) AS rules
           FROM registration_guest g JOIN registration_booking b ON b.guest = g.id JOIN registration_consent c ON c.guest = g.id
           WHERE g.id = $1""",
        guest,
    )
    assert dict(found) == {"state": "approved", "seat": "confirmed", "notice_version": 1, "rules": 2}


async def added(olga: Visitor, path: str, fields: dict[str, str], what: str) -> str:
    """Send a form of the places and find what it made in the list."""
    assert (await olga.send_form(path, fields)).status_code == 303
    text = (await olga.get("/organiser/places")).text
    found = re.search(rf'href="/organiser/places/{what}/([0-9a-f-]+)"', text)
    assert found
    return found[1]
