"""Plans and ways between venues."""

import io
from uuid import UUID

import pytest
from PIL import Image

from tests import make
from wcd.actors.actors import STAFF, Actor, system
from wcd.core import files
from wcd.core.errors import NotFound
from wcd.core.pictures import NotAPicture
from wcd.venues import places, queries, ways
from wcd.venues.errors import NoSuchPlace
from wcd.venues.inputs import VenueDetails

BY = system("test")


async def add(edition: UUID, name: str) -> UUID:
    return await places.add_venue(edition, VenueDetails(name_zh="会议中心", name_en=name), by=BY)


def drawing() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (3000, 1000), (0, 90, 170, 0)).save(out, "PNG")
    return out.getvalue()


async def test_a_plan_is_drawn_anew_and_replaces_the_one_before(db: None) -> None:
    edition = await make.edition()
    venue = await add(edition, "House")
    first = await ways.keep_plan(venue, drawing(), by=BY)
    with Image.open(files.path_of(first)) as kept:
        assert (kept.format, kept.size, kept.getpixel((5, 5))) == ("JPEG", (2000, 667), (255, 255, 255))
    second = await ways.keep_plan(venue, drawing(), by=BY)
    assert [one.plan for one in await queries.list_venues(edition)] == [second]
    await ways.remove_plan(venue, by=BY)
    assert [one.plan for one in await queries.list_venues(edition)] == [""]


async def test_what_is_no_plan_leaves_no_trace(db: None) -> None:
    edition = await make.edition()
    venue = await add(edition, "House")
    with pytest.raises(NotAPicture):
        await ways.keep_plan(venue, b"<svg xmlns='http://www.w3.org/2000/svg'/>", by=BY)
    stranger = Actor(
        STAFF, roles=frozenset({"owner"}), edition_id=await make.edition("wcd-other"[:20], is_current=False)
    )
    with pytest.raises(NoSuchPlace):
        await ways.keep_plan(venue, drawing(), by=stranger)
    assert [one.plan for one in await queries.list_venues(edition)] == [""]


async def test_ways_hold_in_both_directions(db: None) -> None:
    edition = await make.edition()
    one, other, third = [await add(edition, name) for name in ("One", "Other", "Third")]
    await ways.set_travel(edition, {(other, one): 25, (one, third): 40, (one, one): 5}, by=BY)
    assert await queries.travel_minutes(edition) == {
        (one, other): 25,
        (other, one): 25,
        (one, third): 40,
        (third, one): 40,
    }
    await ways.set_travel(edition, {(third, other): 0}, by=BY)
    assert await queries.travel_minutes(edition) == {(other, third): 0, (third, other): 0}


async def test_ways_lead_to_no_other_edition(db: None) -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    here, there = await add(edition, "Here"), await add(other, "There")
    with pytest.raises(NoSuchPlace):
        await ways.set_travel(edition, {(here, there): 10}, by=BY)
    assert await queries.travel_minutes(edition) == {}


async def test_a_kept_file_goes_where_what_it_was_for_is_not_done() -> None:
    key = files.keep("plan.jpg", b"x")
    with pytest.raises(RuntimeError), files.kept_if_done(key):
        raise RuntimeError
    with pytest.raises(NotFound):
        files.path_of(key)
