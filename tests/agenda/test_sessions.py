"""Sessions: the lock, and seats, which are no matter of releases."""

from uuid import UUID

import pytest

from tests import make
from wcd.actors.actors import system
from wcd.actors.audit import history_of
from wcd.agenda import queries, sessions
from wcd.agenda.errors import NoSuchSession
from wcd.agenda.working import working_number
from wcd.core.ids import uuid7
from wcd.editions.queries import edition_by_id

BY = system("test")


async def published(edition: UUID) -> int:
    return (await edition_by_id(edition)).published


async def test_seats_act_at_once_and_are_written_down(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition, seats=40)
    before = await working_number(edition)

    assert (await sessions.set_seats(session, 60, by=BY)).seats == 60

    assert await published(edition) == 2
    assert await working_number(edition) > before
    [entry] = await history_of(session)
    assert (entry.action, entry.details) == ("session.seats_changed", {"before": 40, "seats": 60})


async def test_unknown_session(db: None) -> None:
    for ask in (sessions.lock_session, queries.get_session_by_id):
        with pytest.raises(NoSuchSession):
            await ask(uuid7())
