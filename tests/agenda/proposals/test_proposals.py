"""From a proposal to a decision and a session: states, letters, audit; what is refused leaves no trace."""

import pytest

from tests import make
from tests.agenda.proposals.cast import details, olga, open_call, proposed
from wcd.actors.actors import partner
from wcd.actors.audit import history_of
from wcd.agenda.proposals import applying, deciding, queries, rules, scheduling
from wcd.agenda.proposals.call import change_call, get_call
from wcd.agenda.proposals.deciding import Read
from wcd.agenda.proposals.errors import (
    CallChanged,
    CallClosed,
    NoSuchProposal,
    NotAccepted,
    ProposalChanged,
    StepNotPossible,
)
from wcd.agenda.proposals.inputs import Acceptance, CallDetails, Points, Refusal, Said
from wcd.agenda.proposals.queries import Wanted
from wcd.agenda.tables import Body, Hosting, Proposal, Session
from wcd.agenda.working import working_number
from wcd.core.errors import Forbidden
from wcd.core.ids import uuid7
from wcd.core.listing import Slice
from wcd.editions.queries import edition_by_id
from wcd.mail.tables import Mail

YES, NO = Acceptance(), Refusal("场地已满。\n谨此致歉。")


async def mails() -> list[tuple[str, str]]:
    return [(row["kind"], row["locale"]) for row in await Mail.select().order_by(Mail.id)]


async def test_numbers_follow_each_other(db, clock) -> None:
    edition = await open_call()
    assert [(await proposed(edition)).number for _ in range(3)] == [1, 2, 3]


async def test_a_closed_call_takes_nothing_in(db, clock) -> None:
    edition = await open_call(is_open=False)
    with pytest.raises(CallClosed):
        await applying.submit(edition, uuid7(), details())
    assert (await Proposal.count(), await Mail.count()) == (0, 0)


async def test_the_way_from_question_to_answer(db, clock) -> None:
    edition = await open_call()
    by = await olga(edition)
    held = await proposed(edition)
    held = await deciding.ask(held.id, Said("能否自带同传？"), version=held.version, by=by)
    found = await queries.get_proposal(held.id)
    assert (found.state, found.question) == ("asked", "能否自带同传？")
    await applying.answer(held.id, Said("可以。"), version=held.version, by=partner(held.id))
    found = await queries.get_proposal(held.id)
    assert (found.state, found.question) == ("submitted", "")
    assert [(one.by_name, one.from_partner) for one in found.messages] == [("Olga", False), ("苏望舒", True)]
    assert await mails() == [("proposal_received", "zh"), ("proposal_question", "zh")]


async def test_a_decision_is_told_in_the_partners_language(db, clock) -> None:
    edition = await open_call()
    by = await olga(edition)
    first, second = await proposed(edition), await proposed(edition, language="en")
    await deciding.decline(first.id, NO, version=1, by=by)
    await deciding.accept(second.id, Acceptance("Sunday would suit us."), version=1, by=by)
    rows = await Mail.select(Mail.kind, Mail.locale, Mail.context).output(load_json=True).order_by(Mail.id)
    told = [(row["kind"], row["locale"], row["context"].get("note")) for row in rows[2:]]
    assert told == [
        ("proposal_declined", "zh", NO.reason),
        ("proposal_accepted", "en", "Sunday would suit us."),
    ]
    assert [entry.action for entry in await history_of(first.id)] == [
        "proposal.declined",
        "proposal.submitted",
    ]


async def test_who_is_slower_is_told_and_changes_nothing(db, clock) -> None:
    edition = await open_call()
    held = await proposed(edition)
    await deciding.accept(held.id, YES, version=1, by=await olga(edition))
    before = (await mails(), await Proposal.select())
    with pytest.raises(ProposalChanged) as told:
        await deciding.decline(held.id, NO, version=1, by=await olga(edition))
    assert told.value.state == "accepted"
    assert (await mails(), await Proposal.select()) == before


