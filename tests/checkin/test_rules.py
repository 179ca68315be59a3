"""The verdict, by the table of cases that the door app will read too, and what contradicts what."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from wcd.checkin import rules

CASES = msgspec.json.decode((Path(__file__).parents[1] / "door" / "verdicts.json").read_bytes())
NINE = datetime(2023, 10, 28, 1, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_verdict(case: dict[str, Any]) -> None:
    gate = case["gate"]
    said = rules.verdict(
        msgspec.convert(case["entry"], rules.Entry | None),
        msgspec.convert(case["now"], datetime),
        earlier=msgspec.convert(case["earlier"], list[datetime]),
        inside=gate["inside"],
        gate_on=gate["on"],
        reentry=gate["reentry"],
    )
    assert said == msgspec.convert(case["expect"], rules.Verdict)


def test_cases_reach_every_verdict() -> None:
    assert {case["expect"]["word"] for case in CASES} == set(rules.VERDICTS)


def test_rejudge_gives_the_first_place_to_the_earliest() -> None:
    scans = [rules.Presence(at(0), "scan", "welcome"), rules.Presence(at(5), "scan", "welcome")]
    assert rules.rejudge(scans, reentry=False) == ["welcome", "already_inside"]
    assert rules.rejudge(scans, reentry=True) == ["welcome", "welcome_back"]


def test_rejudge_keeps_what_has_another_reason() -> None:
    scans = [
        rules.Presence(at(0), "scan", "too_early"),
        rules.Presence(at(1), "scan", "already_inside"),
        rules.Presence(at(2), "scan", "revoked"),
    ]
    assert rules.rejudge(scans, reentry=False) == ["too_early", "welcome", "revoked"]


def test_rejudge_takes_a_guest_who_was_let_in_as_inside() -> None:
    scans = [
        rules.Presence(at(0), "scan", "wrong_gate"),
        rules.Presence(at(1), "let_in", "welcome"),
        rules.Presence(at(2), "scan", "welcome"),
    ]
    assert rules.rejudge(scans, reentry=False) == ["wrong_gate", "welcome", "already_inside"]


@pytest.mark.parametrize(
    ("told", "word", "kind"),
    [
        ("welcome", "welcome", None),
        ("welcome", "welcome_back", None),
        ("unknown", "revoked", None),
        ("welcome", "already_inside", "let_in"),
        ("already_inside", "welcome", "turned_away"),
        ("", "welcome", None),
        ("", "revoked", "unverified"),
    ],
)
def test_conflict(told: str, word: str, kind: str | None) -> None:
    assert rules.conflict(told, word) == kind


@pytest.mark.parametrize(
    ("device", "seconds", "told"),
    [("unknown", 3600, "unknown"), ("", 10, "welcome"), ("", 11, ""), ("", -7200, "welcome")],
)
def test_told(device: str, seconds: int, told: str) -> None:
    received = NINE + timedelta(seconds=seconds)
    assert rules.told(device, "welcome", happened_at=NINE, received_at=received) == told
