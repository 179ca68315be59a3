"""The four steps as a browser without scripts walks them."""

import pytest

from tests import make
from tests.registration.cast import AMINA, OUYANG, mails, state_of
from tests.web.guest.forms import begin, confirm, draft_of, everything, fill_in, register, value_of
from wcd.core.db import execute, fetch
from wcd.core.signing import sign
from wcd.editions.published import raise_published
from wcd.registration import queries
from wcd.web import editions
from wcd.web.cookies import DRAFT, cookie_name


@pytest.mark.parametrize("locale", ["zh", "en"])
async def test_from_the_first_page_to_the_guests_own(client, forum, locale):
    session = await make.session(forum.id)
    guest = await register(client, locale, session=[str(session)])
    done = await client.get(f"/{locale}/register/done")
    assert done.status_code == 200
    assert AMINA["email"] in done.text
    assert await state_of(guest) == "unconfirmed"
    shown = await client.get(f"/{locale}/register/confirm/{sign('confirm', guest, 1)}")
    assert (shown.status_code, await state_of(guest)) == (200, "unconfirmed")
    await confirm(client, guest, locale)
    assert await state_of(guest) == "submitted"
    assert await mails(guest) == ["address_to_confirm", "received"]
    mine = await client.get("/my")
    assert mine.status_code == 200
    assert AMINA["native_name"] in mine.text
    assert (await queries.get_guest(guest)).language == locale
    assert await queries.list_wishes(guest) == [session]


async def test_every_step_shows_what_is_kept(client, forum):
    await fill_in(client)
    assert 'value="delegate" checked' in (await client.get("/en/register")).text
    about = (await client.get("/en/register/about")).text
    for value in AMINA.values():
        assert f'"{value}"' in about
    assert '<option value="KE" selected>Kenya</option>' in about
    assert 'value="halal" checked' in (await client.get("/en/register/needs")).text
    assert (await client.get("/zh/register/about")).status_code == 200


@pytest.mark.parametrize("step", ["about", "needs", "sessions", "done"])
async def test_nobody_steps_in_without_a_beginning(client, forum, step):
    answer = await client.get(f"/en/register/{step}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/register")


async def test_steps_cannot_be_left_out(client, forum):
    await begin(client)
    for step in ("needs", "sessions"):
        assert (await client.get(f"/en/register/{step}")).headers["location"] == "/en/register/about"
    before = await everything()
    answer = await client.send_form("/en/register/sessions", {"consent": "1", "notice": "1"})
    assert (answer.status_code, await everything()) == (303, before)


async def test_errors_stand_at_the_field_and_on_top_and_nothing_typed_is_lost(client, forum):
    await begin(client)
    before = await everything()
    typed = AMINA | {"email": "amina@lakeside", "latin_name": "阿米娜", "post": "<b>Director</b>"}
    answer = await client.send_form("/en/register/about", typed)
    assert (answer.status_code, await everything()) == (422, before)
    assert '<a href="#latin_name">' in answer.text
    assert 'id="latin_name-e"' in answer.text
    assert "This address lacks its ending" in answer.text
    assert 'value="amina@lakeside"' in answer.text
    assert "&lt;b&gt;Director&lt;/b&gt;" in answer.text
    assert "<b>Director" not in answer.text


async def test_a_lapsed_token_shows_the_form_as_it_was_typed(client, forum):
    await begin(client)
    before = await everything()
    answer = await client.post("/en/register/about", data=AMINA | {"csrf": "old"})
    assert (answer.status_code, await everything()) == (403, before)
    assert f'value="{AMINA["email"]}"' in answer.text
    assert "Nothing is lost" in answer.text
    again = AMINA | {"draft": value_of(answer.text, "draft")}
    assert (await client.send_form("/en/register/about", again)).status_code == 303


async def test_the_form_knows_its_registration_though_the_cookie_is_gone(client, forum):
    await begin(client)
    draft = draft_of(client)
    token = client.cookies[cookie_name(DRAFT)]
    client.cookies.delete(cookie_name(DRAFT))
    answer = await client.send_form("/en/register/about", AMINA | {"draft": token})
    assert answer.headers["location"] == "/en/register/needs"
    assert draft_of(client) == draft


async def test_the_language_changes_and_keeps_what_is_typed(client, forum):
    await begin(client)
    before = await everything()
    answer = await client.send_form(
        "/zh/register/about", {"native_name": "歐陽靖霖", "post": "半句", "in_language": "zh"}
    )
    assert (answer.status_code, await everything()) == (200, before)
    assert 'lang="zh"' in answer.text
    assert 'value="半句"' in answer.text
    assert "aria-invalid" not in answer.text


async def test_consent_is_needed_and_wishes_are_kept(client, forum):
    session = await make.session(forum.id)
    await fill_in(client)
    answer = await client.send_form("/en/register/sessions", {"session": [str(session)], "notice": "1"})
    assert answer.status_code == 422
    assert f'value="{session}" checked' in answer.text
    assert await state_of(draft_of(client)) == "draft"


async def test_sending_the_last_step_twice_registers_once(client, forum):
    guest = await register(client)
    before = await everything()
    answer = await client.send_form("/en/register/sessions", {"consent": "1", "notice": "1"})
    assert answer.headers["location"] == "/en/register/done"
    assert (draft_of(client), await everything()) == (guest, before)


async def test_beginning_twice_from_one_page_begins_once(client, forum):
    once = value_of((await client.get("/en/register")).text, "once")
    for _ in range(2):
        await client.send_form("/en/register", {"category": "delegate", "once": once})
    assert (await fetch("SELECT count(*) AS n FROM registration_guest"))[0]["n"] == 1


