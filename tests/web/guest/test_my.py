"""A guest's own pages, also asked as somebody else."""

from dataclasses import replace

import pytest

from tests import make
from tests.registration.cast import actions, line, mails, state_of
from tests.web.guest.forms import everything, register, value_of
from wcd.core import limits
from wcd.core.db import execute
from wcd.core.signing import sign
from wcd.registration import queries
from wcd.web.cookies import GUEST, cookie_name

OWN = [
    "/my",
    "/my/sessions",
    "/my/badge",
    "/my/badge.pdf",
    "/my/calendar",
    "/my/calendar.ics",
    "/my/stars",
    "/my/details",
    "/my/cancel",
]


async def test_without_a_link_nobody_comes_in(client, forum):
    for path in OWN:
        answer = await client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/my/link")
    for path in ("/my/details", "/my/cancel", "/my/answer"):
        assert (await client.send_form(path, {"answer": "x"})).headers["location"] == "/my/link"


async def test_a_replaced_link_no_longer_opens(forum, as_guest):
    ada = await make.guest(forum.id)
    visitor = await as_guest(ada)
    assert (await visitor.get("/my")).status_code == 200
    await execute("UPDATE registration_guest SET link_version = 2 WHERE id = $1", ada)
    assert (await visitor.get("/my")).headers["location"] == "/my/link"


async def test_the_personal_link_lets_in(client, forum):
    ada = await make.guest(forum.id, language="en")
    answer = await client.get(f"/my/enter/{sign('my', ada, 1)}")
    assert answer.headers["location"] == "/my"
    assert client.cookies["wcd_lang"] == "en"
    assert "Ouyang Jinglin" in (await client.get("/my")).text
    assert (await client.get("/my/enter/nonsense")).headers["location"] == "/my/link"


async def test_leaving_forgets_the_link(client, forum):
    ada = await make.guest(forum.id)
    await client.get(f"/my/enter/{sign('my', ada, 1)}")
    assert (await client.send_form("/my/leave")).headers["location"] == "/my/link"
    assert not client.cookies.get(cookie_name(GUEST))


