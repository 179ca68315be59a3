"""`agenda import` and `agenda export`, as an operator calls them."""

import json
import os
import subprocess
import sys

import asyncpg
import pytest

from tests.agenda.exchange.foreign import pretalx_json, pretalx_xml
from tests.agenda.exchange.readers import complaints_json, complaints_xml
from tests.conftest import clone_database
from wcd.core.config import CHECKOUT

SAMPLE = ("--edition", "wcd-2023")


@pytest.fixture
async def database():
    """A database of its own with the sample edition, without guests."""
    address = await clone_database("test_agenda_command")
    run(address, "demo", "--empty")
    return address


def run(address, *arguments):
    environment = os.environ | {
        "WCD_DATABASE_URL": address,
        "WCD_NO_BOOTSTRAP": "1",
        "LANG": "C",
        "LC_ALL": "C",
    }
    return subprocess.run(
        [sys.executable, "-m", "wcd", *map(str, arguments)],
        env=environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )


async def ask(address, sql):
    connection = await asyncpg.connect(address)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_out_in_every_format_and_in_again(database, tmp_path):
    for form in ("xlsx", "csv", "xml", "json", "schedule", "ics"):
        file = tmp_path / f"out.{form}"
        done = run(database, "agenda", "export", file, *SAMPLE, "--format", form, "--locale", "en")
        assert (done.returncode, done.stderr) == (0, "")
        if form == "ics":  # one language, and no codes: said to be changes
            assert b"BEGIN:VCALENDAR" in file.read_bytes()
            continue
        again = run(database, "agenda", "import", file, *SAMPLE)
        assert (again.returncode, again.stderr) == (0, "")
        assert "55 sessions the same" in again.stdout
        assert "change" not in again.stdout
    assert complaints_xml((tmp_path / "out.xml").read_bytes()) == []
    assert complaints_json((tmp_path / "out.schedule").read_bytes()) == []
    working = run(database, "agenda", "export", tmp_path / "w.json", *SAMPLE, "--working")
    assert working.returncode == 0
    assert json.loads((tmp_path / "w.json").read_text("utf-8"))["release"] == 0


async def test_another_systems_agenda_is_tried_taken_in_and_released(database, tmp_path):
    file = tmp_path / "no-ending-that-says-anything"
    file.write_bytes(pretalx_xml(500))
    before = await ask(database, "SELECT count(*) FROM agenda_session")
    tried = run(database, "agenda", "import", file, *SAMPLE, "--dry-run")
    assert (tried.returncode, tried.stderr) == (0, "")
    assert tried.stdout.splitlines()[-1].startswith(
        "Would be imported: 20 rooms new, 300 speakers new, 500 sessions"
    )
    assert await ask(database, "SELECT count(*) FROM agenda_session") == before
    done = run(database, "agenda", "import", file, *SAMPLE, "--publish")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("Released: 500 sessions changed")
    shown = "SELECT count(*) FROM agenda_published_session WHERE title_en LIKE 'Talk %'"
    assert await ask(database, shown) == 500
    file.write_bytes(pretalx_json(500))
    again = run(database, "agenda", "import", file, *SAMPLE)
    assert "500 sessions the same" in again.stdout


async def test_findings_end_with_one_and_nothing_is_stored(database, tmp_path):
    file = tmp_path / "agenda.csv"
    file.write_text("code,title_en,room\nnew,New,Atlantis\n", "utf-8")
    number = "SELECT working FROM agenda_settings"
    before = await ask(database, number)
    refused = run(database, "agenda", "import", file, *SAMPLE)
    assert refused.returncode == 1
    assert (
        "row 2, 会议室 / Room: There is no room “Atlantis”, neither here nor in the file." in refused.stdout
    )
    assert refused.stderr.strip() == "Nothing was imported: 1 findings."
    assert await ask(database, number) == before
    made = run(database, "agenda", "import", file, *SAMPLE, "--make-unknown")
    assert (made.returncode, made.stderr) == (0, "")
    assert await ask(database, "SELECT count(*) FROM venues_room WHERE name_en = 'Atlantis'") == 1


async def test_unknown_editions_and_files_that_are_too_large(database, tmp_path):
    file = tmp_path / "agenda.csv"
    file.write_text("code,title_en\na,A\n", "utf-8")
    assert run(database, "agenda", "import", file, "--edition", "wcd-1999").returncode == 1
    with file.open("wb") as large:
        large.truncate(50_000_000)
    refused = run(database, "agenda", "import", file, *SAMPLE)
    assert refused.returncode == 1
    assert "larger than 20 MB" in refused.stderr
