"""What is warned of, and what is not: a case each way for every rule."""

from typing import Any

import pytest

from tests.agenda.warnings.plans import at, host, item, key, people, person, plan, room, session, spans
from wcd.agenda.facts import SessionFacts
from wcd.agenda.warnings.rules import moved, warnings, warnings_of
from wcd.agenda.warnings.views import AgendaWarning, Plan
from wcd.core.i18n import Bilingual

HALL = room("hall", capacity=100, layouts={"rows": 80})
EAST = room("east", whole=key("hall"))
WEST = room("west", whole=key("hall"))
FAR = room("far", venue="south")
TRAVEL = {("north", "south"): 30}
ADA = person("Ada")
Case = tuple[dict[str, Any], list[tuple[str, str, str]]]


def told(plan: Plan) -> list[tuple[str, str, str]]:
    """Kind, session and other by their short names."""
    names = {one.id: one.code for one in plan.sessions.values()}
    return [(one.kind, names[one.session], names[one.other] if one.other else "") for one in warnings(plan)]


def two(first: str, second: str, one: str = "09:00-10:30", other: str = "10:00-11:00") -> Plan:
    sessions = (session("a", one, at=first), session("b", other, at=second))
    return plan(*sessions, rooms=[HALL, EAST, WEST, FAR])


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        (two("hall", "hall"), [("room_twice", "a", "b")]),
        (two("hall", "hall", other="10:30-11:00"), []),
        (two("hall", "far"), []),
        (two("hall", "east"), [("room_twice", "a", "b")]),
        (two("east", "hall"), [("room_twice", "a", "b")]),
        (two("east", "west"), []),
        (plan(session("a"), session("b")), []),
        (two("hall", "hall", one="10:00-11:00", other="09:00-10:30"), [("room_twice", "b", "a")]),
        (two("unknown", "unknown"), [("room_twice", "a", "b")]),
    ],
)
def test_a_room_is_used_twice(planned: Plan, expected: list[tuple[str, str, str]]) -> None:
    assert told(planned) == expected


@pytest.mark.parametrize(
    ("openings", "closed"),
    [
        ((), False),
        (spans("08:00-18:00"), False),
        (spans("09:00-10:30"), False),
        (spans("09:01-18:00"), True),
        (spans("08:00-10:00"), True),
        (spans("10:00-18:00", "08:00-10:00"), False),
        (spans("08:00-09:30", "10:00-18:00"), True),
        (spans("11:00-18:00"), True),
    ],
)
def test_a_room_is_closed(openings: Any, closed: bool) -> None:
    planned = plan(session("a", at="r"), rooms=[room("r", openings=openings)])
    assert told(planned) == ([("room_closed", "a", "")] if closed else [])


@pytest.mark.parametrize(
    ("seats", "layout", "numbers"),
    [
        (100, "", None),
        (101, "", (101, 100)),
        (81, "rows", (81, 80)),
        (80, "rows", None),
        (81, "banquet", None),
        (None, "rows", None),
    ],
)
def test_a_room_is_too_small_in_its_layout(
    seats: int | None, layout: str, numbers: tuple[int, int] | None
) -> None:
    """It holds for a session without a time, too; a room whose size is not known is never too small."""
    layouts = {"a": layout} if layout else {}
    planned = plan(session("a", "", at="hall", seats=seats, state="planned"), rooms=[HALL], layouts=layouts)
    assert [(one.number, one.limit) for one in warnings(planned)] == ([numbers] if numbers else [])
    assert warnings(plan(session("a", at="r", seats=9), rooms=[room("r")])) == []


def appears(one: Any, other: Any, second: str, at: str = "far") -> Plan:
    items = [item("early", 20), item("late", 40)]
    first = session("a", "09:00-10:30", at="hall", people=people(one), items=items)
    then = session("b", second, at=at, people=people(other))
    return plan(first, then, rooms=[HALL, FAR, room("near")], speakers=[ADA], travel=TRAVEL)


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        (appears("Ada", "Ada", "10:00-11:00"), ["person_twice"]),
        (appears("Ada", "Bo", "10:00-11:00"), []),
        (appears("Ada", "Ada", "10:59-11:30"), ["travel_too_short"]),
        (appears("Ada", "Ada", "11:00-11:30"), []),
        (appears("Ada", "Ada", "10:30-11:30", at="near"), []),
        (appears("Ada", "Ada", "08:00-08:31"), ["travel_too_short"]),
        (appears("Ada@early", "Ada", "10:00-11:00"), []),
        (appears("Ada@early", "Ada", "09:30-10:00"), ["travel_too_short"]),
        (appears("Ada@late", "Ada", "09:30-10:00"), ["person_twice"]),
        (appears("Ada@gone", "Ada", "10:20-11:00"), ["person_twice"]),
    ],
)
def test_a_person_is_needed_twice_or_cannot_get_there(planned: Plan, expected: list[str]) -> None:
    assert [one.kind for one in warnings(planned)] == expected


