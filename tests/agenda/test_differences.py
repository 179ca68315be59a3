"""What a release changes against another."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from msgspec.structs import replace

from wcd.agenda.differences import WORTH_A_LETTER, difference
from wcd.agenda.facts import PartFacts, SessionFacts
from wcd.core.i18n import Bilingual

HOUSE = UUID(int=7)
NINE = datetime(2023, 10, 28, 1, tzinfo=UTC)


def session(name: str, **values: Any) -> SessionFacts:
    facts = SessionFacts(
        id=uuid5(HOUSE, name),
        edition=HOUSE,
        code=name,
        kind="forum",
        state="confirmed",
        title=Bilingual("论坛", "Forum"),
        summary=Bilingual("", ""),
        meeting_point=Bilingual("", ""),
        room=None,
        starts_at=NINE,
        ends_at=NINE + timedelta(hours=1),
        minutes=60,
        seats=None,
        booking="booking",
        categories=[],
        languages=["zh"],
        interpretation=[],
        sdgs=[],
        subjects=[],
        hosts=[],
        items=[],
        people=[],
        version=1,
        sequence=0,
        changed_in=0,
        changed_at=NINE,
    )
    return replace(facts, **values)


@pytest.mark.parametrize(
    ("change", "kind", "is_told"),
    [
        ({"starts_at": NINE + timedelta(minutes=5)}, "moved", True),
        ({"room": HOUSE}, "moved", True),
        ({"meeting_point": Bilingual("东门", "East gate")}, "moved", True),
        ({"title": Bilingual("论坛", "Forums")}, "changed", True),
        ({"people": [PartFacts(HOUSE, "speaker", None)]}, "changed", True),
        ({"summary": Bilingual("，", "")}, "changed", False),
        ({"sdgs": [11]}, "changed", False),
        ({"state": "called_off"}, "called_off", True),
    ],
)
def test_one_change(change: dict[str, Any], kind: str, is_told: bool) -> None:
    before = session("one")
    [found] = difference([before], [replace(before, **change)])
    assert (found.kind, found.is_told, found.ends_bookings) == (kind, is_told, kind == "called_off")
    assert found.fields == tuple(name for name in change if name != "state")


def test_new_removed_and_back_again() -> None:
    kept, gone, back = session("kept"), session("gone"), session("back", state="called_off")
    found = difference([kept, gone, back], [kept, session("new"), replace(back, state="confirmed")])
    assert [(one.kind, one.facts.code) for one in found] == [
        ("new", "new"),
        ("new", "back"),
        ("removed", "gone"),
    ]
    assert [one.ends_bookings for one in found] == [False, False, True]


def test_what_was_called_off_leaves_without_a_word() -> None:
    assert difference([session("off", state="called_off")], []) == []


def test_seats_and_versions_are_no_matter_of_releases() -> None:
    before = session("one")
    after = replace(
        before, seats=40, version=9, sequence=3, changed_in=4, changed_at=NINE + timedelta(days=1)
    )
    assert difference([before], [after]) == []


def test_what_is_worth_a_letter_is_compared() -> None:
    from wcd.agenda.differences import FIELDS  # noqa: PLC0415 - only here

    assert set(FIELDS) >= WORTH_A_LETTER
