"""Forms with files: what comes through, and what is refused before it costs anything."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from litestar import Litestar, post
from litestar.response import Response

from tests.browser_like import Visitor
from wcd.web import errors, forms, uploads
from wcd.web.csrf import FIELD, _seal
from wcd.web.middleware import surround
from wcd.web.pages import AnyRequest

TOKEN = _seal("cookie-of-this-test")
KB = 1000


@post("/take", request_max_body_size=None)
async def take(request: AnyRequest) -> Response[Any]:
    form, files = await uploads.read_upload(request, most_bytes=100 * KB)
    named = {field: [file.name, len(file.content)] for field, file in files.items()}
    return Response({"fields": {name: form.all(name) for name in form}, "files": named})


@post("/lapse", request_max_body_size=None)
async def lapse(request: AnyRequest) -> Response[Any]:
    form, _files = await uploads.read_upload(request, most_bytes=100 * KB, may_lapse=True)
    return Response({"lapsed": form.lapsed, "title": form.one("title")})


@pytest.fixture
def visitor(application: Any) -> Visitor:  # which makes the words of the error pages known
    app = Litestar([take, lapse], exception_handlers=errors.HANDLERS, middleware=[])
    return Visitor(surround(app))


def part(name: str, content: bytes | str, file: str | None = None) -> bytes:
    named = f'; filename="{file}"' if file is not None else ""
    body = content.encode() if isinstance(content, str) else content
    return (
        f'--limit\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + body + b"\r\n"
    )


async def send(visitor: Visitor, *parts: bytes, path: str = "/take", token: str = TOKEN) -> httpx.Response:
    body = part(FIELD, token) + b"".join(parts) + b"--limit--\r\n"
    return await raw(visitor, body, path=path)


async def raw(visitor: Visitor, body: Any, *, path: str = "/take", kind: str = "") -> httpx.Response:
    header = kind or "multipart/form-data; boundary=limit"
    return await visitor.post(path, content=body, headers={"content-type": header})


async def test_fields_and_files_come_apart(visitor: Visitor) -> None:
    answer = await send(
        visitor,
        part("title", "城市与水"),
        part("day", "1"),
        part("day", "2"),
        part("slides", b"%PDF\0\xff", "幻灯片.pdf"),
        part("portrait", b"", ""),
    )
    assert answer.json() == {
        "fields": {"title": ["城市与水"], "day": ["1", "2"]},
        "files": {"slides": ["幻灯片.pdf", 6]},
    }


@pytest.mark.parametrize("size", [1, 7, 64])
async def test_however_the_body_is_cut(visitor: Visitor, size: int) -> None:
    body = part(FIELD, TOKEN) + part("f", b"\r\n--limi\r\n" * 30, "a.bin") + b"--limit--\r\n"

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(body), size):
            yield body[start : start + size]

    answer = await raw(visitor, chunks())
    assert answer.json() == {"fields": {}, "files": {"f": ["a.bin", 300]}}


async def test_names_of_files_are_names_and_no_paths(visitor: Visitor) -> None:
    answer = await send(
        visitor,
        part("a", b"1", "../../etc/passwd"),
        part("b", b"1", r"C:\Users\Ada\slides.pdf"),
        part("c", b"1", "\u202egnp.exe"),
        part("d", b"1", "long" * 100 + ".pdf"),
        part("e", b"1", "/"),
    )
    names = {field: name for field, (name, _) in answer.json()["files"].items()}
    assert names.pop("d").endswith("long.pdf")
    assert names == {"a": "passwd", "b": "slides.pdf", "c": "gnp.exe", "e": "file"}


async def test_what_is_too_large_is_told_in_words(visitor: Visitor) -> None:
    answer = await send(visitor, part("f", b"x" * 60 * KB, "a"), part("g", b"x" * 60 * KB, "b"))
    assert answer.status_code == 413
    assert "100 kB" in answer.text
    answer = await send(visitor, part("title", "x" * (forms.MAX_BODY + 1)))
    assert answer.status_code == 413


async def test_what_never_ends_is_not_kept(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_DRAINED", 500 * KB)
    sent = 0

    async def flood() -> AsyncIterator[bytes]:
        nonlocal sent
        yield part(FIELD, TOKEN) + part("f", b"", "a")[:-2]
        while sent < 100_000 * KB:
            sent += 64 * KB
            yield b"x" * 64 * KB

    answer = await raw(visitor, flood())
    assert answer.status_code == 413
    assert sent < 100_000 * KB


async def test_what_comes_too_slowly_is_given_up(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_SECONDS", 0.0)
    monkeypatch.setattr(uploads, "SLOWEST", 10**9)

    async def slowly() -> AsyncIterator[bytes]:
        yield part(FIELD, TOKEN)
        await asyncio.sleep(5)

    answer = await raw(visitor, slowly())
    assert answer.status_code == 422
    assert str(forms.FormTooSlow()) in answer.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--limit",
        part("a", "1"),
        part("a", b"nul\0") + b"--limit--",
        part("a", b"\xff\xfe") + b"--limit--",
        part("n" * 101, "1") + b"--limit--",
        part("", "1") + b"--limit--",
        part("f", b"1", "a") + part("f", b"2", "b") + b"--limit--",
        b'--limit\r\nContent-Disposition: attachment; name="a"\r\n\r\n1\r\n--limit--',
        b"--limit\r\nX: " + b"y" * 9000 + b"\r\n\r\n1\r\n--limit--",
        part("a", "1") * 500 + b"--limit--",
        b"".join(part(f"f{n}", b"1", "a") for n in range(9)) + b"--limit--",
    ],
)
async def test_bodies_that_are_no_form(visitor: Visitor, body: bytes) -> None:
    answer = await raw(visitor, part(FIELD, TOKEN) + body if body else body)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary*=utf-8''limit",
        "multipart/form-data; boundary=" + "b" * 300,
        "text/plain; boundary=limit",
    ],
)
async def test_types_that_are_no_form(visitor: Visitor, kind: str) -> None:
    answer = await raw(visitor, part(FIELD, TOKEN) + b"--limit--\r\n", kind=kind)
    assert answer.status_code == 422


async def test_a_form_of_another_site_is_refused(visitor: Visitor) -> None:
    assert (await send(visitor, part("title", "x"), token="wrong")).status_code == 403
    lapsed = await send(visitor, part("title", "typed"), token="wrong", path="/lapse")
    assert lapsed.json() == {"lapsed": True, "title": "typed"}
