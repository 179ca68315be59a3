"""The programme in a real browser: filters with and without scripts, the address, the way back, seats, weight."""

import re
import subprocess
import sys

from playwright.async_api import expect

from wcd.core.config import CHECKOUT
from wcd.core.signing import sign
from wcd.sample.guest_rows import guest_id, sample_guests


async def test_filters_swap_the_results_and_tell_the_address(demo, open_page) -> None:  # type: ignore[no-untyped-def]
    page = await open_page()
    await page.goto(f"{demo.base}/en/programme")
    await expect(page.locator(".slot")).not_to_have_count(0)
    await page.get_by_label("Side event", exact=False).check()
    await expect(page.locator("#results .session")).to_have_count(3)
    assert re.search(r"[?&]kind=side_event", page.url)
    await expect(page.locator("#days a").nth(1)).to_contain_text("4 sessions")

    await page.get_by_role("searchbox").fill("garden")
    await expect(page.locator("#results .session")).to_have_count(1)
    await expect(page.get_by_role("status")).to_contain_text("1 session fits")
    assert "q=garden" in page.url

    await page.locator("#days a").nth(1).click()
    await expect(page).to_have_url(re.compile("day=2023-10-29.*kind=side_event.*q=garden"))
    await page.go_back()
    await expect(page.locator("#results .session h3")).to_have_text(["Community gardens: who waters them?"])
    await page.get_by_role("link", name="Clear filters").click()
    await expect(page).to_have_url(re.compile(r"/en/programme\?day=2023-10-28$"))


async def test_filters_without_scripts(demo, open_page) -> None:  # type: ignore[no-untyped-def]
    page = await open_page(scripts=False)
    await page.goto(f"{demo.base}/zh/programme?day=2023-10-30")
    await page.get_by_role("searchbox").fill("青年")
    await page.get_by_role("button", name="显示结果").click()
    assert "day=2023-10-30" in page.url
    await expect(page.locator("#results .session")).to_have_count(1)
    await page.locator(".seats a").first.click()
    await expect(page.locator(".seatcount .count")).to_be_visible()


async def test_seats_left_come_after_the_page(demo, open_page) -> None:  # type: ignore[no-untyped-def]
    page = await open_page(width=390)
    await page.goto(f"{demo.base}/en/programme")
    await expect(page.locator("#seats-green-finance .state.bad")).to_have_text("Full, waiting list open")
    await expect(page.locator("#seats-life-circle .state.care")).to_contain_text("seats left")
    await page.goto(f"{demo.base}/en/sessions/life-circle")
    await expect(page.locator("#seats .bar.care")).to_be_visible()


async def test_first_load_is_light_and_still(demo, open_page) -> None:  # type: ignore[no-untyped-def]
    shifts = """new Promise(done => { let sum = 0;
      new PerformanceObserver(list => list.getEntries().forEach(one => sum += one.value))
        .observe({type: "layout-shift", buffered: true});
      setTimeout(() => done(sum), 300) })"""
    for path in ("/zh/", "/en/programme", "/zh/sessions/life-circle", "/en/speakers"):
        page = await open_page(width=390)
        sizes: list[float] = []
        devtools = await page.context.new_cdp_session(page)
        await devtools.send("Network.enable")
        devtools.on(
            "Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"])
        )
        await page.goto(demo.base + path, wait_until="networkidle")
        assert sum(sizes) <= 80_000, path
        assert len(sizes) <= 10, path
        assert await page.evaluate(shifts) <= 0.01, path


async def test_stars_stay_on_the_device_and_become_seats(demo, open_page) -> None:  # type: ignore[no-untyped-def]
    page = await open_page(width=390)
    await page.goto(f"{demo.base}/en/programme")
    star = page.locator("[data-star=life-circle] .star")
    await expect(star).to_have_attribute(
        "aria-label", "Star: The 15-minute community life circle: from plan to everyday"
    )
    await star.click()
    await page.reload()
    await expect(star).to_have_attribute("aria-pressed", "true")
    await expect(page.locator("[data-my-stars] .n")).to_have_text("1")
    await page.get_by_role("link", name="My stars").click()
    await expect(page).to_have_url(re.compile("stars=yes"))
    await expect(page.locator(".session:visible")).to_have_count(1)
    await page.get_by_role("link", name="30", exact=False).first.click()
    await expect(page.get_by_text("You have starred nothing on this day.")).to_be_visible()
    await page.goto(f"{demo.base}/en/sessions/sponge-city")
    await expect(page.get_by_role("button", name="Star this session")).to_have_attribute(
        "aria-pressed", "false"
    )

    guest = _approved_guest(demo)
    await page.goto(f"{demo.base}/my/enter/{guest}")
    await page.goto(f"{demo.base}/my/stars")
    await expect(page).to_have_url(re.compile("of=life-circle"))
    await expect(page.locator("#life-circle")).to_be_visible()


