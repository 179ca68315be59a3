"""Publishing texts: versions stay, two writers are told, staff of another edition are refused."""

import pytest

from tests import make
from wcd.actors.actors import STAFF, Actor, system
from wcd.core.errors import Forbidden
from wcd.editions import queries, texts
from wcd.editions.errors import TextChanged
from wcd.editions.inputs import TextDetails
from wcd.editions.published import published_numbers

BY = system("test")


def text(body: str) -> TextDetails:
    return TextDetails(title_zh="说明", title_en="Notice", body_zh=body, body_en="x")


async def test_texts_are_kept_in_versions(db: None) -> None:
    edition = await make.edition()
    before = (await published_numbers())[edition]
    for body in ("第一版", "第二版"):
        await texts.publish_text(edition, texts.NOTICE, text(body), by=BY)
    newest = await queries.newest_page(edition, texts.NOTICE)
    first = await queries.page_version(edition, texts.NOTICE, 1)
    assert newest
    assert first
    assert (newest.version, newest.body.zh, first.body.zh) == (2, "第二版", "第一版")
    assert (await published_numbers())[edition] == before + 2


async def test_who_wrote_over_an_older_version_is_told(db: None) -> None:
    edition = await make.edition()
    await texts.publish_text(edition, "visa", text("甲"), by=BY, after=0)
    with pytest.raises(TextChanged):
        await texts.publish_text(edition, "visa", text("乙"), by=BY, after=0)
    newest = await queries.newest_page(edition, "visa")
    assert newest
    assert (newest.version, newest.body.zh) == (1, "甲")


async def test_practical_texts_stand_in_the_order_of_the_house(db: None) -> None:
    edition = await make.edition()
    for slug in reversed(texts.PRACTICAL):
        await texts.publish_text(edition, slug, text(slug), by=BY)
    pages = await queries.newest_pages(edition, list(texts.PRACTICAL))
    assert [page.slug for page in pages] == list(texts.PRACTICAL)


async def test_each_line_of_news_has_a_slug_of_its_own(db: None) -> None:
    edition = await make.edition()
    slugs = [await texts.announce(edition, text(body), by=BY) for body in ("甲", "乙")]
    assert slugs == ["news-0001", "news-0002"]


async def test_only_who_edits_this_edition(db: None) -> None:
    edition = await make.edition()
    other = await make.edition("wcd-other", is_current=False)
    for role, chosen in (("reader", edition), ("organiser", other)):
        with pytest.raises(Forbidden):
            await texts.publish_text(
                edition, "visa", text("甲"), by=Actor(STAFF, roles=frozenset({role}), edition_id=chosen)
            )
    assert await queries.newest_page(edition, "visa") is None
