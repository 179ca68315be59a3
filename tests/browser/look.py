"""Look at a page as it stands: on a phone and at a desk, for faults of access, width and language."""

import os
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.async_api import Page, Request, Response

WIDTHS = {"phone": (390, 844), "desk": (1440, 900)}
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
ALIKE = [
    ["tbody > tr:nth-child(n+9)"],
    [".slot:nth-child(n+7)"],
    ["main li:nth-child(n+17)"],
    ["option:nth-child(n+9)"],
]
PICTURES = os.environ.get("PICTURES")
"""A folder for pictures of every page that is looked at."""

_WORDS = """() => {
  const found = [];
  const lang = element => element.closest("[lang]")?.lang.slice(0, 2);
  const here = document.documentElement.lang.slice(0, 2);
  const add = (element, text) => { if (lang(element) === here && text.trim()) found.push(text.trim()) };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!element.closest("script, style, code, textarea, [translate=no]") && element.checkVisibility())
      add(element, walk.currentNode.data);
  }
  for (const name of ["aria-label", "placeholder", "title", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`)) add(element, element.getAttribute(name));
  return found;
}"""

_COLLISIONS = """() => [...document.querySelectorAll(".stackable tbody tr")].slice(0, 20).flatMap(row => {
  const boxes = [...row.cells].map(cell => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return [cell.innerText.trim(), range.getBoundingClientRect()];
  }).filter(([text, box]) => text && box.width);
  return boxes.flatMap(([text, a], n) => boxes.slice(n + 1)
    .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2)
    .map(([other]) => `${text} lies over ${other}`));
})"""

HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2,}")
NO_WORDS = re.compile(
    r"\S+@\S+"  # addresses of mail
    r"|https?://\S+"
    r"|(?a:\b)(?:wcd|olga|Markdown|QR|PDF|JPEG|PNG|WebP|LED|CSV|XML|JSON|frab|Web|WCAG|AA|GB/T|UTC|https?|EN|DATA/mail|Message-ID)(?a:\b)"
    r"|Asia/Shanghai|Africa/Cairo|Ouyang Jinglin"  # examples
    r"|(?a:\b)[0-9A-Z]{4}-?[0-9A-Z]{4}(?a:\b)|#[0-9A-F]{6}"  # codes of badges, numbers to quote, colours
)


class Looker:
    """One browser tab in one language that remembers every fault it saw."""

    def __init__(self, page: Page, base: str, locale: str) -> None:
        self.page = page
        self.base = base
        self.locale = locale
        self.faults: list[str] = []
        self.expected = {200}
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("requestfailed", self._lost)

    async def open(self, path: str, *, status: int = 200, name: str = "") -> Response:
        """Open an address of this site and look at it."""
        self.expected = {status}
        answer = await self.page.goto(self.base + path)
        assert answer, path
        assert answer.status == status, f"{path}: {answer.status}"
        await self.look(name or path)
        return answer

    async def press(self, button: str, *, status: int = 200, name: str = "") -> None:
        """Press what fits the selector, wait for the page that follows, and look at it if it has a name."""
        self.expected = {status}
        async with self.page.expect_navigation():
            await self.page.locator(button).first.click()
        if name:
            await self.look(name)

    async def links(self, path: str, selector: str) -> list[str]:
        """Where the links lead that fit the selector on another page."""
        await self.page.goto(self.base + path)
        found = [await link.get_attribute("href") for link in await self.page.locator(selector).all()]
        assert found, f"{path}: no {selector}"
        return [link for link in found if link]

    async def look(self, name: str) -> None:
        """Look at the page as it stands, in each width."""
        for width, (across, down) in WIDTHS.items():
            await self.page.set_viewport_size({"width": across, "height": down})
            seen = await axe(self.page)
            if (over := await sideways(self.page)) > 0:
                seen.append(f"{over} px too wide")
            seen += (await self.page.evaluate(_COLLISIONS))[:3]
            self.faults += [f"{name} ({width}): {fault}" for fault in seen]
            if PICTURES:
                flat = re.sub(r"[^\w-]+", "-", name).strip("-") or "home"
                target = Path(PICTURES) / f"{flat}-{self.locale}-{across}.png"
                await self.page.screenshot(path=target, full_page=True)
        self.faults += [f"{name}: {fault}" for fault in await self._strange_words()]

    async def _strange_words(self) -> list[str]:
        """Words of the other language that do not say that they are."""
        said = dict.fromkeys(await self.page.evaluate(_WORDS))
        if self.locale == "en":
            return [f"Chinese: {text[:80]}" for text in said if HAN.search(text)]
        return [f"English: {text[:80]}" for text in said if LATIN.search(NO_WORDS.sub("", text))]

    def _console(self, message: Any) -> None:
        refused = self.expected != {200} and "the server responded with a status of" in message.text
        if message.type == "error" and not refused:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _lost(self, request: Request) -> None:
        if "ERR_ABORTED" not in str(request.failure):  # what a page leaves behind when it is left
            self.faults.append(f"{request.url}: {request.failure}")


async def axe(page: Page) -> list[str]:
    """What axe-core finds, one line per fault; of long lists, the first entries."""
    if not await page.evaluate("typeof axe === 'object'"):
        await page.evaluate(AXE)
    found = await page.evaluate(
        "async exclude => (await axe.run({exclude}, {resultTypes: ['violations']})).violations", ALIKE
    )
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]


async def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(
        await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )
