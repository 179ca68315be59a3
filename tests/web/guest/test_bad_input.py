"""Everything a stranger can send: a clear answer of 4xx, nothing stored by half, never a 5xx."""

import pytest

from tests import make
from tests.browser_like import FORM
from tests.registration.cast import AMINA
from tests.web.guest.forms import everything, fill_in
from wcd.core.signing import sign
from wcd.web.csrf import FIELD, _seal

TOKEN = f"{FIELD}={_seal('cookie-of-this-test')}".encode()
STEPS = ["/en/register", "/en/register/about", "/en/register/needs", "/en/register/sessions", "/my/link"]
BODIES = {
    "NUL": b"post=a%00b",
    "raw NUL": b"post=a\0b",
    "invalid UTF-8": b"post=%ff%fe",
    "invalid name": b"%ff=1",
    "surrogate": b"post=%ed%a0%80",
    "10,000 fields": b"&".join([b"post=x"] * 10_000),
    "1 MB field": b"post=" + b"x" * 1_000_000,
}


@pytest.mark.parametrize("path", STEPS)
@pytest.mark.parametrize("body", BODIES)
async def test_broken_bodies(client, forum, path, body):
    await fill_in(client)
    before = await everything()
    answer = await client.post(path, content=TOKEN + b"&" + BODIES[body], headers=FORM)
    assert 400 <= answer.status_code < 500
    assert await everything() == before


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
@pytest.mark.parametrize("path", STEPS)
async def test_bodies_of_another_type(client, forum, path, kind):
    answer = await client.post(path, content=b'{"category": "delegate"}', headers={"content-type": kind})
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("field", AMINA)
@pytest.mark.parametrize("value", ["x" * 201, "", "\u202e", "\u200b\u200b", "a\x07b", "💐" * 200])
async def test_odd_values_are_refused_at_the_field_or_kept_clean(client, forum, field, value):
    await fill_in(client)
    answer = await client.send_form("/en/register/about", AMINA | {field: value})
    assert answer.status_code in {303, 422}
    if answer.status_code == 422:
        assert (
            f'href="#{field}' in answer.text
            or 'href="#organisation' in answer.text
            or 'href="#latin_name' in answer.text
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"session": "nonsense", "consent": "1", "notice": "1"},
        {"session": "00000000-0000-7000-8000-000000000000", "consent": "1", "notice": "1"},
        {"session": [f"00000000-0000-7000-8000-{n:012}" for n in range(70)], "consent": "1", "notice": "1"},
        {"consent": "1", "notice": "99"},
        {"consent": "1", "notice": "-1"},
        {"consent": "1", "notice": "9" * 40},
        {"consent": "1", "notice": "one"},
        {"consent": "0", "notice": "1"},
        {},
    ],
)
async def test_odd_last_steps(client, forum, fields):
    await fill_in(client)
    before = await everything()
    answer = await client.send_form("/en/register/sessions", fields)
    assert (answer.status_code, await everything()) == (422, before)


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "%00",
        "..%2f..",
        "é",
        "A" * 5000,
        sign("draft", make.UUID(int=0), 1),
        sign("confirm", make.UUID(int=0), 1),
        sign("my", make.UUID(int=0), 2**32 - 1),
    ],
)
@pytest.mark.parametrize("path", ["/my/enter/{}", "/en/register/confirm/{}", "/en/register/continue/{}"])
async def test_odd_tokens(client, forum, path, token):
    answer = await client.get(path.format(token))
    assert 300 <= answer.status_code < 500
    assert (await client.send_form(path.format(token))).status_code < 500


async def test_cookies_of_others_open_nothing(client, forum):
    for cookie in ("", "x", "é", sign("draft", make.UUID(int=1), 1), sign("my", make.UUID(int=1), 1)):
        client.cookies.clear()
        client.cookies.set("wcd_guest", cookie.encode("ascii", "ignore").decode())
        client.cookies.set("wcd_draft", cookie.encode("ascii", "ignore").decode())
        for path in ("/my", "/en/register/about", "/en/register"):
            assert (await client.get(path)).status_code in {200, 303}


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
async def test_odd_versions_are_a_conflict(forum, as_guest, version):
    visitor = await as_guest(await make.guest(forum.id))
    fields = {name: value for name, value in AMINA.items() if name != "email"} | {
        "language": "en",
        "version": version,
    }
    assert (await visitor.send_form("/my/details", fields)).status_code == 409


async def test_wrong_methods(client, forum):
    for method, path in (
        ("PUT", "/en/register"),
        ("DELETE", "/my"),
        ("GET", "/my/leave"),
        ("PATCH", "/my/details"),
    ):
        assert 400 <= (await client.request(method, path)).status_code < 500
