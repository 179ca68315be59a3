"""Any sequence of edits keeps the warnings equal to a slow, obvious computation. First over plans alone."""

from datetime import timedelta
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.agenda.warnings.plans import BOTH, at, host, item, key, person, room, session
from tests.agenda.warnings.slow import slow_warnings
from wcd.agenda.facts import PartFacts, SessionFacts
from wcd.agenda.warnings.rules import moved, warnings, warnings_of
from wcd.agenda.warnings.views import Plan, Span, pair
from wcd.core.i18n import Bilingual

ROOMS = ("hall", "east", "west", "corner", "small", "far")
PEOPLE = ("Ada", "Bo", "Cy", "Dee")
TEXTS = (BOTH, Bilingual("题目", ""), Bilingual("", "Title"), Bilingual("", ""))
ITEMS = [item("one", 20), item("two", 0), item("three", 40, "", "Award"), item("four", 30, "奖", "")]
HOSTS = ([], [host("研究院", "Institute")], [host("研究院", "")])
DAY = at("08:00")
LANGUAGES = st.lists(st.sampled_from(["zh", "en", "fr"]), unique=True, max_size=2)

spans = st.builds(
    lambda start, length: (
        DAY + timedelta(minutes=5 * start),
        DAY + timedelta(minutes=5 * (start + length)),
    ),
    st.integers(0, 36),
    st.integers(1, 30),
)
parts = st.builds(
    PartFacts,
    st.sampled_from([key(name) for name in PEOPLE]),
    st.sampled_from(["speaker", "moderator", "discussant", "address"]),
    st.sampled_from([None, None, *(one.id for one in ITEMS)]),
)
edits = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["ceremony", "plenary", "forum", "forum", "tour", "break", "meal"]),
        "state": st.sampled_from(["idea", "planned", "confirmed", "confirmed", "called_off"]),
        "room": st.sampled_from([None, *(key(name) for name in ROOMS)]),
        "span": st.one_of(spans, spans, spans, st.none()),
        "minutes": st.sampled_from([30, 90]),
        "seats": st.sampled_from([None, 20, 60, 120]),
        "title": st.sampled_from(TEXTS),
        "summary": st.sampled_from(TEXTS),
        "meeting_point": st.sampled_from(TEXTS),
        "languages": LANGUAGES,
        "interpretation": LANGUAGES,
        "items": st.lists(st.sampled_from(ITEMS), unique_by=lambda one: one.id, max_size=4),
        "hosts": st.sampled_from(HOSTS),
        "people": st.lists(parts, max_size=5),
        "layout": st.sampled_from(["", "rows", "banquet"]),
    },
)
busy = st.builds(
    lambda values, span, room, parts: {
        **values,
        "span": span,
        "room": room,
        "people": parts,
        "state": "confirmed",
    },
    edits,
    spans,
    st.sampled_from([key(name) for name in ROOMS]),
    st.lists(parts, min_size=2, max_size=5),
)
steps = st.one_of(
    st.tuples(st.just("edit"), st.integers(0, 99), edits),
    st.tuples(st.just("edit"), st.integers(0, 99), busy),
    st.tuples(st.just("copy"), st.integers(0, 99), edits),
    st.tuples(st.just("remove"), st.integers(0, 99), st.none()),
    st.tuples(st.just("release"), st.none(), st.none()),
    st.tuples(st.just("revert"), st.integers(0, 99), st.none()),
)


@st.composite
def surroundings(draw: st.DrawFn) -> dict[str, Any]:
    """Rooms of which two are parts of a hall and one a part of a part; people; ways between venues."""
    open_at = st.lists(spans, max_size=2).map(tuple)
    whole = {"east": "hall", "west": "hall", "corner": "west"}
    rooms = [
        room(
            name,
            venue="south" if name == "far" else "north",
            capacity=draw(st.sampled_from([0, 50, 100])),
            layouts=draw(st.sampled_from([{}, {"rows": 40}])),
            openings=draw(open_at),
            whole=key(whole[name]) if name in whole else None,
        )
        for name in ROOMS
    ]
    persons = [
        person(name, language=draw(st.sampled_from(["", "zh", "en", "fr"])), available=draw(open_at))
        for name in PEOPLE[:-1]
    ]
    return {
        "rooms": {one.id: one for one in rooms},
        "speakers": {one.id: one for one in persons},
        "travel": {pair(key("north"), key("south")): draw(st.sampled_from([0, 12, 60]))},
    }


