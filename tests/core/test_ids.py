"""Identifiers."""

import pytest

from wcd.core import ids


@pytest.mark.parametrize(
    ("title", "taken", "code"),
    [
        ("Sponge cities", (), "sponge-cities"),
        ("Sponge cities", ("sponge-cities",), "sponge-cities-2"),
        ("Sponge cities", ("sponge-cities", "sponge-cities-2", "x"), "sponge-cities-3"),
        ("“Café” & more!", (), "cafe-more"),
        ("城市", (), "session"),
        ("a " * 60, (), "-".join("a" * 24)),
    ],
)
def test_a_new_thing_gets_a_code_of_its_own(title: str, taken: tuple[str, ...], code: str) -> None:
    assert ids.code_of_title(title, taken, otherwise="session") == code
