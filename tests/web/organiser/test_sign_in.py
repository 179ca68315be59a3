"""Signing in at the console, links, the first owner's way in."""

import re
from collections.abc import Awaitable, Callable

import pytest

from tests import make
from tests.browser_like import FORM, Visitor
from wcd.accounts import first_owner, links, passwords, rules
from wcd.accounts.tables import SignIn, Staff
from wcd.core.config import settings
from wcd.editions.tables import Edition
from wcd.mail.tables import Mail
from wcd.registration.tables import Category

AsStaff = Callable[..., Awaitable[Visitor]]
SECRET = "bridges over the river"
EDITION = {
    "code": "wcd-2026", "name_zh": "2026年世界城市日", "name_en": "World Cities Day 2026", "short_name_zh": "世界城市日 2026",
    "short_name_en": "World Cities Day 2026", "first_day": "2026-10-28", "last_day": "2026-10-31", "zone": "Asia/Shanghai",
    "place_zh": "上海", "place_en": "Shanghai",
}  # fmt: skip


async def olga() -> None:
    await make.staff(
        "owner", mail="olga@forum.example", name="Olga", password_hash=await passwords.hash_password(SECRET)
    )


async def test_signs_in_and_goes_where_one_wanted(client: Visitor) -> None:
    await olga()
    await make.edition()
    led = await client.get("/organiser/guests?state=submitted")
    assert led.headers["location"] == "/organiser/sign-in?next=/organiser/guests%3Fstate%3Dsubmitted"
    answer = await client.send_form(
        led.headers["location"], {"mail": "Olga@forum.example", "password": SECRET}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/organiser/guests?state=submitted")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert (await client.get("/organiser/guests")).status_code == 200


@pytest.mark.parametrize(
    "given",
    [{"mail": "olga@forum.example", "password": "wrong"}, {"mail": "who@forum.example", "password": SECRET}],
)
async def test_refusals_are_alike_and_keep_the_address(client: Visitor, given: dict[str, str]) -> None:
    await olga()
    answer = await client.send_form("/organiser/sign-in", given, **{"accept-language": "en"})
    assert answer.status_code == 422
    assert "The mail address or the password is not right." in answer.text
    assert f'value="{given["mail"]}"' in answer.text
    assert given["password"] not in answer.text
    assert await SignIn.count() == 0


async def test_lapsed_token_signs_nobody_in(client: Visitor) -> None:
    await olga()
    answer = await client.post(
        "/organiser/sign-in", content=f"mail=olga@forum.example&password={SECRET}", headers=FORM
    )
    assert answer.status_code == 422
    assert "olga@forum.example" in answer.text
    assert await SignIn.count() == 0


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example", "//evil.example", "/organiser//evil.example", "/organiser\\evil", "/zh/"],
)
async def test_never_leads_elsewhere(client: Visitor, wanted: str) -> None:
    await olga()
    await make.edition()
    form = await client.get("/organiser/sign-in", params={"next": wanted})
    assert 'action="/organiser/sign-in?next=/organiser"' in form.text
    answer = await client.post("/organiser/sign-in", params={"next": wanted}, content="", headers=FORM)
    assert answer.status_code == 422


async def test_signs_out(as_staff: AsStaff) -> None:
    await make.edition()
    visitor = await as_staff("owner")
    answer = await visitor.send_form("/organiser/sign-out")
    assert answer.headers["location"] == "/organiser/sign-in"
    assert (await visitor.get("/organiser")).status_code == 303
    assert await SignIn.count() == 0


async def test_forgotten_password_answers_alike(client: Visitor) -> None:
    await olga()
    texts = []
    for mail in ("olga@forum.example", "nobody@forum.example"):
        answer = await client.send_form("/organiser/password", {"mail": mail})
        assert answer.status_code == 200
        texts.append(re.sub(mail, "…", answer.text))
    assert texts[0] == texts[1]
    assert await Mail.count() == 1


