"""Styles, scripts and pictures: small on the way, known again, nothing outside the folder."""

import gzip

import pytest

from tests.browser_like import Visitor
from wcd.web.assets import FOLDER, address_of


async def test_file_is_sent_compressed_and_known_again(client: Visitor) -> None:
    address, body = address_of("css/components.css"), (FOLDER / "css/components.css").read_bytes()
    packed = await client.get(address, headers={"accept-encoding": "gzip"})
    plain = await client.get(address, headers={"accept-encoding": "identity"})
    assert packed.content == plain.content == body
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(gzip.compress(body, 6, mtime=0))
    again = await client.get(
        address, headers={"accept-encoding": "gzip", "if-none-match": packed.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert plain.headers["content-type"] == "text/css; charset=utf-8"


async def test_head_and_other_methods(client: Visitor) -> None:
    head = await client.head("/static/icons.svg", headers={"accept-encoding": "identity"})
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == (FOLDER / "icons.svg").stat().st_size
    assert (await client.post("/static/icons.svg")).status_code == 405


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("vendor/zxing/zxing_reader.wasm", "application/wasm"),
        ("vendor/zxing/reader.js", "text/javascript; charset=utf-8"),
        ("mark.svg", "image/svg+xml"),
    ],
)
async def test_kinds_that_browsers_insist_on(client: Visitor, name: str, kind: str) -> None:
    assert (await client.get(f"/static/{name}")).headers["content-type"] == kind


@pytest.mark.parametrize(
    "path", ["", "css", "none.css", "css/none.css", "%00", "css/%2e%2e/%2e%2e/pages.py", "x" * 5000]
)
async def test_what_is_no_file_is_not_found(client: Visitor, path: str) -> None:
    assert (await client.get(f"/static/{path}")).status_code == 404
