"""Reading facts: what holds, what is kept for a person instead."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wcd.checkin.facts import Fact, Malformed, is_code, read_fact

GOOD: dict[str, Any] = {
    "id": "018b7401-0000-7000-8000-000000000001",
    "kind": "scan",
    "about": None,
    "gate": None,
    "code": "0123456789ABCDEFGHJKMNPQRS",
    "short_code": None,
    "scanned_at": "2023-10-28T01:00:03.120Z",
    "offset_ms": -240,
    "verdict": None,
    "entered_by": "camera",
}
CORRECTION = {**GOOD, "kind": "undo", "about": GOOD["id"], "code": None}


def read(**values: Any) -> Fact | Malformed:
    return read_fact(json.dumps({**GOOD, **values}).encode())


def test_a_good_fact_knows_its_corrected_time() -> None:
    fact = read()
    assert isinstance(fact, Fact)
    assert fact.happened_at.isoformat() == "2023-10-28T01:00:02.880000+00:00"
    assert fact.read == GOOD["code"]


@pytest.mark.parametrize(
    ("said", "means"),
    [("7k4m-2q9d", "7K4M2Q9D"), ("7K4MOIL0", "7K4M0110"), ("https://example.org", "https://example.org")],
)
def test_codes_are_read_forgivingly_and_strangers_kept_as_they_are(said: str, means: str) -> None:
    fact = read(code=None, short_code=said)
    assert isinstance(fact, Fact)
    assert fact.read == means


def test_a_device_with_a_clock_of_1970_is_still_a_witness() -> None:
    fact = read(scanned_at="1970-01-01T00:00:10Z", offset_ms=1_698_454_793_000)
    assert isinstance(fact, Fact)
    assert fact.happened_at.year == 2023


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "7"},
        {"id": None},
        {"kind": "exit"},
        {"code": None},
        {"code": ""},
        {"code": "A" * 65},
        {"code": "a\0b"},
        {"code": 7},
        {"short_code": "7K4M2Q9D"},
        {"about": GOOD["id"]},
        {"scanned_at": "yesterday"},
        {"scanned_at": "2023-10-28T01:00:03"},
        {"scanned_at": "1999-10-28T01:00:03Z"},
        {"scanned_at": "9999-12-31T23:59:59Z", "offset_ms": 10**14},
        {"offset_ms": "1"},
        {"offset_ms": 10**15},
        {"entered_by": "magic"},
        {"verdict": "w" * 21},
    ],
)
def test_what_is_no_fact_is_kept_with_its_id(wrong: dict[str, Any]) -> None:
    kept = read(**wrong)
    assert isinstance(kept, Malformed)
    assert kept.scan_id == ("" if wrong.get("id", GOOD["id"]) is None else wrong.get("id", GOOD["id"]))
    assert json.loads(kept.raw) == {**GOOD, **wrong}


@pytest.mark.parametrize("raw", [b"\xff", b'{"id": "\xff"}', b"[" * 3000, b'{"id": "a"'])
def test_what_is_not_even_json_is_kept(raw: bytes) -> None:
    assert read_fact(raw) == Malformed("", raw.decode(errors="replace"))


@pytest.mark.parametrize("raw", [b"7", b"[]", b'"x"', b"null", b'{"id": {}}', b"{}"])
def test_json_that_is_no_object_with_an_id_is_kept_without_one(raw: bytes) -> None:
    assert read_fact(raw) == Malformed("", raw.decode())


def test_a_correction_is_about_a_scan_and_reads_nothing() -> None:
    assert isinstance(read_fact(json.dumps(CORRECTION).encode()), Fact)
    for wrong in ({"about": None}, {"code": GOOD["code"]}):
        assert isinstance(read_fact(json.dumps({**CORRECTION, **wrong}).encode()), Malformed)


def test_the_same_fact_has_the_same_hash_however_it_is_written() -> None:
    one, other = read(), read_fact(json.dumps(dict(reversed(GOOD.items())), indent=2).encode())
    assert isinstance(one, Fact)
    assert isinstance(other, Fact)
    assert one.body_hash() == other.body_hash()
    changed = read(offset_ms=-241)
    assert isinstance(changed, Fact)
    assert changed.body_hash() != one.body_hash()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD]), inner, max_size=4),
    max_leaves=6,
)


@given(changes=st.dictionaries(st.sampled_from([*GOOD]), JSON), whole=st.booleans())
def test_nothing_that_a_device_sends_is_an_accident(changes: dict[str, Any], *, whole: bool) -> None:
    raw = json.dumps({**GOOD, **changes} if whole else changes).encode()
    kept = read_fact(raw)
    assert len(kept.body_hash()) == 64


@given(st.binary(max_size=200))
def test_bytes_are_no_accident_either(raw: bytes) -> None:
    assert isinstance(read_fact(raw), Malformed)


def test_is_code() -> None:
    assert is_code("7K4M2Q9D")
    assert is_code(GOOD["code"])
    assert not is_code("7K4M2Q9U")
    assert not is_code("7K4M2Q9")
