"""The call, the form, and the page behind a personal link."""

import pytest

from tests import make
from tests.agenda.proposals.cast import GARDENS, olga, open_call, proposed
from tests.browser_like import FORM, Visitor
from wcd.agenda.proposals.call import change_call
from wcd.agenda.proposals.inputs import CallDetails
from wcd.agenda.tables import Proposal, ProposalMessage
from wcd.core.signing import sign
from wcd.editions.queries import edition_by_id
from wcd.mail.tables import Mail
from wcd.web.editions import EDITIONS

ENGLISH = {"accept-language": "en"}
NASTY = "=1+1 {{7*7}} <script>alert(1)</script> \u202eevil\u202c 👩‍🌾 "


def once_of(body: str) -> str:
    return body.split('name="once" value="', 1)[1].split('"', 1)[0]


async def fill_in(client: Visitor, locale: str = "en", **changed: object):
    body = (await client.get(f"/{locale}/call/apply")).text
    return await client.send_form(f"/{locale}/call/apply", {**GARDENS, "once": once_of(body), **changed})


def link_to(proposal, version: int = 1, locale: str = "en") -> str:
    return f"/{locale}/call/{sign('proposal', proposal, version)}"


async def test_an_open_call_says_what_it_says_and_until_when(client: Visitor, clock) -> None:
    await open_call(closes_at=clock("2023-09-30T18:00+08:00"))
    clock("2023-09-01T09:00+08:00")
    zh, en = (await client.get("/zh/call")).text, (await client.get("/en/call")).text
    assert ("欢迎申办边会。" in zh, "Propose a side event." in en) == (True, True)
    assert "Sat 30 Sept 2023 18:00" in en or "Sat 30 Sep 2023 18:00" in en
    assert 'href="/en/call/apply"' in en


@pytest.mark.parametrize("values", [{"is_open": False}, {"closes_at": "2023-08-31T18:00+08:00"}])
async def test_a_closed_call_is_said_before_the_form(client: Visitor, clock, values) -> None:
    if "closes_at" in values:
        values = {"closes_at": clock(values["closes_at"])}
    clock("2023-09-01T09:00+08:00")
    await open_call(**values)
    for path in ("/en/call", "/en/call/apply"):
        body = (await client.get(path)).text
        assert ("closed" in body, "<textarea" in body, "/en/contact" in body) == (True, False, True), path
    answer = await client.send_form("/en/call/apply", GARDENS)
    assert (answer.status_code, 'value="Community gardens' in answer.text) == (409, True)
    assert await Proposal.count() == 0


async def test_without_a_call_there_is_a_word(client: Visitor) -> None:
    await make.edition()
    assert "Nothing new can be taken in" in (await client.get("/en/call")).text


async def test_a_proposal_gets_a_number_a_page_and_one_mail(client: Visitor, clock) -> None:
    await open_call()
    answer = await fill_in(client)
    assert answer.status_code == 303
    sent = await client.get(answer.headers["location"])
    assert "su@fourleaf.example" in sent.text
    assert sent.headers["x-robots-tag"] == "noindex, nofollow"
    row = (await Proposal.select())[0]
    assert answer.headers["location"] == f"{link_to(row['id'])}/sent"
    kept = {
        name: row[name] for name in ("number", "state", "wish_days", "size", "minutes", "languages", "sdgs")
    }
    assert kept == {
        "number": 1,
        "state": "submitted",
        "wish_days": ["2023-10-29", "2023-10-30"],
        "size": 60,
        "minutes": 75,
        "languages": ["zh"],
        "sdgs": [11, 13],
    }
    mails = await Mail.select()
    assert [(one["kind"], one["address"], one["locale"]) for one in mails] == [
        ("proposal_received", "su@fourleaf.example", "zh")
    ]


async def test_sending_twice_takes_one_in(client: Visitor, clock) -> None:
    await open_call()
    once = once_of((await client.get("/en/call/apply")).text)
    answers = [await client.send_form("/en/call/apply", {**GARDENS, "once": once}) for _ in range(2)]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert (await Proposal.count(), await Mail.count()) == (1, 1)


async def test_a_made_up_once_leads_to_nobody_elses_proposal(client: Visitor, clock) -> None:
    edition = await open_call()
    theirs = await proposed(edition)
    answer = await fill_in(client, once=str(theirs.id))
    assert sign("proposal", theirs.id) not in answer.headers["location"]
    assert await Proposal.count() == 2


