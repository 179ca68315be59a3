"""The whole way in browsers: from the form on a guest's phone to the camera of a phone at the gate."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from tests.browser.conftest import ARGUMENTS, CHROMIUM, OWNER, PASSWORD, sign_in
from tests.browser.door_stage import film
from tests.browser.test_door import PHONE, says, scan, start
from tests.browser.test_journey import approve, mail_to, register
from tests.journeys.post_office import badge_in, code_on, link_in
from tests.real import House, house

GUEST = "achieng.whole.way@guests.example"
NAME = "Achieng Nekesa"


async def test_from_the_form_to_the_gate(open_page: Callable[..., Awaitable[Page]], tmp_path: Path) -> None:
    with house("--demo", WCD_RATE_LIMITS="off", WCD_CLOCK="2023-10-26T09:00:00+08:00") as here:
        here.run("staff", "add", OWNER, "--role", "owner", "--password-stdin", typed=PASSWORD + "\n")
        phone, desk = await open_page(width=390, locale="en-GB"), await open_page(locale="zh-CN")
        await register(phone, here, GUEST)
        await phone.goto(link_in(mail_to(here, GUEST), "/confirm/"))
        await phone.get_by_role("button", name="Confirm my address").click()
        await expect(phone.locator("h2").first).to_have_text("Your registration is with the organisers")
        await approve(desk, here, GUEST)
        badge = badge_in(mail_to(here, GUEST, containing="/my/enter/", attached=True))

        here.set_clock("2023-10-27T09:01:00+08:00")
        mail_to(here, GUEST, containing="is about to begin")
        await _signed_in(desk, here)
        await desk.goto(f"{here.base}/organiser/mail?q={GUEST}")
        await expect(desk.locator("tbody tr").first).to_contain_text("提醒")

        here.set_clock("2023-10-28T08:30:00+08:00")
        await _signed_in(desk, here)
        await desk.goto(f"{here.base}/organiser/door")
        await desk.get_by_role("link", name=re.compile("滨江会议中心主入口")).first.click()
        await desk.locator("form[action$='/pair'] button").first.click()
        await expect(desk.locator("main")).to_contain_text("/door/pair/")
        link = re.search(r"http\S+/door/pair/[A-Za-z0-9_-]+", await desk.content())
        assert link
        await _scan_at_the_gate(link[0], film(badge, tmp_path / "badge.y4m"), code_on(badge))


async def _signed_in(desk: Page, here: House) -> None:
    """Sign in once more where the clock has left the sign-in behind."""
    await desk.goto(f"{here.base}/organiser")
    if await desk.locator("#password").count():
        await sign_in(desk, here)


async def _scan_at_the_gate(link: str, video: Path, code: str) -> None:
    camera = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={video}",
    ]
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *camera])
        page = await (await browser.new_context(viewport=PHONE, locale="zh-CN")).new_page()
        page.set_default_timeout(20_000)
        await page.goto(link)
        await page.click("button.primary")
        await page.wait_for_selector(".over h1")
        await page.click(".over .foot .main")
        await says(page, "go", NAME)
        await start(page)
        await scan(page, code)
        await says(page, "wait", NAME)
        await browser.close()
