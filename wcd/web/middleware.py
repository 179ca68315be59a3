"""What surrounds every request: language, security headers, a number to quote, one line of log without personal data."""

import contextlib
import logging
import re
import time
from http.cookies import CookieError, SimpleCookie
from typing import cast
from urllib.parse import urlsplit

from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from wcd.core.clock import now
from wcd.core.config import settings
from wcd.core.i18n import LOCALES, use_locale
from wcd.core.ids import CROCKFORD, uuid7
from wcd.web.cookies import LANGUAGE, cookie_name

log = logging.getLogger("wcd.web")

CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": CSP.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(self), microphone=(), geolocation=()",
}
HSTS = (b"strict-transport-security", b"max-age=31536000")
# Tokens in addresses are secrets: /my/enter/…, /organiser/start/…, /door/pair/…
LONGEST_LOGGED = 200
_SECRET_PART = re.compile(r"[A-Za-z0-9_-]{24,}")


def surround(inner: ASGIApp) -> ASGIApp:
    """The outermost layer. It also surrounds addresses that no route matches."""
    host = urlsplit(settings().base_url).netloc.encode()
    extra = [*HEADERS.items()] + ([HSTS] if settings().https else [])

    async def outer(scope: Scope, receive: Receive, send: Send) -> None:
        # Lifespan passes through; there are no websockets in this house.
        if cast("str", scope["type"]) != "http":
            await inner(scope, receive, send)
            return
        request = cast("HTTPScope", scope)
        # What strangers call us is nobody's business: our address is a setting. A Host that is none breaks the parser.
        scope["headers"] = [(b"host", host), *(one for one in scope["headers"] if one[0] != b"host")]
        started = time.perf_counter()
        path = request["path"]  # taken now: a mounted route shortens it
        number = request_number()
        status = 0
        scope.setdefault("state", {})["number"] = number

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                known = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in extra if name not in known),
                    (b"x-request-number", number.encode()),
                ]
            await send(message)

        with use_locale(choose_locale(scope)):
            try:
                await inner(scope, receive, send_on)
            finally:
                shown = logged(path)
                took = (time.perf_counter() - started) * 1000
                log.info("%s %s %s %s %.0f ms", number, request["method"], shown, status, took)

    return outer


def logged(path: str) -> str:
    """An address in one line of the log: without secrets, and unable to make another line."""
    plain = "".join(sign if sign.isprintable() else "\ufffd" for sign in path[:LONGEST_LOGGED])
    return _SECRET_PART.sub("…", plain)


def request_number() -> str:
    """What a person quotes when something went wrong: eight characters, sorted by time within a day."""
    seconds = int(now().timestamp()) % 86400
    value = (seconds << 20 | uuid7().int & 0xFFFFF) & (1 << 40) - 1
    return "".join(CROCKFORD[value >> shift & 31] for shift in range(35, -1, -5))


def choose_locale(scope: Scope) -> str:
    """The address decides; elsewhere the person's choice (cookie), then what the browser prefers, then Chinese."""
    first = scope["path"].split("/", 2)[1] if scope["path"].startswith("/") else ""
    if first in LOCALES:
        return first
    headers = {name: value for name, value in scope["headers"] if name in {b"cookie", b"accept-language"}}
    with contextlib.suppress(CookieError):
        chosen = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(cookie_name(LANGUAGE))
        if chosen and chosen.value in LOCALES:
            return chosen.value
    return preferred(headers.get(b"accept-language", b"").decode("latin-1"))


def preferred(accept_language: str) -> str:
    """The first of our languages that the browser names; Chinese where it names none."""
    ranked = []
    for place, part in enumerate(accept_language.lower().split(",")[:20]):
        name, _, weight = part.strip().partition(";q=")
        with contextlib.suppress(ValueError):
            ranked.append((-float(weight or 1), place, name.split("-")[0]))
    return next(
        (name for _, _, name in sorted(ranked) if name in LOCALES), "en" if ranked and ranked[0][2] else "zh"
    )
