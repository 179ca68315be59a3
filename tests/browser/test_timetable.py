"""The timetable editor: dragging, stretching, undoing, clashes, two windows at once; the same by keyboard alone."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, StorageState, expect

from tests.browser.conftest import PASSWORD, sign_in
from tests.browser.look import Looker
from tests.real import House

Opens = Callable[..., Awaitable[Page]]
DAY = "/organiser/timetable?day=2023-10-29"
SUNYAN = "sunyan@staff.example"
SECONDS = 2_000
"""Within which one organiser sees what another did, in milliseconds."""

# Of the sample, on 29 October; the last two are side by side in time.
JOBS, BOOKS, HALL, STEPS = "Birth-friendly jobs", "Family book houses", "Pujiang Room", "Suhe Room"
INDEX = "The Shanghai Index"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def states(demo: House, chromium: Browser) -> list[StorageState]:
    """The cookies of two organisers."""
    demo.run("staff", "add", SUNYAN, "--role", "organiser", "--password-stdin", typed=PASSWORD + "\n")
    found = []
    for mail in ("", SUNYAN):
        context = await chromium.new_context()
        page = await context.new_page()
        if mail:
            await page.goto(f"{demo.base}/organiser/sign-in")
            await page.fill("#mail", mail)
            await page.fill("#password", PASSWORD)
            await page.keyboard.press("Enter")
            await page.wait_for_url("**/organiser")
        else:
            await sign_in(page, demo)
        await page.goto(f"{demo.base}/language/en?back=/organiser/me")
        found.append(await context.storage_state())
        await context.close()
    return found


@pytest.fixture
async def windows(demo: House, open_page: Opens, states: list[StorageState]) -> AsyncIterator[list[Page]]:
    """The same day in the windows of two organisers; whatever was wrong in them fails the test at its end."""
    pages, faults = [], []
    for state in states:
        page = await open_page(storage_state=state, reduced_motion="reduce")
        await page.set_viewport_size({"width": 1440, "height": 1300})  # the whole day is in the window
        page.on("pageerror", lambda error: faults.append(str(error)))
        await open_day(page, demo)
        pages.append(page)
    yield pages
    assert faults == []


async def open_day(page: Page, demo: House, path: str = DAY) -> None:
    await page.goto(demo.base + path)
    await expect(page.locator("#timetable")).to_have_attribute("data-ready", "")


def tile(page: Page, title: str) -> Locator:
    """A session in the grid."""
    return page.locator("#tt-grid [data-session]", has_text=title)


async def spot(page: Page, title: str) -> dict[str, float]:
    await tile(page, title).scroll_into_view_if_needed()
    box = await tile(page, title).bounding_box()
    assert box
    return dict(box)


async def hour(page: Page) -> float:
    """How many pixels an hour is tall."""
    slot = await page.locator("#tt-grid .ec-body .ec-slot").nth(1).bounding_box()
    assert slot
    return slot["height"]


async def column(page: Page, room: str) -> float:
    """Somewhere in a room's column, which comes into the window."""
    name = page.locator("#tt-grid .ec-col-head b").get_by_text(room, exact=True)
    await name.scroll_into_view_if_needed()
    box = await name.bounding_box()
    assert box
    return box["x"] + 20


async def drag(page: Page, title: str, *, room: str = "", hours: float = 0, drop: bool = True) -> None:
    """Take a session near its upper edge and pull it to a room, so many hours later."""
    box = await spot(page, title)
    x, y = box["x"] + box["width"] / 2, box["y"] + 12
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 4, y + 6)
    to = await column(page, room) if room else x
    await page.mouse.move(to, y + hours * await hour(page), steps=6)
    if drop:
        await page.mouse.up()


def clashes(page: Page) -> Locator:
    return page.locator("#tt-clashes [data-clashes] a")


