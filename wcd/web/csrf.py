"""CSRF: a random cookie and its keyed hash in each form. Checked by the form reader, so that a lapsed
token gives the form back as it was typed.
"""

import hashlib
import hmac
import secrets
from typing import Any

from litestar.connection import ASGIConnection
from markupsafe import Markup

from wcd.core.config import settings
from wcd.web.cookies import CSRF, get_cookie

FIELD = "csrf"
HEADER = "x-csrf"


class Token:
    """The token of one request. A page that never asks for it sets no cookie and can be cached."""

    def __init__(self, connection: ASGIConnection[Any, Any, Any, Any]) -> None:
        self.cookie = get_cookie(connection, CSRF)
        self.is_new = False

    def __str__(self) -> str:
        if not self.cookie:
            self.cookie = secrets.token_urlsafe(24)
            self.is_new = True
        return _seal(self.cookie)

    def input(self) -> Markup:
        """The hidden field of a form."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, str(self))

    def headers(self) -> str:
        """For ``hx-headers``: what HTMX sends along."""
        return f'{{"{HEADER}": "{self}"}}'


def is_genuine(connection: ASGIConnection[Any, Any, Any, Any], given: str) -> bool:
    """Whether a form came from a page of ours on this browser."""
    if connection.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    cookie = get_cookie(connection, CSRF)
    return bool(cookie) and hmac.compare_digest(_seal(cookie).encode(), given.encode())


def _seal(cookie: str) -> str:
    return hmac.new(settings().secret.encode(), b"csrf\0" + cookie.encode(), hashlib.sha256).hexdigest()[:32]
