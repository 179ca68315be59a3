"""The door app in a real browser: a fake camera that sees a rendered badge, a hand scanner, no network, no https."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.door_stage import Stage, film, stage
from tests.browser.look import axe, sideways
from tests.checkin import door_cast as cast
from wcd.badges.personal import badge_pdf
from wcd.checkin import devices
from wcd.core import db

PHONE = {"width": 390, "height": 844}
Opened = Callable[..., Awaitable[Page]]


@pytest.fixture
async def house(pool: None, application: Any) -> AsyncIterator[Stage]:
    async with stage(application) as running:
        yield running


@pytest.fixture
async def phone(house: Stage) -> AsyncIterator[Opened]:
    """``await phone(film=…)``: the app on a phone that is paired; without a film it has no camera."""
    async with async_playwright() as play:
        browsers = []

        async def opened(*, film: Path | None = None, host: str = "127.0.0.1", paired: bool = True) -> Page:
            camera = [
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={film}",
            ]
            elsewhere = ["--host-resolver-rules=MAP forum.test 127.0.0.1"]
            browser = await play.chromium.launch(
                executable_path=CHROMIUM, args=[*ARGUMENTS, *elsewhere, *(camera if film else [])]
            )
            browsers.append(browser)
            context = await browser.new_context(viewport=PHONE, locale="zh-CN")
            page = await context.new_page()
            page.set_default_timeout(15_000)
            base = f"http://{host}:{house.port}"
            if paired:
                await page.goto(base + await house.pairing())
                await page.click("button.primary")
            else:
                await page.goto(f"{base}/door/")
            await page.wait_for_selector(".over h1")
            return page

        yield opened
        for browser in browsers:
            await browser.close()


async def start(page: Page) -> None:
    await page.click(".over .foot .main")
    await page.locator(".over").wait_for(state="detached")


async def scan(page: Page, code: str) -> None:
    """As a hand scanner types: every key at once, then Enter, wherever the focus is."""
    await page.evaluate(
        """code => { for (const key of [...code, "Enter"]) {
            const pressed = { key, bubbles: true, cancelable: true };
            (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", pressed)); } }""",
        code,
    )


async def says(page: Page, tone: str, name: str) -> None:
    """The verdict on the screen: its colour, and the name or reason."""
    await expect(page.locator(f".over.{tone}")).to_contain_text(name)


async def test_camera_reads_a_printed_badge(house: Stage, phone: Opened, tmp_path: Path) -> None:
    guest, code = await house.guest()
    page = await phone(film=film(await badge_pdf(guest), tmp_path / "badge.y4m"))
    await page.click(".over .foot .main")
    await says(page, "go", "欧阳靖霖")
    assert await house.verdicts() == ["welcome"]
    await page.click(".over .foot .main")
    await page.locator(".over").wait_for(state="detached")
    await page.wait_for_timeout(700)  # the badge is still before the camera: that is no second scan
    assert await house.verdicts() == ["welcome"]
    await scan(page, code)
    await says(page, "wait", "东门")
    await page.click(".over .foot .main")
    await says(page, "go", "欧阳靖霖")
    await _until(page, house.verdicts, ["welcome", "already_inside", "welcome"])


async def test_verdicts_one_after_the_other(house: Stage, phone: Opened) -> None:
    page = await phone()
    await start(page)
    guest, code = await house.guest(native_name="阿米娜·万吉鲁·奥迪安博", latin_name="Amina Wanjiru Odhiambo")
    await scan(page, "HTTPS://EXAMPLE.ORG/")
    await says(page, "stop", "HTTPS://EXAMPLE.ORG/")
    await scan(page, code)  # a red one needs a tap
    await says(page, "stop", "HTTPS://EXAMPLE.ORG/")
    await page.click(".over .foot .btn:not(.main)")  # type the code
    rows = await db.fetch("SELECT short_code FROM registration_code WHERE guest = $1", guest)
    short = rows[0]["short_code"]
    await page.type("#code", f"{short[:4]}-{short[4:]}".lower(), delay=120)
    await page.click(".typing .main")
    await says(page, "go", "阿米娜·万吉鲁·奥迪安博")
    await _until(page, house.verdicts, ["unknown", "welcome"])
    await page.click(".over .foot .btn:not(.main)")  # undo
    await page.locator(".over").wait_for(state="detached")
    await scan(page, code)
    await says(page, "go", "Amina Wanjiru Odhiambo")
    await _until(page, house.verdicts, ["unknown", "welcome", "undo", "welcome"])


LONG_NAMES = (
    ("", "Maria-Fernanda Gutiérrez de la Concepción Hohenlohe"),
    ("Phra Chao Worawongthoe Phra-ong Chao Ubolratana-Rajakanya", "Ubolratana Rajakanya"),
    ("Donaudampfschifffahrtsgesellschaftskapitänswitwe", "Donau"),
    ("迪丽娜尔·阿不都热合曼·买买提明", "Dilnar Abdurahman Memtimin"),
)


@pytest.mark.parametrize(("native", "latin"), LONG_NAMES, ids=["latin", "words", "one word", "han"])
async def test_long_name_is_shown_whole(house: Stage, phone: Opened, native: str, latin: str) -> None:
    page = await phone()
    await start(page)
    _, code = await house.guest(native_name=native, latin_name=latin)
    await scan(page, code)
    await says(page, "go", native or latin)
    shown = await page.evaluate(
        """() => { const name = document.querySelector(".guest .n");
            const [inner, outer] = [name, document.querySelector(".guest")].map((one) => one.getBoundingClientRect());
            return [name.scrollWidth <= name.clientWidth, inner.top >= outer.top - 1, inner.bottom <= outer.bottom + 1]; }"""
    )
    assert shown == [True, True, True]


async def test_every_screen_is_accessible_and_fits(house: Stage, phone: Opened) -> None:
    page = await phone(paired=False)
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    faults: list[str] = []

    async def look(screen: str) -> None:
        faults.extend(f"{screen}: {fault}" for fault in await axe(page))
        if (over := await sideways(page)) > 0:
            faults.append(f"{screen}: {over} px too wide")

    await look("not paired")
    await page.goto(house.base + await house.pairing())
    await look("pairing")
    await page.click("button.primary")
    await page.wait_for_selector(".over h1")
    await look("start")
    await start(page)
    await look("gate")
    for language in ("zh", "en"):
        _, code = await house.guest()
        await expect(page.locator("html")).to_have_attribute("lang", language)
        for tone, text in (("go", code), ("wait", code), ("stop", "no code of ours")):
            await scan(page, text)
            await page.wait_for_selector(f".over.{tone}")
            await look(f"{tone} {language}")
            await page.click(f".over.{tone} .foot .main")
            if tone == "wait":
                await page.click(".over.go .foot .main")
        await page.locator(".over").wait_for(state="detached")
        await page.click(".foot .main")
        await look(f"typing {language}")
        await page.click(".typing .btn:not(.main)")
        await page.locator(".over").wait_for(state="detached")
        await page.click(".gate .btn")
    assert faults == []
    assert said == []


async def test_no_network_is_said_and_made_up_for(house: Stage, phone: Opened) -> None:
    page = await phone()
    await start(page)
    _, code = await house.guest()
    await page.context.set_offline(True)
    await scan(page, code)
    await says(page, "calm", code)
    await expect(page.locator(".over.calm h1")).not_to_contain_text("Checking")
    assert await house.verdicts() == []
    await page.context.set_offline(False)
    await says(page, "go", "欧阳靖霖")
    assert await house.verdicts() == ["welcome"]


async def test_app_killed_before_it_could_send(house: Stage, phone: Opened) -> None:
    page = await phone()
    await start(page)
    _, code = await house.guest()
    await page.context.set_offline(True)
    await scan(page, code)
    await page.wait_for_selector(".over.calm")
    await page.close()
    await page.context.set_offline(False)
    again = await page.context.new_page()
    await again.goto(f"{house.base}/door/")
    await _until(again, house.verdicts, ["welcome"])


async def test_two_tabs_and_a_lost_answer_store_one_fact(house: Stage, phone: Opened) -> None:
    page = await phone()
    _, code = await house.guest()
    lost = []

    async def lose_first_answer(route: Any) -> None:
        answer = await route.fetch()
        if lost:
            await route.fulfill(response=answer)
        else:
            lost.append(answer.status)
            await route.abort()

    await page.route("**/door/scans", lose_first_answer)
    await start(page)
    await scan(page, code)
    other = await page.context.new_page()
    await other.goto(f"{house.base}/door/")
    await says(page, "go", "欧阳靖霖")
    assert lost == [200]
    assert await house.verdicts() == ["welcome"]
    rows = await db.fetch("SELECT count(*) FROM checkin_refused_scan")
    assert rows[0]["count"] == 0


async def test_revoked_phone_keeps_its_scans_and_asks_to_pair_again(house: Stage, phone: Opened) -> None:
    page = await phone()
    await start(page)
    _, code = await house.guest()
    device = (await db.fetch("SELECT id FROM checkin_device"))[0]["id"]
    await devices.revoke_device(house.edition, device, by=cast.BY)
    await scan(page, code)
    await expect(page.locator(".over.plain")).to_contain_text("1")
    assert await house.verdicts() == []
    await page.goto(house.base + await house.pairing())
    await page.click("button.primary")
    await _until(page, house.verdicts, ["welcome"])


async def test_plain_http_on_a_lan_says_why_there_is_no_camera(house: Stage, phone: Opened) -> None:
    page = await phone(host="forum.test")
    assert await page.evaluate("window.isSecureContext") is False
    await start(page)
    await expect(page.locator(".cam .message")).to_contain_text("http")
    _, code = await house.guest()
    await scan(page, code)
    await says(page, "go", "欧阳靖霖")


async def _until(page: Page, ask: Callable[[], Awaitable[list[str]]], wanted: list[str]) -> None:
    for _ in range(100):
        if await ask() == wanted:
            return
        await page.wait_for_timeout(100)
    assert await ask() == wanted
