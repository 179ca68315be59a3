"""Deciding: approve, decline, return, answer; one and many."""

import pytest

from tests import make
from tests.registration.cast import (
    AMINA,
    OUYANG,
    actions,
    forum,
    letter,
    line,
    mails,
    organiser,
    reader,
    state_of,
    submitted,
    traces,
)
from wcd.actors.actors import guest as as_guest
from wcd.actors.actors import system
from wcd.agenda import states
from wcd.core.db import fetch
from wcd.core.errors import Forbidden
from wcd.registration import approvals, bookings, codes, queries
from wcd.registration.errors import HasLiveCode, NoSuchGuest, NotApproved, NotPossibleNow
from wcd.registration.locked import lock_guest


async def test_approval_makes_a_code_and_a_letter_with_the_badge(db, clock):
    edition = await forum()
    guest = await submitted(edition)
    assert await approvals.approve_guest(guest, by=organiser(edition.id)) == []
    file = await queries.get_guest(guest)
    assert (file.state, len(file.code), len(file.short_code)) == ("approved", 26, 8)
    assert await mails(guest) == ["address_to_confirm", "received", "approved"]
    rows = await fetch("SELECT attachment, attachment_id FROM mail_mail WHERE kind = 'approved'")
    assert [tuple(row.values()) for row in rows] == [("badge_pdf", guest)]
    assert (await letter(guest, "approved"))["number"] == 1
    assert await actions(guest) == ["guest.submitted", "guest.confirmed", "guest.approved"]


async def test_wishes_become_bookings_in_order(db, clock):
    edition = await forum()
    free = await make.session(edition.id, "2023-10-28T09:00+08:00")
    clash = await make.session(edition.id, "2023-10-28T10:00+08:00")
    full = await make.session(edition.id, "2023-10-29T09:00+08:00", seats=0)
    gone = await make.session(edition.id, "2023-10-30T09:00+08:00")
    guest = await submitted(edition, wishes=[gone, full, clash, free])
    await states.set_state(gone, "called_off", by=organiser(edition.id))
    await make.release(edition.id)
    outcome = await approvals.approve_guest(guest, by=organiser(edition.id))
    assert outcome == [(free, "confirmed"), (clash, "left_out"), (full, "waiting"), (gone, "left_out")]
    assert [(one.id, one.state) for one in await queries.list_my_sessions(guest)] == [
        (free, "confirmed"),
        (full, "waiting"),
    ]
    told = (await letter(guest, "approved"))["wishes"]
    assert [one["state"] for one in told] == ["confirmed", "left_out", "waiting", "left_out"]
    assert await queries.list_wishes(guest) == []


@pytest.mark.parametrize("state", ["draft", "unconfirmed", "approved", "cancelled"])
async def test_what_cannot_be_approved(db, clock, state):
    edition = await forum()
    guest = await make.guest(edition.id, state=state)
    before = await traces()
    with pytest.raises(NotPossibleNow):
        await approvals.approve_guest(guest, by=organiser(edition.id))
    assert await traces() == before


async def test_who_may_not_decide_leaves_no_trace(db, clock):
    edition = await forum()
    guest = await submitted(edition)
    before = await traces()
    for by in (reader(edition.id), as_guest(guest)):
        for attempt in (
            approvals.approve_guest(guest, by=by),
            approvals.decline_guest(guest, by=by),
            approvals.return_guest(guest, question="?", by=by),
        ):
            with pytest.raises(Forbidden):
                await attempt
    assert await traces() == before


async def test_declining_an_approved_guest_ends_code_and_seats(db, clock):
    edition = await forum()
    session = await make.session(edition.id, seats=1)
    guest, bo = await submitted(edition, wishes=[session]), await make.guest(edition.id)
    await approvals.approve_guest(guest, by=organiser(edition.id))
    await bookings.book_seat(bo, session, by=as_guest(bo))
    await approvals.decline_guest(guest, note="The hall is full.", by=organiser(edition.id))
    assert (await queries.get_guest(guest)).code == ""
    assert await line(session) == [(bo, "confirmed")]
    assert (await letter(guest, "declined"))["note"] == "The hall is full."


async def test_a_declined_guest_may_be_approved_after_all(db, clock):
    edition = await forum()
    guest = await submitted(edition)
    await approvals.decline_guest(guest, by=organiser(edition.id))
    await approvals.approve_guest(guest, by=organiser(edition.id))
    assert await state_of(guest) == "approved"


async def test_a_question_and_its_answer(db, clock):
    edition = await forum()
    guest, dee = await submitted(edition), await make.guest(edition.id)
    await approvals.return_guest(guest, question=" Which body? ", by=organiser(edition.id))
    assert (await queries.get_guest(guest)).question == "Which body?"
    assert (await letter(guest, "returned"))["question"] == "Which body?"
    with pytest.raises(NoSuchGuest):
        await approvals.answer_question(guest, answer="Mine", by=as_guest(dee))
    await approvals.answer_question(guest, answer="Lakeside", by=as_guest(guest))
    file = await queries.get_guest(guest)
    assert (file.state, file.answer) == ("submitted", "Lakeside")
    with pytest.raises(NotPossibleNow):
        await approvals.answer_question(guest, answer="Again", by=as_guest(guest))


async def test_many_at_once_go_on_after_a_refusal(db, clock):
    edition = await forum()
    first, second = await submitted(edition, AMINA), await submitted(edition, OUYANG)
    gone = await make.guest(edition.id, state="cancelled")
    decided = await approvals.approve_guests([first, gone, second, first], by=organiser(edition.id))
    assert decided.done == 2
    assert [(guest, type(refusal)) for guest, refusal in decided.refused] == [(gone, NotPossibleNow)]
    assert [await state_of(one) for one in (first, second, gone)] == ["approved", "approved", "cancelled"]
    assert (await approvals.decline_guests([first], by=organiser(edition.id))).done == 1
    assert (await approvals.return_guests([second], question="?", by=organiser(edition.id))).done == 0


async def test_a_lost_badge_gets_a_new_code(db, clock):
    edition = await forum()
    guest = await make.guest(edition.id)
    old = (await queries.get_guest(guest)).code
    new = await codes.replace_code(guest, by=organiser(edition.id))
    assert new != old
    assert (await queries.get_guest(guest)).code == new
    assert await codes.revoke_code(guest) is True
    assert await codes.revoke_code(guest) is False


async def test_nobody_has_two_codes(db, clock):
    edition = await forum()
    guest = await make.guest(edition.id)
    with pytest.raises(HasLiveCode):
        await codes.give_code(await lock_guest(guest, by=system("test")))
    with pytest.raises(Forbidden):
        await codes.replace_code(guest, by=reader(edition.id))
    with pytest.raises(NotApproved):
        await codes.replace_code(await make.guest(edition.id, state="submitted"), by=organiser(edition.id))
