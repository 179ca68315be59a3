"""Every public page in both languages: what it shows, that nothing of the other language leaks in, what is not found."""

import re
from html.parser import HTMLParser

import pytest

from tests import make
from tests.browser_like import Visitor
from tests.web.public.cast import forum
from wcd.agenda.tables import Session
from wcd.web.editions import EDITIONS

PAGES = (
    "/", "/programme", "/programme?day=2023-10-29", "/programme?kind=tour&room=suhe", "/programme/seats",
    "/sessions/life-circle", "/sessions/garden", "/sessions/lunch", "/sessions/life-circle/seats",
    "/speakers", "/speakers?q=zzz", "/speakers/chen-wangshu", "/exhibitions", "/tours", "/practical",
    "/practical/visa", "/privacy", "/privacy/1", "/contact", "/accessibility", "/news", "/editions",
)  # fmt: skip
# What may stand in Latin letters on a Chinese page without being marked: addresses, figures, the program's own words.
LATIN = re.compile(r"[A-Za-z]{2,}")
ALLOWED = {"UTC", "English", "wcd"}


class Runs(HTMLParser):
    """The texts of a page with the language they are marked as."""

    VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "path", "use"})

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[tuple[str, str]] = [("", "")]
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        language = dict(attributes).get("lang") or self.languages[-1][1]
        for name in ("aria-label", "placeholder", "title"):
            if text := dict(attributes).get(name):
                self.texts.append((language, text))
        if tag not in self.VOID:
            self.languages.append((tag, language))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Nothing is inside."""

    def handle_endtag(self, tag: str) -> None:
        while self.languages and self.languages.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.languages[-1][0] != "script":
            self.texts.append((self.languages[-1][1], data.strip()))


def unmarked_latin(html: str) -> list[str]:
    """Runs of Latin letters that a Chinese page does not mark as another language."""
    runs = Runs()
    runs.feed(html)
    return [text for language, text in runs.texts if language == "zh" and set(LATIN.findall(text)) - ALLOWED]


def unmarked_han(html: str) -> list[str]:
    """Runs of Han that an English page does not mark as Chinese."""
    runs = Runs()
    runs.feed(html)
    return [text for language, text in runs.texts if language == "en" and re.search("[一-鿿]", text)]


@pytest.mark.parametrize("path", PAGES)
async def test_each_page_in_both_languages(client: Visitor, path: str) -> None:
    await forum()
    chinese, english = await client.get(f"/zh{path}"), await client.get(f"/en{path}")
    assert (chinese.status_code, english.status_code) == (200, 200)
    assert unmarked_latin(chinese.text) == []
    assert unmarked_han(english.text) == []
    if "?" not in path:
        assert f'href="/en{path.rstrip("/")}" lang="en"' in chinese.text
    assert chinese.text.count("<h1") == english.text.count("<h1") == 1


async def test_front_door_opens_in_the_readers_language(client: Visitor) -> None:
    for header, place in (("de,en;q=0.8", "/en/"), ("zh-CN", "/zh/"), ("", "/zh/")):
        answer = await client.get("/", headers={"accept-language": header})
        assert (answer.status_code, answer.headers["location"]) == (303, place)


async def test_home_has_one_verb_that_fits(client: Visitor) -> None:
    edition = await forum()
    page = (await client.get("/en/")).text
    assert page.count('class="btn primary big"') == 1
    assert 'href="/en/register">Register</a>' in page
    assert "28–31 October 2023" in page
    assert '<time datetime="2023-10-31T09:30+08:00">09:30</time><span>Dialogue</span>' in page
    assert "Shuttle times are out." in page
    await make.Edition.update({make.Edition.registration_open: False, make.Edition.published: 2}).where(
        make.Edition.id == edition
    )
    EDITIONS.forget()  # a second later
    closed = (await client.get("/en/")).text
    assert 'class="btn primary big" href="/my"' in closed


async def test_before_the_first_edition_the_home_page_says_so(client: Visitor) -> None:
    assert "活动正在筹备中" in (await client.get("/zh/")).text
    assert (await client.get("/zh/programme")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/sessions/none", "/sessions/none/calendar.ics", "/sessions/none/seats", "/sessions/lunch/seats",
        "/speakers/none", "/practical/notice", "/practical/none", "/privacy/2", "/privacy/0",
        "/privacy/99999999999999999999", "/editions/none/", "/editions/none/programme", "/editions/none/programme/seats",
        "/sessions/%00", "/sessions/%00/seats", "/editions/%00/", "/sessions/%ff%fe", "/sessions/" + "x" * 3000,
    ],
)  # fmt: skip
async def test_what_is_not_there_is_not_found_in_the_readers_language(client: Visitor, path: str) -> None:
    await forum()
    chinese, english = await client.get(f"/zh{path}"), await client.get(f"/en{path}")
    assert (chinese.status_code, english.status_code) == (404, 404)
    assert "这个页面不存在" in chinese.text
    assert "This page does not exist" in english.text


@pytest.mark.parametrize(
    "query",
    [
        "day=%00",
        "day=2023-13-45",
        "q=%00",
        "q=" + "x" * 5000,
        "kind=" + "&kind=".join("x" * 300),
        "sdg=%ff",
        "%",
    ],
)
async def test_odd_filters_do_no_harm(client: Visitor, query: str) -> None:
    await forum()
    assert (await client.get(f"/zh/programme?{query}")).status_code == 200
    assert (await client.get(f"/zh/speakers?{query}")).status_code == 200


async def test_other_editions_have_addresses_of_their_own(client: Visitor) -> None:
    await forum()
    other = await make.edition(
        "wcd-2021", is_current=False, short_name_en="World Cities Day 2021", theme_en="Climate Resilience",
        first_day=make.date(2021, 10, 31), last_day=make.date(2021, 10, 31),
    )  # fmt: skip
    await make.session(other, code="only", starts="2021-10-31T09:00+08:00", title_en="Only then")
    assert "Climate Resilience" in (await client.get("/en/")).text
    page = (await client.get("/en/editions/wcd-2021/")).text
    assert "31 October 2021" in page
    assert 'href="/en/editions/wcd-2021/programme?day=2021-10-31"' in page
    assert 'href="/zh/editions/wcd-2021"' in page
    assert 'class="btn primary' not in page
    programme = (await client.get("/en/editions/wcd-2021/programme")).text
    assert 'href="/en/editions/wcd-2021/sessions/only"' in programme
    assert (await client.get("/en/sessions/only")).status_code == 404
    assert (await client.get("/en/editions/wcd-2021/sessions/only")).status_code == 200


async def test_seats_left_come_as_a_part_and_as_a_page(client: Visitor) -> None:
    edition = await forum()
    session = (await Session.select(Session.id).where(Session.code == "life-circle"))[0]["id"]
    for state in ("confirmed", "confirmed", "cancelled"):
        await make.booking(await make.guest(edition), session, state)
    page = await client.get("/en/sessions/life-circle/seats")
    part = await client.get("/en/sessions/life-circle/seats", headers={"hx-request": "true"})
    assert "<html" in page.text
    assert "<html" not in part.text
    assert "18 seats left" in page.text
    assert "18 seats left" in part.text
    many = await client.get(
        "/zh/programme/seats?of=life-circle,nothing,garden", headers={"hx-request": "true"}
    )
    assert re.findall(r'id="(seats-[a-z-]+)" hx-swap-oob="true"', many.text) == [
        "seats-life-circle",
        "seats-garden",
    ]
    assert many.headers["cache-control"] == "no-store"


async def test_session_called_off_says_so(client: Visitor) -> None:
    edition = await forum()
    await Session.update({Session.state: "called_off"}).where(Session.code == "life-circle")
    await make.release(edition)
    page = (await client.get("/en/sessions/life-circle")).text
    assert "This session has been called off." in page
    assert "Book a seat" not in page


async def test_calendar_file(client: Visitor) -> None:
    await forum()
    answer = await client.get("/en/sessions/garden/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="wcd-test-garden.ics"'
    assert "SUMMARY:Community garden\r\n" in answer.text


async def test_earlier_notice_is_kept_and_says_so(client: Visitor) -> None:
    edition = await forum()
    await make.page(edition, "notice", version=2, title_en="On notice", body_en="The newer words.")
    assert "The newer words." in (await client.get("/en/privacy")).text
    first = (await client.get("/en/privacy/1")).text
    assert "This is an earlier version." in first
    assert "How we use your data." in first


async def test_search_engines_are_told_what_is_public(client: Visitor) -> None:
    await forum()
    robots, sitemap = await client.get("/robots.txt"), await client.get("/sitemap.xml")
    assert "Disallow: /my\n" in robots.text
    # Twelve pages, four days, one practical page, three sessions, one speaker.
    assert sitemap.text.count("<url>") == 2 * (12 + 4 + 1 + 3 + 1)
    for path in ("programme?day=2023-10-31", "practical/visa", "speakers/chen-wangshu", "news"):
        assert f"<loc>http://127.0.0.1:8000/zh/{path}</loc>" in sitemap.text
    assert 'hreflang="en" href="http://127.0.0.1:8000/en/sessions/garden"/>' in sitemap.text
    assert "lunch" not in sitemap.text


async def test_new_edition_has_every_page_that_the_frame_leads_to(client: Visitor) -> None:
    await make.edition()
    home = (await client.get("/en/")).text
    links = {link for link in re.findall(r'href="(/en/[a-z]*)"', home) if link != "/en/register"}
    assert {"/en/programme", "/en/privacy", "/en/accessibility", "/en/practical", "/en/tours"} <= links
    answers = {link: (await client.get(link)).status_code for link in links}
    assert set(answers.values()) == {200}, answers