async def test_link_sets_a_password_once(client: Visitor) -> None:
    await make.edition()
    staff = await make.staff("reader", mail="rui@forum.example", name="Rui")
    address = f"/organiser/link/{links.token_of(await links.make(rules.INVITATION, staff))}"
    assert "rui@forum.example" in (await client.get(address)).text
    differ = await client.send_form(address, {"password": SECRET, "again": SECRET + "x"})
    assert differ.status_code == 422
    short = await client.send_form(address, {"password": "short", "again": "short"})
    assert short.status_code == 422
    done = await client.send_form(address, {"password": SECRET, "again": SECRET})
    assert done.headers["location"] == "/organiser"
    assert (await client.get("/organiser")).status_code == 200
    assert (await client.get(address)).status_code == 404


async def test_first_owner_moves_in_and_makes_the_edition(client: Visitor) -> None:
    link = await first_owner.link(settings())
    assert link is not None
    start = link.removeprefix(settings().base_url)
    assert (await client.get(start)).status_code == 200
    wrong = await client.send_form(
        start, {"mail": "olga@", "name": "Olga", "password": SECRET, "again": SECRET}
    )
    assert wrong.status_code == 422
    assert 'value="Olga"' in wrong.text
    done = await client.send_form(
        start, {"mail": "olga@forum.example", "name": "Olga", "password": SECRET, "again": SECRET}
    )
    assert (done.status_code, done.headers["location"]) == (303, "/organiser")
    assert (await client.get(start)).status_code == 404
    assert (await client.get("/organiser")).headers["location"] == "/organiser/editions/new"
    bad = await client.send_form(
        "/organiser/editions/new",
        {**EDITION, "last_day": "2026-10-01", "zone": "Mars/Olympus"},
    )
    assert bad.status_code == 422
    assert bad.text.count('class="error"') == 2
    assert "2026年世界城市日" in bad.text
    assert await Edition.count() == 0
    made = await client.send_form("/organiser/editions/new", EDITION)
    assert (made.status_code, made.headers["location"]) == (303, "/organiser")
    today = await client.get("/organiser", headers={"accept-language": "en"})
    assert today.status_code == 200
    assert "Open registration" in today.text
    assert await Edition.select(Edition.code, Edition.is_current) == [
        {"code": "wcd-2026", "is_current": True}
    ]
    assert await Category.count() == 8
    assert await Staff.count() == 1


async def test_taken_code_is_said_at_the_field(as_staff: AsStaff) -> None:
    await make.edition("wcd-2026")
    visitor = await as_staff("owner")
    answer = await visitor.send_form("/organiser/editions/new", EDITION)
    assert answer.status_code == 422
    assert 'id="code-e"' in answer.text
    assert await Edition.count() == 1


async def test_edition_is_chosen_and_kept(as_staff: AsStaff) -> None:
    await make.edition("wcd-2023")
    old = await make.edition(
        "wcd-2022", is_current=False, short_name_zh="世界城市日 2022", short_name_en="WCD 2022"
    )
    visitor = await as_staff("owner")
    assert "WCD 2022" not in (await visitor.get("/organiser", headers={"accept-language": "en"})).text
    await visitor.send_form(f"/organiser/editions/{old}/choose")
    assert "WCD 2022" in (await visitor.get("/organiser", headers={"accept-language": "en"})).text


async def test_who_has_no_edition_is_told(as_staff: AsStaff) -> None:
    visitor = await as_staff("reader")
    answer = await visitor.get("/organiser")
    assert answer.headers["location"] == "/organiser/editions/new"
    page = await visitor.get("/organiser/editions/new", headers={"accept-language": "en"})
    assert (page.status_code, "No edition yet" in page.text) == (200, True)


async def test_settings_refuse_a_colour_that_cannot_be_read(as_staff: AsStaff) -> None:
    edition = await make.edition()
    visitor = await as_staff("organiser")
    given = {**EDITION, "code": "hijacked", "accent": "#ffff00", "theme_zh": "新主题"}
    answer = await visitor.send_form("/organiser/edition", given)
    assert (answer.status_code, 'id="accent-e"' in answer.text) == (422, True)
    assert "新主题" in answer.text
    await visitor.send_form("/organiser/edition", {**given, "accent": "#0b5cad", "registration_open": "1"})
    row = (await Edition.select().where(Edition.id == edition))[0]
    assert (row["code"], row["accent"], row["registration_open"], row["published"]) == (
        "wcd-test",
        "#0b5cad",
        True,
        2,
    )
