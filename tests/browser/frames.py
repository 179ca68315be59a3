"""Frames of the timetable editor while a session is dragged through 500 of them: ``python -m tests.browser.frames [FOLDER OF A PICTURE]``.

It prints what the page's main thread did for each frame (by the clock, and by the processor's time, which a busy
machine cannot lengthen), how soon the editor could be used, and what it weighed as served without a packing proxy.
"""

import asyncio
import json
import sys
from bisect import bisect
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from wcd.cli.bench.agenda_editor import DAY
from wcd.cli.bench.ground import ground, run, web

SIZE = 500
ACROSS, DOWN, STEPS = 480, 260, 240
CATEGORIES = ["toplevel", "devtools.timeline", "__metadata"]


def of(times: list[float], share: float) -> float:
    return round(sorted(times)[min(len(times) - 1, int(len(times) * share))], 1)


async def drag(page: Page, devtools: CDPSession) -> dict[str, float]:
    """Drag one session back and forth over a grid full of others, under the browser's own tracing."""
    first = page.locator("#tt-grid [data-session]").first
    await first.scroll_into_view_if_needed()
    box = await first.bounding_box()
    assert box
    x, y = box["x"] + 30, box["y"] + 12
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 5, y + 6)
    await page.wait_for_timeout(300)
    tracing = await trace(devtools)
    for n in range(STEPS):
        turn = abs((n % 80) - 40) / 40
        await page.mouse.move(x + ACROSS * (1 - turn), y + DOWN * (1 - turn))
    events = await tracing()
    await page.mouse.move(x, y)
    await page.mouse.up()
    return frames_of(events)


async def trace(devtools: CDPSession) -> Callable[[], Awaitable[list[dict[str, Any]]]]:
    """Begin to trace; what is returned ends it and tells the events."""
    events: list[dict[str, Any]] = []
    done = asyncio.Event()
    devtools.on("Tracing.dataCollected", lambda said: events.extend(said["value"]))
    devtools.on("Tracing.tracingComplete", lambda _said: done.set())
    config = {"includedCategories": CATEGORIES, "excludedCategories": ["*"]}
    await devtools.send("Tracing.start", {"traceConfig": config, "transferMode": "ReportEvents"})

    async def ended() -> list[dict[str, Any]]:
        await devtools.send("Tracing.end")
        await done.wait()
        return events

    return ended


def tasks_of(events: list[dict[str, Any]]) -> list[tuple[float, float, float]]:
    """Tasks of the pages' main threads: when, how long by the clock, how long by the processor, in milliseconds."""
    main = main_threads(events)
    return [
        (one["ts"], one["dur"] / 1000, one.get("tdur", one["dur"]) / 1000)
        for one in events
        if one["name"].endswith("RunTask") and "dur" in one and (one["pid"], one["tid"]) in main
    ]


def main_threads(events: list[dict[str, Any]]) -> set[tuple[int, int]]:
    return {
        (one["pid"], one["tid"])
        for one in events
        if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }


def frames_of(events: list[dict[str, Any]]) -> dict[str, float]:
    """What the page's main thread did from one frame to the next, by the clock and by the processor's time."""
    main = main_threads(events)
    starts = sorted(
        one["ts"]
        for one in events
        if one["name"] == "AnimationFrame" and one["ph"] == "b" and (one["pid"], one["tid"]) in main
    )
    clock, processor = [0.0] * len(starts), [0.0] * len(starts)
    for at, by_clock, by_processor in tasks_of(events):
        if (place := bisect(starts, at) - 1) >= 0:
            clock[place] += by_clock
            processor[place] += by_processor
    return {
        "frames": len(starts), "clock_ms_median": of(clock, 0.5), "clock_ms_p95": of(clock, 0.95),
        "cpu_ms_median": of(processor, 0.5), "cpu_ms_p95": of(processor, 0.95), "cpu_ms_longest": of(processor, 1),
    }  # fmt: skip


async def measure(port: int, cookie: str) -> dict[str, float]:
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTS)
        found: dict[str, float] = {}
        # The server's very first page; then somebody's first visit, with nothing kept; then their second.
        await opened(await visitor(browser, port, cookie), port, found, "server_cold")
        page = await visitor(browser, port, cookie)
        devtools = await page.context.new_cdp_session(page)
        await devtools.send("Network.enable")
        sizes: list[float] = []
        devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        await opened(page, port, found, "first_visit")
        found |= {"requests": len(sizes), "bytes_as_served": sum(sizes)}
        await opened(page, port, found, "second_visit")
        await page.wait_for_timeout(1500)
        found["tiles"] = await page.locator("#tt-grid [data-session]").count()
        found |= await drag(page, devtools)
        if len(sys.argv) > 1:
            await page.screenshot(path=str(Path(sys.argv[1]) / "editor-500.png"))
        await browser.close()
    return found


async def visitor(browser: Browser, port: int, cookie: str) -> Page:
    """A browser of its own, signed in."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    name, value = cookie.split("=", 1)
    await context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{port}"}])
    return await context.new_page()


async def opened(page: Page, port: int, found: dict[str, float], name: str) -> None:
    """How soon the editor can be used, by the clock and by the processor's time of the page's main thread."""
    tracing = await trace(await page.context.new_cdp_session(page))
    await page.goto(f"http://127.0.0.1:{port}{DAY}")
    await page.wait_for_selector("#timetable[data-ready]")
    found[f"ready_ms_{name}"] = round(await page.evaluate("performance.now()"))
    found[f"ready_cpu_ms_{name}"] = round(sum(cpu for _at, _clock, cpu in tasks_of(await tracing())))


def main() -> None:
    with ground() as here:
        run(here, "-m", "wcd.cli.bench.forums", "load", str(SIZE))
        with web(here) as port:
            cookie = run(here, "-m", "wcd.cli.bench.agenda_editor", "sign-in", f"bench-{SIZE}").strip()
            sys.stdout.write(json.dumps(asyncio.run(measure(port, cookie)), indent=1) + "\n")


if __name__ == "__main__":
    main()