def test_the_way_is_told_in_minutes() -> None:
    [warning] = warnings(appears("Ada", "Ada", "10:40-11:30"))
    assert (warning.number, warning.limit, warning.speaker) == (10, 30, key("Ada"))


def test_who_has_items_without_a_length_is_needed_all_the_time() -> None:
    first = session("a", people=people("Ada@talk"), items=[item("talk", 0)])
    planned = plan(first, session("b", "10:00-11:00", people=people("Ada")), speakers=[ADA])
    assert told(planned) == [("person_twice", "a", "b")]


@pytest.mark.parametrize(
    ("available", "absent"),
    [((), False), (spans("08:00-12:00"), False), (spans("09:30-12:00"), True), (spans("12:00-13:00"), True)],
)
def test_a_person_is_absent(available: Any, absent: bool) -> None:
    planned = plan(session("a", people=people("Ada")), speakers=[person("Ada", available=available)])
    assert told(planned) == ([("person_absent", "a", "")] if absent else [])


@pytest.mark.parametrize(
    ("kind", "span", "expected"),
    [
        ("forum", "10:00-11:00", [("overlaps_ceremony", "b", "a")]),
        ("tour", "08:00-12:00", [("overlaps_ceremony", "b", "a")]),
        ("ceremony", "10:00-11:00", [("overlaps_ceremony", "a", "b")]),
        ("break", "10:00-11:00", []),
        ("meal", "10:00-11:00", []),
        ("forum", "10:30-11:00", []),
    ],
)
def test_a_ceremony_is_for_everybody(kind: str, span: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(plan(session("a", kind="ceremony"), session("b", span, kind=kind))) == expected


def speaks(languages: list[str], interpretation: list[str], *known: str, **values: Any) -> Plan:
    names = [f"{place}-{language}" for place, language in enumerate(known)]
    speakers = [person(name, language=language) for name, language in zip(names, known, strict=True)]
    plain = {"languages": languages, "interpretation": interpretation, "people": people(*names)}
    return plan(session("a", **{**plain, **values}), speakers=speakers)


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        (speaks(["zh", "en"], []), []),
        (speaks(["zh"], ["en"], "en"), []),
        (speaks(["zh"], [], "en", "en", "zh"), [("en", 2)]),
        (speaks(["en"], []), [("zh", 0)]),
        (speaks(["zh", "en"], [], "fr", ""), [("fr", 1)]),
        (speaks(["fr"], []), [("en", 0), ("zh", 0)]),
        (speaks([], []), []),
        (speaks(["zh"], [], "en", kind="meal"), []),
    ],
)
def test_languages_that_are_neither_spoken_nor_interpreted(
    planned: Plan, expected: list[tuple[str, int]]
) -> None:
    assert [(one.language, one.number) for one in warnings(planned)] == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"title": Bilingual("题目", "")}, [("en", ("title",))]),
        ({"title": Bilingual("", "Title")}, [("zh", ("title",))]),
        ({"title": Bilingual("", "")}, [("en", ("title",)), ("zh", ("title",))]),
        ({"summary": Bilingual("", "Summary")}, [("zh", ("summary",))]),
        ({"summary": Bilingual("", "")}, []),
        ({"meeting_point": Bilingual("南门", "")}, [("en", ("meeting_point",))]),
        ({"items": [item("x", 5), item("y", 5, "", "Prize")]}, [("zh", ("items",))]),
        ({"items": [item("y", 5, "", "")]}, []),
        ({"hosts": [host("研究院", "")]}, [("en", ("hosts",))]),
        (
            {"title": Bilingual("题目", ""), "summary": Bilingual("简介", "")},
            [("en", ("title", "summary"))],
        ),
    ],
)
def test_texts_in_one_language_only(values: dict[str, Any], expected: list[tuple[str, Any]]) -> None:
    assert [(one.language, one.fields) for one in warnings(plan(session("a", **values)))] == expected


