"""Venues and rooms in the console."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

from tests import make
from tests.agenda.files import picture
from tests.browser_like import Visitor
from tests.web.uploads import send_files
from wcd.venues.queries import list_venues, travel_minutes

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


async def test_what_a_room_has_and_when_it_is_open(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    await olga.send_form(f"{AT}/venues/new", VENUE)
    (venue,) = await list_venues(edition)
    hours = {"span_day": "2023-10-28", "span_from": "09:00", "span_until": "18:00"}
    more = {"theatre": "200", "equipment": ["stage", "daylight"], "booths": "2", **hours}
    assert (await olga.send_form(f"{AT}/venues/{venue.id}/rooms/new", ROOM | more)).status_code == 303
    ((hall,),) = [one.rooms for one in await list_venues(edition)]
    page = (await olga.get(f"{AT}/rooms/{hall.id}")).text
    for found in ('name="theatre" value="200"', 'value="09:00"', 'value="stage" checked', 'id="booths"'):
        assert found in page
    assert (hall.booths, hall.equipment, len(hall.openings)) == (2, ["stage", "daylight"], 1)
    wrong = {"equipment": "laser", "whole": str(hall.id), "theatre": "-1", "span_from": "19:00"}
    for name, value in wrong.items():
        answer = await olga.send_form(f"{AT}/rooms/{hall.id}", ROOM | hours | {name: value})
        assert answer.status_code == 422, name
    part = {"whole": str(hall.id)}
    assert (await olga.send_form(f"{AT}/venues/{venue.id}/rooms/new", ROOM | part)).status_code == 303
    assert "part of Hall 1" in (await olga.get(AT, headers=ENGLISH)).text


async def test_the_way_there_and_between_venues(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    link = {"way_zh": "地铁二号口", "way_en": "Metro, exit 2", "map_url": "https://map.example/x"}
    assert (await olga.send_form(f"{AT}/venues/new", VENUE | link)).status_code == 303
    refused = await olga.send_form(f"{AT}/venues/new", VENUE | {"map_url": "javascript:alert(1)"})
    assert (refused.status_code, 'id="map_url-e"' in refused.text) == (422, True)
    await olga.send_form(f"{AT}/venues/new", VENUE)
    one, other = await list_venues(edition)
    field = f"travel-{one.id}-{other.id}"
    assert field in (await olga.get(AT)).text
    assert (await olga.send_form(f"{AT}/travel", {field: "25", "travel-x-y": "7"})).status_code == 303
    assert await travel_minutes(edition) == {(one.id, other.id): 25, (other.id, one.id): 25}
    for odd in ("soon", "-1", "9999", "7.5"):
        answer = await olga.send_form(f"{AT}/travel", {field: odd})
        assert (answer.status_code, f'id="{field}-e"' in answer.text) == (422, True)
    assert await travel_minutes(edition) == {(one.id, other.id): 25, (other.id, one.id): 25}
    assert (await olga.send_form(f"{AT}/travel", {field: ""})).status_code == 303
    assert await travel_minutes(edition) == {}


async def test_a_plan_is_kept_shown_and_removed(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    await olga.send_form(f"{AT}/venues/new", VENUE)
    (venue,) = await list_venues(edition)
    at = f"{AT}/venues/{venue.id}"
    for files in (None, {"plan": ("plan.svg", b"<svg/>")}):
        refused = await send_files(olga, f"{at}/plan", files=files)
        assert (refused.status_code, 'id="plan-e"' in refused.text) == (422, True)
    assert (await send_files(olga, f"{at}/plan", files={"plan": ("plan.jpg", picture())})).status_code == 303
    (venue,) = await list_venues(edition)
    assert f"/plans/{venue.plan}" in (await olga.get(at)).text
    assert (await olga.get(f"/plans/{venue.plan}")).headers["content-type"] == "image/jpeg"
    for elsewhere in (f"/portraits/{venue.plan}", "/plans/../../etc/passwd", "/plans/x"):
        assert (await olga.get(elsewhere)).status_code == 404
    stranger = await as_staff("organiser", edition=await make.edition("wcd-other", is_current=False))
    assert (await send_files(stranger, f"{at}/plan", {"remove": "1"})).status_code == 404
    assert (await send_files(olga, f"{at}/plan", {"remove": "1"})).status_code == 303
    assert [one.plan for one in await list_venues(edition)] == [""]
