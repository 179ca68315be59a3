"""The bodies that host a session, in their order."""

import pytest

from tests import make
from wcd.actors.actors import system
from wcd.agenda import hostings
from wcd.agenda.errors import AlreadyHosts, NoSuchBody, NoSuchHosting
from wcd.agenda.tables import Body

BY = system("test")


async def test_hosts_are_added_ordered_and_taken_out(db: None) -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    session = await make.session(edition)
    bodies = [Body(edition=edition, code=f"b{n}", name_zh=f"机构{n}", name_en=f"Body {n}") for n in range(3)]
    foreign = Body(edition=other, code="b", name_en="Foreign")
    await Body.insert(*bodies, foreign)
    ids = [await hostings.add_host(session, body.id, by=BY) for body in bodies]
    await hostings.move_host(session, ids[2], -1, by=BY)
    await hostings.remove_host(session, ids[0], by=BY)
    assert [host.name.en for host in await hostings.list_hosts(session)] == ["Body 2", "Body 1"]
    assert [body.name.en for body in await hostings.list_bodies_to_choose(edition)] == [
        "Body 0",
        "Body 1",
        "Body 2",
    ]
    with pytest.raises(AlreadyHosts):
        await hostings.add_host(session, bodies[1].id, by=BY)
    with pytest.raises(NoSuchBody):
        await hostings.add_host(session, foreign.id, by=BY)
    with pytest.raises(NoSuchHosting):
        await hostings.remove_host(session, ids[0], by=BY)
