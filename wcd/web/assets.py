"""Styles, scripts and pictures: addresses that change with the content, kept by browsers for a year."""

import asyncio
import hashlib
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import cast
from urllib.parse import quote

from litestar import Router, asgi
from litestar.exceptions import MethodNotAllowedException, NotFoundException
from litestar.types import HTTPScope, Receive, Scope, Send
from markupsafe import Markup

from wcd.core.i18n import LOCALES
from wcd.core.templating import environment
from wcd.web.kept import Kept, send_kept
from wcd.web.parts import once_for

FOLDER = Path(__file__).resolve().parent / "static"
KEPT = b"public, max-age=31536000, immutable"
_kept: dict[str, Kept] = {}


@cache
def address_of(name: str) -> str:
    """``/static/css/base.css?v=…``: the first ten hex digits of the content's SHA-256."""
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def icon(name: str, *, label: str = "", flip: bool = False) -> Markup:
    """An icon of the sprite; without a label it is decoration."""
    told = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" {} focusable="false"{}><use href="{}#i-{}"/></svg>').format(
        told, Markup(" data-flip") if flip else "", address_of("icons.svg"), name
    )


def in_language(address: str, locale: str) -> str:
    """The same page in the other language: another prefix, or the switch where the address carries no language."""
    first, slash, rest = address.removeprefix("/").partition("/")
    if first.partition("?")[0] in LOCALES:
        return f"/{locale}{first[2:]}{slash}{rest}"
    return f"/language/{locale}?back={quote(address, safe='')}"


def install() -> None:
    """Make what pages need known to templates."""
    environment().globals.update(static=address_of, icon=icon, in_language=in_language, once_for=once_for)


@asgi("/static", is_mount=True, copy_scope=False)
async def serve(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - ASGI
    """A file of the folder, out of memory, compressed where that makes it smaller."""
    request = cast("HTTPScope", scope)
    if request["method"] not in {"GET", "HEAD"}:
        raise MethodNotAllowedException
    name = scope["path"].strip("/")
    kept = _kept.get(name)
    if kept is None:
        if name not in _names():
            raise NotFoundException
        kept = _kept[name] = await asyncio.to_thread(_read, name)
    await send_kept(kept, request, send)


@cache
def _names() -> frozenset[str]:
    """What there is, read once: no name that a stranger invents reaches the disk."""
    return frozenset(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())


def _read(name: str) -> Kept:
    kind = guess_type(name)[0] or "application/octet-stream"
    said = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    headers = [(b"content-type", said.encode()), (b"cache-control", KEPT), (b"vary", b"Accept-Encoding")]
    return Kept.make((FOLDER / name).read_bytes(), headers)


def router() -> Router:
    """The route that serves them."""
    return Router("/", route_handlers=[serve])