async def test_everything_that_does_not_hold_is_said_at_once_and_nothing_is_lost(
    client: Visitor, clock
) -> None:
    await open_call()
    wrong = {
        "title_zh": "", "title_en": "x" * 10_000, "summary_zh": "", "summary_en": "  ", "body_zh": "", "body_en": "",
        "contact_name": "", "email": "su", "telephone": "none", "language": "fr", "wish_days": ["2023-10-29", "soon"],
        "wish_time": "night", "wish_room": "here", "size": "many", "minutes": "5", "layout": "sofa",
        "languages": [], "interpretation": ["de"], "sdgs": ["18"], "needs": "Typed and kept",
    }  # fmt: skip
    answer = await fill_in(client, **wrong)
    assert answer.status_code == 422
    named = [name for name in GARDENS | {"wish_room": ""} if f'href="#{name}"' in answer.text]
    assert sorted(named) == sorted(
        ["title_en", "summary_zh", "body_zh", "contact_name", "email", "telephone", "language", "wish_days",
         "wish_time", "wish_room", "size", "minutes", "layout", "languages", "interpretation", "sdgs"]
    )  # fmt: skip
    for typed in ("x" * 10_000, "Typed and kept", 'value="many"', 'value="su"'):
        assert typed in answer.text
    assert await Proposal.count() == 0


async def test_strange_signs_are_text(client: Visitor, clock) -> None:
    await open_call()
    answer = await fill_in(
        client, title_en=NASTY, summary_en=NASTY, needs=NASTY, body_en=NASTY, contact_name=NASTY
    )
    page = (await client.get(answer.headers["location"].removesuffix("/sent"))).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert ("{{7*7}}" in page, "49" in page.replace("&#", "")) == (True, False)
    row = (await Proposal.select())[0]
    assert row["title_en"].startswith("=1+1 {{7*7}} <script>alert(1)</script> evil")
    assert "\u202e" not in str(row)


@pytest.mark.parametrize("name", ["subjects", "wish_days", "wish_room"])
async def test_what_is_of_another_edition_is_refused(client: Visitor, clock, name: str) -> None:
    await open_call()
    other = await make.edition("wcd-other", is_current=False)
    foreign = {"subjects": ["finance"], "wish_days": ["2024-10-29"], "wish_room": str(await make.room(other))}
    answer = await fill_in(client, **{name: foreign[name]})
    assert (answer.status_code, f'href="#{name}"' in answer.text) == (422, True)


async def test_a_lapsed_token_keeps_what_was_typed(client: Visitor, clock) -> None:
    await open_call()
    answer = await client.post("/en/call/apply", content="title_en=Typed+long+ago&sdgs=11", headers=FORM)
    assert (answer.status_code, 'value="Typed long ago"' in answer.text) == (403, True)
    assert 'value="11" checked' in answer.text


async def test_changing_the_language_keeps_what_was_typed(client: Visitor, clock) -> None:
    await open_call()
    answer = await client.send_form("/zh/call/apply", {"title_en": "Typed", "in_language": "zh"})
    assert (answer.status_code, 'value="Typed"' in answer.text, 'lang="zh"' in answer.text) == (
        200,
        True,
        True,
    )


async def test_the_page_of_a_proposal_is_for_who_has_its_newest_link(client: Visitor, clock) -> None:
    held = await proposed(await open_call())
    found = await client.get(link_to(held.id))
    assert (found.status_code, found.headers["x-robots-tag"]) == (200, "noindex, nofollow")
    assert found.headers["cache-control"] == "no-store"
    for token in (
        "made-up",
        sign("my", held.id),
        sign("proposal", held.id, 2),
        sign("proposal", make_other()),
    ):
        assert (await client.get(f"/en/call/{token}")).status_code == 404


def make_other():
    from wcd.core.ids import uuid7  # noqa: PLC0415

    return uuid7()


