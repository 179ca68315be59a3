"""The same through the database: the verbs that pages offer, releases that are published, guests with seats."""

from collections import Counter
from itertools import combinations
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.agenda.warnings.slow import slow_warnings
from tests.agenda.warnings.walk import Walk
from wcd.agenda.warnings.kinds import KINDS
from wcd.agenda.warnings.queries import kept_plan, load_plan
from wcd.agenda.warnings.views import AgendaWarning, Plan
from wcd.core.db import fetch, transaction
from wcd.registration import warned

NUMBERS = st.integers(0, 65)
STEPS = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), min_size=6, max_size=20)


class _Undo(Exception):
    pass


async def obvious_plan(edition: UUID) -> Plan:
    """The plan read afresh; guests who share two sessions are counted one by one, whatever the times."""
    rows = await fetch("SELECT guest, session FROM registration_booking WHERE state = 'confirmed'")
    seats: dict[UUID, set[UUID]] = {}
    for row in rows:
        seats.setdefault(row["guest"], set()).add(row["session"])
    shared = Counter(both for held in seats.values() for both in combinations(sorted(held), 2))
    return replace(await load_plan(edition), shared=dict(shared))


async def check(edition: UUID) -> list[AgendaWarning]:
    """What is said is what the slow way says, of the edition and of each session; what is kept is what is there."""
    plan = await obvious_plan(edition)
    assert await kept_plan(edition) == replace(plan, shared={})
    found = (await warned.of_edition(edition)).found
    assert set(found) == slow_warnings(plan)
    return found


@pytest.mark.usefixtures("db")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_any_edits_and_releases_warn_as_the_slow_way_does(
    steps: list[tuple[int, int, int, int]],
) -> None:
    try:
        async with transaction():
            walk = Walk()
            await walk.begin()
            for step in steps:
                await walk.take(*step)
                found = await check(walk.edition)
            for session in (await load_plan(walk.edition)).sessions:
                mine = [one for one in found if session in (one.session, one.other)]
                assert (await warned.of_session(walk.edition, session)).found == mine
            raise _Undo  # noqa: TRY301 - the block's own way to roll back
    except _Undo:
        pass


async def test_a_long_walk_meets_every_kind(db: None) -> None:
    """So that the walk above is worth something: most of its steps are taken, and all warnings come up."""
    walk, met, chance = Walk(), set(), Random(4)
    await walk.begin()
    for _n in range(300):
        await walk.take(*(chance.randrange(1000) for _number in range(4)))
        met |= {one.kind for one in await check(walk.edition)}
    assert (walk.taken > 200, met) == (True, set(KINDS))
