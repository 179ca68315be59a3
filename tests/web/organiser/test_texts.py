"""Texts in the console: what is missing is seen, a version is published, two writers lose nothing."""

from collections.abc import Awaitable, Callable

from tests import make
from tests.browser_like import Visitor
from wcd.editions import texts
from wcd.editions.queries import newest_page

AsStaff = Callable[..., Awaitable[Visitor]]
ENGLISH = {"accept-language": "en"}
VISA = {
    "title_zh": "签证",
    "title_en": "Visa",
    "body_zh": "## 免签\n\n三十天",
    "body_en": "## Visa-free",
    "version": "0",
}


async def test_a_missing_text_is_written_and_read(as_staff: AsStaff, client: Visitor) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    listed = (await olga.get("/organiser/texts", headers=ENGLISH)).text
    assert listed.count("Missing") == len(texts.TEXTS)
    assert (await client.get("/en/practical/visa")).status_code == 404
    answer = await olga.send_form("/organiser/texts/visa", VISA)
    assert (answer.status_code, answer.headers["location"]) == (303, "/organiser/texts")
    listed = (await olga.get("/organiser/texts", headers=ENGLISH)).text
    assert listed.count("Missing") == len(texts.TEXTS) - 1
    shown = await client.get("/zh/practical/visa")
    assert (shown.status_code, "<h2>免签</h2>" in shown.text) == (200, True)


async def test_what_two_write_at_once_is_not_lost(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    await olga.send_form("/organiser/texts/visa", VISA)
    answer = await olga.send_form("/organiser/texts/visa", VISA | {"body_en": "Mine, typed meanwhile"})
    assert answer.status_code == 409
    assert "Mine, typed meanwhile" in answer.text
    assert "## Visa-free" in answer.text
    assert 'name="version" value="1"' in answer.text
    page = await newest_page(edition, "visa")
    assert page
    assert page.version == 1


async def test_errors_stand_at_their_fields(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    answer = await olga.send_form("/organiser/texts/visa", VISA | {"body_zh": "", "title_en": "x" * 121})
    assert answer.status_code == 422
    assert ('id="body_zh-e"' in answer.text, 'id="title_en-e"' in answer.text) == (True, True)
    assert await newest_page(edition, "visa") is None


async def test_news_are_announced_and_corrected(as_staff: AsStaff, client: Visitor) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    await olga.send_form("/organiser/texts/news", VISA | {"body_en": "Doors open at eight."})
    assert "Doors open at eight." in (await client.get("/en/news")).text
    correction = VISA | {"body_en": "Doors open at nine.", "version": "1"}
    assert (await olga.send_form("/organiser/texts/news-0001", correction)).status_code == 303
    page = await newest_page(edition, "news-0001")
    assert page
    assert (page.version, page.body.en) == (2, "Doors open at nine.")


async def test_only_texts_that_pages_know(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    for slug in ("anything", "news-0001", "%00"):
        assert (await olga.get(f"/organiser/texts/{slug}")).status_code == 404
        assert (await olga.send_form(f"/organiser/texts/{slug}", VISA)).status_code == 404