@pytest.mark.parametrize("state", rules.STATES)
async def test_verbs_take_only_the_steps_that_are_drawn(db, clock, state) -> None:
    edition = await open_call()
    by = await olga(edition)
    held = await proposed(edition)
    await Proposal.update({Proposal.state: state}).where(Proposal.id == held.id)
    mine, verbs = partner(held.id), {}
    verbs[rules.EDIT] = lambda: applying.correct(edition, held.id, details(minutes=30), version=1, by=mine)
    verbs[rules.ASK] = lambda: deciding.ask(held.id, Said("?"), version=1, by=by)
    verbs[rules.ANSWER] = lambda: applying.answer(held.id, Said("!"), version=1, by=mine)
    verbs[rules.ACCEPT] = lambda: deciding.accept(held.id, YES, version=1, by=by)
    verbs[rules.DECLINE] = lambda: deciding.decline(held.id, NO, version=1, by=by)
    verbs[rules.WITHDRAW] = lambda: applying.withdraw(held.id, version=1, by=mine)
    assert set(verbs) == set(rules.STEPS)
    for step, verb in verbs.items():
        expected = rules.after(state, step)
        if expected is None:
            with pytest.raises(StepNotPossible):
                await verb()
            assert (await Proposal.select(Proposal.state)) == [{"state": state}]
        else:
            assert (await verb()).state == expected
            await Proposal.update({Proposal.state: state, Proposal.version: 1}).where(Proposal.id == held.id)


async def test_who_was_asked_may_correct_after_the_call_has_closed(db, clock) -> None:
    edition = await open_call(closes_at=clock("2023-09-30T18:00+08:00"))
    clock("2023-09-01T09:00+08:00")
    asked, waiting = await proposed(edition), await proposed(edition)
    await deciding.ask(asked.id, Said("Shorter?"), version=1, by=await olga(edition))
    clock("2023-10-01T09:00+08:00")
    await applying.correct(edition, asked.id, details(minutes=45), version=2, by=partner(asked.id))
    with pytest.raises(CallClosed):
        await applying.correct(edition, waiting.id, details(minutes=45), version=1, by=partner(waiting.id))


async def test_a_proposal_is_only_its_partners_and_its_editions(db, clock) -> None:
    edition = await open_call()
    held, other = await proposed(edition), await proposed(edition)
    with pytest.raises(NoSuchProposal):
        await applying.withdraw(held.id, version=1, by=partner(other.id))
    elsewhere = await edition_by_id(await make.edition("wcd-other", is_current=False))
    with pytest.raises(NoSuchProposal):
        await deciding.decline(held.id, NO, version=1, by=await olga(elsewhere))
    with pytest.raises(Forbidden):
        await deciding.decline(held.id, NO, version=1, by=await olga(edition, "reader"))
    with pytest.raises(Forbidden):
        await deciding.decline(held.id, NO, version=1, by=partner(held.id))


async def test_several_are_declined_with_one_reason(db, clock) -> None:
    edition = await open_call()
    by = await olga(edition)
    held = [await proposed(edition) for _ in range(4)]
    await deciding.accept(held[1].id, YES, version=1, by=by)
    await applying.correct(edition, held[2].id, details(minutes=45), version=1, by=partner(held[2].id))
    done = await deciding.decline_many([Read(one.id, 1) for one in reversed(held)], NO, by=by)
    assert (done.done, done.left) == (2, [2, 3])
    states = [row["state"] for row in await Proposal.select(Proposal.state).order_by(Proposal.number)]
    assert states == ["declined", "accepted", "submitted", "declined"]
    assert await Mail.count().where(Mail.kind == "proposal_declined") == 2


async def test_points_are_one_per_organiser(db, clock) -> None:
    edition = await open_call()
    held = await proposed(edition)
    one, two = await olga(edition), await olga(edition)
    await deciding.give_points(held.id, Points(2), by=one)
    await deciding.give_points(held.id, Points(5, "Yes"), by=one)
    await deciding.give_points(held.id, Points(4), by=two)
    found = await queries.get_proposal(held.id)
    assert (found.average, found.points_of(one.id).points, len(found.scores)) == (4.5, 5, 2)
    with pytest.raises(Forbidden):
        await deciding.give_points(held.id, Points(4), by=await olga(edition, "reader"))


