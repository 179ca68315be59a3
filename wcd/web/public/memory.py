"""Rendered pages in memory: once per edition, published number, language, address; with ETag, 304 and gzip.

What is promised: a saved change is on every page within one second, in every process. The published number is read
from the database at most once a second per process and edition; a higher number simply makes another key, so there
is nothing to empty and nothing to tell other processes.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from litestar import HttpMethod
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from wcd.core.errors import NotFound
from wcd.web.editions import EDITIONS
from wcd.web.kept import Kept, send_kept

MOST_BYTES = 48_000_000
"""Of bodies kept, per process; the pages that were asked for longest ago go first."""
MOST_QUERY = 500
PARAMETERS = frozenset(
    {
        "day",
        "kind",
        "subject",
        "language",
        "interpretation",
        "sdg",
        "room",
        "q",
        "free",
        "view",
        "since",
        "stars",
    }
)
"""What an address may ask for; all else in a query is left out before a page is rendered."""
_NEVER_KEPT = frozenset({"q", "free"})
"""What people search for is theirs, and endless; seats left change without the published number."""
_Key = tuple[UUID, int, str, str, str]


class Memory:
    """Pages by key, the least recently asked for first, bounded by their bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._pages: OrderedDict[_Key, Kept] = OrderedDict()
        self._most = most_bytes
        self.bytes = 0

    def find(self, key: _Key) -> Kept | None:
        """The page, if it is there; it becomes the most recent one."""
        kept = self._pages.get(key)
        if kept is not None:
            self._pages.move_to_end(key)
        return kept

    def keep(self, key: _Key, kept: Kept) -> None:
        """Remember a page, and forget the oldest beyond the bound."""
        before = self._pages.pop(key, None)
        self.bytes += _weight(kept) - (_weight(before) if before else 0)
        self._pages[key] = kept
        while self.bytes > self._most and self._pages:
            _, oldest = self._pages.popitem(last=False)
            self.bytes -= _weight(oldest)

    def forget(self) -> None:
        """Forget every page: for tests."""
        self._pages.clear()
        self.bytes = 0


MEMORY = Memory()
_rendering: dict[_Key, asyncio.Lock] = {}


class Remembered(ASGIMiddleware):
    """Answers from memory; else lets the page be rendered, once however many ask, and keeps it.

    It sits around routes whose pages are the same for everybody. A page that sets a cookie is never kept.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Send the kept page, or the handler's answer."""
        refuse_nul(scope)
        edition = await EDITIONS.find(scope["path_params"].get("edition_code", ""))
        scope["state"]["edition"] = edition
        query = plain_query(scope["query_string"], _asked_of(scope["path"]))
        scope["query_string"] = query.encode()
        if edition is None:
            await next_app(scope, receive, send)
            return
        key = (edition.id, edition.published, scope["path"].split("/", 2)[1], scope["path"], query)
        kept = MEMORY.find(key)
        if kept is None:
            kept = await _render_once(key, cast("HTTPScope", scope), receive, send, next_app)
        if kept is not None:
            await send_kept(kept, cast("HTTPScope", scope), send)


def refuse_nul(scope: Scope) -> None:
    """No address of ours holds a NUL, and PostgreSQL would not take it."""
    if "\0" in scope["path"]:
        raise NotFound


def plain_query(raw: bytes, names: frozenset[str] = PARAMETERS) -> str:
    """The query in one spelling: names we know, without empty values, sorted."""
    return _plain_query(raw, names) if names and raw and len(raw) <= MOST_QUERY else ""


@lru_cache(maxsize=2048)
def _plain_query(raw: bytes, names: frozenset[str]) -> str:
    pairs = parse_qsl(raw.decode("latin-1"), max_num_fields=60) if raw.count(b"&") < 60 else []
    return urlencode(sorted({pair for pair in pairs if pair[0] in names and "\0" not in pair[1]}))


def _asked_of(path: str) -> frozenset[str]:
    """What may be asked of an address: of a file nothing, of the calendar a day. A schedule is kept once, being large."""
    last = path.rpartition("/")[2]
    if "." not in last:
        return PARAMETERS
    return frozenset({"day"}) if last == "programme.ics" else frozenset()


async def _render_once(
    key: _Key, scope: HTTPScope, receive: Receive, send: Send, next_app: ASGIApp
) -> Kept | None:
    """Several may ask for a new page at once: the first renders it, the others wait for its result."""
    lock = _rendering.setdefault(key, asyncio.Lock())
    try:
        async with lock:
            kept = MEMORY.find(key)
            return kept or await _render(key, scope, receive, send, next_app)
    finally:
        if not lock.locked():
            _rendering.pop(key, None)


async def _render(
    key: _Key, scope: HTTPScope, receive: Receive, send: Send, next_app: ASGIApp
) -> Kept | None:
    """Run the handler. What is no plain 200 goes to the reader as it is and is not kept."""
    messages: list[Message] = []

    async def collect(message: Message) -> None:
        messages.append(message)

    asked = scope["method"]
    scope["method"] = HttpMethod.GET
    try:
        await next_app(scope, receive, collect)
    finally:
        scope["method"] = asked
    start: Any = messages[0]
    headers = {name.lower(): value for name, value in start["headers"]}
    if start["status"] != 200 or b"set-cookie" in headers:
        await _forward(messages, send, head_only=asked == "HEAD")
        return None
    body = b"".join(message.get("body", b"") for message in messages[1:])  # type: ignore[misc] # body messages only
    headers.pop(b"content-length", None)
    headers |= {b"cache-control": b"no-cache", b"vary": b"Accept-Encoding"}
    kept = Kept.make(body, list(headers.items()))
    if not _NEVER_KEPT.intersection(name for name, _ in parse_qsl(key[-1])):
        MEMORY.keep(key, kept)
    return kept


async def _forward(
    messages: list[Message], send: Callable[[Message], Awaitable[None]], *, head_only: bool
) -> None:
    for message in messages:
        if head_only and message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)


def _weight(kept: Kept) -> int:
    return len(kept.body) + len(kept.packed)
