"""Venues and rooms in the console."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

from tests import make
from tests.browser_like import Visitor
from wcd.venues.queries import list_venues

AsStaff = Callable[..., Awaitable[Visitor]]
ENGLISH = {"accept-language": "en"}
VENUE = {
    "name_zh": "会议中心",
    "name_en": "Conference Centre",
    "address_zh": "",
    "address_en": "1 River Road",
}
ROOM = {"name_zh": "一号厅", "name_en": "Hall 1", "floor_zh": "", "floor_en": "", "capacity": "120"}
AT = "/organiser/places"


async def test_a_venue_and_a_room_are_made_changed_and_removed(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    assert "No venues yet" in (await olga.get(AT, headers=ENGLISH)).text
    assert (await olga.send_form(f"{AT}/venues/new", VENUE)).status_code == 303
    (venue,) = await list_venues(edition)
    assert (await olga.get(f"{AT}/venues/{venue.id}/rooms/new")).status_code == 200
    assert (await olga.send_form(f"{AT}/venues/{venue.id}/rooms/new", ROOM)).status_code == 303
    ((room,),) = [one.rooms for one in await list_venues(edition)]
    assert 'value="120"' in (await olga.get(f"{AT}/rooms/{room.id}")).text
    assert 'value="1 River Road"' in (await olga.get(f"{AT}/venues/{venue.id}")).text
    await olga.send_form(f"{AT}/rooms/{room.id}", ROOM | {"capacity": "90"})
    await olga.send_form(f"{AT}/venues/{venue.id}", VENUE | {"name_en": "New House"})
    text = (await olga.get(AT, headers=ENGLISH)).text
    assert ("90 places" in text, "New House" in text) == (True, True)
    assert (await olga.send_form(f"{AT}/venues/{venue.id}/remove")).status_code == 409
    assert (await olga.send_form(f"{AT}/rooms/{room.id}/remove")).status_code == 303
    assert (await olga.send_form(f"{AT}/venues/{venue.id}/remove")).status_code == 303
    assert await list_venues(edition) == []


async def test_errors_stand_at_their_fields(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    answer = await olga.send_form(f"{AT}/venues/new", VENUE | {"name_zh": ""})
    assert (answer.status_code, 'id="name_zh-e"' in answer.text) == (422, True)
    await olga.send_form(f"{AT}/venues/new", VENUE)
    (venue,) = await list_venues(edition)
    answer = await olga.send_form(f"{AT}/venues/{venue.id}/rooms/new", ROOM | {"capacity": "many"})
    assert (answer.status_code, 'value="many"' in answer.text) == (422, True)


async def test_places_that_are_not_there(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    for thing in (f"venues/{uuid4()}", f"rooms/{uuid4()}", f"venues/{uuid4()}/rooms/new"):
        assert (await olga.get(f"{AT}/{thing}")).status_code == 404
        assert (await olga.send_form(f"{AT}/{thing}", VENUE | ROOM)).status_code == 404
