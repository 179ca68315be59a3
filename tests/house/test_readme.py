"""What README, its Chinese sister and docs/ list is what there is."""

import re
from pathlib import Path

import pytest

from wcd.cli import command_line
from wcd.core import config
from wcd.core.config import CHECKOUT, INTERNAL

READMES = ("README.md", "README.zh.md")
SETTINGS = set(re.findall(r'"(WCD_[A-Z_]+)"', Path(config.__file__).read_text("utf-8"))) - INTERNAL


def section(name: str, word: str) -> str:
    """The table in which a word stands first."""
    text = (CHECKOUT / name).read_text("utf-8")
    return next(part for part in text.split("\n## ") if word in part and "\n|" in part)


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_listed(name: str) -> None:
    rows = re.findall(r"^\| (`.*?) \|", section(name, "`migrate`"), flags=re.MULTILINE)
    listed = {command.split()[0] for row in rows for command in re.findall(r"`([a-z][^`]*)`", row)} - {
        "python3"
    }
    context = command_line.make_context("wcd", [], resilient_parsing=True)
    assert listed == set(command_line.list_commands(context))


@pytest.mark.parametrize("name", READMES)
def test_every_setting_is_listed(name: str) -> None:
    rows = re.findall(r"^\| (`WCD_.*?) \|", section(name, "| `WCD_DATA`"), flags=re.MULTILINE)
    assert {setting for row in rows for setting in re.findall(r"WCD_[A-Z_]+", row)} == SETTINGS


def test_every_room_and_decision_is_on_the_map() -> None:
    house = (CHECKOUT / "docs" / "house.md").read_text("utf-8")
    packages = {path.parent.name for path in (CHECKOUT / "wcd").glob("*/__init__.py")}
    assert packages == {name for name in packages if re.search(rf"\b{name}\b", house.split("```")[1])}
    folder = CHECKOUT / "docs" / "decisions"
    listed = re.findall(r"\]\((\d{4}-[^)]*\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))


def test_files_that_are_linked_exist() -> None:
    for page in (*READMES, "CHANGELOG.md", *(str(p) for p in (CHECKOUT / "docs").rglob("*.md"))):
        at = CHECKOUT / page
        links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", at.read_text("utf-8"))
        assert [link for link in links if not (at.parent / link).exists()] == [], page
