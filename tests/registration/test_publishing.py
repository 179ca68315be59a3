"""Releases: proposed, approved by a second person, published once, told once; by the clock; gone back to."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from tests import make
from tests.registration.cast import organiser
from wcd.actors.actors import Actor, system
from wcd.agenda import queries, releases, states
from wcd.agenda.errors import (
    NoSuchRelease,
    OwnProposal,
    ReleaseInThePast,
    ReleaseOnItsWay,
    ReleaseSettled,
)
from wcd.agenda.tables import Appearance, Body, Hosting, Item, Session, Settings
from wcd.core.clock import now
from wcd.core.db import execute, fetch
from wcd.core.errors import Forbidden
from wcd.core.ids import uuid7
from wcd.registration import bookings, notices, publishing
from wcd.registration.queries import list_my_sessions

SYSTEM = system("test")


def another(edition: UUID) -> Actor:
    return Actor(kind="staff", id=uuid7(), name="Wei", roles=frozenset({"organiser"}), edition_id=edition)


async def moved(session: UUID, hours: int) -> None:
    await Session.update(
        {
            Session.starts_at: Session.starts_at + timedelta(hours=hours),
            Session.ends_at: Session.ends_at + timedelta(hours=hours),
        }
    ).where(Session.id == session)


async def mails_to(guest: UUID) -> list[dict[str, Any]]:
    rows = await fetch("SELECT * FROM mail_mail WHERE about = $1 ORDER BY queued_at", guest)
    return [dict(row) for row in rows]


async def test_guests_see_the_release_and_organisers_the_working_copy(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition, code="forum")
    await Session.update({Session.title_en: "New words"}).where(Session.id == session)
    assert (await queries.get_session_page(edition, "forum")).card.title.en != "New words"
    assert (await queries.get_session_page(edition, "forum", working=True)).card.title.en == "New words"
    told = await publishing.publish_at_once(edition, by=SYSTEM)
    assert (told.sessions, told.guests) == (1, 0)
    card = (await queries.get_session_page(edition, "forum")).card
    assert (card.title.en, card.sequence, card.changed_in) == ("New words", 1, 2)


async def test_the_proposer_may_not_approve(db: None) -> None:
    edition = await make.edition()
    await make.session(edition)
    by = organiser(edition)
    release = await publishing.propose_release(edition, "Rooms of Sunday", by=by)
    with pytest.raises(OwnProposal):
        await releases.approve_release(release, by=by)
    with pytest.raises(ReleaseOnItsWay):
        await publishing.propose_release(edition, "", by=another(edition))
    with pytest.raises(ReleaseSettled):
        await publishing.publish_release(release, by=by)
    with pytest.raises(ReleaseInThePast):
        await releases.approve_release(release, publish_at=now(), by=another(edition))
    await releases.approve_release(release, by=another(edition))
    await publishing.publish_release(release, by=by)
    view = await releases.get_release(release)
    assert (view.state, view.is_current, view.decided_by_name) == ("published", True, "Wei")
    with pytest.raises(ReleaseSettled):
        await publishing.publish_release(release, by=by)


async def test_an_edition_may_do_without_a_second_person(db: None) -> None:
    edition = await make.edition()
    await make.session(edition)
    await Settings.insert(Settings(edition=edition, needs_second=False))
    told = await publishing.publish_at_once(edition, by=organiser(edition))
    assert told.sessions == 0
    assert (await releases.current_release(edition)).number == 2


async def test_what_is_published_is_what_was_frozen(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition, code="forum", title_en="As approved")
    release = await publishing.propose_release(edition, "", by=organiser(edition))
    await releases.approve_release(release, by=another(edition))
    await Session.update({Session.title_en: "A second thought"}).where(Session.id == session)
    await publishing.publish_release(release, by=SYSTEM)
    assert (await queries.get_session_page(edition, "forum")).card.title.en == "As approved"
    assert [one.kind for one in await publishing.working_difference(edition)] == ["changed"]


async def test_declined_and_withdrawn_leave_the_way_free(db: None) -> None:
    edition = await make.edition()
    await make.session(edition)
    first = await publishing.propose_release(edition, "", by=organiser(edition))
    await releases.decline_release(first, "Sunday is wrong.", by=another(edition))
    second = await publishing.propose_release(edition, "", by=organiser(edition))
    await releases.withdraw_release(second, by=organiser(edition))
    assert [(one.number, one.state, one.reason) for one in await releases.list_releases(edition)] == [
        (3, "withdrawn", ""),
        (2, "declined", "Sunday is wrong."),
        (1, "published", ""),
    ]
    with pytest.raises(ReleaseSettled):
        await releases.approve_release(second, by=another(edition))


async def test_another_editions_releases_are_not_found(db: None) -> None:
    edition = await make.edition()
    await make.session(edition)
    stranger = organiser(await make.edition("wcd-other", is_current=False))
    release = await publishing.propose_release(edition, "", by=organiser(edition))
    for verb in (
        releases.approve_release,
        releases.withdraw_release,
        releases.revert_to,
        publishing.publish_release,
    ):
        with pytest.raises(NoSuchRelease):
            await verb(release, by=stranger)
    with pytest.raises(Forbidden):
        await publishing.propose_release(edition, "", by=stranger)


async def test_everybody_concerned_is_told_once(db: None, clock: Any) -> None:
    edition = await make.edition()
    room = await make.room(edition)
    held = await make.session(
        edition, "2023-10-29T09:00+08:00", title_zh="海绵城市", title_en="The sponge city"
    )
    off = await make.session(edition, "2023-10-29T14:00+08:00")
    same = await make.session(edition, "2023-10-30T14:00+08:00")
    speaker = await make.speaker(edition, email="speaker@people.example", language="en")
    body = Body(edition=edition, code="inst", name_zh="研究院", name_en="Institute", email="b@hosts.example")
    await Body.insert(body)
    await Hosting.insert(Hosting(session=off, body=body.id))
    await Appearance.insert(Appearance(session=held, item=None, speaker=speaker, role="speaker"))
    await make.release(edition)
    guest, waiting, other = [await make.guest(edition) for _ in range(3)]
    for who, session in ((guest, held), (guest, off), (other, same)):
        await bookings.book_seat(who, session, by=organiser(edition))
    await make.booking(waiting, held, "waiting")
    await execute("DELETE FROM mail_mail")
    await Session.update({Session.room: room}).where(Session.id == held)
    await states.set_state(off, "called_off", by=organiser(edition))

    foreseen = await publishing.preview(edition, await publishing.working_difference(edition))
    told = await publishing.publish_at_once(edition, by=SYSTEM)

    assert foreseen == told
    assert (told.sessions, told.guests, told.speakers, told.bodies, told.bookings_ended) == (2, 2, 1, 1, 1)
    assert [one.id for one in await list_my_sessions(guest)] == [held]
    kinds = await fetch("SELECT kind, address, attachment FROM mail_mail ORDER BY kind, address")
    assert [row["kind"] for row in kinds] == [
        "programme_changed_body", "programme_changed_guest", "programme_changed_guest", "programme_changed_speaker",
    ]  # fmt: skip
    assert {row["attachment"] for row in kinds} == {"calendar"}
    assert await mails_to(other) == []
    [mail] = await mails_to(guest)
    assert '"what": "moved"' in mail["context"] or '"what":"moved"' in mail["context"]
    assert (await releases.current_release(edition)).told["guests"] == 2

    events = Calendar.from_ical(await notices.calendar_of(mail["attachment_id"])).walk("VEVENT")
    assert {(str(one["status"]), int(one["sequence"])) for one in events} == {
        ("CONFIRMED", 1),
        ("CANCELLED", 1),
    }


async def test_removed_sessions_are_cancelled_in_calendars(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    guest = await make.guest(edition)
    await bookings.book_seat(guest, session, by=organiser(edition))
    await Session.update({Session.state: "planned"}).where(Session.id == session)
    told = await publishing.publish_at_once(edition, by=SYSTEM)
    assert (told.guests, told.bookings_ended) == (1, 1)
    notice = (await fetch("SELECT id FROM registration_notice WHERE guest = $1", guest))[0]["id"]
    [event] = Calendar.from_ical(await notices.calendar_of(notice)).walk("VEVENT")
    assert (str(event["status"]), int(event["sequence"])) == ("CANCELLED", 1)
    await Session.update({Session.state: "confirmed"}).where(Session.id == session)
    await publishing.publish_at_once(edition, by=SYSTEM)
    [card] = await queries.list_sessions(edition)
    assert card.sequence == 2, "it must be newer than the cancellation"


async def test_guests_whose_sessions_now_overlap_are_asked(db: None, clock: Any) -> None:
    edition = await make.edition()
    one = await make.session(edition, "2023-10-29T09:00+08:00")
    other = await make.session(edition, "2023-10-29T14:00+08:00")
    guest, single = await make.guest(edition), await make.guest(edition)
    for who, session in ((guest, one), (guest, other), (single, one)):
        await bookings.book_seat(who, session, by=organiser(edition))
    await moved(one, 5)
    assert (await publishing.publish_at_once(edition, by=SYSTEM)).clashes == 1
    asked = await fetch("SELECT guest, state, one, other FROM registration_clash")
    assert [(row["guest"], row["state"], {row["one"], row["other"]}) for row in asked] == [
        (guest, "asked", {one, other})
    ]
    assert len(await list_my_sessions(guest)) == 2, "they may keep both"
    mail = (await mails_to(guest))[-1]
    assert "clashes" in mail["context"]
    await Session.update({Session.title_en: "Other words"}).where(Session.id == one)
    assert (await publishing.publish_at_once(edition, by=SYSTEM)).clashes == 0, "they know already"


async def test_a_comma_in_a_summary_sends_nobody_a_letter(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    await bookings.book_seat(await make.guest(edition), session, by=organiser(edition))
    await execute("DELETE FROM mail_mail")
    await Session.update({Session.summary_en: "A comma,"}).where(Session.id == session)
    told = await publishing.publish_at_once(edition, by=SYSTEM)
    assert (told.sessions, told.people) == (1, 0)
    assert await fetch("SELECT FROM mail_mail") == []


async def test_the_clock_publishes_what_is_due(db: None, clock: Any) -> None:
    edition = await make.edition()
    session = await make.session(edition, title_en="Old")
    await Session.update({Session.title_en: "New"}).where(Session.id == session)
    release = await publishing.propose_release(edition, "", by=organiser(edition))
    at = datetime.fromisoformat("2023-10-26T18:00+08:00")
    await releases.approve_release(release, publish_at=at, by=another(edition))
    clock("2023-10-26T17:59:59+08:00")
    assert await publishing.publish_due(by=SYSTEM) == 0
    clock("2023-10-26T18:00:00+08:00")
    assert await publishing.publish_due(by=SYSTEM) == 1
    assert await publishing.publish_due(by=SYSTEM) == 0
    assert (await queries.list_sessions(edition))[0].title.en == "New"
    assert (await releases.get_release(release)).published_at == at


async def test_going_back_copies_the_old_release_into_the_working_copy(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition, title_en="First")
    speaker = await make.speaker(edition)
    item = Item(session=session, position=0, kind="speech", title_en="Opening", minutes=20, notes="Light up")
    await Item.insert(item)
    await Appearance.insert(Appearance(session=session, item=item.id, speaker=speaker, role="speaker"))
    first = await make.release(edition)
    before = await queries.published_sessions(edition)
    await Session.update({Session.title_en: "Second"}).where(Session.id == session)
    await execute("DELETE FROM agenda_appearance")
    await Item.insert(Item(session=session, position=1, kind="video", title_en="Film", minutes=5))
    later = await make.session(edition, "2023-10-30T09:00+08:00", state="planned")
    await Session.update({Session.state: "confirmed"}).where(Session.id == later)
    await publishing.publish_at_once(edition, by=SYSTEM)

    await releases.revert_to(first, by=organiser(edition))

    assert [one.kind for one in await publishing.working_difference(edition)] != []
    working = {one.id: one for one in await queries.working_sessions(edition)}
    assert (working[session].title.en, working[later].state) == ("First", "planned")
    assert [one.en for one in working[session].items] == ["Opening"]
    assert [part.speaker for part in working[session].people] == [speaker]
    notes = await fetch("SELECT notes FROM agenda_item WHERE id = $1", item.id)
    assert notes[0]["notes"] == "Light up"
    await publishing.publish_at_once(edition, by=SYSTEM)
    after = await queries.published_sessions(edition)
    assert [(one.id, one.title, one.people, one.items) for one in after] == [
        (one.id, one.title, one.people, one.items) for one in before
    ]


@pytest.fixture
async def proposed(pool: None) -> AsyncIterator[tuple[UUID, UUID, UUID]]:
    """An edition with a moved session and an approved release, on real connections; taken away afterwards."""
    edition = await make.edition("wcd-release", is_current=False)
    session = await make.session(edition, "2033-10-29T09:00+08:00")
    guest = await make.guest(edition, category=await make.category(edition))
    await make.booking(guest, session)
    await moved(session, 2)
    release = await publishing.propose_release(edition, "", by=organiser(edition))
    await releases.approve_release(release, by=another(edition))
    yield edition, release, guest
    for table in (
        "core_job", "mail_mail", "actors_audit_entry", "registration_notice", "registration_clash",
        "registration_booking", "registration_code", "registration_guest", "registration_category", "agenda_release",
        "agenda_session", "agenda_settings", "editions_edition",
    ):  # fmt: skip
        await execute(f"DELETE FROM {table}")


async def test_of_two_who_publish_at_once_one_is_told(proposed: tuple[UUID, UUID, UUID]) -> None:
    edition, release, guest = proposed
    outcomes = await asyncio.gather(
        *(publishing.publish_release(release, by=organiser(edition)) for _ in range(5)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, publishing.Told) for one in outcomes) == 1
    assert sum(isinstance(one, ReleaseSettled) for one in outcomes) == 4
    assert len(await mails_to(guest)) == 1


async def test_of_two_who_propose_at_once_one_is_told(proposed: tuple[UUID, UUID, UUID]) -> None:
    edition, release, _guest = proposed
    await publishing.publish_release(release, by=organiser(edition))
    outcomes = await asyncio.gather(
        *(publishing.propose_release(edition, "", by=organiser(edition)) for _ in range(4)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["ReleaseOnItsWay"] * 3 + ["UUID"]
