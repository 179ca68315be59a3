"""Rules of the accounts."""

import pytest

from wcd.accounts import rules

ROLES = {"owner", "organiser", "approver", "door_supervisor", "door", "reader"}


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("123456789", rules.TOO_SHORT),
        ("x" * 201, rules.TOO_LONG),
        ("Olga@Forum.example", rules.IS_THE_MAIL),
        ("olga.petrova", None),
        ("abababababab", rules.TOO_PLAIN),
        ("一座城市四座桥两条河流", None),
        ("river city bridge", None),
        ("long sentence " * 14, None),
    ],
)
def test_password_fault(password: str, fault: str | None) -> None:
    assert rules.password_fault(password, "olga@forum.example") == fault


def test_password_is_not_the_name_before_the_at() -> None:
    assert rules.password_fault("Olga.Petrova", "olga.petrova@forum.example") == rules.IS_THE_MAIL


def test_addresses_that_differ_in_case_are_one() -> None:
    assert rules.same_mail("  Olga@Forum.Example ") == "olga@forum.example"


def test_only_known_roles_count() -> None:
    assert rules.known_roles({"reader", "king"}) == {"reader"}
    assert rules.known_roles(ROLES) == ROLES


@pytest.mark.parametrize(
    ("owners", "staff", "stays", "loses"),
    [
        ({1}, 1, False, True),
        ({1}, 1, True, False),
        ({1, 2}, 1, False, False),
        ({2}, 1, False, False),
        (set(), 1, False, False),
    ],
)
def test_somebody_stays_owner(owners: set[int], staff: int, stays: bool, loses: bool) -> None:
    assert rules.loses_last_owner(owners, staff, stays_owner=stays) is loses


def test_ownership_is_of_the_house() -> None:
    everywhere, here = rules.split_roles(
        {"owner": "edition", "reader": "all", "door": "edition", "approver": "", "king": "all"}
    )
    assert (everywhere, here) == ({"owner", "reader"}, {"door"})
