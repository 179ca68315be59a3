"""Delegations and categories."""

import pytest

from tests import make
from tests.registration.cast import actions, forum, organiser, reader, traces
from wcd.core.errors import Forbidden
from wcd.registration import categories, delegations, queries
from wcd.registration.errors import DelegationExists, NoSuchDelegation


async def test_members_and_a_head(db, clock):
    edition = await forum()
    by = organiser(edition.id)
    ada, bo = await make.guest(edition.id, latin_name="Ada"), await make.guest(edition.id, latin_name="Bo")
    nairobi = await delegations.make_delegation(
        edition.id, name_zh="内罗毕市代表团", name_en="Nairobi", by=by
    )
    await delegations.join_delegation(ada, nairobi, is_head=True, by=by)
    await delegations.join_delegation(bo, nairobi, is_head=True, by=by)
    assert [(row.members, row.head_latin) for row in await delegations.list_delegations(edition.id)] == [
        (2, "Bo")
    ]
    assert [(await queries.get_guest(one)).is_head for one in (ada, bo)] == [False, True]
    await delegations.join_delegation(bo, None, by=by)
    assert (await queries.get_guest(bo)).delegation_id is None
    assert await actions(bo) == ["guest.delegation_changed"] * 2


async def test_a_name_is_given_once_per_edition(db, clock):
    edition = await forum()
    by = organiser(edition.id)
    await delegations.make_delegation(edition.id, name_zh="内罗毕", name_en="Nairobi", by=by)
    before = await traces()
    with pytest.raises(DelegationExists):
        await delegations.make_delegation(edition.id, name_zh="内罗毕", name_en="Other", by=by)
    assert await traces() == before


async def test_delegations_of_another_edition_are_not_found(db, clock):
    edition = await forum()
    other = await make.edition("other", is_current=False)
    ada, foreign = await make.guest(edition.id), await make.delegation(other)
    with pytest.raises(NoSuchDelegation):
        await delegations.join_delegation(ada, foreign, by=organiser(edition.id))


async def test_readers_change_nothing(db, clock):
    edition = await forum()
    ada = await make.guest(edition.id)
    with pytest.raises(Forbidden):
        await delegations.make_delegation(edition.id, name_zh="x", name_en="x", by=reader(edition.id))
    with pytest.raises(Forbidden):
        await delegations.join_delegation(ada, None, by=reader(edition.id))


async def test_the_usual_categories_are_made_once(db, clock):
    edition = await make.edition()
    for _ in range(2):
        await categories.ensure_categories(edition, by=organiser(edition))
    assert [one.code for one in await categories.list_categories(edition)] == [
        "vip", "speaker", "delegate", "press", "exhibitor", "escort", "staff", "volunteer",
    ]  # fmt: skip
    assert [one.code for one in await categories.list_categories(edition, public=True)] == [
        "delegate",
        "press",
        "exhibitor",
    ]
