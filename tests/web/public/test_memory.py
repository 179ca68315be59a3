"""Pages in memory: rendered once, tagged, renewed with the published number, bounded."""

import asyncio
import gzip
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests import make
from tests.browser_like import Visitor
from tests.web.public.cast import forum
from wcd.actors.actors import system
from wcd.agenda import queries
from wcd.agenda.tables import Session
from wcd.registration.publishing import publish_at_once
from wcd.web import editions
from wcd.web.editions import EDITIONS
from wcd.web.kept import Kept
from wcd.web.public import showing
from wcd.web.public.memory import MEMORY, Memory, plain_query


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates rendered since, in order."""
    done: list[str] = []
    real = showing.render

    def watched(template: str, **values: Any) -> str:
        done.append(template)
        return real(template, **values)

    monkeypatch.setattr(showing, "render", watched)
    return done


async def test_page_is_rendered_once_whatever_strangers_add(client: Visitor, rendered: list[str]) -> None:
    await forum()
    paths = (
        "?kind=forum&day=2023-10-28",
        "?day=2023-10-28&kind=forum",
        "?day=2023-10-28&kind=forum&kind=&fbclid=secret",
    )
    pages = [(await client.get(f"/zh/programme{query}")).text for query in paths]
    assert rendered == ["public/programme/show.html"]
    assert pages[0] == pages[1] == pages[2]
    assert "secret" not in pages[2]
    await client.get("/en/programme?day=2023-10-28&kind=forum")
    assert len(rendered) == 2


async def test_what_people_search_for_is_not_kept(client: Visitor, rendered: list[str]) -> None:
    await forum()
    for _ in range(2):
        await client.get("/zh/programme?q=苏河")
    assert len(rendered) == 2


async def test_known_page_is_not_sent_again(client: Visitor) -> None:
    await forum()
    first = await client.get("/zh/programme")
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    assert first.headers["cache-control"] == "no-cache"
    assert "set-cookie" not in first.headers
    for sent in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = await client.get("/zh/programme", headers={"if-none-match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await client.get("/zh/programme", headers={"if-none-match": '"other"'})).status_code == 200


async def test_compressed_and_plain_are_the_same_page_with_tags_of_their_own(client: Visitor) -> None:
    await forum()
    packed = await client.get("/zh/programme", headers={"accept-encoding": "gzip, br"})
    plain = await client.get("/zh/programme", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert packed.headers["etag"] != plain.headers["etag"]
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"


async def test_head_is_the_page_without_its_body(client: Visitor) -> None:
    await forum()
    head, page = await client.head("/zh/tours"), await client.get("/zh/tours")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-length", "content-type", "content-language"):
        assert head.headers[name] == page.headers[name]
    assert (await client.head("/zh/sessions/none")).status_code == 404


async def test_published_change_is_on_the_page(client: Visitor) -> None:
    edition = await forum()
    before = await client.get("/en/sessions/garden")
    await Session.update({Session.title_en: "Another garden"}).where(Session.code == "garden")
    EDITIONS.forget()
    assert (await client.get("/en/sessions/garden")).headers["etag"] == before.headers["etag"]
    await publish_at_once(edition, by=system("test"))
    EDITIONS.forget()  # a second later
    after = await client.get("/en/sessions/garden")
    assert "Another garden" in after.text
    assert before.headers["etag"] != after.headers["etag"]


async def test_number_is_believed_for_a_second(client: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    await make.edition()
    ticks = [100.0]
    monkeypatch.setattr(editions.time, "monotonic", lambda: ticks[0])
    first = await EDITIONS.find("")
    await make.Edition.update({make.Edition.published: 7}).where(make.Edition.code == "wcd-test")
    ticks[0] += 0.99
    assert await EDITIONS.find("") is first
    ticks[0] += 0.01
    second = await EDITIONS.find("")
    assert second is not None
    assert second.published == 7


async def test_many_who_ask_at_once_wait_for_one_rendering(
    application: Any, client: Visitor, rendered: list[str]
) -> None:
    await forum()
    await EDITIONS.find("")
    real = queries.list_subjects

    async def slow(*args: Any) -> Any:
        await asyncio.sleep(0.02)
        return await real(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "list_subjects", slow)
        answers = await asyncio.gather(*(client.get("/zh/programme") for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert rendered == ["public/programme/show.html"]


async def test_refusals_are_not_kept(client: Visitor) -> None:
    edition = await forum()
    assert (await client.get("/en/sessions/later")).status_code == 404
    await make.session(edition, code="later")
    assert (await client.get("/en/sessions/later")).status_code == 200


def test_memory_is_bounded_and_forgets_the_oldest() -> None:
    small = Memory(most_bytes=250)
    keys = [(uuid4(), 1, "zh", "/zh/", "") for _ in range(3)]
    for key in keys[:2]:
        small.keep(key, Kept.make(b"x" * 100, []))
    assert small.find(keys[0]) is not None
    small.keep(keys[2], Kept.make(b"x" * 100, []))
    assert [small.find(key) is not None for key in keys] == [True, False, True]
    assert small.bytes == 200
    small.keep(keys[0], Kept.make(b"x" * 50, []))
    assert small.bytes == 150


def test_kept_page_unpacks_to_itself() -> None:
    body = "议程".encode() * 1000
    assert gzip.decompress(Kept.make(body, []).packed) == body
    assert Kept.make(body, []) == Kept.make(body, [])
    assert Kept.make(b"short", []).packed == b""


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        (b"", ""),
        (b"q=a&day=1&q=a", "day=1&q=a"),
        (b"utm_source=x", ""),
        (b"kind=", ""),
        (b"kind=%00", ""),
        (b"kind=tour&kind=forum", "kind=forum&kind=tour"),
        (b"q=" + b"x" * 600, ""),
        (b"&".join([b"kind=x"] * 80), ""),
    ],
)
def test_query_has_one_spelling(raw: bytes, plain: str) -> None:
    assert plain_query(raw) == plain


async def test_pages_hold_nothing_of_the_visitor(client: Visitor) -> None:
    await forum()
    answers: list[httpx.Response] = [await client.get("/en/"), await client.get("/en/programme")]
    for answer in answers:
        assert "set-cookie" not in answer.headers
        assert "csrf" not in answer.text
    assert len(MEMORY._pages) == 2
