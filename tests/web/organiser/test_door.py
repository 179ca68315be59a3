"""Gates, phones and conflicts in the console: who may, what is shown, what a wrong form costs."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests import make
from tests.browser_like import Visitor
from tests.checkin import door_cast as cast
from wcd.checkin.gates_at_work import find_device
from wcd.checkin.queries import get_gate, list_conflicts
from wcd.core import db as database
from wcd.core.clock import now

SignIn = Callable[..., Awaitable[Visitor]]
GateAt = tuple[UUID, UUID]
FORM: dict[str, Any] = {
    "code": "N-01",
    "name_zh": "北门",
    "name_en": "North gate",
    "kind": "entrance",
    "minutes_before": "60",
}


@pytest.fixture
async def gate(db: None, clock: Callable[[str], datetime]) -> GateAt:
    clock("2023-10-28T09:00+08:00")
    edition = await make.edition()
    return edition, await cast.gate(edition, code="E-03", name_zh="东门", name_en="East gate")


async def olga(as_staff: SignIn, gate: GateAt, role: str = "organiser") -> Visitor:
    return await as_staff(role, edition=gate[0])


async def test_reader_looks_and_changes_nothing(as_staff: SignIn, gate: GateAt) -> None:
    rui = await olga(as_staff, gate, "reader")
    at = f"/organiser/door/gates/{gate[1]}"
    for path in ("/organiser/door", at, "/organiser/door/conflicts", "/organiser/door/refused"):
        answer = await rui.get(path)
        assert answer.status_code == 200, path
        assert "/gates/new" not in answer.text
        assert "/pair" not in answer.text
    for path in (f"{at}/edit", "/organiser/door/gates/new"):
        assert (await rui.get(path)).status_code == 403, path
    for path in (f"{at}/switch", f"{at}/pair", f"{at}/edit", "/organiser/door/gates/new"):
        assert (await rui.send_form(path, FORM)).status_code == 403, path
    assert (await database.fetch("SELECT count(*) FROM checkin_pairing_link"))[0][0] == 0


async def test_dee_and_an_approver_see_no_door(as_staff: SignIn, gate: GateAt, client: Visitor) -> None:
    approver = await olga(as_staff, gate, "approver")
    assert (await approver.get("/organiser/door")).status_code == 403
    assert (await client.get("/organiser/door")).status_code == 303


async def test_supervisor_sees_the_gates(as_staff: SignIn, gate: GateAt) -> None:
    supervisor = await olga(as_staff, gate, "door_supervisor")
    page = (await supervisor.get("/organiser/door")).text
    assert "东门" in page
    assert "E-03" in page


async def test_setting_up_a_gate(as_staff: SignIn, gate: GateAt) -> None:
    browser = await olga(as_staff, gate, "door_supervisor")
    await make.category(gate[0], "press")
    values = {**FORM, "days": ["2023-10-28"], "opens": "08:00", "closes": "18:30", "categories": ["press"]}
    answer = await browser.send_form("/organiser/door/gates/new", values)
    assert answer.status_code == 303
    made = await get_gate(gate[0], UUID(answer.headers["location"].rsplit("/", 1)[1]))
    assert (made.code, made.name.zh, made.categories, made.re_entry) == ("N-01", "北门", ("press",), False)
    assert [str(made.opens), str(made.closes), str(made.days[0])] == ["08:00:00", "18:30:00", "2023-10-28"]


async def test_form_comes_back_as_it_was_typed(as_staff: SignIn, gate: GateAt) -> None:
    browser = await olga(as_staff, gate)
    wrong = {**FORM, "code": "E-03", "opens": "18:00", "closes": "08:00", "name_en": "x" * 81}
    answer = await browser.send_form("/organiser/door/gates/new", wrong)
    assert answer.status_code == 422
    assert 'href="#name_en"' in answer.text
    assert 'value="北门"' in answer.text
    answer = await browser.send_form("/organiser/door/gates/new", {**wrong, "name_en": "North"})
    assert 'href="#closes"' in answer.text
    answer = await browser.send_form("/organiser/door/gates/new", {**FORM, "code": "E-03"})
    assert (answer.status_code, 'href="#code"' in answer.text) == (422, True)
    assert len(await database.fetch("SELECT id FROM checkin_gate")) == 1


async def test_session_of_another_edition_is_refused(as_staff: SignIn, gate: GateAt) -> None:
    browser = await olga(as_staff, gate)
    other = await make.session(await make.edition("wcd-2022", is_current=False))
    for session in (other, uuid4(), "nonsense"):
        values = {**FORM, "kind": "session", "sessions": [str(session)]}
        answer = await browser.send_form("/organiser/door/gates/new", values)
        assert (answer.status_code, 'href="#sessions"' in answer.text) == (422, True)
    assert len(await database.fetch("SELECT id FROM checkin_gate")) == 1


async def test_changing_a_gate_shows_what_it_is(as_staff: SignIn, gate: GateAt) -> None:
    browser = await olga(as_staff, gate)
    session = await make.session(gate[0])
    at = f"/organiser/door/gates/{gate[1]}"
    assert 'value="E-03"' in (await browser.get(f"{at}/edit")).text
    values = {**FORM, "kind": "session", "sessions": [str(session)], "re_entry": "1"}
    assert (await browser.send_form(f"{at}/edit", values)).status_code == 303
    changed = await get_gate(*gate)
    assert ([one.id for one in changed.sessions], changed.re_entry, changed.code) == ([session], True, "N-01")
    shown = (await browser.get(f"{at}/edit")).text
    assert re.search(rf'value="{session}" checked', shown)


async def test_closing_a_gate_and_opening_it(as_staff: SignIn, gate: GateAt) -> None:
    browser = await olga(as_staff, gate)
    at = f"/organiser/door/gates/{gate[1]}"
    for on in ("", "1"):
        await browser.send_form(f"{at}/switch", {"on": on})
        assert (await get_gate(*gate)).is_open is bool(on)


async def test_pairing_page_holds_a_link_that_pairs(as_staff: SignIn, gate: GateAt, client: Visitor) -> None:
    browser = await olga(as_staff, gate)
    page = (await browser.send_form(f"/organiser/door/gates/{gate[1]}/pair")).text
    link = re.search(r"http://[^/]+(/door/pair/[\w-]{43})", page)
    assert link is not None
    assert 'class="qr"' in page
    await client.send_form(link[1], {"name": "Phone 3"})
    paired = await find_device(client.cookies["wcd_door"])
    assert paired is not None
    shown = await browser.get(f"/organiser/door/gates/{gate[1]}")
    assert "Phone 3" in shown.text
    await browser.send_form(f"/organiser/door/devices/{paired.id}/revoke")
    assert await find_device(client.cookies["wcd_door"]) is None
    assert (await client.get("/door/state")).status_code == 401


async def test_gates_of_another_edition_are_not_there(as_staff: SignIn, gate: GateAt) -> None:
    other = await make.edition("wcd-2022", is_current=False)
    elsewhere = await cast.gate(other)
    phone = await cast.device(other, elsewhere)
    browser = await olga(as_staff, gate)
    at = f"/organiser/door/gates/{elsewhere}"
    for path in (at, f"{at}/edit"):
        assert (await browser.get(path)).status_code == 404
    for path in (f"{at}/edit", f"{at}/pair", f"{at}/switch", f"/organiser/door/devices/{phone.id}/revoke"):
        assert (await browser.send_form(path, FORM)).status_code == 404, path


async def test_conflict_is_shown_and_closed_with_a_word(as_staff: SignIn, gate: GateAt) -> None:
    phone = await cast.device(*gate)
    stranger = "0123456789ABCDEFGHJKMNPQRS"
    await cast.show(phone, stranger, now() - timedelta(hours=1))
    browser = await olga(as_staff, gate, "door_supervisor")
    page = (await browser.get("/organiser/door/conflicts")).text
    action = re.search(r'action="(/organiser/door/conflicts/[\w-]+/close)"', page)
    assert action is not None
    assert (await browser.send_form(action[1], {"word": " "})).status_code == 422
    assert (await browser.send_form(action[1], {"word": "x" * 301})).status_code == 422
    assert (await browser.send_form(action[1], {"word": "He had left his badge."})).status_code == 303
    assert await list_conflicts(gate[0]) == []
    assert [row.word for row in await list_conflicts(gate[0], closed=True)] == ["He had left his badge."]
    assert (await browser.send_form(action[1], {"word": "again"})).status_code == 404
    shown = (await browser.get("/organiser/door/conflicts?closed=true")).text
    assert "He had left his badge." in shown


async def test_refused_bodies_are_shown_as_text(as_staff: SignIn, gate: GateAt) -> None:
    phone = await cast.device(*gate)
    await cast.send(phone, {"id": "<script>alert(1)</script>"})
    page = (await (await olga(as_staff, gate)).get("/organiser/door/refused")).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


async def test_every_verdict_and_correction_is_shown(as_staff: SignIn, gate: GateAt) -> None:
    phone = await cast.device(*gate)
    guest = await make.guest(gate[0], native_name="阿米娜·万吉鲁", latin_name="Amina Wanjiru")
    scan = cast.fact(await cast.code_of(guest))
    await cast.send(phone, scan)
    await cast.send(
        phone, cast.about(scan, "let_in"), cast.about(scan, "undo"), cast.fact("https://example.org/")
    )
    page = (await (await olga(as_staff, gate)).get(f"/organiser/door/gates/{gate[1]}")).text
    assert page.count("阿米娜·万吉鲁") == 3
    assert "https://example.org/" in page
