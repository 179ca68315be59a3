"""Styles, scripts and pictures: addresses that change with the content, kept by browsers for a year."""

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import quote

from litestar import Router
from litestar.datastructures import CacheControlHeader
from litestar.static_files import create_static_files_router
from markupsafe import Markup

from wcd.core.i18n import LOCALES
from wcd.core.templating import environment

FOLDER = Path(__file__).parent / "static"


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
    environment().globals.update(static=address_of, icon=icon, in_language=in_language)


def router() -> Router:
    """The route that serves them."""
    kept = CacheControlHeader(max_age=31_536_000, public=True, immutable=True)
    return create_static_files_router(path="/static", directories=[FOLDER], cache_control=kept)
