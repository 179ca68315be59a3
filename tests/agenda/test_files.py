"""A session with all that its pages say at their head."""

import pytest

from tests import make
from wcd.agenda.errors import NoSuchSession
from wcd.agenda.files import get_session_file
from wcd.agenda.tables import Appearance, Item, Session


async def test_counts_gaps_and_whether_guests_see_it(db: None) -> None:
    edition = await make.edition()
    room = await make.room(edition, capacity=80)
    session = await make.session(edition, room=room, summary_zh="只有中文", meeting_point_en="East gate")
    speaker = await make.speaker(edition)
    for n in range(2):
        item = Item(session=session, position=n, kind="speech", title_en="A", minutes=50)
        await Item.insert(item)
        await Appearance.insert(Appearance(session=session, item=item.id, speaker=speaker, role="speaker"))
    file = await get_session_file(edition, session)
    assert (file.people, file.items, file.item_minutes, file.hosts, file.capacity) == (1, 2, 100, 0, 80)
    assert (file.minutes, file.minutes_over) == (90, 10)
    assert file.missing == ["summary_en", "meeting_point_zh"]
    assert (file.is_on_programme, file.was_released, file.proposal) == (True, True, None)


async def test_an_idea_without_a_time(db: None) -> None:
    edition = await make.edition()
    idea = await make.session(edition, state="idea")
    await Session.update({Session.starts_at: None, Session.ends_at: None, Session.minutes: 45}).where(
        Session.id == idea
    )
    file = await get_session_file(edition, idea)
    assert (file.starts_at, file.minutes, file.room_name.local, file.is_on_programme) == (None, 45, "", False)


async def test_those_of_other_editions_are_not_found(db: None) -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    with pytest.raises(NoSuchSession):
        await get_session_file(other, await make.session(edition))
