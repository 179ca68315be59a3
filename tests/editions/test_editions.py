"""Making and changing an edition; the published number."""

from datetime import date

import pytest

from tests import make
from wcd.actors.actors import system
from wcd.actors.audit import history_of
from wcd.core.inputs import parse
from wcd.editions import editions, queries
from wcd.editions.errors import EditionExists
from wcd.editions.inputs import EditionDetails
from wcd.editions.published import published_numbers

BY = system("test")
GIVEN = {
    "code": ["wcd-2026"],
    "name_zh": ["2026年世界城市日"],
    "name_en": ["World Cities Day 2026"],
    "short_name_zh": ["世界城市日 2026"],
    "short_name_en": ["World Cities Day 2026"],
    "first_day": ["2026-10-29"],
    "last_day": ["2026-10-31"],
    "place_zh": ["上海"],
    "place_en": ["Shanghai"],
}


def details(**changes: str) -> EditionDetails:
    parsed = parse(EditionDetails, {**GIVEN, **{name: [value] for name, value in changes.items()}})
    assert parsed.value is not None, parsed.errors
    return parsed.value


async def test_first_edition_becomes_the_current_one(db: None) -> None:
    first = await editions.create_edition(details(), by=BY)
    second = await editions.create_edition(details(code="wcd-2027"), by=BY)
    assert (await queries.current_edition()).id == first
    assert [view.code for view in await queries.list_editions()] == ["wcd-2026", "wcd-2027"]
    assert (await queries.edition_by_id(second)).first_day == date(2026, 10, 29)


async def test_taken_code_is_refused_and_leaves_no_trace(db: None) -> None:
    first = await editions.create_edition(details(), by=BY)
    with pytest.raises(EditionExists):
        await editions.create_edition(details(name_en="Another"), by=BY)
    assert [view.name.en for view in await queries.list_editions()] == ["World Cities Day 2026"]
    assert [entry.action for entry in await history_of(first)] == ["edition.created"]


async def test_change_raises_the_number_and_names_fields_only(db: None) -> None:
    edition = await make.edition()
    before = (await published_numbers())[edition]
    await editions.change_edition(edition, details(theme_zh="新的主题"), by=BY)
    assert (await published_numbers())[edition] == before + 1
    entry = (await history_of(edition))[0]
    assert entry.action == "edition.changed"
    assert "theme_zh" in entry.details["fields"]
    assert "新的主题" not in str(entry.details)
    assert (await queries.edition_by_id(edition)).code == "wcd-test"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "WCD 2026"), ("last_day", "2026-10-01"), ("last_day", "2027-10-01"), ("zone", "Shanghai"),
        ("accent", "blue"), ("accent", "#ffc445"), ("contact_mail", "nobody"), ("first_day", "31 Oct"),
        ("name_zh", "城" * 201), ("place_en", ""), ("short_name_en", "a\u0000b"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_said_at_its_field(field: str, value: str) -> None:
    parsed = parse(EditionDetails, {**GIVEN, field: [value]})
    assert parsed.value is None
    assert list(parsed.errors) == [field]
    assert str(parsed.errors[field])
