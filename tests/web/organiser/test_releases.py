"""The pages of releases: the difference with numbers, proposing, approving by a second person, at a time, going back."""

from typing import Any
from uuid import UUID

import pytest

from tests import make
from tests.registration.cast import organiser
from wcd.actors.actors import system
from wcd.agenda import queries, releases
from wcd.agenda.tables import Session, Settings
from wcd.registration import bookings
from wcd.registration.publishing import publish_due

ENGLISH = {"accept-language": "en"}


async def changed_session(edition: UUID) -> UUID:
    room = await make.room(edition)
    session = await make.session(edition, code="forum", title_en="Sponge city")
    await bookings.book_seat(await make.guest(edition), session, by=organiser(edition))
    await Session.update({Session.room: room}).where(Session.id == session)
    return session


async def test_difference_is_said_in_numbers_before_anything_is_done(
    db: None, clock: Any, as_staff: Any
) -> None:
    edition = await make.edition()
    await changed_session(edition)
    visitor = await as_staff("organiser")
    page = (await visitor.get("/organiser/releases", headers=ENGLISH)).text
    assert "1 session differs from what guests see" in page
    assert "1 person will be told by mail" in page
    assert "Propose this release" in page
    assert "Publish now" not in page


async def test_two_people_and_the_clock(db: None, clock: Any, as_staff: Any) -> None:
    edition = await make.edition()
    await changed_session(edition)
    proposer, second = await as_staff("organiser"), await as_staff("organiser")
    answer = await proposer.send_form("/organiser/releases", {"note": "Rooms"}, **ENGLISH)
    assert answer.status_code == 303
    here = answer.headers["location"]
    assert "somebody else approves it" in (await proposer.get(here, headers=ENGLISH)).text
    refused = await proposer.send_form(f"{here}/approve", {"when": "now"}, **ENGLISH)
    assert refused.status_code == 409
    wrong = await second.send_form(
        f"{here}/approve", {"when": "later", "day": "tomorrow", "clock": "25:00"}, **ENGLISH
    )
    assert wrong.status_code == 422
    assert "Give a day and a time" in wrong.text
    past = await second.send_form(
        f"{here}/approve", {"when": "later", "day": "2023-10-01", "clock": "18:00"}, **ENGLISH
    )
    assert past.status_code == 409
    done = await second.send_form(
        f"{here}/approve", {"when": "later", "day": "2023-10-26", "clock": "18:00"}, **ENGLISH
    )
    assert done.status_code == 303
    assert (await queries.get_session_page(edition, "forum")).card.place is None
    clock("2023-10-26T18:00:01+08:00")
    assert await publish_due(by=system("clock")) == 1
    assert (await queries.get_session_page(edition, "forum")).card.place is not None
    assert "People told" in (await second.get(here, headers=ENGLISH)).text


async def test_without_a_second_person_one_button_publishes(db: None, clock: Any, as_staff: Any) -> None:
    edition = await make.edition()
    await changed_session(edition)
    await Settings.insert(Settings(edition=edition, needs_second=False))
    visitor = await as_staff("organiser")
    assert "Publish and tell 1 person" in (await visitor.get("/organiser/releases", headers=ENGLISH)).text
    answer = await visitor.send_form("/organiser/releases", {"note": "", "publish": "1"}, **ENGLISH)
    assert answer.status_code == 303
    assert "Nothing to release" in (await visitor.get("/organiser/releases", headers=ENGLISH)).text


async def test_decline_needs_a_reason(db: None, as_staff: Any) -> None:
    edition = await make.edition()
    await changed_session(edition)
    proposer, second = await as_staff("organiser"), await as_staff("organiser")
    here = (await proposer.send_form("/organiser/releases", {"note": ""}, **ENGLISH)).headers["location"]
    assert (await second.send_form(f"{here}/decline", {"reason": " "}, **ENGLISH)).status_code == 422
    await second.send_form(f"{here}/decline", {"reason": "Sunday is wrong."}, **ENGLISH)
    assert "Sunday is wrong." in (await proposer.get(here, headers=ENGLISH)).text


async def test_going_back(db: None, as_staff: Any) -> None:
    edition = await make.edition()
    session = await make.session(edition, title_en="First")
    [first] = await releases.list_releases(edition)
    await Settings.insert(Settings(edition=edition, needs_second=False))
    await Session.update({Session.title_en: "Second"}).where(Session.id == session)
    visitor = await as_staff("organiser")
    await visitor.send_form("/organiser/releases", {"note": "", "publish": "1"}, **ENGLISH)
    assert (
        "Copy it into the working copy"
        in (await visitor.get(f"/organiser/releases/{first.id}", headers=ENGLISH)).text
    )
    answer = await visitor.send_form(f"/organiser/releases/{first.id}/revert", {}, **ENGLISH)
    assert answer.status_code == 303
    assert (await queries.get_session_facts(session)).title.en == "First"


@pytest.mark.parametrize("role", ["reader", "approver"])
async def test_readers_look_and_do_nothing(db: None, as_staff: Any, role: str) -> None:
    edition = await make.edition()
    await changed_session(edition)
    visitor = await as_staff(role)
    page = (await visitor.get("/organiser/releases", headers=ENGLISH)).text
    assert "differs from what guests see" in page
    assert 'name="note"' not in page
    assert (await visitor.send_form("/organiser/releases", {"note": ""}, **ENGLISH)).status_code == 403


async def test_a_note_too_long_is_kept_and_said(db: None, as_staff: Any) -> None:
    await changed_session(await make.edition())
    answer = await (await as_staff("organiser")).send_form(
        "/organiser/releases", {"note": "x" * 2001}, **ENGLISH
    )
    assert answer.status_code == 422
    assert "x" * 2001 in answer.text