async def test_grid_of_twenty_rooms_scrolls_in_its_own_box(demo, open_page) -> None:  # type: ignore[no-untyped-def]
    _bench_forum(demo)
    page = await open_page(width=1280)
    await page.goto(f"{demo.base}/en/editions/bench-500/programme?view=grid")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = page.locator(".roombox")
    await box.evaluate("box => { scrollTo(0, box.offsetTop); box.scrollTo(700, 500) }")
    assert await box.evaluate("box => box.scrollWidth > 2 * box.clientWidth && box.scrollLeft > 600")
    names = await page.locator(".room:not(.corner) b").all_text_contents()
    assert (len(names), names[0]) == (20, "Room 1")
    room = page.locator(".room", has_text="Room 6").first
    for seen in (
        page.locator("#days a").first,
        page.locator(".filters > summary"),
        room,
        page.locator(".hour").nth(6),
    ):
        await expect(seen).to_be_in_viewport()
    await page.locator(".filters > summary").click()
    await page.get_by_label("Side event", exact=False).check()
    await expect(page).to_have_url(re.compile("view=grid"))
    await expect(page.locator(".ev:visible.forum")).to_have_count(0)
    await expect(page.locator(".ev:visible.side_event")).to_have_count(25)


async def test_halls_at_one_time_are_one_group_on_a_phone(demo, open_page) -> None:  # type: ignore[no-untyped-def]
    _bench_forum(demo)
    for view in ("", "?view=grid"):
        page = await open_page(width=390)
        await page.goto(f"{demo.base}/en/editions/bench-500/programme{view}")
        groups = page.locator(".many")
        await expect(groups).to_have_count(7)
        assert await page.locator(".many[open]").count() == 1
        assert await page.evaluate("document.documentElement.scrollHeight / innerHeight") < 9
        await groups.nth(1).locator("summary").click()
        await expect(groups.nth(1).locator("h3").first).to_be_visible()
        await expect(groups.nth(1).locator("summary")).to_contain_text("20 sessions at this time")
        desk = await open_page(width=1280)
        await desk.goto(f"{demo.base}/en/editions/bench-500/programme{view}")
        assert await desk.locator(".many > summary:visible").count() == 0
        assert await desk.locator(".many h3:visible").count() == 125


async def test_whole_day_is_printed(demo, open_page) -> None:  # type: ignore[no-untyped-def]
    _bench_forum(demo)
    page = await open_page()
    await page.goto(f"{demo.base}/zh/editions/bench-500/programme")
    await page.emulate_media(media="print")
    assert await page.locator(".many h3:visible").count() == 125
    assert (
        await page.locator(".rail, .masthead nav, [data-print], .star").locator("visible=true").count() == 0
    )


async def test_structured_data_is_no_script(demo, open_page) -> None:  # type: ignore[no-untyped-def]
    said: list[str] = []
    page = await open_page()
    page.on("console", lambda message: said.append(message.text))
    await page.goto(f"{demo.base}/en/sessions/life-circle", wait_until="networkidle")
    assert said == []
    kind = await page.evaluate(
        "JSON.parse(document.querySelector('[type=\"application/ld+json\"]').text)['@type']"
    )
    assert kind == "Event"


def _bench_forum(demo) -> None:  # type: ignore[no-untyped-def]
    """Five hundred sessions in twenty rooms beside the sample edition, once per house."""
    if getattr(demo, "has_forum", False):
        return
    words = [sys.executable, "-m", "wcd.cli.bench.forums", "load", "500"]
    done = subprocess.run(
        words, env=demo.environment, cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    demo.has_forum = True


def _approved_guest(demo) -> str:  # type: ignore[no-untyped-def]
    """The personal link of the sample's first approved guest."""
    first = next(guest for guest in sample_guests() if guest.state == "approved")
    return sign("my", guest_id(first), 1)
