"""Which role may what."""

import re
from pathlib import Path

import pytest

from wcd.actors.actors import Actor, guest, system
from wcd.actors.permissions import GRANTED, PERMISSIONS, ROLES, permissions_of
from wcd.core.errors import Forbidden
from wcd.core.ids import uuid7

CODE = Path(__file__).resolve().parents[2] / "wcd"


def test_every_role_has_a_name_and_permissions() -> None:
    assert set(ROLES) == set(GRANTED)
    assert all(GRANTED.values())


def test_every_permission_that_code_asks_for_exists() -> None:
    asked = set()
    for path in CODE.rglob("*.py"):
        asked |= set(re.findall(r'(?:requires|\.may|\.must)\(\s*"([a-z]+\.[a-z]+)"', path.read_text("utf-8")))
    assert asked
    assert asked <= PERMISSIONS


def test_reader_changes_nothing() -> None:
    assert all(permission.endswith(".view") for permission in GRANTED["reader"])


def test_roles_add_up() -> None:
    both = permissions_of(frozenset({"door", "approver"}))
    assert both == GRANTED["door"] | GRANTED["approver"]
    assert permissions_of(frozenset()) == frozenset()


def test_guest_has_no_permission_and_the_house_has_all() -> None:
    assert not any(guest(uuid7()).may(permission) for permission in PERMISSIONS)
    assert all(system("clock").may(permission) for permission in PERMISSIONS)
    with pytest.raises(Forbidden):
        Actor(kind="staff", roles=frozenset({"reader"})).must("guests.approve")