async def test_drag_stretch_undo_and_a_clash_in_two_windows(windows: list[Page]) -> None:
    mine, theirs = windows
    await expect(clashes(mine)).to_have_count(0)
    await expect(tile(mine, JOBS)).to_contain_text("13:30–14:45")

    # dragged half an hour later and into the room of the Index, without letting go: the clash shows at once, in words
    await drag(mine, JOBS, room=HALL, hours=0.5, drop=False)
    await expect(mine.locator(".tt-tip.bad")).to_contain_text("Conflicts if placed here: 1")
    await expect(mine.locator(".tt-tip")).to_contain_text("14:00–15:15 · Pujiang Room")
    await expect(tile(mine, INDEX)).to_have_class(re.compile("in-way"))
    await mine.mouse.up()
    await expect(mine.locator(".tt-tip")).to_be_hidden()
    for page in windows:
        await expect(tile(page, JOBS)).to_contain_text("14:00–15:15", timeout=SECONDS)
        await expect(tile(page, JOBS)).to_have_class(re.compile(r"\bhit\b"), timeout=SECONDS)
        await expect(tile(page, INDEX)).to_have_class(re.compile(r"\bhit\b"))
        await expect(clashes(page)).to_have_text(["Room taken twice"])
    await expect(theirs.locator("#tt-live")).to_contain_text("changed “Birth-friendly jobs")
    await expect(theirs.locator("#tt-state")).to_have_text("Working copy: 1 change since release 1")

    # stretched by its lower edge
    box = await spot(mine, JOBS)
    await mine.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 2)
    await mine.mouse.down()
    await mine.mouse.move(
        box["x"] + box["width"] / 2, box["y"] + box["height"] - 2 + await hour(mine) / 4, steps=5
    )
    await mine.mouse.up()
    for page in windows:
        await expect(tile(page, JOBS)).to_contain_text("14:00–15:30", timeout=SECONDS)

    # taken back, step by step
    await mine.get_by_role("button", name="Undo").click()
    await expect(tile(theirs, JOBS)).to_contain_text("14:00–15:15", timeout=SECONDS)
    await mine.get_by_role("button", name="Undo").click()
    for page in windows:
        await expect(tile(page, JOBS)).to_contain_text("13:30–14:45", timeout=SECONDS)
        await expect(tile(page, JOBS)).not_to_have_class(re.compile(r"\bhit\b"))
        await expect(clashes(page)).to_have_count(0)
    await mine.get_by_role("button", name="Redo").click()
    await expect(tile(theirs, JOBS)).to_contain_text("14:00–15:15", timeout=SECONDS)
    await mine.get_by_role("button", name="Undo").click()
    await expect(tile(theirs, JOBS)).to_contain_text("13:30–14:45", timeout=SECONDS)

    # let go of with Esc: it stays where it was
    await drag(mine, JOBS, hours=1, drop=False)
    await mine.keyboard.press("Escape")
    await mine.mouse.up()
    await expect(mine.locator("#tt-live")).to_contain_text("nothing was moved")
    await expect(tile(mine, JOBS)).to_contain_text("13:30–14:45")


async def test_the_same_by_keyboard_alone(windows: list[Page]) -> None:
    mine, theirs = windows
    await mine.locator("#tt-grid [data-session]").first.focus()
    for _ in range(30):  # from session to session, as the key goes
        if JOBS in (await mine.evaluate("document.activeElement.innerText")):
            break
        await mine.keyboard.press("Tab")
    else:
        raise AssertionError("the session is not reached by Tab")
    for _ in range(6):
        await mine.keyboard.press("ArrowDown")
    for _ in range(9):  # from room to room, as far as it takes
        await mine.keyboard.press("ArrowLeft")
        if re.search(rf"{HALL}(\.|$)", await mine.locator("#tt-live").inner_text()):
            break
    await expect(mine.locator("#tt-live")).to_contain_text(f"14:00–15:15 · {HALL}")
    for page in windows:
        await expect(tile(page, JOBS)).to_contain_text("14:00–15:15")
        await expect(clashes(page)).to_have_text(["Room taken twice"])
    await expect(tile(mine, JOBS)).to_be_focused()
    for _ in range(3):
        await mine.keyboard.press("Shift+ArrowDown")
    await expect(tile(theirs, JOBS)).to_contain_text("14:00–15:30")
    await mine.keyboard.press("u")
    await expect(tile(theirs, JOBS)).to_contain_text("14:00–15:15")
    await mine.keyboard.press("Control+z")
    for page in windows:
        await expect(tile(page, JOBS)).to_contain_text("13:30–14:45")
        await expect(clashes(page)).to_have_count(0)

    # let go of with Esc: nothing is sent
    await tile(mine, JOBS).focus()
    await mine.keyboard.press("PageDown")
    await expect(tile(mine, JOBS)).to_contain_text("14:30–15:45")
    await mine.keyboard.press("Escape")
    await expect(tile(mine, JOBS)).to_contain_text("13:30–14:45")
    await expect(tile(theirs, JOBS)).to_contain_text("13:30–14:45")


