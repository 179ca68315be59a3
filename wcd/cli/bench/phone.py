"""A slow phone: when the first session of a page can be read, in Chromium made slow. Needs the tools of the tests."""

import importlib.util
import shutil
from typing import Any

LATENCY = 150
DOWN, UP = 1_600_000 / 8, 750_000 / 8
SLOWER = 4
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
# The browser itself says when it painted the element that is marked here as soon as it was parsed.
_WATCH = """() => {
  const parsed = new MutationObserver(() => {
    const title = document.querySelector(".session h3, .ev h3");
    if (title) { title.setAttribute("elementtiming", "first"); parsed.disconnect(); }
  });
  parsed.observe(document, {childList: true, subtree: true});
  new PerformanceObserver(list => list.getEntries().forEach(one => { window.firstRead ??= one.renderTime; }))
    .observe({type: "element", buffered: true});
}"""


def first_session(addresses: list[str], *, times: int = 5) -> list[float]:
    """Milliseconds until the first session is readable, the middle one of several first visits of each address.

    Nothing where there is no Chromium, or not the library that drives it.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None or importlib.util.find_spec("playwright") is None:
        return []
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a tool of the tests, not of the house

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, headless=True, args=["--no-sandbox"])
        found = []
        for address in addresses:
            visits = sorted(_visit(browser, address) for _ in range(times))
            found.append(visits[times // 2])
        browser.close()
    return found


def _visit(browser: Any, address: str) -> float:
    """One visit with nothing kept from earlier ones."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    network = {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP}
    devtools.send("Network.emulateNetworkConditions", network)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(f"({_WATCH})()")
    page.goto(address, wait_until="load")
    page.wait_for_function("window.firstRead")
    taken: float = page.evaluate("window.firstRead")
    context.close()
    return taken
