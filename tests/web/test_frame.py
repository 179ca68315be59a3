"""The frame of every page: language, headers, errors, forms."""

import asyncpg
import pytest

from tests.browser_like import Visitor
from wcd.web.assets import in_language
from wcd.web.forms import UnreadableForm, read_fields
from wcd.web.middleware import preferred


async def test_unknown_address_answers_in_the_readers_language(client: Visitor) -> None:
    chinese = await client.get("/zh/no-such-page")
    english = await client.get("/en/no-such-page")
    assert (chinese.status_code, english.status_code) == (404, 404)
    assert "这个页面不存在" in chinese.text
    assert "This page does not exist" in english.text
    assert 'lang="zh"' in chinese.text.split(">", 2)[1]


async def test_every_answer_has_the_security_headers(client: Visitor) -> None:
    for path in ("/healthz", "/zh/no-such-page", "/static/css/base.css"):
        headers = (await client.get(path)).headers
        assert "script-src 'self' 'wasm-unsafe-eval'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


async def test_ready_and_healthy(client: Visitor) -> None:
    assert [(await client.get(path)).text for path in ("/healthz", "/readyz")] == ["ok\n", "ok\n"]


async def test_while_the_database_is_away_a_page_asks_for_patience(
    client: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: object) -> None:
        raise asyncpg.CannotConnectNowError

    monkeypatch.setattr("wcd.web.health.fetch", gone)
    monkeypatch.setattr("wcd.web.guest.register.current_edition", gone)
    assert (await client.get("/readyz")).status_code == 503
    page = await client.get("/en/register")
    assert (page.status_code, page.headers["retry-after"]) == (503, "2")
    assert "We will be back in a moment" in page.text


async def test_static_files_are_kept_for_a_year(client: Visitor) -> None:
    answer = await client.get("/static/css/base.css?v=abc")
    assert set(answer.headers["cache-control"].split(", ")) == {"public", "max-age=31536000", "immutable"}


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/css/../../pages.py"])
async def test_static_files_end_at_their_folder(client: Visitor, path: str) -> None:
    assert (await client.get(path)).status_code in {400, 404}


async def test_choice_of_language_is_kept_and_goes_back(client: Visitor) -> None:
    answer = await client.get("/language/en?back=%2Fmy%3Fday%3D1")
    assert answer.headers["location"] == "/my?day=1"
    assert "wcd_lang=en" in answer.headers["set-cookie"]


@pytest.mark.parametrize("back", ["//evil.example", "/\\evil.example", "https://evil.example", "/\r\nx"])
async def test_choice_of_language_never_leads_elsewhere(client: Visitor, back: str) -> None:
    answer = await client.get("/language/en", params={"back": back})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("", "zh"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-TW", "zh"),
        ("fr-FR", "en"),
        ("fr, zh;q=0.2, en;q=0.4", "en"),
        ("x;q=y", "zh"),
    ],
)
def test_browser_decides_where_nobody_chose(header: str, locale: str) -> None:
    assert preferred(header) == locale


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/zh/programme?day=2", "/en/programme?day=2"),
        ("/zh", "/en"),
        ("/my/badge", "/language/en?back=%2Fmy%2Fbadge"),
    ],
)
def test_language_switch_keeps_the_page(address: str, other: str) -> None:
    assert in_language(address, "en") == other


@pytest.mark.parametrize(
    "body", [b"a=%00", b"a=%ff", b"a=\xff\xfe", b"%c3%28=1", b"&".join(b"a=1" for _ in range(401))]
)
def test_bad_bytes_are_refused(body: bytes) -> None:
    with pytest.raises(UnreadableForm):
        read_fields(body)


def test_fields_are_read_as_browsers_send_them() -> None:
    assert read_fields(b"a=1&b=%E5%9F%8E+x&b=&c") == {"a": ["1"], "b": ["城 x", ""], "c": [""]}


async def test_log_names_the_page_but_no_secret(client: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    secret = "A" * 24 + "secret-of-a-guest"
    with caplog.at_level("INFO", logger="wcd.web"):
        await client.get(f"/my/enter/{secret}?mail=amina@guests.example")
        await client.get("/static/css/base.css?v=1")
    lines = [record.getMessage() for record in caplog.records]
    assert [line.split()[2] for line in lines if "GET" in line] == ["/my/enter/…", "/static/css/base.css"]
    assert secret not in "".join(lines)
    assert "amina" not in "".join(lines)
