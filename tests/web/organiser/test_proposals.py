"""Organisers' pages of the call: list, compare, decide, points, the session, the list to take along."""

from collections.abc import Awaitable, Callable

from tests import make
from tests.agenda.proposals.cast import open_call, proposed
from tests.browser_like import FORM, Visitor
from wcd.actors.actors import partner
from wcd.agenda.proposals.applying import withdraw
from wcd.agenda.tables import Call, Proposal, Score, Session
from wcd.mail.tables import Mail

AsStaff = Callable[..., Awaitable[Visitor]]
ENGLISH = {"accept-language": "en"}
AT = "/organiser/proposals"
NASTY = "=1+1 {{7*7}} <script>alert(1)</script>"


async def test_the_call_is_opened_and_changed(as_staff: AsStaff, clock, client: Visitor) -> None:
    await make.edition()
    visitor = await as_staff("organiser")
    texts = {"text_zh": "## 欢迎\n\n<b>申办</b>", "text_en": "## Welcome"}
    empty = await visitor.send_form(f"{AT}/call", {"version": "0", "is_open": "1", "closes_time": "25:00"})
    assert (empty.status_code, 'id="closes_time-e"' in empty.text) == (422, True)
    saved = await visitor.send_form(
        f"{AT}/call",
        {"version": "0", "is_open": "1", "closes_day": "2023-10-27", "closes_time": "18:00", **texts},
    )
    assert saved.status_code == 303
    row = (await Call.select())[0]
    assert (row["is_open"], row["closes_at"].isoformat()) == (True, "2023-10-27T10:00:00+00:00")
    shown = (await visitor.get(f"{AT}/call", headers=ENGLISH)).text
    assert ('value="2023-10-27"' in shown, 'value="18:00"' in shown) == (True, True)
    stale = await visitor.send_form(f"{AT}/call", {"version": "0", "text_en": "Mine"}, **ENGLISH)
    assert (stale.status_code, "Mine" in stale.text, "## Welcome" in stale.text) == (409, True, True)
    lapsed = await visitor.post(f"{AT}/call", content="text_en=Typed&version=1", headers=FORM)
    assert (lapsed.status_code, "Typed</textarea>" in lapsed.text) == (422, True)
    public = (await client.get("/zh/call")).text
    assert ("<h2>欢迎</h2>" in public, "&lt;b&gt;申办" in public) == (True, True)


async def test_the_list_filters_and_says_when_nothing_fits(as_staff: AsStaff, clock) -> None:
    edition = await open_call()
    visitor = await as_staff("organiser")
    assert "No proposals yet" in (await visitor.get(AT, headers=ENGLISH)).text
    held = await proposed(edition, title_en=NASTY)
    await proposed(edition, title_en="Sponge city", wish_days=())
    shown = (await visitor.get(AT, headers=ENGLISH)).text
    assert (f"{AT}/{held.id}" in shown, "<script>alert" in shown, "Sponge city" in shown) == (
        True,
        False,
        True,
    )
    one = (await visitor.get(f"{AT}?q=sponge&sort=-score", headers=ENGLISH)).text
    assert (f"{AT}/{held.id}" in one, "Sponge city" in one) == (False, True)
    for odd in (
        "?state=king&day=soon&sort=up&page=-1&size=x",
        "?q=%00",
        "?subject=%00%27",
        "?day=2023-10-31",
    ):
        assert (await visitor.get(f"{AT}{odd}", headers=ENGLISH)).status_code == 200
    assert "No proposal fits" in (await visitor.get(f"{AT}?q=nothing", headers=ENGLISH)).text


async def test_two_to_four_are_compared(as_staff: AsStaff, clock) -> None:
    edition = await open_call()
    held = [await proposed(edition, title_en=f"Garden {n}") for n in range(5)]
    visitor = await as_staff("reader", edition=edition.id)
    picks = [f"pick={one.id}" for one in held]
    shown = await visitor.get(f"{AT}/compare?{'&'.join(picks[:4])}", headers=ENGLISH)
    assert [f"Garden {n}" in shown.text for n in range(5)] == [True] * 4 + [False]
    for wrong in (picks[:1], picks, ["pick=x"], []):
        answer = await visitor.get(f"{AT}/compare?{'&'.join(wrong)}")
        assert (answer.status_code, answer.headers["location"]) == (303, AT)
    other = await make.edition("wcd-other", is_current=False)
    foreign = await as_staff("organiser", edition=other)
    assert (await foreign.get(f"{AT}/compare?{'&'.join(picks[:2])}")).status_code == 404


async def test_asking_back_keeps_what_was_typed(as_staff: AsStaff, clock) -> None:
    held = await proposed(await open_call())
    visitor = await as_staff("organiser")
    at = f"{AT}/{held.id}"
    empty = await visitor.send_form(f"{at}/ask", {"text": " ", "version": "1"})
    assert (empty.status_code, 'id="text-e"' in empty.text) == (422, True)
    lapsed = await visitor.post(f"{at}/ask", content="text=Who+interprets&version=1", headers=FORM)
    assert (lapsed.status_code, "Who interprets</textarea>" in lapsed.text) == (403, True)
    assert (await visitor.send_form(f"{at}/ask", {"text": NASTY, "version": "1"})).status_code == 303
    shown = (await visitor.get(at)).text
    assert ("&lt;script&gt;alert" in shown, "<script>alert" in shown) == (True, False)
    assert await Mail.count().where(Mail.kind == "proposal_question") == 1