async def test_a_partner_corrects_until_the_call_closes(client: Visitor, clock) -> None:
    edition = await open_call(closes_at=clock("2023-09-30T18:00+08:00"))
    clock("2023-09-01T09:00+08:00")
    held = await proposed(edition)
    at = link_to(held.id)
    assert 'value="Community gardens' in (await client.get(f"{at}?edit=1")).text
    answer = await client.send_form(at, {**GARDENS, "minutes": "120", "version": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, at)
    assert (await Proposal.select(Proposal.minutes, Proposal.version)) == [{"minutes": 120, "version": 2}]
    stale = await client.send_form(at, {**GARDENS, "minutes": "30", "version": "1"})
    assert (stale.status_code, 'value="30"' in stale.text) == (409, True)
    clock("2023-09-30T18:00+08:00")
    assert "?edit=1" not in (await client.get(at)).text
    late = await client.send_form(at, {**GARDENS, "minutes": "30", "version": "2"})
    assert (late.status_code, 'value="30"' in late.text) == (409, True)
    assert (await Proposal.select(Proposal.minutes)) == [{"minutes": 120}]


async def test_another_address_gets_another_link(client: Visitor, clock) -> None:
    held = await proposed(await open_call())
    answer = await client.send_form(
        link_to(held.id), {**GARDENS, "email": "new@fourleaf.example", "version": "1"}
    )
    assert answer.headers["location"] == link_to(held.id, 2)
    assert (await client.get(link_to(held.id))).status_code == 404
    assert (await Mail.select(Mail.address).order_by(Mail.id)) == [
        {"address": "su@fourleaf.example"},
        {"address": "new@fourleaf.example"},
    ]


async def test_a_question_is_answered_on_the_page(client: Visitor, clock) -> None:
    held = await proposed(await open_call())
    await ProposalMessage.insert(
        ProposalMessage(proposal=held.id, text="Who interprets?", by_name="Olga", at=held_at())
    )
    await Proposal.update({Proposal.state: "asked"}).where(Proposal.id == held.id)
    at = link_to(held.id)
    assert "Who interprets?" in (await client.get(at)).text
    empty = await client.send_form(f"{at}/answer", {"text": " ", "version": "1"})
    assert (empty.status_code, 'id="text-e"' in empty.text) == (422, True)
    lapsed = await client.post(f"{at}/answer", content="text=Ours+do&version=1", headers=FORM)
    assert (lapsed.status_code, "Ours do</textarea>" in lapsed.text) == (403, True)
    answer = await client.send_form(f"{at}/answer", {"text": "Ours do.", "version": "1"})
    assert answer.status_code == 303
    assert (await Proposal.select(Proposal.state)) == [{"state": "submitted"}]
    again = await client.send_form(f"{at}/answer", {"text": "Ours do.", "version": "1"})
    assert again.status_code == 409
    assert await ProposalMessage.count() == 2


def held_at():
    from wcd.core.clock import now  # noqa: PLC0415

    return now()


async def test_withdrawing_asks_first_and_does_it_once(client: Visitor, clock) -> None:
    held = await proposed(await open_call())
    at = link_to(held.id)
    assert f'action="{at}/withdraw"' in (await client.get(f"{at}/withdraw")).text
    for _ in range(2):
        assert (await client.send_form(f"{at}/withdraw", {"version": "1"})).status_code == 303
    assert (await Proposal.select(Proposal.state)) == [{"state": "withdrawn"}]
    assert await Mail.count().where(Mail.kind == "proposal_withdrawn") == 1
    assert "/withdraw" not in (await client.get(at)).text


async def test_too_many_proposals_keep_what_was_typed(client: Visitor, clock, monkeypatch) -> None:
    from wcd.agenda.proposals import applying  # noqa: PLC0415
    from wcd.core.limits import TooManyTries  # noqa: PLC0415

    async def refuse(*_args, **_kwargs):
        raise TooManyTries(minutes=60)

    await open_call()
    monkeypatch.setattr(applying.limits, "count_try", refuse)
    answer = await fill_in(client)
    assert (answer.status_code, 'value="Community gardens' in answer.text) == (429, True)
    assert "60 minutes" in answer.text


async def test_the_home_page_leads_there_while_the_call_is_open(client: Visitor, clock) -> None:
    edition = await make.edition()
    assert 'href="/en/call"' not in (await client.get("/en/")).text
    by = await olga(await edition_by_id(edition))
    details = CallDetails(is_open=True, text_zh="欢迎", text_en="Welcome")
    await change_call(await edition_by_id(edition), details, version=0, by=by)
    EDITIONS.forget()
    assert 'href="/en/call"' in (await client.get("/en/")).text
