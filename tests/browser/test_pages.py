"""Every page in a real browser: accessible, as wide as its window and in one language, on a phone and at a desk."""

from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, StorageState, expect

from tests.browser.conftest import sign_in
from tests.browser.look import Looker
from tests.real import House
from wcd.core.signing import sign

PUBLIC = (
    "", "programme", "programme?day=2023-10-29", "programme?q=9999999",
    "programme?view=grid&day=2023-10-29", "programme?free=yes", "programme?stars=yes", "programme/calendar",
    "programme/now", "speakers", "exhibitions", "tours", "practical", "privacy", "contact", "accessibility", "editions", "sessions/life-circle",
)  # fmt: skip


Opens = Callable[..., Awaitable[Page]]
TAGS = {"zh": "zh-CN", "en": "en-GB"}


@pytest.fixture(params=["zh", "en"])
async def looker(request: pytest.FixtureRequest, demo: House, open_page: Opens) -> AsyncIterator[Looker]:
    """A tab in one of the languages; whatever was wrong in it fails the test at its end."""
    looker = Looker(
        await open_page(locale=TAGS[request.param], reduced_motion="reduce"), demo.base, request.param
    )
    yield looker
    assert not looker.faults, "\n".join(looker.faults)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def signed_in(demo: House, chromium: Browser) -> StorageState:
    """The cookies of an owner who has signed in."""
    context = await chromium.new_context()
    page = await context.new_page()
    await sign_in(page, demo)
    cookies = await context.storage_state()
    await context.close()
    return cookies


@pytest.fixture(params=["zh", "en"])
async def olga(
    request: pytest.FixtureRequest, demo: House, open_page: Opens, signed_in: StorageState
) -> AsyncIterator[Looker]:
    """The owner's tab in one of the languages."""
    page = await open_page(locale=TAGS[request.param], reduced_motion="reduce", storage_state=signed_in)
    await page.goto(f"{demo.base}/language/{request.param}?back=/organiser/me")
    looker = Looker(page, demo.base, request.param)
    yield looker
    assert not looker.faults, "\n".join(looker.faults)


async def test_public_pages(looker: Looker) -> None:
    for path in PUBLIC:
        await looker.open(f"/{looker.locale}/{path}")
    await looker.page.goto(f"{looker.base}/{looker.locale}/speakers")
    await looker.press("main a[href*='/speakers/']", name="speaker")


async def test_error_pages(looker: Looker) -> None:
    await looker.open(f"/{looker.locale}/sessions/no-such-session", status=404, name="error-404")
    await looker.open(f"/{looker.locale}/register/confirm/broken", status=404, name="error-confirm")
    await looker.open("/my/enter/broken", name="error-link")
    await looker.open("/organiser/link/broken", status=404, name="error-organiser-link")


async def test_registration(looker: Looker) -> None:
    page = looker.page
    await looker.open(f"/{looker.locale}/register", name="register-1")
    await looker.press("#step .ends button", status=422, name="register-1-error")
    await page.check("input[value=delegate]")
    await looker.press("#step .ends button", name="register-2")
    await page.fill("#native_name", "阿琼·恩内克萨")
    await looker.press("#step .ends button", status=422, name="register-2-error")
    await page.fill("#latin_name", "Achieng Nekesa")
    await page.fill(
        f"#organisation_{looker.locale}",
        {"zh": "内罗毕市政府（示例）", "en": "Nairobi City Office"}[looker.locale],
    )
    await page.fill("#post", {"zh": "规划司司长", "en": "Director"}[looker.locale])
    await page.select_option("#country", "KE")
    await page.fill("#email", f"looker-{looker.locale}@guests.example")
    await page.fill("#telephone", "+254 700 000000")
    await looker.press("#step .ends button", name="register-3")
    await page.fill("#diet_note", "x")
    await page.evaluate("document.querySelectorAll('input[name=language]').forEach(one => one.value = 'xx')")
    await looker.press("#step .ends button", status=422, name="register-3-error")
    await page.check(f"input[value={looker.locale}]")
    await looker.press("#step .ends button", name="register-4")
    await looker.press("#step .ends button", status=422, name="register-4-error")
    await page.check("#consent")
    await looker.press("#step .ends button", name="register-done")


