"""Two sessions that a release made overlap: the guest gives one up or keeps both."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import make
from tests.registration.cast import organiser
from wcd.actors.actors import guest as as_guest
from wcd.actors.actors import system
from wcd.agenda.tables import Session
from wcd.core.db import fetch
from wcd.registration import bookings, clashes, publishing
from wcd.registration.errors import NoSuchClash, NoSuchGuest


async def move(session: UUID, hours: int, edition: UUID) -> None:
    times = {
        Session.starts_at: Session.starts_at + timedelta(hours=hours),
        Session.ends_at: Session.ends_at + timedelta(hours=hours),
    }
    await Session.update(times).where(Session.id == session)
    await publishing.publish_at_once(edition, by=system("test"))


@pytest.fixture
async def asked(db: None, clock: Any) -> tuple[UUID, UUID, UUID, UUID]:
    edition = await make.edition()
    one = await make.session(edition, "2023-10-29T09:00+08:00")
    other = await make.session(edition, "2023-10-29T14:00+08:00")
    guest = await make.guest(edition)
    for session in (one, other):
        await bookings.book_seat(guest, session, by=organiser(edition))
    await move(one, 5, edition)
    return edition, guest, one, other


async def test_keep_both_until_a_later_release_asks_anew(asked: tuple[UUID, UUID, UUID, UUID]) -> None:
    edition, guest, one, other = asked
    assert (await clashes.kept_pairs(guest), await clashes.count_open(edition)) == (set(), 1)
    await clashes.keep_both(guest, other, one, by=as_guest(guest))
    assert (await clashes.kept_pairs(guest), await clashes.count_open(edition)) == (
        {frozenset((one, other))},
        0,
    )
    with pytest.raises(NoSuchClash):
        await clashes.keep_both(guest, one, other, by=as_guest(guest))
    await move(one, -5, edition)
    await move(one, 5, edition)
    assert (await clashes.kept_pairs(guest), await clashes.count_open(edition)) == (set(), 1)


async def test_giving_one_up_settles_it(asked: tuple[UUID, UUID, UUID, UUID]) -> None:
    edition, guest, one, _other = asked
    await bookings.cancel_booking(guest, one, by=as_guest(guest))
    assert [row["state"] for row in await fetch("SELECT state FROM registration_clash")] == ["settled"]
    assert await clashes.count_open(edition) == 0


async def test_nobody_answers_for_another(asked: tuple[UUID, UUID, UUID, UUID]) -> None:
    edition, guest, one, other = asked
    with pytest.raises(NoSuchGuest):
        await clashes.keep_both(guest, one, other, by=as_guest(await make.guest(edition)))