async def test_off_and_on_and_copied_by_keyboard_alone(windows: list[Page]) -> None:
    mine, theirs = windows
    # onto the list, back into the first free place, and back where it was
    await tile(mine, JOBS).focus()
    await mine.keyboard.press("Delete")
    waits = mine.locator("#tt-pool [data-session]", has_text=JOBS)
    await expect(waits).to_be_focused()
    await expect(tile(theirs, JOBS)).to_have_count(0)
    await expect(theirs.locator("#tt-pool [data-session]", has_text=JOBS)).to_have_count(1)
    await mine.keyboard.press("Enter")
    await expect(tile(mine, JOBS)).to_be_focused()
    await expect(tile(theirs, JOBS)).to_have_count(1)
    await mine.keyboard.press("u")
    await expect(tile(theirs, JOBS)).to_have_count(0)
    await mine.keyboard.press("u")
    await expect(tile(theirs, JOBS)).to_contain_text("13:30–14:45")
    await expect(tile(theirs, JOBS)).to_have_class(re.compile("is-confirmed"))

    # a copy, thrown away again; opened
    await tile(mine, JOBS).focus()
    await mine.keyboard.press("c")
    await expect(mine.locator("#tt-pool [data-session]", has_text=JOBS)).to_be_focused()
    await mine.keyboard.press("u")
    await expect(theirs.locator("#tt-pool [data-session]")).to_have_count(0)
    await tile(mine, JOBS).focus()
    await mine.keyboard.press("ArrowDown")
    await mine.keyboard.press("Enter")  # at once: what is held is put down first
    await mine.wait_for_url(re.compile("/organiser/sessions/"))
    await expect(tile(theirs, JOBS)).to_contain_text("13:35–14:50")
    await mine.go_back()
    await expect(mine.locator("#timetable")).to_have_attribute("data-ready", "")
    await mine.keyboard.press("u")  # steps outlive the page
    await expect(tile(theirs, JOBS)).to_contain_text("13:30–14:45")


async def test_a_stale_move_is_refused_and_says_who_moved_it(demo: House, windows: list[Page]) -> None:
    mine, theirs = windows
    await drag(mine, BOOKS, hours=1, drop=False)  # I hold it, and my colleague is faster
    await drag(theirs, BOOKS, room=STEPS, hours=0)
    await expect(tile(theirs, BOOKS)).to_contain_text("13:30–14:45")
    await mine.wait_for_timeout(1500)  # my window has heard of it; what I hold is as I saw it
    await mine.mouse.up()
    notice = mine.locator("#tt-notice [role=alert]")
    await expect(notice).to_contain_text("It stays where they put it")
    await expect(notice).to_contain_text("Sun 29 Oct 13:30, Suhe Room")
    box, middle = await spot(mine, BOOKS), await column(mine, STEPS)
    assert box["x"] < middle < box["x"] + box["width"]
    await expect(tile(mine, BOOKS)).to_contain_text("13:30–14:45")
    await theirs.keyboard.press("u")
    await expect(tile(theirs, BOOKS)).to_have_count(1)
    await mine.wait_for_timeout(1500)
    box, middle = await spot(mine, BOOKS), await column(mine, "Wutong Room")
    assert box["x"] < middle < box["x"] + box["width"]


async def test_onto_the_list_and_out_of_it_and_onto_another_day(windows: list[Page]) -> None:
    mine, theirs = windows
    pool = await mine.locator("#tt-pool").bounding_box()
    assert pool
    await drag(mine, BOOKS, drop=False)
    await mine.mouse.move(pool["x"] + 40, pool["y"] + 40, steps=4)
    await mine.mouse.up()
    waits = mine.locator("#tt-pool [data-session]", has_text=BOOKS)
    await expect(waits).to_have_count(1)
    await expect(theirs.locator("#tt-pool [data-session]", has_text=BOOKS)).to_have_count(1, timeout=SECONDS)
    start = await waits.bounding_box()
    index = await spot(mine, INDEX)
    assert start
    await mine.mouse.move(start["x"] + 20, start["y"] + 10)
    await mine.mouse.down()
    await mine.mouse.move(start["x"] - 40, start["y"] + 30, steps=3)
    await mine.mouse.move(index["x"] + 30, index["y"] + 20, steps=6)
    await expect(mine.locator(".tt-tip.bad")).to_be_visible()
    await mine.mouse.move(await column(mine, "Wutong Room"), index["y"] + 3, steps=6)
    await expect(mine.locator(".tt-tip.bad")).to_be_hidden()
    await mine.mouse.up()
    await expect(tile(theirs, BOOKS)).to_contain_text("14:00–15:15", timeout=SECONDS)
    tab = mine.locator(".tt-days [data-day='2023-10-30']")
    await expect(tab.locator(".n")).to_have_text("17")
    onto = await tab.bounding_box()
    assert onto
    await drag(mine, BOOKS, drop=False)
    await mine.mouse.move(onto["x"] + 20, onto["y"] + 10, steps=4)
    await mine.mouse.up()
    await expect(tab.locator(".n")).to_have_text("18")
    await expect(tile(theirs, BOOKS)).to_have_count(0, timeout=SECONDS)
    for _ in range(3):
        await mine.keyboard.press("u")
        await mine.wait_for_timeout(400)
    await expect(tile(theirs, BOOKS)).to_contain_text("13:30–14:45")


