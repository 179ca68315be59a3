"""What blocks a release, and whether a second person approves."""

from uuid import uuid4

import pytest

from tests import make
from wcd.actors.actors import STAFF, Actor, system
from wcd.actors.audit import history_of
from wcd.agenda.policy import Policy, change_policy, policy_of
from wcd.agenda.working import raise_working, working_number
from wcd.core.errors import Forbidden

BY = system("test")


async def test_a_new_edition_asks_a_second_person_and_blocks_nothing(db: None) -> None:
    edition = await make.edition()
    assert await policy_of(edition) == Policy(needs_second=True, blocks=frozenset())
    await raise_working(edition)
    assert await policy_of(edition) == Policy()


async def test_the_edition_decides(db: None) -> None:
    edition = await make.edition()
    wanted = Policy(needs_second=False, blocks=frozenset({"room_twice", "text_missing"}))
    await change_policy(edition, wanted, by=BY)
    assert await policy_of(edition) == wanted
    await raise_working(edition)
    before = await working_number(edition)
    await change_policy(edition, Policy(needs_second=True, blocks=wanted.blocks), by=BY)
    assert (await policy_of(edition), await working_number(edition)) == (Policy(blocks=wanted.blocks), before)
    entries = await history_of(edition)
    assert [entry.details for entry in entries] == [
        {"fields": ["needs_second"]},
        {"fields": ["blocks", "needs_second"]},
    ]


async def test_what_stays_the_same_is_not_written_down(db: None) -> None:
    edition = await make.edition()
    await change_policy(edition, Policy(blocks=frozenset({"no_such_kind"})), by=BY)
    assert (await history_of(edition), await policy_of(edition)) == ([], Policy())


@pytest.mark.parametrize("role", ["reader", "approver", "door_supervisor"])
async def test_who_may_not_release_may_not_decide(db: None, role: str) -> None:
    edition = await make.edition()
    somebody = Actor(kind=STAFF, roles=frozenset({role}), edition_id=edition)
    owner_elsewhere = Actor(kind=STAFF, roles=frozenset({"owner"}), edition_id=uuid4())
    for actor in (somebody, owner_elsewhere):
        with pytest.raises(Forbidden):
            await change_policy(edition, Policy(needs_second=False), by=actor)
    assert await policy_of(edition) == Policy()