async def test_the_second_to_decide_is_told_by_whom(as_staff: AsStaff, clock) -> None:
    held = await proposed(await open_call())
    at = f"{AT}/{held.id}"
    olga, rui = await as_staff("organiser"), await as_staff("owner")
    assert (await olga.send_form(f"{at}/accept", {"word": "", "version": "1"})).status_code == 303
    late = await rui.send_form(f"{at}/decline", {"reason": "Full.", "version": "1"}, **ENGLISH)
    assert (late.status_code, "it is accepted now" in late.text, "Organiser" in late.text) == (
        409,
        True,
        True,
    )
    assert (await Proposal.select(Proposal.state)) == [{"state": "accepted"}]
    assert await Mail.count().where(Mail.kind == "proposal_declined") == 0


async def test_nobody_is_declined_without_a_reason(as_staff: AsStaff, clock) -> None:
    held = await proposed(await open_call())
    visitor = await as_staff("organiser")
    answer = await visitor.send_form(f"{AT}/{held.id}/decline", {"reason": "\u200b", "version": "1"})
    assert (answer.status_code, 'id="reason-e"' in answer.text) == (422, True)
    assert (await Proposal.select(Proposal.state)) == [{"state": "submitted"}]


async def test_accepted_and_made_a_session_in_one_go(as_staff: AsStaff, clock) -> None:
    held = await proposed(await open_call())
    visitor = await as_staff("organiser")
    at = f"{AT}/{held.id}"
    early = await visitor.send_form(f"{at}/session")
    assert early.status_code == 409
    await visitor.send_form(f"{at}/accept", {"word": "Welcome", "make_session": "1", "version": "1"})
    session = (await Session.select())[0]
    assert f"/organiser/sessions/{session['id']}" in (await visitor.get(at)).text
    again = await visitor.send_form(f"{at}/session")
    assert again.headers["location"] == f"/organiser/sessions/{session['id']}"


async def test_colleagues_points_are_shown_after_ones_own(as_staff: AsStaff, clock) -> None:
    held = await proposed(await open_call())
    olga, rui = await as_staff("organiser"), await as_staff("organiser")
    at = f"{AT}/{held.id}"
    wrong = await olga.send_form(f"{at}/points", {"points": "6", "note": "Kept"})
    assert (wrong.status_code, "Kept</textarea>" in wrong.text, await Score.count()) == (422, True, 0)
    await olga.send_form(f"{at}/points", {"points": "4", "note": "Well prepared"})
    assert "Well prepared" in (await olga.get(at)).text
    assert "Well prepared" not in (await rui.get(at)).text
    await rui.send_form(f"{at}/points", {"points": "1"})
    assert "Well prepared" in (await rui.get(at)).text


async def test_several_are_declined_and_who_changed_is_named(as_staff: AsStaff, clock) -> None:
    edition = await open_call()
    held = [await proposed(edition) for _ in range(3)]
    visitor = await as_staff("organiser")
    picks = "&".join(f"pick={one.id}" for one in held)
    asked = (await visitor.get(f"{AT}/decline?{picks}", headers=ENGLISH)).text
    assert "Decline and tell 3 partners" in asked
    await withdraw(held[0].id, version=1, by=partner(held[0].id))
    read = [f"{one.id}:1" for one in held]
    empty = await visitor.send_form(f"{AT}/decline", {"reason": "", "read": read}, **ENGLISH)
    assert (empty.status_code, 'id="reason-e"' in empty.text) == (422, True)
    done = await visitor.send_form(
        f"{AT}/decline", {"reason": "Full.", "read": [*read, "x:1", "y"]}, **ENGLISH
    )
    assert done.status_code == 303
    said = (await visitor.get(AT, headers=ENGLISH)).text
    assert "2 proposals are declined" in said
    assert "left as they are: 1." in said
    assert (await visitor.get(f"{AT}/decline")).headers["location"] == AT


async def test_the_list_is_taken_along_without_formulas(as_staff: AsStaff, clock) -> None:
    edition = await open_call()
    await proposed(edition, title_en="=1+1", needs="@SUM(A1)\n+1")
    visitor = await as_staff("organiser")
    answer = await visitor.get(f"{AT}/proposals.csv", headers=ENGLISH)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert ("'=1+1" in answer.text, '"\'@SUM(A1)\n+1"' in answer.text) == (True, True)
    assert answer.text.startswith("\ufeffNumber,State,")


async def test_a_new_link_is_mailed(as_staff: AsStaff, clock) -> None:
    held = await proposed(await open_call())
    visitor = await as_staff("organiser")
    assert (await visitor.send_form(f"{AT}/{held.id}/link")).status_code == 303
    assert (await Proposal.select(Proposal.link_version)) == [{"link_version": 2}]


async def test_readers_look_but_see_no_addresses(as_staff: AsStaff, clock) -> None:
    edition = await open_call()
    held = await proposed(edition)
    reader = await as_staff("approver", edition=edition.id)
    shown = await reader.get(f"{AT}/{held.id}")
    assert (shown.status_code, "fourleaf.example" in shown.text, "/accept" in shown.text) == (
        200,
        False,
        False,
    )
    for verb in ("ask", "accept", "decline", "points", "session", "link"):
        assert (await reader.send_form(f"{AT}/{held.id}/{verb}", {"version": "1"})).status_code == 403
    for path in ("/proposals.csv", "/call", "/decline"):
        assert (await reader.get(f"{AT}{path}")).status_code == 403
    assert (await (await as_staff("door", edition=edition.id)).get(AT)).status_code == 403
    other = await make.edition("wcd-other", is_current=False)
    foreign = await as_staff("organiser", edition=other)
    assert (await foreign.get(f"{AT}/{held.id}")).status_code == 404
    assert (await foreign.send_form(f"{AT}/{held.id}/accept", {"version": "1"})).status_code == 404
