"""What warnings are made from, out of the database; and what is kept of it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from tests import make
from tests.agenda.warnings.plans import at
from wcd.agenda.tables import Appearance, Availability, Session
from wcd.agenda.warnings.queries import kept_plan, load_plan
from wcd.agenda.warnings.rules import warnings
from wcd.agenda.warnings.views import RoomFacts, SpeakerFacts
from wcd.agenda.working import raise_working
from wcd.core.db import fetch
from wcd.core.i18n import Bilingual
from wcd.editions.published import raise_published
from wcd.venues.tables import Layout, Opening, Room, Travel

NAME = Bilingual("江海厅", "Jianghai Hall")
HOUSE = Bilingual("滨江会议中心", "Riverside Centre")


async def venue_of(room: UUID) -> UUID:
    return UUID(str((await fetch("SELECT venue FROM venues_room WHERE id = $1", room))[0]["venue"]))


async def test_a_plan_is_all_that_warnings_depend_on(db: None) -> None:
    edition = await make.edition()
    hall, part = await make.room(edition), await make.room(edition, "far", 60)
    await Layout.insert(Layout(room=hall, code="rows", capacity=80))
    await Opening.insert(Opening(room=hall, opens_at=at("08:00"), closes_at=at("18:00")))
    await Room.update({Room.whole: hall}).where(Room.id == part)
    one, other = sorted([await venue_of(hall), await venue_of(part)])
    await Travel.insert(Travel(one=one, other=other, minutes=25))
    ada = await make.speaker(edition, language="fr")
    await Availability.insert(Availability(speaker=ada, starts_at=at("09:00"), ends_at=at("12:00")))
    held = await make.session(edition, "2023-10-28T09:00+08:00", room=hall, layout="rows")
    idea = await make.session(edition, state="idea", starts_at=None, ends_at=None)
    await Appearance.insert(Appearance(session=held, speaker=ada, role="speaker"))
    await make.release(edition)

    plan = await load_plan(edition)

    assert list(plan.sessions) == [held, idea]
    assert (plan.layouts, plan.travel, plan.shared) == ({held: "rows"}, {(one, other): 25}, {})
    assert plan.published == {held: (at("09:00"), at("10:30"))}
    assert plan.rooms[hall] == RoomFacts(
        hall, await venue_of(hall), NAME, HOUSE, 400, {"rows": 80}, ((at("08:00"), at("18:00")),)
    )
    assert (plan.rooms[part].whole, plan.rooms[part].capacity) == (hall, 60)
    available = ((at("09:00"), at("12:00")),)
    assert plan.speakers == {ada: SpeakerFacts(ada, "陈望舒", "Chen Wangshu", "fr", available)}
    assert [part.speaker for part in plan.sessions[held].people] == [ada]
    assert [(one.kind, one.language) for one in warnings(plan)] == [("language_not_covered", "fr")]


async def test_a_plan_is_of_one_edition(db: None) -> None:
    edition = await make.edition()
    other = await make.edition("other", is_current=False)
    await make.session(other, room=await make.room(other))
    await make.speaker(other)
    plan = await load_plan(edition)
    assert (plan.sessions, plan.rooms, plan.speakers) == ({}, {}, {})


async def test_a_kept_plan_is_read_again_when_something_changed(
    db: None, count_queries: Callable[[], int]
) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    first = await kept_plan(edition)
    before = count_queries()
    assert await kept_plan(edition) is first
    assert count_queries() - before == 1
    later = first.sessions[session].ends_at + timedelta(hours=1)
    await Session.update({Session.ends_at: later}).where(Session.id == session)
    await raise_working(edition)
    second = await kept_plan(edition)
    assert second.sessions[session].ends_at == later
    await raise_published(edition)
    third = await kept_plan(edition)
    assert third is not second
    loaded = await make.session(edition, state="planned")
    assert loaded in (await kept_plan(edition)).sessions


async def test_few_plans_are_kept(db: None) -> None:
    plans = []
    for number in range(6):
        edition = await make.edition(f"e{number}", is_current=False)
        plans.append((edition, await kept_plan(edition)))
    assert [await kept_plan(edition) is plan for edition, plan in plans[2:]] == [True] * 4
    assert await kept_plan(plans[0][0]) is not plans[0][1]
