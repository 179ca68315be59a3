"""One guest's way in real browsers: a phone in English, the desk in Chinese, the mails as files."""

import email
import email.policy
import io
import re
from collections.abc import Awaitable, Callable
from email.message import EmailMessage

import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import Page, expect

from tests.browser.conftest import sign_in
from tests.journeys.post_office import badge_in, code_on, link_in
from tests.real import House, wait_for

Opens = Callable[..., Awaitable[Page]]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_from_the_form_to_the_seat(demo: House, open_page: Opens, *, scripts: bool) -> None:
    phone = await open_page(width=390, scripts=scripts, locale="en-GB")
    guest = f"achieng.{'with' if scripts else 'without'}.scripts@guests.example"
    await register(phone, demo, guest)
    await expect(phone.locator("main")).to_contain_text(guest)

    await phone.goto(link_in(mail_to(demo, guest), "/confirm/"))
    await phone.get_by_role("button", name="Confirm my address").click()
    await expect(phone.locator("h2").first).to_have_text("Your registration is with the organisers")
    await approve(await open_page(locale="zh-CN"), demo, guest)

    approved = mail_to(demo, guest, containing="/my/enter/", attached=True)
    code = code_on(badge_in(approved))
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", code)
    await phone.context.clear_cookies()
    await phone.goto(link_in(approved, "/my/enter/"))
    await expect(phone.locator("h1")).to_have_text("Good morning, Achieng Nekesa")
    assert await code_shown(phone) == code
    await book_and_give_back(phone)


async def register(phone: Page, demo: House, address: str) -> None:
    """Four steps by keyboard alone."""
    keys = phone.keyboard
    await phone.goto(f"{demo.base}/en/register")
    await phone.locator("input[value=delegate]").focus()
    await keys.press("Space")
    await send(phone)
    await phone.locator("#native_name").focus()
    for text in ("Achieng Nekesa", "", "Nairobi City Office (sample)", "", "Director", "Kenya", address):
        await keys.type(text)
        await keys.press("Tab")
    await keys.type("+254 700 000000")
    await send(phone)
    await phone.locator("#diet_note").focus()
    await keys.type("No fish, please")
    await send(phone)
    await phone.get_by_role("checkbox", name="The 15-minute community life circle").focus()
    await keys.press("Space")
    await phone.locator("#consent").focus()
    await keys.press("Space")
    await send(phone)


async def send(page: Page) -> None:
    """The Enter key sends the form."""
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


async def approve(desk: Page, demo: House, address: str) -> None:
    """The organiser finds the guest by address and approves."""
    await desk.goto(f"{demo.base}/language/zh?back=/organiser/sign-in")
    await sign_in(desk, demo)
    await desk.get_by_role("link", name=re.compile("审核")).first.click()
    await desk.locator("#q").fill(address)
    await expect(desk.locator("tbody tr")).to_have_count(1)
    await desk.locator("tbody td.who a").click()
    await desk.get_by_role("link", name="批准").click()
    await desk.get_by_role("button", name="批准并通知 1 位嘉宾").click()
    await expect(desk.locator(".notice.good")).to_be_visible()


async def code_shown(phone: Page) -> str:
    """What the QR on the screen says to a camera."""
    await phone.goto(phone.url.split("/my")[0] + "/my/badge")
    picture = await phone.get_by_role("img", name="Code of the badge").screenshot()
    with Image.open(io.BytesIO(picture)) as shown:
        found = zxingcpp.read_barcodes(shown.convert("L"))
    assert len(found) == 1
    return str(found[0].text)


async def book_and_give_back(phone: Page) -> None:
    """The wish has become a seat; what overlaps it is refused; another is booked and given back."""
    await phone.get_by_role("link", name="My sessions").click()
    await expect(phone.locator("#life-circle .state")).to_have_text("Seat confirmed")
    await phone.get_by_role("button", name="Community gardens: who waters them?").click()
    await expect(phone.get_by_role("alert")).to_contain_text("Community gardens: who waters them?")
    await expect(phone.get_by_role("alert")).to_contain_text("The 15-minute community life circle")

    row = phone.locator("li.row", has_text="Plenary: launches and award")
    left = await row.locator(".state").inner_text()
    await row.get_by_role("button", name="Book a seat").click()
    await expect(row.locator(".state")).to_have_text("Seat confirmed")
    await row.get_by_role("button", name="Give back").click()
    await expect(row.locator(".state")).to_have_text(left)


def mail_to(demo: House, address: str, *, containing: str = "", attached: bool = False) -> EmailMessage:
    """The newest mail to an address that contains this, as the worker wrote it into the folder."""

    def found() -> EmailMessage | None:
        for path in reversed(demo.mails()):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            assert isinstance(mail, EmailMessage)
            text = mail.get_body(preferencelist=("plain",))
            whole = not attached or any(True for _ in mail.iter_attachments())
            if whole and address in str(mail["to"]) and text and containing in text.get_content():
                return mail
        return None

    mail: EmailMessage = wait_for(found, seconds=30)
    return mail
