"""Warnings with the guests in them."""

from uuid import UUID, uuid4

import pytest

from tests import make
from tests.agenda.warnings.plans import at
from wcd.actors.actors import system
from wcd.agenda.errors import NoSuchSession, ReleaseBlocked
from wcd.agenda.policy import Policy, change_policy
from wcd.agenda.releases import list_releases
from wcd.agenda.tables import Session
from wcd.registration import warned
from wcd.registration.overlaps import count_overlaps, shared_guests
from wcd.registration.publishing import propose_release

BY = system("test")


async def two(edition: UUID) -> tuple[UUID, UUID]:
    """Two sessions, one after the other, as published; three guests have seats in both, one waits."""
    one = await make.session(edition, "2023-10-28T09:00+08:00", 60)
    other = await make.session(edition, "2023-10-28T10:00+08:00", 60)
    await make.release(edition)
    for state in ("confirmed", "confirmed", "confirmed", "waiting", "cancelled"):
        guest = await make.guest(edition)
        await make.booking(guest, one)
        await make.booking(guest, other, state)
    await make.booking(await make.guest(edition), one)
    return one, other


async def move(session: UUID, starts: str, ends: str) -> None:
    await Session.update({Session.starts_at: at(starts), Session.ends_at: at(ends)}).where(
        Session.id == session
    )


async def test_guests_are_counted_where_sessions_come_to_overlap(db: None) -> None:
    edition = await make.edition()
    one, other = await two(edition)
    both = (min(one, other), max(one, other))
    assert await count_overlaps(edition) == {}
    assert await shared_guests(one) == await shared_guests(other) == {both: 3}
    await move(other, "09:30", "10:30")
    assert await count_overlaps(edition) == {both: 3}
    await make.session(edition, "2023-10-28T09:00+08:00", state="planned")
    assert await count_overlaps(edition) == {both: 3}


async def test_guests_who_chose_what_overlaps_are_not_counted(db: None) -> None:
    edition = await make.edition()
    one = await make.session(edition, "2023-10-28T09:00+08:00")
    other = await make.session(edition, "2023-10-28T10:00+08:00")
    await make.release(edition)
    guest = await make.guest(edition)
    await make.booking(guest, one)
    await make.booking(guest, other)
    assert await count_overlaps(edition) == {}
    assert (await warned.of_edition(edition)).found == []


async def test_called_off_sessions_keep_nobody(db: None) -> None:
    edition = await make.edition()
    _one, other = await two(edition)
    await move(other, "09:30", "10:30")
    await Session.update({Session.state: "called_off"}).where(Session.id == other)
    assert await count_overlaps(edition) == {}


async def test_a_move_is_tried_with_the_guests_in_it(db: None) -> None:
    edition = await make.edition()
    one, other = await two(edition)
    room = await make.room(edition)
    assert (await warned.of_session(edition, other)).found == []

    tried = await warned.what_if(edition, other, at("09:30"), at("10:30"), room)

    assert [(w.kind, w.session, w.other, w.number) for w in tried.found] == [
        ("bookings_overlap", one, other, 3)
    ]
    assert tried.plan.sessions[other].room == room
    assert (await warned.of_session(edition, other)).found == []
    for unknown in (uuid4(), await make.session(await make.edition("other", is_current=False))):
        with pytest.raises(NoSuchSession):
            await warned.what_if(edition, unknown, at("09:30"), at("10:30"), room)


async def test_only_what_a_release_would_hold_and_the_edition_forbids_blocks(db: None) -> None:
    edition = await make.edition()
    room = await make.room(edition)
    one, other = sorted([await make.session(edition, room=room) for _n in range(2)])
    planned = await make.session(edition, room=room, state="planned", title_en="")
    assert await warned.blocking(edition) == []
    await change_policy(edition, Policy(blocks=frozenset({"room_twice", "text_missing"})), by=BY)
    found = await warned.of_edition(edition)
    assert [w.kind for w in found.found] == ["room_twice"] * 3 + ["text_missing"]
    assert [(w.kind, w.session, w.other) for w in found.blocking] == [("room_twice", one, other)]
    assert await warned.blocking(edition) == found.blocking
    assert [w.session for w in found.found if w.kind == "text_missing"] == [planned]


async def test_a_release_that_a_warning_blocks_is_not_proposed(db: None) -> None:
    edition = await make.edition()
    room = await make.room(edition)
    for _n in range(2):
        await make.session(edition, room=room)
    before = len(await list_releases(edition))
    await change_policy(edition, Policy(blocks=frozenset({"room_twice"})), by=BY)
    with pytest.raises(ReleaseBlocked):
        await propose_release(edition, "", by=BY)
    assert len(await list_releases(edition)) == before
    await change_policy(edition, Policy(), by=BY)
    await propose_release(edition, "", by=BY)
    assert len(await list_releases(edition)) == before + 1
