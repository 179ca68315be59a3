"""Programs of the distribution with which some tests look at PDFs."""

import os
import shutil

import pytest

PACKAGES = {"qpdf": "qpdf"}  # the others come with poppler-utils


def tool(name: str) -> str:
    """The path of a program. Where it is not installed the test is skipped with a word; never in CI."""
    found = shutil.which(name)
    if found is None and os.environ.get("CI") != "true":
        package = PACKAGES.get(name, "poppler-utils")
        pytest.skip(f"no {name} found: install the distribution's package “{package}”")
    assert found, f"{name} is missing"
    return found