@pytest.mark.parametrize(
    "state", ["unconfirmed", "submitted", "returned", "approved", "declined", "cancelled"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_state_has_its_pages(forum, as_guest, state, language):
    guest = await as_guest(await make.guest(forum.id, state=state, question="Which body?"))
    guest.remember("wcd_lang", language)
    for path in ("/my", "/my/sessions", "/my/badge", "/my/details", "/my/cancel"):
        answer = await guest.get(path)
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.text
        assert answer.headers["cache-control"] == "no-store"


async def test_dee_sees_nothing_of_ada(forum, as_guest):
    session = await make.session(forum.id, seats=1)
    ada = await make.guest(forum.id, native_name="艾达", latin_name="Ai Da", email="ada@secret.example")
    await make.booking(ada, session)
    dee = await as_guest(await make.guest(forum.id, native_name="Dee", latin_name="Dee"))
    code = (await queries.get_guest(ada)).code
    for path in OWN[:1] + OWN[1:3] + OWN[5:]:
        shown = (await dee.get(path)).text
        for secret in ("艾达", "Ai Da", "ada@secret.example", code[:8], str(ada)):
            assert secret not in shown
    before = await everything()
    answer = await dee.send_form(f"/my/bookings/{session}/cancel")
    assert (answer.status_code, await everything()) == (404, before)


async def test_book_and_give_back(forum, as_guest):
    session = await make.session(forum.id, seats=1)
    ada, bo = await make.guest(forum.id), await make.guest(forum.id)
    await (await as_guest(ada)).send_form(f"/my/bookings/{session}")
    answer = await (await as_guest(bo)).send_form(f"/my/bookings/{session}")
    assert answer.headers["location"] == "/my/sessions"
    assert await line(session) == [(ada, "confirmed"), (bo, "waiting")]
    await (await as_guest(ada)).send_form(f"/my/bookings/{session}/cancel", {"back": "today"})
    assert await line(session) == [(bo, "confirmed")]


async def test_what_refuses_a_seat_is_said_on_the_page(forum, as_guest):
    first = await make.session(forum.id, title_en="Sponge city", title_zh="海绵城市")
    second = await make.session(forum.id, title_en="Green finance", title_zh="绿色金融")
    ada = await make.guest(forum.id)
    await make.booking(ada, first)
    visitor = await as_guest(ada)
    visitor.remember("wcd_lang", "en")
    answer = await visitor.send_form(f"/my/bookings/{second}")
    assert answer.status_code == 409
    assert (
        "“Green finance” (Sun 29 Oct, 09:00–10:30) overlaps with “Sponge city” (Sun 29 Oct, 09:00–10:30)"
        in answer.text
    )


@pytest.mark.parametrize("path", ["/my/bookings/{}", "/my/bookings/{}/cancel"])
async def test_foreign_sessions_are_not_found(forum, as_guest, path):
    other = await make.edition("other", is_current=False)
    visitor = await as_guest(await make.guest(forum.id))
    for session in (await make.session(other), "00000000-0000-7000-8000-000000000000", "nonsense"):
        assert (await visitor.send_form(path.format(session))).status_code == 404


async def test_badge_and_calendar(forum, as_guest):
    session = await make.session(forum.id, code="sponge", title_zh="海绵城市")
    ada, bo = await make.guest(forum.id), await make.guest(forum.id, state="submitted")
    await make.booking(ada, session)
    await make.booking(
        ada, await make.session(forum.id, "2023-10-30T09:00+08:00", title_zh="候补中"), "waiting"
    )
    visitor = await as_guest(ada)
    pdf = await visitor.get("/my/badge.pdf")
    assert (pdf.status_code, pdf.headers["content-type"], pdf.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    calendar = (await visitor.get("/my/calendar.ics")).text
    assert "SUMMARY:海绵城市" in calendar
    assert "候补中" not in calendar
    assert calendar.count("BEGIN:VEVENT") == 1
    assert (await (await as_guest(bo)).get("/my/badge.pdf")).status_code == 409


async def test_details_are_corrected(forum, as_guest):
    ada = await make.guest(forum.id)
    visitor = await as_guest(ada)
    visitor.remember("wcd_lang", "en")
    page = (await visitor.get("/my/details")).text
    fields = {
        "native_name": "欧阳靖霖", "latin_name": "Ouyang Jinglin", "organisation_zh": "滨江", "post": "院长", "country": "CN",
        "telephone": "+86 138 0000 0000", "language": "zh", "version": value_of(page, "version"),
    }  # fmt: skip
    wrong = await visitor.send_form("/my/details", fields | {"post": "", "telephone": "none"})
    assert wrong.status_code == 422
    assert wrong.text.count('class="error"') == 2
    answer = await visitor.send_form(
        "/my/details", fields | {"email": "other@evil.example", "state": "declined"}
    )
    assert answer.headers["location"] == "/my/details"
    file = await queries.get_guest(ada)
    assert (file.post, file.state, file.email != "other@evil.example") == ("院长", "approved", True)
    again = await visitor.send_form("/my/details", fields | {"post": "副院长"})
    assert again.status_code == 409
    assert 'value="副院长"' in again.text
    assert (await queries.get_guest(ada)).post == "院长"


async def test_a_question_is_answered(forum, as_guest):
    bo = await make.guest(forum.id, state="returned", question="Which body?")
    visitor = await as_guest(bo)
    assert "Which body?" in (await visitor.get("/my/details")).text
    assert (await visitor.send_form("/my/answer", {"answer": ""})).status_code == 422
    assert (await visitor.send_form("/my/answer", {"answer": "x" * 2001})).status_code == 422
    assert (await visitor.send_form("/my/answer", {"answer": "Lakeside"})).headers["location"] == "/my"
    assert (await state_of(bo), (await queries.get_guest(bo)).answer) == ("submitted", "Lakeside")
    assert (await visitor.send_form("/my/answer", {"answer": "again"})).status_code == 409


async def test_cancelling_has_a_page_of_its_own(forum, as_guest):
    session = await make.session(forum.id, seats=1)
    ada, bo = await make.guest(forum.id), await make.guest(forum.id)
    await make.booking(ada, session)
    await make.booking(bo, session, "waiting")
    visitor = await as_guest(ada)
    assert (await visitor.get("/my/cancel")).status_code == 200
    assert await state_of(ada) == "approved"
    await visitor.send_form("/my/cancel")
    assert (await state_of(ada), await line(session)) == ("cancelled", [(bo, "confirmed")])
    assert (await actions(ada))[-1] == "booking.cancelled"
    assert (await visitor.send_form("/my/cancel")).status_code == 409


async def test_a_clash_is_shown_with_both_ways_out(forum, as_guest):
    ada = await make.guest(forum.id)
    one, other = await make.session(forum.id, title_en="One"), await make.session(forum.id, title_en="Other")
    for session in (one, other):
        await make.booking(ada, session)
    visitor = await as_guest(ada)
    visitor.remember("wcd_lang", "en")
    shown = (await visitor.get("/my")).text
    assert "Two of your sessions overlap." in shown
    for session in (one, other):
        assert f'action="/my/bookings/{session}/cancel"' in shown


async def test_the_link_is_asked_for_again_alike(client, forum):
    guest = await register(client)
    client.remember("wcd_lang", "en")
    answers = []
    for address in ("amina@lakeside.example", "nobody@nowhere.example"):
        answer = await client.send_form("/my/link", {"email": address})
        answers.append((answer.status_code, answer.text.replace(address, "")))
    assert answers[0] == answers[1]
    assert await mails(guest) == ["address_to_confirm", "address_to_confirm"]
    assert (await client.send_form("/my/link", {"email": "no"})).status_code == 422


async def test_a_guest_of_an_earlier_edition_sees_that_edition(forum, as_guest):
    earlier = await make.edition(
        "wcd-2022", is_current=False, short_name_en="World Cities Day 2022", short_name_zh="世界城市日 2022"
    )
    visitor = await as_guest(await make.guest(earlier))
    assert "世界城市日 2022" in (await visitor.get("/my")).text


async def test_too_many_links_are_refused_for_known_and_unknown_alike(client, forum, monkeypatch):
    await register(client)
    limited = replace(limits.settings(), rate_limits=True)
    monkeypatch.setattr(limits, "settings", lambda: limited)
    for address in ("amina@lakeside.example", "nobody@nowhere.example"):
        answers = [(await client.send_form("/my/link", {"email": address})).status_code for _ in range(7)]
        assert answers == [200] * 5 + [429] * 2
