"""Bodies that host: made, changed, merged, removed."""

from uuid import UUID

import pytest

from tests import make
from wcd.actors.actors import STAFF, Actor, system
from wcd.agenda import bodies
from wcd.agenda.bodies import BodyDetails
from wcd.agenda.errors import BodyInUse, NoSuchBody
from wcd.agenda.tables import Hosting
from wcd.core.db import fetch
from wcd.core.inputs import parse

BY = system("test")
HOUSE = BodyDetails(name_zh="城市研究院", name_en="Institute", email="a@Institute.example")


async def hosts(session: UUID, *found: UUID) -> None:
    await Hosting.insert(
        *(Hosting(session=session, body=one, position=place) for place, one in enumerate(found))
    )


async def test_bodies_are_listed_with_what_they_host_and_their_doubles(db: None) -> None:
    edition = await make.edition()
    one = await bodies.add_body(edition, HOUSE, by=BY)
    two = await bodies.add_body(edition, BodyDetails(name_en="institute "), by=BY)
    other = await bodies.add_body(edition, BodyDetails(name_zh="水务局"), by=BY)
    await hosts(await make.session(edition), one, other)
    found = {body.id: body for body in await bodies.list_bodies(edition)}
    assert [body.code for body in found.values()] == ["institute", "institute-2", "body"]
    assert {id_: body.sessions for id_, body in found.items()} == {one: 1, two: 0, other: 1}
    assert (found[one].doubles, found[two].doubles, found[other].doubles) == ([two], [one], [])
    assert found[one].email == "a@institute.example"
    assert [body.id for body in await bodies.list_bodies(edition, "水务")] == [other]
    assert await bodies.list_bodies(edition, "!!") == []


async def test_two_become_one(db: None) -> None:
    edition = await make.edition()
    kept = await bodies.add_body(edition, BodyDetails(name_en="Institute"), by=BY)
    double = await bodies.add_body(edition, HOUSE, by=BY)
    both, only = await make.session(edition), await make.session(edition)
    await hosts(both, kept, double)
    await hosts(only, double)
    await bodies.merge_bodies(kept, double, by=BY)
    rows = await fetch("SELECT session, body FROM agenda_hosting")
    assert {(row["session"], row["body"]) for row in rows} == {(both, kept), (only, kept)}
    body = await bodies.get_body(edition, kept)
    assert (body.name.zh, body.name.en, body.email) == ("城市研究院", "Institute", "a@institute.example")
    working = (await fetch("SELECT working FROM agenda_settings"))[0]["working"]
    assert [row["touched"] for row in await fetch("SELECT touched FROM agenda_session")] == [working] * 2
    with pytest.raises(NoSuchBody):
        await bodies.get_body(edition, double)


async def test_what_hosts_stays_and_what_is_elsewhere_is_not_found(db: None) -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    body, theirs = await bodies.add_body(edition, HOUSE, by=BY), await bodies.add_body(other, HOUSE, by=BY)
    await hosts(await make.session(edition), body)
    with pytest.raises(BodyInUse):
        await bodies.remove_body(body, by=BY)
    stranger = Actor(STAFF, roles=frozenset({"owner"}), edition_id=other)
    for verb in (
        bodies.change_body(body, HOUSE, by=stranger),
        bodies.remove_body(body, by=stranger),
        bodies.merge_bodies(body, theirs, by=BY),
        bodies.merge_bodies(body, body, by=BY),
    ):
        with pytest.raises(NoSuchBody):
            await verb
    await bodies.remove_body(theirs, by=BY)
    assert [one.id for one in await bodies.list_bodies(edition)] == [body]


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"name_en": "Institute"}, set()),
        ({"contact_name": "Ada"}, {"name_zh"}),
        ({"name_en": "x", "email": "x"}, {"email"}),
        ({"name_en": "x", "url": "javascript:alert(1)"}, {"url"}),
    ],
)
def test_what_is_given_of_a_body(given: dict[str, str], wrong: set[str]) -> None:
    assert parse(BodyDetails, {name: [value] for name, value in given.items()}).errors.keys() == wrong
