"""Staff work in the edition they have chosen: what belongs to another one is not there, whatever their role."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests import make
from tests.registration.cast import organiser
from wcd.actors.actors import Actor
from wcd.actors.tables import AuditEntry
from wcd.agenda import states
from wcd.agenda.errors import NoSuchSession
from wcd.core.errors import Forbidden
from wcd.mail import outbox
from wcd.registration import approvals, bookings, codes, delegations, guests
from wcd.registration.errors import NoSuchGuest
from wcd.registration.tables import Guest

Verb = Callable[..., Awaitable[Any]]
OF_A_GUEST: dict[str, Verb] = {
    "approve": lambda g, _s, by: approvals.approve_guest(g, by=by),
    "decline": lambda g, _s, by: approvals.decline_guest(g, by=by),
    "return": lambda g, _s, by: approvals.return_guest(g, question="?", by=by),
    "answer": lambda g, _s, by: approvals.answer_question(g, answer="!", by=by),
    "category": lambda g, _s, by: guests.change_category(g, "delegate", by=by),
    "cancel": lambda g, _s, by: guests.cancel_registration(g, by=by),
    "code": lambda g, _s, by: codes.replace_code(g, by=by),
    "delegation": lambda g, _s, by: delegations.join_delegation(g, None, by=by),
    "book": lambda g, s, by: bookings.book_seat(g, s, by=by),
    "give back": lambda g, s, by: bookings.cancel_booking(g, s, by=by),
}
OF_A_SESSION: dict[str, Verb] = {
    "confirm": lambda s, by: states.set_state(s, "confirmed", by=by),
    "seats": lambda s, by: bookings.change_seats(s, 5, by=by),
    "call off": lambda s, by: states.set_state(s, "called_off", by=by),
}


async def two_editions() -> tuple[Any, Actor]:
    """An edition, and somebody who organises another one."""
    return await make.edition(), organiser(await make.edition("wcd-other", is_current=False))


@pytest.mark.parametrize("verb", OF_A_GUEST.values(), ids=OF_A_GUEST)
async def test_guests_of_another_edition_are_not_found(db: None, verb: Verb) -> None:
    edition, stranger = await two_editions()
    guest, session = await make.guest(edition), await make.session(edition)
    with pytest.raises(NoSuchGuest):
        await verb(guest, session, stranger)
    assert await Guest.select(Guest.state, Guest.version).where(Guest.id == guest) == [
        {"state": "approved", "version": 1}
    ]
    assert await AuditEntry.count() == 0


@pytest.mark.parametrize("verb", OF_A_SESSION.values(), ids=OF_A_SESSION)
async def test_sessions_of_another_edition_are_not_found(db: None, verb: Verb) -> None:
    edition, stranger = await two_editions()
    with pytest.raises(NoSuchSession):
        await verb(await make.session(edition), stranger)
    assert await AuditEntry.count() == 0


async def test_a_guest_of_ones_own_has_no_seat_elsewhere(db: None) -> None:
    edition = await make.edition()
    other = await make.edition("wcd-other", is_current=False)
    with pytest.raises(NoSuchSession):
        await bookings.book_seat(await make.guest(other), await make.session(edition), by=organiser(other))


async def test_mails_of_another_edition_are_not_sent_again(db: None) -> None:
    edition, stranger = await two_editions()
    mail = await make.mail(edition, await make.guest(edition), state="failed")
    assert not await outbox.retry_mail(mail, by=stranger)
    assert await outbox.retry_mail(mail, by=organiser(edition))


async def test_nothing_new_is_made_in_another_edition(db: None) -> None:
    edition, stranger = await two_editions()
    with pytest.raises(Forbidden):
        await delegations.make_delegation(edition, name_zh="团", name_en="Delegation", by=stranger)