async def test_guest_pages(looker: Looker, open_page: Opens, signed_in: StorageState) -> None:
    page = looker.page
    await looker.open("/my/link", name="my-link")
    await looker.press("main form button", status=422, name="my-link-error")
    await page.fill("#email", "nobody@guests.example")
    await looker.press("main form button", name="my-link-sent")
    guest = await _guest_with_a_seat(Looker(await open_page(storage_state=signed_in), looker.base, "en"))
    await page.goto(f"{looker.base}/my/enter/{sign('my', guest)}")
    await page.goto(f"{looker.base}/language/{looker.locale}?back=/my")
    await looker.look("my")
    for path in (
        "sessions",
        "badge",
        "details",
        "cancel",
        "calendar",
        "stars",
        "stars?of=life-circle,opening",
    ):
        await looker.open(f"/my/{path}")
    await page.goto(f"{looker.base}/my/details")
    await page.fill("#telephone", "")
    await looker.press("main form.form .ends button", status=422, name="my-details-error")


async def _guest_with_a_seat(olga: Looker) -> UUID:
    session = await olga.links("/organiser/sessions?q=15-minute", "tbody a")
    guests = await olga.links(f"{session[0]}/guests", "tbody a")
    return UUID(guests[0].rsplit("/", 1)[1])


async def test_sign_in(looker: Looker) -> None:
    await looker.page.goto(f"{looker.base}/language/{looker.locale}?back=/organiser/sign-in")
    await looker.look("sign-in")
    await looker.press("main form button", status=422, name="sign-in-error")
    await looker.open("/organiser/password")


async def test_guests_and_mails_of_organisers(olga: Looker) -> None:
    await olga.open("/organiser/")
    await olga.open("/organiser/guests")
    await olga.open("/organiser/guests?q=9999999")
    await olga.open("/organiser/guests?state=submitted")
    await olga.page.check("[data-picks-all]")
    await olga.look("guests-picked")
    await olga.press("button[value=return]", name="guests-return")
    await olga.press("main form.form button", status=422, name="guests-return-error")
    await olga.open("/organiser/guests?state=submitted")
    await olga.page.locator("tbody input[name=pick]").first.check()
    await olga.press("button[value=approve]", name="guests-approve")
    await olga.press("main form.form button.primary", name="guests-approved")
    guest = await olga.links("/organiser/guests?state=approved", "tbody td.who a")
    for tab in ("", "?tab=sessions", "?tab=mails", "?tab=scans", "/edit", "/cancel"):
        await olga.open(guest[0] + tab, name=f"guest{tab}")
    await olga.open("/organiser/mail")
    await olga.open("/organiser/mail?q=9999999")
    await olga.open((await olga.links("/organiser/mail", "tbody a"))[0], name="one-mail")


async def test_sessions_of_organisers(olga: Looker) -> None:
    await olga.open("/organiser/sessions")
    await olga.open("/organiser/sessions/new")
    session = (await olga.links("/organiser/sessions?q=15-minute", "tbody a"))[0]
    tabs = (
        "", "/time", "/people", "/people?q=chen", "/items", "/hosts", "/entry", "/about", "/notes", "/guests",
        "/guests?q=zhang", "/history", "/call-off",
    )  # fmt: skip
    for tab in tabs:
        await olga.open(session + tab, name=f"session{tab}")
    item = (await olga.links(f"{session}/items", ".runshow .end a"))[0]
    await olga.open(item, name="session-item")
    await olga.page.goto(olga.base + session)
    await olga.page.fill("#title_en", "")
    await olga.page.fill("#title_zh", "")
    await olga.press("form[data-unsaved] button.primary", status=422, name="session-error")
    for path in (
        "sessions?day=none",
        "sessions?q=nobody-of-this-name",
        "sessions?sort=-title&size=25",
        "missing",
    ):
        await olga.open(f"/organiser/{path}")


async def test_warnings_of_organisers(olga: Looker) -> None:
    for path in ("warnings", "warnings?day=2023-10-28", "warnings?blocking=1", "agenda-settings"):
        await olga.open(f"/organiser/{path}")


async def test_badges_of_organisers(olga: Looker) -> None:
    await olga.open("/organiser/badges")
    await olga.page.select_option("#wanted", "press")
    await olga.press("main form.acts button")
    await expect(olga.page.locator("#run .notice.good a")).to_be_visible(timeout=30_000)
    await olga.look("badges-finished")