async def test_without_scripts_and_on_a_phone(
    demo: House, open_page: Opens, states: list[StorageState]
) -> None:
    for width, scripts in ((1440, False), (390, True)):
        page = await open_page(width=width, scripts=scripts, storage_state=states[0])
        await page.goto(demo.base + DAY)
        line = page.locator(".tt-rows li", has_text=JOBS)
        await expect(line).to_contain_text("13:30")
        await line.get_by_role("link", name=re.compile("^Move")).click()
        await page.get_by_label("Start").fill("15:30")
        await page.get_by_role("button", name="Move").click()
        await expect(page.get_by_role("status").first).to_contain_text("It is moved.")
        await expect(page.locator(".tt-rows li", has_text=JOBS)).to_contain_text("15:30")
        await page.locator(".tt-rows li", has_text=JOBS).get_by_role("link", name=re.compile("^Move")).click()
        await page.get_by_label("Start").fill("13:30")
        await page.get_by_role("button", name="Move").click()
        await expect(page.locator(".tt-rows li", has_text=JOBS)).to_contain_text("13:30")


async def test_early_late_and_without_a_room(demo: House, windows: list[Page]) -> None:
    mine, theirs = windows
    await tile(mine, JOBS).focus()
    await mine.keyboard.press("m")
    await mine.wait_for_url(re.compile("/organiser/timetable/"))
    for starts, minutes, says in (("06:30", "45", "06:30–07:15"), ("22:30", "180", "22:30–01:30")):
        await mine.get_by_label("Start").fill(starts)
        await mine.get_by_label("Minutes").fill(minutes)
        await mine.get_by_label("Room").select_option("")
        await mine.get_by_role("button", name="Move").click()
        await expect(tile(mine, JOBS)).to_contain_text(says)
        # the other window was open before: its grid grows by hours and by a column
        await expect(tile(theirs, JOBS)).to_contain_text(says, timeout=2 * SECONDS)
        await tile(mine, JOBS).focus()
        await mine.keyboard.press("m")
        await mine.wait_for_url(re.compile("/organiser/timetable/"))
    await mine.get_by_label("Start").fill("13:30")
    await mine.get_by_label("Minutes").fill("75")
    await mine.get_by_label("Room").select_option(label="Lilong Room (60 seats)")
    await mine.get_by_role("button", name="Move").click()
    await expect(tile(theirs, JOBS)).to_contain_text("13:30–14:45")


@pytest.mark.parametrize("locale", ["zh", "en"])
async def test_accessible_in_one_language_and_as_wide_as_the_window(
    demo: House, open_page: Opens, states: list[StorageState], locale: str
) -> None:
    page = await open_page(storage_state=states[0], reduced_motion="reduce")
    await page.goto(f"{demo.base}/language/{locale}?back=/organiser/me")
    looker = Looker(page, demo.base, locale)
    await open_day(page, demo)
    await page.locator(".tt-help summary").click()
    await page.locator("#tt-grid [data-session]").first.focus()
    await page.keyboard.press("Space")
    await looker.look("timetable")
    await looker.open(f"{DAY}&by=time")
    await looker.open("/organiser/timetable?view=week")
    await looker.open((await looker.links(DAY, ".tt-rows a.btn"))[0], name="timetable-place")
    await page.evaluate("document.querySelector('#minutes').type = 'text'")
    await page.fill("#minutes", "1500")
    await looker.press("form.tt-place button.primary", status=422, name="timetable-place-error")
    assert not looker.faults, "\n".join(looker.faults)
