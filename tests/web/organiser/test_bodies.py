"""Hosts in the console."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

from tests import make
from tests.browser_like import Visitor
from wcd.actors.actors import system
from wcd.agenda import bodies
from wcd.agenda.bodies import BodyDetails

AsStaff = Callable[..., Awaitable[Visitor]]
ENGLISH = {"accept-language": "en"}
AT = "/organiser/bodies"
GIVEN = {"name_zh": "城市研究院", "name_en": "Institute", "email": "desk@institute.example"}


async def test_a_host_is_made_changed_merged_and_removed(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    assert "No hosts yet" in (await olga.get(AT, headers=ENGLISH)).text
    assert (await olga.get(f"{AT}/new")).status_code == 200
    assert (await olga.send_form(f"{AT}/new", GIVEN)).status_code == 303
    assert (await olga.send_form(f"{AT}/new", {"name_en": "institute"})).status_code == 303
    text = (await olga.get(AT, headers=ENGLISH)).text
    assert (text.count("perhaps a double"), "desk@institute.example" in text) == (2, True)
    one, two = sorted(await bodies.list_bodies(edition), key=lambda body: not body.email)
    assert "perhaps a double" in (await olga.get(f"{AT}/{one.id}", headers=ENGLISH)).text
    assert (await olga.send_form(f"{AT}/{one.id}/merge", {"double": str(one.id)})).status_code == 422
    assert (await olga.send_form(f"{AT}/{one.id}/merge", {"double": str(two.id)})).status_code == 303
    assert (await olga.send_form(f"{AT}/{one.id}", GIVEN | {"name_en": "House"})).status_code == 303
    assert [body.name.en for body in await bodies.list_bodies(edition)] == ["House"]
    assert (await olga.send_form(f"{AT}/{one.id}/remove")).status_code == 303
    assert await bodies.list_bodies(edition) == []


async def test_errors_stand_at_their_fields(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    answer = await olga.send_form(f"{AT}/new", {"email": "x", "contact_name": "Ada"}, **ENGLISH)
    assert (answer.status_code, 'id="name_zh-e"' in answer.text, 'value="Ada"' in answer.text) == (
        422,
        True,
        True,
    )


async def test_who_only_reads_and_who_is_elsewhere(as_staff: AsStaff) -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    body = await bodies.add_body(edition, BodyDetails(name_en="Institute"), by=system("test"))
    rui = await as_staff("reader", edition=edition)
    assert (await rui.get(f"{AT}/{body}")).status_code == 200
    olga = await as_staff("organiser", edition=other)
    assert (await olga.get(f"{AT}/{body}")).status_code == 404
    for path in (f"{AT}/{body}", f"{AT}/{body}/remove", f"{AT}/{body}/merge", f"{AT}/{uuid4()}"):
        assert (await rui.send_form(path, GIVEN)).status_code == 403
        assert (await olga.send_form(path, GIVEN)).status_code == 404
    assert (await bodies.get_body(edition, body)).name.zh == ""
