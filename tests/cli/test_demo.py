"""The sample edition in the database: whole, quiet, the same each time, once."""

import os
import subprocess
import sys

import pytest

from wcd.cli.demo import load
from wcd.core.db import fetch, transaction
from wcd.editions.errors import EditionExists
from wcd.editions.queries import current_edition
from wcd.registration.seats import count_seats
from wcd.sample.rows import EDITION

DIGEST = """
import hashlib, msgspec
from wcd import sample
from wcd.sample import guest_rows, rows
whole = sample.load()
parts = [rows.edition_row(whole), rows.page_rows(whole), rows.place_rows(whole), rows.agenda_rows(whole),
         guest_rows.guest_rows(whole), guest_rows.gates()]
print(hashlib.sha256(msgspec.json.encode(parts)).hexdigest())
"""


async def count(table: str) -> int:
    return int((await fetch(f"SELECT count(*) FROM {table}"))[0][0])


async def test_sample_fills_every_room_and_queues_no_mail(db: None) -> None:
    await load()
    expected = {
        "venues_venue": 3, "agenda_session": 55, "agenda_exhibition": 2, "registration_category": 8,
        "registration_delegation": 40, "registration_guest": 1500, "registration_consent": 1500, "checkin_gate": 4,
        "campaigns_reminder_rule": 2, "mail_mail": 0, "core_job": 0,
    }  # fmt: skip
    assert {table: await count(table) for table in expected} == expected
    assert await count("venues_room") >= 10
    assert await count("agenda_speaker") >= 80
    edition = await current_edition()
    assert (edition.id, edition.code, edition.is_sample, edition.registration_open) == (
        EDITION,
        "wcd-2023",
        True,
        True,
    )


async def test_sample_bookings_keep_the_rules_of_seats(db: None) -> None:
    await load()
    counts = await count_seats(EDITION)
    assert all(one.taken <= one.seats for one in counts.values())
    full = {code for code, one in counts.items() if one.waiting}
    assert {"tour-kic-garden", "green-finance"} <= full
    assert all(counts[code].taken == counts[code].seats for code in full)
    overtaken = await fetch(
        """SELECT w.session FROM registration_booking w JOIN registration_booking c ON c.session = w.session
           WHERE w.state = 'waiting' AND c.state = 'confirmed' AND c.asked_at > w.asked_at LIMIT 1"""
    )
    assert overtaken == []


async def test_approved_guests_alone_have_codes_and_numbers_go_on(db: None) -> None:
    await load()
    last = await fetch("SELECT last FROM registration_counter WHERE edition = $1", EDITION)
    assert [row["last"] for row in last] == [1500]
    rows = await fetch(
        """SELECT count(*) FILTER (WHERE (g.state = 'approved') <> (c.id IS NOT NULL)) AS wrong,
                  count(DISTINCT c.code) AS codes FROM registration_guest g
           LEFT JOIN registration_code c ON c.guest = g.id"""
    )
    approved = await fetch("SELECT count(*) AS n FROM registration_guest WHERE state = 'approved'")
    assert (rows[0]["wrong"], rows[0]["codes"]) == (0, approved[0]["n"])


async def test_empty_sample_has_no_guests(db: None) -> None:
    await load(guests=False)
    assert [await count(table) for table in ("registration_guest", "registration_booking")] == [0, 0]
    assert await count("registration_category") == 8


async def test_sample_is_loaded_once(db: None) -> None:
    await load(guests=False)
    with pytest.raises(EditionExists):
        async with transaction():
            await load(guests=False)
    assert await count("agenda_session") == 55


def test_sample_is_the_same_in_every_process() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert len(said[0].strip()) == 64