async def test_accepting_makes_the_session_with_everything_that_was_wished(db, clock) -> None:
    edition = await open_call()
    by = await olga(edition)
    held = await deciding.accept(
        (await proposed(edition)).id, Acceptance(make_session=True), version=1, by=by
    )
    row = (await Session.select())[0]
    expected = {
        "id": held.session, "code": "community-gardens-built-and-kept-together", "kind": "side_event", "state": "planned",
        "title_zh": "社区花园的共建共治", "starts_at": None, "minutes": 75, "seats": 60, "layout": "u_shape",
        "languages": ["zh"], "interpretation": ["en"], "sdgs": [11, 13], "subjects": ["gardens"], "notes": "一块屏幕；茶歇。",
        "changed_by": by.id, "touched": await working_number(edition.id),
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    body = (await Body.select())[0]
    assert (body["name_zh"], body["email"], body["contact_name"]) == (
        "四叶草自然学社（示例）",
        "su@fourleaf.example",
        "苏望舒",
    )
    assert (await Hosting.select(Hosting.body, Hosting.session)) == [
        {"body": body["id"], "session": held.session}
    ]
    assert await queries.proposal_of(held.session) == (held.id, 1)
    assert await scheduling.make_session(held.id, by=by) == held.session
    assert await Session.count() == 1


async def test_a_body_that_is_known_hosts_it(db, clock) -> None:
    edition = await open_call()
    known = Body(edition=edition.id, code="four-leaf", name_en="FOUR-LEAF nature society (sample)")
    await Body.insert(known)
    by = await olga(edition)
    for _ in range(2):
        await deciding.accept((await proposed(edition)).id, Acceptance(make_session=True), version=1, by=by)
    assert [row["email"] for row in await Body.select()] == ["su@fourleaf.example"]
    assert {row["body"] for row in await Hosting.select()} == {known.id}
    assert len({row["code"] for row in await Session.select(Session.code)}) == 2


async def test_a_session_is_made_only_of_what_is_accepted(db, clock) -> None:
    edition = await open_call()
    with pytest.raises(NotAccepted):
        await scheduling.make_session((await proposed(edition)).id, by=await olga(edition))
    assert (await Session.count(), await Body.count()) == (0, 0)


async def test_a_new_link_ends_the_old_one(db, clock) -> None:
    edition = await open_call()
    held = await deciding.renew_link((await proposed(edition)).id, by=await olga(edition))
    assert held.link_version == 2
    assert await mails() == [("proposal_received", "zh")] * 2


async def test_lists_are_filtered_sorted_and_searched(db, clock) -> None:
    edition = await open_call()
    by = await olga(edition)
    one = await proposed(edition, title_en="Sponge % city", title_zh="海绵城市", subjects=(), wish_days=())
    two = await proposed(edition)
    await deciding.give_points(one.id, Points(5), by=by)

    async def found(**wanted) -> list[int]:
        page = await queries.list_proposals(edition.id, Wanted(**wanted), Slice(), staff=by.id)
        assert page.total == len(page.rows)
        return [row.number for row in page.rows]

    assert await found() == [2, 1]
    assert await found(sort="number") == [1, 2]
    assert await found(sort="-score") == [1, 2]
    assert await found(day="2023-10-29") == [2]
    assert await found(subject="gardens") == [2]
    assert await found(q="海绵") == [1]
    assert await found(q="SPONGE %") == [1]
    assert await found(q="%x\0") == []
    assert await found(state="declined") == []
    await deciding.decline(two.id, NO, version=1, by=by)
    assert await found(state="declined") == [2]
    assert (await queries.count_by_state(edition.id))["submitted"] == 1


async def test_of_two_who_change_the_call_the_second_is_told(db, clock) -> None:
    edition = await edition_by_id(await make.edition())
    by = await olga(edition)
    opened = CallDetails(is_open=True, text_zh="欢迎", text_en="Welcome")
    assert await change_call(edition, opened, version=0, by=by) == 1
    with pytest.raises(CallChanged):
        await change_call(edition, CallDetails(), version=0, by=by)
    assert (await get_call(edition)).is_open
    assert await change_call(edition, opened, version=1, by=by) == 1
    assert (await edition_by_id(edition.id)).published > edition.published
    with pytest.raises(Forbidden):
        await change_call(edition, CallDetails(), version=1, by=await olga(edition, "reader"))
