"""States of the working copy, new sessions, and what may be removed."""

from uuid import UUID

import pytest

from tests import make
from wcd.actors.actors import system
from wcd.actors.audit import history_of
from wcd.agenda import sessions, states
from wcd.agenda.errors import NotScheduled, SessionOnProgramme, SessionReleased, WrongState
from wcd.agenda.inputs import NewSession
from wcd.agenda.tables import Appearance, Hosting, Item, Session
from wcd.core.errors import Invalid
from wcd.core.inputs import parse

BY = system("test")


async def state_of(session: UUID) -> str:
    return str((await Session.select(Session.state).where(Session.id == session))[0]["state"])


async def test_an_idea_needs_neither_time_nor_both_languages(db: None) -> None:
    edition = await make.edition()
    idea = await sessions.create_session(edition, NewSession(kind="forum", title_zh="海绵城市"), by=BY)
    value = parse(
        NewSession, {"kind": ["tour"], "title_en": ["Sponge cities"], "day": ["2023-10-29"], "starts": ["22:00"],
                     "ends": ["00:30"], "next_day": ["1"]}
    ).value  # fmt: skip
    assert value
    timed = await sessions.create_session(edition, value, by=BY)
    rows = {row["id"]: row for row in await Session.select()}
    assert (rows[idea]["state"], rows[idea]["code"], rows[idea]["starts_at"]) == ("idea", "session", None)
    assert (rows[timed]["state"], rows[timed]["code"], rows[timed]["minutes"]) == (
        "planned",
        "sponge-cities",
        150,
    )
    with pytest.raises(Invalid):
        await sessions.create_session(edition, NewSession(
            kind="forum", title_en="x", day=value.day, starts="10:00", ends="09:00"), by=BY)  # fmt: skip


async def test_an_idea_is_planned_confirmed_called_off_and_takes_place_after_all(db: None) -> None:
    session = await make.session(await make.edition(), state="idea")
    for state in ("planned", "idea", "confirmed", "called_off", "confirmed", "planned"):
        await states.set_state(session, state, by=BY)
        assert await state_of(session) == state
    await states.set_state(session, "planned", by=BY)
    assert [entry.action for entry in reversed(await history_of(session))] == [
        "session.planned", "session.made_an_idea", "session.confirmed", "session.called_off", "session.reinstated",
        "session.planned",
    ]  # fmt: skip


async def test_what_does_not_follow_is_refused(db: None) -> None:
    edition = await make.edition()
    idea = await make.session(edition, state="idea")
    await Session.update({Session.starts_at: None, Session.ends_at: None}).where(Session.id == idea)
    with pytest.raises(NotScheduled):
        await states.set_state(idea, "confirmed", by=BY)
    with pytest.raises(WrongState):
        await states.set_state(idea, "called_off", by=BY)
    confirmed = await make.session(edition)
    with pytest.raises(WrongState):
        await states.set_state(confirmed, "idea", by=BY)
    done = await states.set_states([idea, confirmed], "called_off", by=BY)
    assert done.done == [confirmed]
    assert [(one, type(why)) for one, why in done.refused] == [(idea, WrongState)]


async def test_what_guests_see_is_called_off_not_made_to_vanish(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    await make.release(edition)
    with pytest.raises(SessionOnProgramme):
        await states.set_state(session, "planned", by=BY)
    with pytest.raises(WrongState):
        await states.remove_session(session, by=BY)
    assert await state_of(session) == "confirmed"


async def test_only_what_no_release_had_is_removed(db: None) -> None:
    edition = await make.edition()
    idea = await make.session(edition, state="idea")
    item = Item(session=idea, position=0, kind="speech", title_en="A", minutes=10)
    await Item.insert(item)
    await Appearance.insert(
        Appearance(session=idea, item=item.id, speaker=await make.speaker(edition), role="speaker")
    )
    await states.remove_session(idea, by=BY)
    assert [await table.count() for table in (Session, Item, Appearance, Hosting)] == [0, 0, 0, 0]
    [entry] = await history_of(idea)
    assert entry.action == "session.removed"

    released = await make.session(edition)
    await make.release(edition)
    await Session.update({Session.state: "planned"}).where(Session.id == released)
    with pytest.raises(SessionReleased):
        await states.remove_session(released, by=BY)
