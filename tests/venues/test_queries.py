"""Reading the places."""

from collections.abc import Callable

from tests import make
from wcd.venues import queries


async def test_venues_have_their_rooms_with_two_queries(db: None, count_queries: Callable[[], int]) -> None:
    edition = await make.edition()
    first = await make.room(edition, "a", capacity=600)
    await make.room(edition, "b", capacity=80)
    other = await make.room(await make.edition("wcd-other", is_current=False), "c")
    before = count_queries()
    venues = await queries.list_venues(edition)
    assert count_queries() - before == 2
    assert [(venue.code, [(room.code, room.capacity) for room in venue.rooms]) for venue in venues] == [
        ("v-a", [("a", 600)]),
        ("v-b", [("b", 80)]),
    ]
    found = await queries.room_in(edition, first)
    assert found is not None
    assert found.venue.en == "Riverside Centre"
    assert await queries.room_in(edition, other) is None
