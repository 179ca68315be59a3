"""500 sessions in 20 rooms stay fluid: all warnings in one frame or two, a tried move in a fraction of one."""

import time
from collections.abc import Callable

from tests.agenda.warnings.plans import at, item, key, people, person, plan, room, session
from wcd.agenda.warnings.rules import moved, warnings, warnings_of
from wcd.agenda.warnings.views import Plan

SPARE = 8
"""Times are measured while other tests run on the same cores; the aims are 30 ms and 5 ms."""


def large() -> Plan:
    """25 sessions in each of 20 rooms, 300 people with parts in three to four of them, some of which clash."""
    sessions = []
    for n in range(500):
        slot, place = divmod(n, 20)
        begins = 8 * 60 + slot * 35 if slot < 24 else 8 * 60
        span = f"{begins // 60:02}:{begins % 60:02}-{(begins + 30) // 60:02}:{(begins + 30) % 60:02}"
        names = [f"p{(n * 7 + k * 41) % 300}" for k in range(4)]
        kind = "ceremony" if n in {0, 260} else "forum"
        items = [item(f"{n}-{k}", 8) for k in range(4)]
        sessions.append(
            session(f"s{n}", span, at=f"r{place}", people=people(*names), items=items, kind=kind, seats=90)
        )
    rooms = [room(f"r{n}", venue=f"v{n % 3}", capacity=80 + n) for n in range(20)]
    travel = {("v0", "v1"): 15, ("v1", "v2"): 10, ("v0", "v2"): 20}
    return plan(*sessions, rooms=rooms, speakers=[person(f"p{n}") for n in range(300)], travel=travel)


def fastest(act: Callable[[], object]) -> float:
    """Milliseconds, the best of several: what the work takes when nobody disturbs it."""
    times = []
    for _n in range(5):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return min(times) * 1000


def test_500_sessions_stay_fluid() -> None:
    planned = large()
    assert {"room_twice", "person_twice", "travel_too_short"} <= {one.kind for one in warnings(planned)}
    assert fastest(lambda: warnings(planned)) < 30 * SPARE

    def try_a_move() -> object:
        there = moved(planned, key("s7"), at("11:05"), at("12:00"), key("r3"))
        return warnings_of(there, key("s7"))

    assert fastest(try_a_move) < 5 * SPARE
