"""`staff add` and `badges`, as an operator calls them."""

import os
import subprocess
import sys

import asyncpg
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from tests.conftest import clone_database
from wcd.cli.staff import command
from wcd.core.config import CHECKOUT


@pytest.fixture
async def database():
    """A database of its own."""
    return await clone_database("test_staff_command")


def run(address, *arguments, given=""):
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
        input=given,
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


async def test_staff_add_prints_a_link(database):
    done = run(database, "staff", "add", "Rui@Forum.example", "--role", "reader", "--name", "Rui")
    assert done.returncode == 0, done.stderr
    assert "/organiser/link/" in done.stdout
    assert await ask(
        database, "SELECT mail, name, role FROM accounts_staff s JOIN accounts_role_grant g ON g.staff = s.id"
    ) == [("rui@forum.example", "Rui", "reader")]


async def test_staff_add_with_a_password(database):
    weak = run(
        database, "staff", "add", "olga@forum.example", "--role", "owner", "--password-stdin", given="short\n"
    )
    assert (weak.returncode, weak.stderr) == (
        1,
        "Error: This password is too short: at least 10 characters.\n",
    )
    none = run(database, "staff", "add", "olga@forum.example", "--role", "owner", "--password-stdin")
    assert none.returncode == 2
    done = run(
        database,
        "staff",
        "add",
        "olga@forum.example",
        "--role",
        "owner",
        "--password-stdin",
        given="bridges over the river\n",
    )
    assert (done.returncode, done.stdout) == (0, "olga@forum.example can sign in.\n")
    assert "bridges" not in done.stderr
    rows = await ask(database, "SELECT password_hash FROM accounts_staff")
    assert rows[0][0].startswith("$argon2id$")


@pytest.mark.parametrize(
    "arguments", [["nobody", "--role", "reader"], ["a@b.example", "--role", "king"], ["a@b.example"], []]
)
def test_staff_add_used_wrongly(arguments):
    assert CliRunner().invoke(command, ["add", *arguments]).exit_code == 2


async def test_unknown_edition_is_refused_with_a_sentence(database, tmp_path):
    staff = run(database, "staff", "add", "a@b.example", "--role", "reader", "--edition", "nope")
    badges = run(database, "badges", "--edition", "nope", "--out", str(tmp_path / "x.pdf"))
    assert [staff.returncode, badges.returncode] == [1, 1]
    assert [staff.stderr, badges.stderr] == ["There is no such edition.\n"] * 2
    assert list(tmp_path.iterdir()) == []


async def test_badges_of_the_sample(database, tmp_path):
    run(database, "demo")
    out = tmp_path / "badges.pdf"
    done = run(database, "badges", "--edition", "wcd-2023", "--out", str(out))
    assert done.returncode == 1, "three names of the sample cannot be printed"
    lines = done.stdout.splitlines()
    assert [line.split(" (")[0] for line in lines[:-1]] == [
        "left out: ចាន់ ស្រីមុំ / Chan Sreymom",
        "left out: 林𮯰 / Lin Xin",
        "left out: བཀྲ་ཤིས་ལྷ་མོ / Tashi Lhamo",
    ]
    number = int(lines[-1].split()[0])
    assert (await ask(database, "SELECT count(*)::int FROM registration_guest WHERE state = 'approved'")) == [
        (number + 3,)
    ]
    assert len(PdfReader(out).pages) == 2 * number
    assert sorted(path.name for path in tmp_path.iterdir()) == ["badges.pdf"]
