"""Pairing: once, within a quarter of an hour; revoking."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from tests import make
from tests.checkin import door_cast as cast
from wcd.checkin import devices, gates, numbers, queries
from wcd.checkin.errors import GateCodeTaken, NoSuchDevice, NoSuchGate, PairingLinkSpent
from wcd.checkin.gates_at_work import find_device
from wcd.checkin.inputs import GateDetails
from wcd.core import db as database
from wcd.core.inputs import parse


@pytest.fixture
async def gate(db: None, clock: Callable[[str], datetime]) -> tuple[UUID, UUID]:
    clock("2023-10-28T09:00+08:00")
    edition = await make.edition()
    return edition, await cast.gate(edition)


async def test_link_pairs_one_phone(gate: tuple[UUID, UUID]) -> None:
    edition, there = gate
    token = await devices.make_pairing_link(edition, there, by=cast.BY)
    found = await find_device(await devices.pair_device(token, name="Phone 3"))
    assert found is not None
    assert (found.gate.id, found.name, found.edition_code) == (there, "Phone 3", "wcd-test")
    with pytest.raises(PairingLinkSpent):
        await devices.pair_device(token)
    assert len(await queries.list_devices(there)) == 1


async def test_link_ends_after_fifteen_minutes(
    gate: tuple[UUID, UUID], clock: Callable[[str], datetime]
) -> None:
    token = await devices.make_pairing_link(*gate, by=cast.BY)
    clock("2023-10-28T09:15+08:00")
    with pytest.raises(PairingLinkSpent):
        await devices.pair_device(token)


async def test_neither_token_is_stored_as_it_is(gate: tuple[UUID, UUID]) -> None:
    token = await devices.make_pairing_link(*gate, by=cast.BY)
    secret = await devices.pair_device(token)
    rows = await database.fetch(
        "SELECT token_hash FROM checkin_device UNION SELECT token_hash FROM checkin_pairing_link"
    )
    stored = {row[0] for row in rows}
    assert len(stored) == 2
    assert not stored & {token, secret}


async def test_revoked_device_is_unknown(gate: tuple[UUID, UUID]) -> None:
    edition, there = gate
    secret = await devices.pair_device(await devices.make_pairing_link(edition, there, by=cast.BY))
    phone = await find_device(secret)
    assert phone is not None
    assert await devices.revoke_device(edition, phone.id, by=cast.BY) == there
    assert await find_device(secret) is None
    assert await find_device("") is None


async def test_gates_and_devices_of_another_edition_are_not_there(gate: tuple[UUID, UUID]) -> None:
    edition, there = gate
    other = await make.edition("wcd-2022", is_current=False)
    phone = await cast.device(edition, there)
    with pytest.raises(NoSuchDevice):
        await devices.revoke_device(other, phone.id, by=cast.BY)
    with pytest.raises(NoSuchGate):
        await devices.make_pairing_link(other, there, by=cast.BY)
    with pytest.raises(NoSuchGate):
        await queries.get_gate(other, there)
    with pytest.raises(NoSuchGate):
        await gates.switch_gate(other, there, on=False, by=cast.BY)


async def test_two_gates_cannot_have_one_code(gate: tuple[UUID, UUID]) -> None:
    edition, _ = gate
    await cast.gate(edition, code="W-01")
    with pytest.raises(GateCodeTaken):
        await cast.gate(edition, code="W-01")
    assert [row.gate.code for row in await queries.list_gates(edition)][-1] == "W-01"


async def test_changing_a_gate_changes_its_sessions(gate: tuple[UUID, UUID]) -> None:
    edition, there = gate
    one, other = await make.session(edition), await make.session(edition)
    details = {"code": "H-01", "name_zh": "江海厅", "name_en": "Jianghai Hall", "kind": "session"}
    for sessions in ((one, other), (other,)):
        await gates.change_gate(edition, there, GateDetails(**details, sessions=sessions), by=cast.BY)
    found = await queries.get_gate(edition, there)
    assert [session.id for session in found.sessions] == [other]
    rows = await database.fetch(
        "SELECT details FROM actors_audit_entry WHERE action = 'gate.changed' ORDER BY id"
    )
    assert rows[0]["details"] == '{"fields": ["code", "kind", "name_en", "name_zh"]}'


async def test_session_gates_share_what_they_lead_to(gate: tuple[UUID, UUID]) -> None:
    edition, entrance = gate
    one, other = await make.session(edition), await make.session(edition)
    left = await cast.gate(edition, kind="session", sessions=(one,))
    right = await cast.gate(edition, kind="session", sessions=(one, other))
    alone = await cast.gate(edition, kind="session", sessions=(await make.session(edition),))
    areas = {g: set((await queries.get_gate(edition, g)).area) for g in (entrance, left, right, alone)}
    assert areas == {entrance: {entrance}, left: {left, right}, right: {left, right}, alone: {alone}}


def test_gate_must_close_after_it_opens_and_lead_somewhere() -> None:
    given = {"code": ["E"], "name_zh": ["东门"], "name_en": ["East"], "kind": ["session"]}
    parsed = parse(GateDetails, {**given, "opens": ["18:00"], "closes": ["08:00"]})
    assert sorted(parsed.errors) == ["closes", "sessions"]
    parsed = parse(
        GateDetails, {**given, "sessions": [str(uuid4())], "days": ["2023-10-28"], "opens": ["08:00"]}
    )
    assert parsed.errors == {}


async def test_numbers_count_people_not_scans(
    gate: tuple[UUID, UUID], clock: Callable[[str], datetime]
) -> None:
    edition, there = gate
    phone = await cast.device(edition, there)
    ada, bo = [await cast.code_of(await make.guest(edition)) for _ in range(2)]
    await make.guest(edition, state="submitted")
    for code in (ada, ada):
        await cast.show(phone, code)
    clock("2023-10-28T09:20+08:00")
    scan = cast.fact(bo)
    await cast.send(phone, scan)
    assert await numbers.gate_numbers(phone.gate) == numbers.GateNumbers(2, 2, 2, 1)
    await cast.send(phone, cast.about(scan, "undo"))
    assert await numbers.gate_numbers(phone.gate) == numbers.GateNumbers(1, 1, 2, 0)
    clock("2023-10-29T09:00+08:00")
    assert await numbers.gate_numbers(phone.gate) == numbers.GateNumbers(0, 1, 2, 0)
