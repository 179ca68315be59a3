"""The door over HTTP: pairing, state, scans; what strangers and broken devices send."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests import make
from tests.browser_like import Visitor
from tests.checkin import door_cast as cast
from wcd.checkin import devices, gates
from wcd.checkin.openings import KINDS
from wcd.checkin.rules import VERDICTS
from wcd.core import db as database
from wcd.web.door import app_files
from wcd.web.door.words import WORDS

GateAt = tuple[UUID, UUID]


@pytest.fixture
async def gate(client: Visitor, clock: Callable[[str], datetime]) -> GateAt:
    clock("2023-10-28T09:00+08:00")
    edition = await make.edition()
    return edition, await cast.gate(edition, code="E-03", name_zh="东门", name_en="East gate")


async def pair(client: Visitor, gate: GateAt, name: str = "Phone 3") -> httpx.Response:
    token = await devices.make_pairing_link(*gate, by=cast.BY)
    return await client.send_form(f"/door/pair/{token}", {"name": name})


async def send(client: Visitor, *facts: Any) -> httpx.Response:
    return await client.post("/door/scans", json={"scans": list(facts)})


async def test_opening_the_link_does_nothing_its_button_pairs(client: Visitor, gate: GateAt) -> None:
    token = await devices.make_pairing_link(*gate, by=cast.BY)
    for _ in range(2):
        shown = await client.get(f"/door/pair/{token}")
        assert shown.status_code == 200
        assert "东门" in shown.text
    assert "wcd_door" not in client.cookies
    paired = await client.send_form(f"/door/pair/{token}", {"name": "  Phone \n 3 "})
    assert (paired.status_code, paired.headers["location"]) == (303, "/door/")
    said = paired.headers["set-cookie"].lower()
    assert all(word in said for word in ("wcd_door=", "httponly", "samesite=lax", "path=/"))
    assert (await client.get("/door/state")).json()["device"]["name"] == "Phone 3"


async def test_link_is_spent_afterwards(client: Visitor, gate: GateAt) -> None:
    token = await devices.make_pairing_link(*gate, by=cast.BY)
    await client.send_form(f"/door/pair/{token}")
    assert (await client.send_form(f"/door/pair/{token}")).status_code == 404
    assert (await client.get(f"/door/pair/{token}")).status_code == 404
    assert (await client.get("/door/pair/nonsense")).status_code == 404


async def test_pairing_needs_our_own_button(client: Visitor, gate: GateAt) -> None:
    token = await devices.make_pairing_link(*gate, by=cast.BY)
    answer = await client.post(f"/door/pair/{token}", data={"name": "x"})
    assert answer.status_code == 403
    assert (await database.fetch("SELECT count(*) FROM checkin_device"))[0][0] == 0


async def test_state_tells_gate_clock_and_numbers(client: Visitor, gate: GateAt) -> None:
    await pair(client, gate)
    await make.guest(gate[0])
    answer = await client.get("/door/state")
    assert answer.headers["cache-control"] == "no-store"
    said = answer.json()
    assert said["now"] == "2023-10-28T01:00:00Z"
    assert said["gate"] == {
        "id": str(gate[1]),
        "code": "E-03",
        "name": {"zh": "东门", "en": "East gate"},
        "kind": "entrance",
        "open": True,
    }
    assert said["edition"]["zone"] == "Asia/Shanghai"
    assert said["numbers"] == {"inside": 0, "arrived": 0, "expected": 1, "last_ten_minutes": 0}


async def test_scan_welcome_then_already_inside(client: Visitor, gate: GateAt) -> None:
    await pair(client, gate)
    code = await cast.code_of(await make.guest(gate[0]))
    answer = await send(client, cast.fact(code), cast.fact("https://example.org/"))
    assert answer.status_code == 200
    first, stranger = answer.json()["results"]
    assert first["verdict"] == "welcome"
    assert first["guest"] == {
        "native_name": "欧阳靖霖",
        "latin_name": "Ouyang Jinglin",
        "category": {"code": "delegate", "mark": "D", "zh": "参会代表", "en": "Delegate"},
        "organisation": {
            "zh": "滨江城市研究院（示例）",
            "en": "Riverside Institute for Urban Studies (sample)",
        },
        "delegation": None,
        "seat": None,
    }
    assert (stranger["verdict"], stranger["guest"]) == ("unknown", None)
    again = (await send(client, cast.fact(code))).json()["results"][0]
    assert again["verdict"] == "already_inside"
    assert again["first"] == {"at": "2023-10-28T01:00:00Z", "gate": {"zh": "东门", "en": "East gate"}}


async def test_no_address_and_no_telephone_reach_a_device(client: Visitor, gate: GateAt) -> None:
    await pair(client, gate)
    guest = await make.guest(gate[0], email="ada@secret.example", telephone="+86 139 9999 9999")
    answer = await send(client, cast.fact(await cast.code_of(guest)))
    assert "欧阳靖霖" in answer.text
    assert "secret.example" not in answer.text
    assert "9999" not in answer.text


async def test_phone_that_is_not_paired_or_no_longer_gets_401(client: Visitor, gate: GateAt) -> None:
    for path in ("/door/state", "/door/words"):
        assert (await client.get(path)).status_code == (401 if path == "/door/state" else 200)
    assert (await send(client)).status_code == 401
    await pair(client, gate)
    assert (await send(client)).json()["results"] == []
    device = (await database.fetch("SELECT id FROM checkin_device"))[0]["id"]
    await devices.revoke_device(gate[0], device, by=cast.BY)
    assert (await client.get("/door/state")).status_code == 401
    assert (await send(client, cast.fact("X"))).status_code == 401


async def test_scans_of_a_revoked_device_are_taken_after_pairing_again(client: Visitor, gate: GateAt) -> None:
    await pair(client, gate)
    waiting = cast.fact(await cast.code_of(await make.guest(gate[0])), gate=str(gate[1]))
    device = (await database.fetch("SELECT id FROM checkin_device"))[0]["id"]
    await devices.revoke_device(gate[0], device, by=cast.BY)
    assert (await send(client, waiting)).status_code == 401
    await pair(client, gate)
    assert (await send(client, waiting)).json()["results"][0]["verdict"] == "welcome"


async def test_gate_that_is_switched_off_says_so(client: Visitor, gate: GateAt) -> None:
    await pair(client, gate)
    await gates.switch_gate(*gate, on=False, by=cast.BY)
    assert (await client.get("/door/state")).json()["gate"]["open"] is False
    code = await cast.code_of(await make.guest(gate[0]))
    assert (await send(client, cast.fact(code))).json()["results"][0]["verdict"] == "gate_closed"


BAD_BODIES = [
    b"",
    b"7",
    b"[]",
    b"{}",
    b'{"scans": 7}',
    b'{"scans": {}}',
    b'{"scans": [',
    b'{"scans": ["\xff\xfe"]}',
    b"\xef\xbb\xbf{}",
    b"[" * 5000,
    b'{"scans": [' + b"[" * 3000 + b"]" * 3000 + b"]}",
    json.dumps({"scans": [{}] * 201}).encode(),
]


@pytest.mark.parametrize("body", BAD_BODIES, ids=range(len(BAD_BODIES)))
async def test_bodies_that_are_no_batch(client: Visitor, gate: GateAt, body: bytes) -> None:
    await pair(client, gate)
    answer = await client.post("/door/scans", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()) == (422, {"error": "malformed"})


BAD_FACTS: list[Any] = [
    {"id": "\u0000"},
    {"code": "a\u0000b"},
    {"code": "x" * 5000},
    {"offset_ms": 1e400},
    {"scanned_at": "0001-01-01T00:00:00+14:00"},
    {"scanned_at": {"$gt": ""}},
    {"about": "7"},
    {"gate": "'; DROP TABLE checkin_scan; --"},
]


@pytest.mark.parametrize("wrong", BAD_FACTS, ids=range(len(BAD_FACTS)))
async def test_bad_fact_is_answered_kept_and_harmless(client: Visitor, gate: GateAt, wrong: Any) -> None:
    await pair(client, gate)
    code = await cast.code_of(await make.guest(gate[0]))
    body = json.dumps({"scans": [{**cast.fact(code), **wrong}, cast.fact(code)]}).replace("Infinity", "1e400")
    answer = await client.post("/door/scans", content=body, headers={"content-type": "application/json"})
    bad, good = answer.json()["results"]
    assert (bad["stored"], bad["error"]) == (False, "malformed")
    assert good["verdict"] == "welcome"
    assert (await database.fetch("SELECT count(*) FROM checkin_refused_scan"))[0][0] == 1


async def test_more_than_a_batch_can_hold(client: Visitor, gate: GateAt) -> None:
    await pair(client, gate)
    body = b'{"scans": ["' + b"x" * 300_000 + b'"]}'
    answer = await client.post("/door/scans", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 413


async def test_other_sites_cannot_send_scans(client: Visitor, gate: GateAt) -> None:
    await pair(client, gate)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = await client.post("/door/scans", content=b'{"scans": []}', headers={"content-type": kind})
        assert answer.status_code == 415


async def test_words_are_complete_and_kept_by_their_tag(client: Visitor, gate: GateAt) -> None:
    answer = await client.get("/door/words")
    texts = answer.json()
    assert set(texts) == {"zh", "en"}
    assert set(texts["zh"]) == set(texts["en"]) == set(WORDS)
    again = await client.get("/door/words", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_app_and_its_modules_come_under_one_version(client: Visitor, gate: GateAt) -> None:
    shell = await client.get("/door/")
    assert shell.status_code == 200
    assert app_files.address_of("door/app.js") in shell.text
    for name in (
        "door/app.js",
        "door/decoder.worker.js",
        "vendor/zxing/reader.js",
        "vendor/zxing/zxing_reader.wasm",
    ):
        answer = await client.get(app_files.address_of(name), headers={"accept-encoding": "gzip"})
        assert answer.status_code == 200
        assert answer.content == app_files.files()[name].content
        assert "immutable" in answer.headers["cache-control"]
    wasm = await client.get(app_files.address_of("vendor/zxing/zxing_reader.wasm"))
    assert wasm.headers["content-type"] == "application/wasm"


@pytest.mark.parametrize("name", ["door/../../app.py", "door/package.json", "door/nothing.js", "../pages.py"])
async def test_nothing_else_is_served_as_the_app(client: Visitor, gate: GateAt, name: str) -> None:
    assert (await client.get(f"/door/app/{app_files.version()}/{name}")).status_code == 404
    assert (await client.get("/door/app/0123456789ab/door/app.js")).status_code == 404


def test_the_app_says_every_word_and_no_other() -> None:
    """Keys stand in quotes in the modules; those made of a verdict, a gate's kind or a camera's fault do not."""
    modules = [file.content.decode() for name, file in app_files.files().items() if name.startswith("door/")]
    source = "".join(modules)
    said = set(re.findall(r"words\.(?:text|textOther|both)\('(\w+)'", source))
    verdicts = {*VERDICTS, "unverified", "checking", "unpaired", "no_contact"}
    made = verdicts | {f"{word}_do" for word in verdicts} | {*KINDS, "unverified_why"}
    made |= {f"camera_{fault}" for fault in ("insecure", "refused", "missing", "busy")}
    assert said - set(WORDS) == set()
    assert [key for key in WORDS if f"'{key}'" not in source and key not in made] == []
    assert sorted(word for word in verdicts if word not in WORDS) == []
