"""`guests import`, as an operator calls it."""

import os
import subprocess
import sys

import asyncpg
import pytest

from tests.conftest import clone_database
from wcd.core.config import CHECKOUT

GOOD = "native_name,latin_name,email,Shoe size\n李雷,Li Lei,li@lei.example,43\n,Amina Odhiambo,a@b.example,\n"
BAD = GOOD + ",,nobody,\n"


@pytest.fixture
async def database():
    """A database of its own with the sample edition, without guests."""
    address = await clone_database("test_guests_command")
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
        [sys.executable, "-m", "wcd", *arguments],
        env=environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )


async def ask(address, sql):
    connection = await asyncpg.connect(address)
    try:
        return [tuple(row) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


async def test_import(database, tmp_path):
    file = tmp_path / "guests.csv"
    file.write_text(BAD, "utf-8")
    refused = run(database, "guests", "import", str(file), "--edition", "wcd-2023", "--approve")
    assert (refused.returncode, refused.stdout.splitlines()) == (
        1,
        [
            "row 4, native_name: One of native_name and latin_name is needed.",
            "row 4, email: This is not a mail address: it has no “@”.",
        ],
    )
    file.write_text(GOOD, "utf-8")
    dry = run(database, "guests", "import", str(file), "--edition", "wcd-2023", "--dry-run")
    assert (dry.returncode, dry.stdout) == (0, "left out: column shoe_size\n2 guests would be imported.\n")
    assert await ask(database, "SELECT count(*) FROM registration_guest") == [(0,)]
    done = run(database, "guests", "import", str(file), "--edition", "wcd-2023", "--approve")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "2 guests imported and approved.")
    assert await ask(
        database, "SELECT native_name, state, number FROM registration_guest ORDER BY number"
    ) == [
        ("李雷", "approved", 1),
        ("Amina Odhiambo", "approved", 2),
    ]
    assert await ask(database, "SELECT kind, count(*) FROM mail_mail GROUP BY 1") == [("approved", 2)]
    unknown = run(database, "guests", "import", str(file), "--edition", "nowhere")
    assert (unknown.returncode, unknown.stderr) == (1, "There is no such edition.\n")
    assert (run(database, "guests", "import", str(tmp_path / "none.csv"), "--edition", "x")).returncode == 2
