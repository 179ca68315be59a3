"""Cookies: `Secure` and named `__Host-…` exactly when the base address is https."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from wcd.core.config import settings

STAFF = "wcd_staff"
GUEST = "wcd_guest"
DRAFT = "wcd_draft"
DOOR = "wcd_door"
CSRF = "wcd_csrf"
LANGUAGE = "wcd_lang"
FLASH = "wcd_flash"


def cookie_name(name: str) -> str:
    """The name on the wire. A `Secure` cookie is never sent back over http, so the prefix depends on the scheme."""
    return f"__Host-{name}" if settings().https else name


def get_cookie(connection: ASGIConnection[Any, Any, Any, Any], name: str) -> str:
    """What the browser sent, or an empty text."""
    return connection.cookies.get(cookie_name(name), "")


def make_cookie(name: str, value: str, *, seconds: int | None = None) -> Cookie:
    """A cookie for this site alone, out of reach of scripts; without ``seconds`` it ends with the browser."""
    return Cookie(
        key=cookie_name(name),
        value=value,
        path="/",
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=settings().https,
    )


def end_cookie(name: str) -> Cookie:
    """A cookie that takes the old one away."""
    return make_cookie(name, "", seconds=0)
