"""`agenda booklet`, as an operator calls it."""

import os
import subprocess
import sys

import pypdf
import pytest

from tests.conftest import clone_database
from wcd.core.config import CHECKOUT


@pytest.fixture
async def database():
    """A database of its own with the sample edition, without guests."""
    address = await clone_database("test_booklet_command")
    run(address, "demo", "--empty")
    return address


def run(address, *arguments):
    environment = os.environ | {"WCD_DATABASE_URL": address, "WCD_NO_BOOTSTRAP": "1", "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, "-m", "wcd", *map(str, arguments)],
        env=environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_sample_edition_into_a_file(database, tmp_path):
    out = tmp_path / "booklet.pdf"
    done = run(
        database, "agenda", "booklet", out, "--edition", "wcd-2023", "--language", "en", "--sheet", "a4"
    )
    pages = pypdf.PdfReader(out).pages
    assert done.stdout.strip() == f"{len(pages)} pages in {out}", done.stderr
    assert len(pages) > 30
    assert "Release 1" in pages[0].extract_text()
    refused = run(database, "agenda", "booklet", out, "--edition", "wcd-2023", "--sheet", "a4", "--folded")
    assert refused.returncode == 2
    assert "Only A5 pages can be folded." in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["booklet.pdf"]
