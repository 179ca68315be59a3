"""Signed links."""

from hypothesis import given
from hypothesis import strategies as st

from wcd.core.ids import read_code, uuid7
from wcd.core.signing import read, sign


def test_token_says_what_was_signed_for_its_purpose_alone() -> None:
    subject = uuid7()
    token = sign("my", subject, 3)
    assert read("my", token) == (subject, 3)
    assert read("confirm", token) is None


@given(st.integers(0, 50), st.sampled_from("AZaz09-_"))
def test_changed_token_is_not_ours(place: int, letter: str) -> None:
    token = sign("my", uuid7())
    place %= len(token) - 1  # the last letter carries spare bits
    changed = token[:place] + letter + token[place + 1 :]
    assert (read("my", changed) is None) == (changed != token)


@given(st.text(max_size=80))
def test_nonsense_is_not_ours(token: str) -> None:
    assert read("my", token) is None


def test_typed_codes_are_read_kindly() -> None:
    assert read_code(" 7k4m-2q9d ") == "7K4M2Q9D"
    assert read_code("OIL0 11") == "011011"
