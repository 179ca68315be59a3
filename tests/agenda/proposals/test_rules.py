"""Which step leads where, until when the call is open."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from wcd.agenda.proposals import rules

DRAWN = """
            edit       ask     answer     accept    decline   withdraw
submitted   submitted  asked   -          accepted  declined  withdrawn
asked       asked      asked   submitted  accepted  declined  withdrawn
accepted    -          -       -          -         -         -
declined    -          -       -          accepted  -         -
withdrawn   -          -       -          -         -         -
"""


def test_no_step_leads_elsewhere() -> None:
    head, *lines = (line.split() for line in DRAWN.strip().splitlines())
    drawn = {(line[0], step): to for line in lines for step, to in zip(head, line[1:], strict=True)}
    assert set(drawn) == set(product(rules.STATES, rules.STEPS))
    assert {key: to for key, to in drawn.items() if to != "-"} == rules.TRANSITIONS
    for (state, step), to in drawn.items():
        assert rules.after(state, step) == (None if to == "-" else to)
        assert rules.may(state, step) == (to != "-")


OPEN = {
    "switch": True,
    "closes_at": datetime(2023, 9, 30, 10, tzinfo=UTC),
    "now": datetime(2023, 9, 30, 9, 59, tzinfo=UTC),
    "today": date(2023, 9, 30),
    "last_day": date(2023, 10, 31),
}


@pytest.mark.parametrize(
    ("changed", "is_open"),
    [
        ({}, True),
        ({"switch": False}, False),
        ({"now": datetime(2023, 9, 30, 10, tzinfo=UTC)}, False),
        ({"closes_at": None}, True),
        ({"closes_at": None, "today": date(2023, 10, 31)}, True),
        ({"closes_at": None, "today": date(2023, 11, 1)}, False),
    ],
)
def test_until_when_the_call_is_open(changed, is_open) -> None:
    assert rules.is_open(**{**OPEN, **changed}) is is_open


@pytest.mark.parametrize(("points", "mean"), [([], None), ([0], 0.0), ([3, 4], 3.5), ([5, 4, 4], 4.3)])
def test_the_mean_of_points(points, mean) -> None:
    assert rules.average(points) == mean