LED = [*people("Ada", "Bo"), *people("Cy", role="moderator")]


@pytest.mark.parametrize(
    ("kind", "parts", "expected"),
    [
        ("forum", people("Ada", "Bo"), [2]),
        ("plenary", [*people("Ada"), *people("Bo", "Cy", role="discussant")], [3]),
        ("forum", LED, []),
        ("forum", people("Ada"), []),
        ("forum", people("Ada", "Ada"), []),
        ("plenary", people("Ada", "Bo", role="address"), []),
        ("side_event", people("Ada", "Bo"), []),
    ],
)
def test_nobody_leads(kind: str, parts: Any, expected: list[int]) -> None:
    assert [one.number for one in warnings(plan(session("a", kind=kind, people=parts)))] == expected


@pytest.mark.parametrize(
    ("span", "lengths", "expected"),
    [
        ("09:00-10:30", (60, 30), []),
        ("09:00-10:30", (60, 31), [(91, 90)]),
        ("", (60, 31), [(91, 90)]),
        ("09:00-10:30", (), []),
    ],
)
def test_items_are_longer_than_the_session(span: str, lengths: Any, expected: list[tuple[int, int]]) -> None:
    items = [item(f"{place}", minutes) for place, minutes in enumerate(lengths)]
    planned = plan(session("a", span, items=items, state="planned"))
    assert [(one.number, one.limit) for one in warnings(planned)] == expected


@pytest.mark.parametrize(
    ("second", "published", "expected"),
    [
        ("10:00-11:00", {"a": "09:00-10:00", "b": "10:00-11:00"}, [12]),
        ("10:00-11:00", {"a": "09:00-10:30", "b": "10:00-11:00"}, []),
        ("10:30-11:00", {"a": "09:00-10:00", "b": "10:00-11:00"}, []),
        ("10:00-11:00", {"a": "09:00-10:00"}, [12]),
    ],
)
def test_booked_guests_would_now_overlap(second: str, published: Any, expected: list[int]) -> None:
    """Those who chose two sessions that overlap as published have chosen."""
    sessions = (session("a"), session("b", second))
    planned = plan(*sessions, published=published, shared={("a", "b"): 12})
    assert [(one.kind, one.number) for one in warnings(planned)] == [
        ("bookings_overlap", number) for number in expected
    ]


BAD = {"title": Bilingual("", "Only English"), "kind": "forum", "people": people("Ada", "Bo")}


@pytest.mark.parametrize(
    ("state", "kinds", "in_release"),
    [
        ("confirmed", ["room_twice", "person_twice", "text_missing", "no_moderator"], True),
        ("planned", ["room_twice", "person_twice", "text_missing", "no_moderator"], False),
        ("idea", ["room_twice", "person_twice"], False),
        ("called_off", [], False),
    ],
)
def test_states(state: str, kinds: list[str], in_release: bool) -> None:
    """What is called off stands in nobody's way; an idea takes its room but owes no texts; a release has neither."""
    other = session("b", "10:00-11:00", at="hall", people=people("Ada"))
    planned = plan(session("a", at="hall", state=state, **BAD), other, rooms=[HALL], speakers=[ADA])
    found = warnings(planned)
    assert [one.kind for one in found] == kinds
    assert {one.in_release for one in found} <= {in_release}


def test_what_has_no_time_stands_in_nobodys_way() -> None:
    waiting: SessionFacts = session("a", "", at="hall", state="planned", people=people("Ada"))
    planned = plan(waiting, session("b", at="hall", people=people("Ada")), rooms=[HALL], speakers=[ADA])
    assert warnings(planned) == []


def test_a_move_is_tried_without_being_made() -> None:
    planned = two("hall", "hall", other="11:00-12:00")
    there = moved(planned, key("b"), at("10:00"), at("11:00"), key("hall"))
    expected = AgendaWarning(
        kind="room_twice", session=key("a"), other=key("b"), in_release=True, room=key("hall")
    )
    assert warnings_of(there, key("b")) == warnings_of(there, key("a")) == [expected]
    assert warnings_of(planned, key("b")) == []
    assert warnings_of(moved(there, key("b"), None, None, None), key("b")) == []
