"""The programme in a real browser: filters with and without scripts, the address, the way back, seats, weight."""

import re

from playwright.async_api import expect


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
