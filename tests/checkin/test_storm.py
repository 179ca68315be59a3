"""Many connections at once: the same facts from several devices, the same badge at several gates."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest

from tests import make
from tests.checkin import door_cast as cast
from tests.conftest import FIRST_MORNING
from wcd.checkin.gates_at_work import PairedDevice
from wcd.core import db as database
from wcd.core.clock import freeze, now

Doors = tuple[UUID, list[PairedDevice]]


@pytest.fixture
async def doors(pool: None) -> AsyncIterator[Doors]:
    """Four phones at four entrances; everything is taken away afterwards."""
    with freeze(FIRST_MORNING + timedelta(days=2)):
        edition = await make.edition("storm", is_current=False)
        gates = [await cast.gate(edition) for _ in range(4)]
        yield edition, [await cast.device(edition, gate) for gate in gates]
    for table in ("checkin_scan_conflict", "checkin_refused_scan", "checkin_scan", "checkin_device"):
        await database.execute(f"DELETE FROM {table}")
    for table in ("checkin_pairing_link", "checkin_gate", "actors_audit_entry", "registration_code"):
        await database.execute(f"DELETE FROM {table}")
    for table in ("registration_guest", "registration_category", "editions_edition"):
        await database.execute(f"DELETE FROM {table}")


async def test_copied_badge_at_four_gates_at_once_is_welcome_once(doors: Doors) -> None:
    edition, phones = doors
    codes = [await cast.code_of(await make.guest(edition)) for _ in range(25)]
    answers = await asyncio.gather(*(cast.show(phone, code) for code in codes for phone in phones))
    words = sorted(answer.verdict for answer in answers)
    assert words == ["already_inside"] * 75 + ["welcome"] * 25


async def test_any_order_repeats_and_losses_end_in_the_same_state(doors: Doors) -> None:
    edition, phones = doors
    codes = [await cast.code_of(await make.guest(edition)) for _ in range(6)]
    chance = random.Random(7)
    scans = [
        (phones[n % 4], cast.fact(codes[n % 6], now() - timedelta(seconds=n * 7 % 101), offset_ms=0))
        for n in range(48)
    ]
    sent = [*scans, *chance.sample(scans, 30), *chance.sample(scans, 30)]
    chance.shuffle(sent)
    for batch in (sent[at : at + 12] for at in range(0, len(sent), 12)):
        await asyncio.gather(*(cast.send(phone, scan) for phone, scan in batch))
    rows = await database.fetch(
        "SELECT id, guest, happened_at, verdict FROM checkin_scan ORDER BY happened_at, id"
    )
    assert len(rows) == 48
    by_guest: dict[UUID, list[str]] = {}
    for row in rows:
        by_guest.setdefault(row["guest"], []).append(row["verdict"])
    assert list(by_guest.values()) == [["welcome"] + ["already_inside"] * 7] * 6
