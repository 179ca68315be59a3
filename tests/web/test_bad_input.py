"""What an attacker sends to the whole house: found by a fuzzer, kept as the few requests that once hurt."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
from litestar import Litestar, get

from tests import make
from tests.browser_like import FORM, Visitor
from tests.registration.cast import AMINA
from tests.web.guest.forms import begin, draft_of
from tests.web.organiser.test_sessions import GIVEN
from wcd.accounts.inputs import is_mail
from wcd.core.db import execute, fetch
from wcd.core.inputs import parse
from wcd.editions.queries import edition_by_id
from wcd.registration import guests
from wcd.registration.inputs import AboutYou
from wcd.web import editions, errors, forms
from wcd.web.guest import choices, words
from wcd.web.middleware import surround
from wcd.web.public import memory

AsStaff = Callable[..., Awaitable[Visitor]]
PILED = "a" + "\u0301\u0316" * 20_000
"""Normalising this took half a second, six times as much fifteen."""
GATE = {
    "code": "east",
    "name_zh": "东门",
    "name_en": "East",
    "kind": "entrance",
    "opens": "08:00",
    "closes": "18:00",
}


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    editions.EDITIONS.forget()
    choices.forget()


async def forum() -> object:
    edition = await make.edition()
    await make.category(edition)
    await make.page(edition, "notice")
    return await edition_by_id(edition)


def quickly(act: Callable[[], object]) -> object:
    started = time.perf_counter()
    found = act()
    assert time.perf_counter() - started < 0.2
    return found


def test_marks_piled_on_one_letter_are_refused_before_they_cost_anything() -> None:
    found = quickly(lambda: parse(AboutYou, {"native_name": [PILED], "email": ["a@b.example"]}))
    assert found.errors.keys() == {"native_name"}
    assert not quickly(lambda: is_mail(f"{PILED}@city.example"))


def test_names_with_many_marks_are_names() -> None:
    for name in ("Nguyễn Thị Ánh", "ดร. น้ำฝน ทิพย์ศรี", "क्ष्म्य", "שִׁמְעוֹן", "e\u0301\u0302\u0303\u0304 x"):
        found = parse(AboutYou, {**{key: [value] for key, value in AMINA.items()}, "native_name": [name]})
        assert "native_name" not in found.errors, name


@pytest.mark.parametrize("version", ["9" * 5000, "99999999999999999999", "٣", "-1", "", "x"])
async def test_versions_that_no_page_gave(as_staff: AsStaff, as_guest: AsStaff, version: str) -> None:
    edition = await make.edition()
    await make.category(edition)
    session, guest = await make.session(edition, "2023-10-29T14:00+08:00"), await make.guest(edition)
    organiser, own = await as_staff("organiser"), await as_guest(guest)
    details = AMINA | {"language": "en", "version": version}
    answers = [
        await organiser.send_form(f"/organiser/sessions/{session}", GIVEN | {"version": version}),
        await organiser.send_form(f"/organiser/guests/{guest}/edit", details),
        await own.send_form("/my/details", details),
    ]
    assert [answer.status_code for answer in answers] == [409, 409, 409]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_days_at_the_edge_of_the_calendar(as_staff: AsStaff, day: str) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    organiser = await as_staff("owner")
    fields = GIVEN | {"day": day, "kind": "forum"}
    edition_given = {
        "name_zh": "城", "name_en": "City", "short_name_zh": "城", "short_name_en": "City", "place_zh": "上海",
        "place_en": "Shanghai", "zone": "Asia/Shanghai", "first_day": day, "last_day": day, "code": "wcd-x",
    }  # fmt: skip
    for path, given in (
        (f"/organiser/sessions/{session}/time", fields),
        ("/organiser/sessions/new", fields),
        ("/organiser/edition", edition_given),
        ("/organiser/editions/new", edition_given),
        ("/organiser/door/gates/new", GATE | {"days": [day]}),
    ):
        answer = await organiser.send_form(path, given)
        assert (path, answer.status_code) == (path, 422)
    assert (await organiser.get("/zh/programme")).status_code == 200


async def test_clocks_with_an_offset(as_staff: AsStaff) -> None:
    await make.edition()
    supervisor = await as_staff("organiser")
    answer = await supervisor.send_form("/organiser/door/gates/new", GATE | {"opens": "08:00:00Z"})
    assert answer.status_code == 422


async def test_what_an_organiser_fills_in_for_one_is_not_shown_to_all(client: Visitor, clock: object) -> None:
    await forum()
    await begin(client)
    await execute(
        "UPDATE registration_guest SET native_name = '欧阳静林', telephone = '+86 138 0000 0000', diet_note = 'no beans'"
        " WHERE id = $1",
        draft_of(client),
    )
    assert "欧阳静林" in (await client.get("/en/register/about")).text
    async with Visitor(client._transport.app) as stranger:
        await begin(stranger)
        shown = (await stranger.get("/en/register/about")).text
    assert "欧阳静林" not in shown
    assert "138 0000" not in shown


def test_odd_queries_and_countries_are_not_kept_in_memory() -> None:
    memory._plain_query.cache_clear()
    words._country_options.cache_clear()
    for number in range(50):
        assert memory.plain_query(b"q=" + b"x" * 50_000 + b"%d" % number) == ""
        words.country_options(f"{number}" * 10_000)
    assert memory._plain_query.cache_info().currsize == 0
    assert words._country_options.cache_info().currsize == 1


async def test_one_address_spelt_in_many_ways_is_one_address(
    db: None, clock: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = await forum()
    counted = []

    async def count(what: str, who: str, **_limits: int) -> None:
        counted.append((what, who))

    monkeypatch.setattr(guests.limits, "count_try", count)
    for spelling in ("amina@bücher.example", "amina@xn--bcher-kva.example", "amina@ＢÜＣＨＥＲ.example"):
        await guests.ask_link_again(view, spelling, ip="192.0.2.1")
    assert len({who for what, who in counted if what == "link"}) == 1


async def test_known_and_unknown_addresses_take_the_same_time(db: None, clock: object) -> None:
    view = await forum()
    await make.guest(view.id, email="amina@city.example", state="submitted")
    for address in ("amina@city.example", "nobody@city.example"):
        started = time.monotonic()
        await guests.ask_link_again(view, address, ip="192.0.2.1")
        assert time.monotonic() - started >= guests._SAME_ANSWER
    assert len(await fetch("SELECT id FROM mail_mail")) == 1


async def test_a_form_that_never_ends(client: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MAX_SECONDS", 0.05)

    async def drip():
        yield b"email=a"
        await asyncio.sleep(5)

    answer = await asyncio.wait_for(client.post("/my/link", content=drip(), headers=FORM), 2)
    assert answer.status_code == 422


async def test_accidents_leave_no_personal_data_in_the_log(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    said = "Key (email)=(amina@city.example) exists already"

    @get("/broken")
    async def broken() -> None:
        raise ValueError(said)

    await make.edition()
    async with Visitor(
        surround(Litestar([broken], exception_handlers=errors.HANDLERS, logging_config=None))
    ) as visitor:
        answer = await visitor.get("/broken")
    assert answer.status_code == 500
    assert "amina" not in caplog.text + answer.text
    assert "in broken" in caplog.text
    assert answer.headers["x-request-number"] in caplog.text


@pytest.mark.parametrize("host", ["a:99999", "\xff:1", "[::1:99999", "a:b:c", "evil.example", ""])
async def test_hosts_that_are_not_ours(client: Visitor, clock: object, host: str) -> None:
    await forum()
    for path in ("/en/", "/my/link", "/nowhere", "/organiser"):
        answer = await client.get(path, headers=[(b"host", host.encode("latin-1"))])
        assert answer.status_code in {200, 303, 404}
        assert "evil" not in answer.text + str(answer.headers)


async def test_an_address_makes_one_line_of_log(client: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "wcd.web")
    await client.get("/nowhere%0a2026-01-01 INFO wcd.web: forged%00%1b[2J" + "x" * 5000)
    lines = [record.getMessage() for record in caplog.records if record.name == "wcd.web"]
    assert len(lines) == 1
    assert lines[0].isprintable()
    assert len(lines[0]) < 300