class World:
    """A working copy, its releases, and guests who hold two seats each."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.releases: list[dict[Any, SessionFacts]] = [{}]
        self.made = 0

    def take(self, step: str, number: int | None, values: dict[str, Any] | None) -> None:
        """One step of the organisers."""
        sessions = list(self.plan.sessions.values())
        if step == "release":
            self._release()
        elif step == "revert":
            self.plan = replace(self.plan, sessions=self.releases[(number or 0) % len(self.releases)])
        elif step == "remove" and sessions:
            gone = sessions[(number or 0) % len(sessions)].id
            left = {one.id: one for one in sessions if one.id != gone}
            self.plan = replace(self.plan, sessions=left)
        elif step in {"edit", "copy"}:
            self._write(step, sessions, number or 0, dict(values or {}))

    def _write(self, step: str, sessions: list[SessionFacts], number: int, values: dict[str, Any]) -> None:
        self.made += 1
        new = session(f"made-{self.made}")
        one = sessions[number % len(sessions)] if sessions else new
        one = replace(one, id=new.id, code=new.code) if step == "copy" else one
        layout, span = values.pop("layout", ""), values.pop("span", "same")
        if span != "same":
            values |= {"starts_at": span[0] if span else None, "ends_at": span[1] if span else None}
        layouts = {**self.plan.layouts, one.id: layout}
        self.plan = replace(
            self.plan, sessions={**self.plan.sessions, one.id: replace(one, **values)}, layouts=layouts
        )

    def _release(self) -> None:
        """Guests then have seats in any two sessions."""
        held = [one for one in self.plan.sessions.values() if one.state == "confirmed" and one.starts_at]
        published: dict[Any, Span] = {
            one.id: (one.starts_at, one.ends_at) for one in held if one.starts_at and one.ends_at
        }
        shared = {
            pair(one.id, other.id): number for number, (one, other) in enumerate(combinations(held, 2), 1)
        }
        self.releases.append(dict(self.plan.sessions))
        self.plan = replace(self.plan, published=published, shared=shared)


@settings(max_examples=150, deadline=None)
@given(surroundings(), st.lists(busy, min_size=3, max_size=7), st.lists(steps, min_size=2, max_size=20))
def test_any_edits_and_releases_warn_as_the_slow_way_does(
    around: dict[str, Any],
    begun: list[dict[str, Any]],
    taken: list[tuple[str, int | None, dict[str, Any] | None]],
) -> None:
    world = World(Plan(sessions={}, **around))
    for values in begun:
        world.take("copy", 0, values)
    world.take("release", None, None)
    for step in taken:
        world.take(*step)
        found = warnings(world.plan)
        assert len(set(found)) == len(found)
        assert set(found) == slow_warnings(world.plan)
    for one in world.plan.sessions:
        mine = [warning for warning in found if one in (warning.session, warning.other)]
        assert warnings_of(world.plan, one) == mine


@settings(max_examples=60, deadline=None)
@given(surroundings(), st.lists(busy, min_size=3, max_size=8), spans, st.sampled_from(ROOMS))
def test_a_tried_move_warns_as_the_made_one_does(
    around: dict[str, Any], written: list[dict[str, Any]], span: Span, to: str
) -> None:
    world = World(Plan(sessions={}, **around))
    for values in written:
        world.take("copy", 0, values)
    one = next(iter(world.plan.sessions))
    there = moved(world.plan, one, *span, key(to))
    world.plan = replace(
        world.plan,
        sessions={
            **world.plan.sessions,
            one: replace(world.plan.sessions[one], starts_at=span[0], ends_at=span[1], room=key(to)),
        },
    )
    assert set(warnings(there)) == slow_warnings(world.plan)
    mine = {w for w in slow_warnings(world.plan) if one in (w.session, w.other)}
    assert set(warnings_of(there, one)) == mine