async def test_a_second_guest_from_the_same_browser(client, forum):
    first = await register(client)
    assert (await client.get("/en/register")).headers["location"] == "/en/register/done"
    body = (await client.get("/en/register?new=1")).text
    await client.send_form("/en/register", {"category": "press", "once": value_of(body, "once")})
    assert draft_of(client) != first


async def test_only_public_categories(client, forum):
    assert "vip" not in (await client.get("/en/register")).text
    answer = await client.send_form("/en/register", {"category": "vip", "once": "x"})
    assert answer.status_code == 422
    assert (await fetch("SELECT count(*) AS n FROM registration_guest"))[0]["n"] == 0


async def test_closed_is_said_before_the_form(client, forum):
    await fill_in(client)
    await execute("UPDATE editions_edition SET registration_open = false")
    editions.EDITIONS.forget()
    before = await everything()
    for path in ("", "/about", "/sessions"):
        answer = await client.get(f"/zh/register{path}")
        assert answer.status_code == 200
        assert 'method="post"' not in answer.text
    for path, fields in (
        ("", {"category": "delegate"}),
        ("/about", AMINA),
        ("/sessions", {"consent": "1", "notice": "1"}),
    ):
        assert (await client.send_form(f"/en/register{path}", fields)).status_code == 409
    assert await everything() == before


async def test_a_mailed_link_goes_on_elsewhere(client, forum, as_staff):
    await begin(client)
    assert (await client.send_form("/en/register/link")).status_code == 409
    await client.send_form("/en/register/about", AMINA)
    assert (await client.send_form("/en/register/link")).status_code == 303
    draft = draft_of(client)
    assert await mails(draft) == ["draft_link"]
    client.cookies.delete(cookie_name(DRAFT))
    answer = await client.get(f"/en/register/continue/{sign('draft', draft, 1)}")
    assert (answer.headers["location"], draft_of(client)) == ("/en/register/needs", draft)
    for token in ("nonsense", sign("my", draft, 1), sign("draft", draft, 2)):
        client.cookies.delete(cookie_name(DRAFT))
        assert (await client.get(f"/en/register/continue/{token}")).headers["location"] == "/en/register"


async def test_a_link_mailed_to_a_mistyped_address_is_worthless_once_it_is_corrected(client, forum):
    await begin(client)
    await client.send_form("/en/register/about", AMINA | {"email": "somebody.else@lakeside.example"})
    mistyped = client.cookies[cookie_name(DRAFT)]
    corrected = await client.send_form("/en/register/about", AMINA)
    assert corrected.headers["location"] == "/en/register/needs"
    assert (await client.get("/en/register/needs")).status_code == 200, "the same browser goes on"
    client.cookies.delete(cookie_name(DRAFT))
    before = await everything()
    assert (
        AMINA["email"]
        not in (await client.get(f"/en/register/continue/{mistyped}", follow_redirects=True)).text
    )
    for path in ("about", "needs", "sessions"):
        await client.send_form(
            f"/en/register/{path}", AMINA | {"draft": mistyped, "language": "en", "consent": "1"}
        )
    assert await everything() == before


async def test_an_older_tab_of_the_same_browser_goes_on_after_the_correction(client, forum):
    await begin(client)
    older = client.cookies[cookie_name(DRAFT)]
    await client.send_form("/en/register/about", AMINA | {"email": "somebody.else@lakeside.example"})
    await client.send_form("/en/register/about", AMINA | {"draft": older})
    answer = await client.send_form("/en/register/needs", {"language": "en", "draft": older})
    assert answer.headers["location"] == "/en/register/sessions"


@pytest.mark.parametrize("purpose", ["my", "draft"])
async def test_only_its_own_link_confirms(client, forum, purpose):
    guest = await register(client)
    token = sign(purpose, guest, 1)
    assert (await client.get(f"/en/register/confirm/{token}")).status_code == 404
    assert (await client.send_form(f"/en/register/confirm/{token}")).status_code == 404
    assert (await client.send_form(f"/en/register/confirm/{sign('confirm', guest, 2)}")).status_code == 404
    assert await state_of(guest) == "unconfirmed"


async def test_new_sessions_are_offered_as_soon_as_they_are_published(client, forum):
    await fill_in(client)
    assert "Sponge city" not in (await client.get("/en/register/sessions")).text
    await make.session(forum.id, title_en="Sponge city")
    await make.session(forum.id, title_en="Planned only", state="planned")
    await make.session(forum.id, title_en="By invitation", booking="invitation")
    await raise_published(forum.id)
    editions.EDITIONS.forget()
    shown = (await client.get("/en/register/sessions")).text
    assert "Sponge city" in shown
    assert "Planned only" not in shown
    assert "By invitation" not in shown


@pytest.mark.parametrize(
    "extra",
    [
        {"state": "approved"},
        {"number": "7"},
        {"category": "vip"},
        {"link_version": "9"},
        {"step": "9"},
        {"edition": "x"},
    ],
)
async def test_fields_that_are_not_the_senders_to_set(client, forum, extra):
    await begin(client)
    await client.send_form("/en/register/about", OUYANG | extra)
    rows = await fetch(
        "SELECT state, number, link_version, step, c.code FROM registration_guest g JOIN registration_category c ON c.id = g.category"
    )
    assert [tuple(row.values()) for row in rows] == [("draft", None, 1, 3, "delegate")]