async def test_door_of_organisers(olga: Looker) -> None:
    await olga.open("/organiser/door")
    for path in ("conflicts", "refused", "gates/new"):
        await olga.open(f"/organiser/door/{path}")
    await olga.press("main form.form button.primary", status=422, name="gate-new-error")
    gate = (await olga.links("/organiser/door", "tbody a"))[0]
    await olga.open(gate, name="gate")
    await olga.open(f"{gate}/edit", name="gate-edit")
    await olga.page.goto(olga.base + gate)
    await olga.press("form[action$='/pair'] button", name="gate-pair")


async def test_house_of_organisers(olga: Looker) -> None:
    for path in ("staff", "staff/new", "edition", "editions", "editions/new", "audit", "me"):
        await olga.open(f"/organiser/{path}")
    for one in await olga.links("/organiser/staff", "tbody a"):
        await olga.open(one, name="one-staff")
    await olga.open("/organiser/staff/new")
    await olga.press("main form.form button.primary", status=422, name="staff-new-error")


async def test_texts_and_places_of_organisers(olga: Looker) -> None:
    for path in ("texts", "texts/notice", "places", "places/venues/new"):
        await olga.open(f"/organiser/{path}")
    await olga.press("main form.form button.primary", status=422, name="venue-new-error")
    for part in ("/places/venues/", "/places/rooms/"):
        one = next(
            link
            for link in await olga.links("/organiser/places", "main a")
            if part in link and "new" not in link
        )
        await olga.open(one, name=part.strip("/").replace("/", "-"))


async def test_errors_of_organisers(olga: Looker) -> None:
    await olga.open(
        "/organiser/guests/00000000-0000-4000-8000-000000000000", status=404, name="error-organiser"
    )


async def test_the_call_for_side_events(looker: Looker) -> None:
    await looker.open(f"/{looker.locale}/call")
    await looker.open(f"/{looker.locale}/call/apply")
    page = looker.page
    await page.locator("#title_en").fill("Rain gardens")
    await page.locator("#minutes").fill("5")
    await looker.press("#apply .ends button", status=422, name="call-errors")
    assert await page.locator("#title_en").input_value() == "Rain gardens"
    given = {
        "title_zh": "雨水花园", "summary_zh": "一场关于雨水的讨论。", "summary_en": "About rain.", "body_zh": "示例单位",
        "body_en": "A sample body", "contact_name": "Ada", "email": "ada@partner.example", "minutes": "60",
    }  # fmt: skip
    for name, value in given.items():
        await page.locator(f"#{name}").fill(value)
    await page.locator("[name=sdgs][value='11']").check()
    await looker.press("#apply .ends button", name="call-sent")
    await looker.press(".ending a.primary", name="call-proposal")
    at = page.url
    await looker.open(f"{at.removeprefix(looker.base)}?edit=1", name="call-correct")
    await looker.open(f"{at.removeprefix(looker.base)}/withdraw", name="call-withdraw")
    await looker.press("main form button", name="call-withdrawn")
    await looker.open(f"/{looker.locale}/call/nobody", status=404, name="error-call")


async def test_proposals_of_organisers(olga: Looker) -> None:
    await olga.open("/organiser/proposals")
    await olga.open("/organiser/proposals?q=9999999")
    await olga.open("/organiser/proposals/call")
    ones = await olga.links("/organiser/proposals?sort=number", "tbody a.rowlink")
    for place in (0, 2, 4, 8, 9):
        await olga.open(ones[place], name=f"one-proposal-{place}")
    picks = "&".join(f"pick={one.rsplit('/', 1)[1]}" for one in ones[3:7])
    await olga.open(f"/organiser/proposals/compare?{picks}", name="proposals-compare")
    await olga.open(f"/organiser/proposals/decline?{picks}", name="proposals-decline")
    await olga.page.goto(f"{olga.base}{ones[5]}")
    await olga.press("form[action$='/decline'] button", status=422, name="proposal-without-reason")


async def test_papers_of_organisers(olga: Looker) -> None:
    await olga.open("/organiser/papers")
    await olga.page.select_option("#language", "en")
    await olga.press("main form.form button.primary", name="paper-ordered")
    fetch = olga.page.locator("#run a.btn.primary")
    await fetch.wait_for(timeout=30_000)
    await olga.look("paper-drawn")
    pdf = await olga.page.request.get(f"{olga.base}{await fetch.get_attribute('href')}")
    assert (await pdf.body())[:5] == b"%PDF-"
    await olga.open("/organiser/papers", name="papers")
