"""Chromium, the sample edition behind a real server, and axe-core."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.real import House, house

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=15_000)
OWNER = "olga@staff.example"
PASSWORD = "fourteen bridges over the river"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a Chromium these tests cannot run; CI must have one."""
    if CHROMIUM is None and os.environ.get("CI") != "true":
        reason = "no Chromium found: install the distribution's package “chromium”"
        for item in items:
            if "/browser/" in str(item.path):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def demo() -> Iterator[House]:
    """The sample edition, two days before the forum, with an owner who can sign in."""
    with house("--demo", WCD_RATE_LIMITS="off", WCD_SECRET=os.environ["WCD_SECRET"]) as here:
        here.run("staff", "add", OWNER, "--role", "owner", "--password-stdin", typed=PASSWORD + "\n")
        yield here


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One browser for the run."""
    assert CHROMIUM, "no Chromium found"
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(chromium: Browser) -> AsyncIterator[Callable[..., Awaitable[Page]]]:
    """``await open_page(width=390, scripts=True, …)``: a page in a context of its own, watched for errors."""
    contexts: list[BrowserContext] = []

    async def opened(*, width: int = 1440, scripts: bool = True, **options: Any) -> Page:
        context = await chromium.new_context(
            viewport={"width": width, "height": 900 if width > 800 else 844},
            java_script_enabled=scripts,
            **options,
        )
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield opened
    for context in contexts:
        await context.close()


async def sign_in(page: Page, demo: House) -> None:
    """The owner signs in."""
    await page.goto(f"{demo.base}/organiser/sign-in")
    await page.fill("#mail", OWNER)
    await page.fill("#password", PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/organiser")
