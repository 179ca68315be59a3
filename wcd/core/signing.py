"""Signed links: a purpose, an id and a version, sealed with the installation's secret. Nothing is stored."""

import base64
import hashlib
import hmac
from uuid import UUID

from wcd.core.config import settings

_SIGNATURE = 18
"""Bytes of HMAC-SHA-256 kept: 144 bits."""


def sign(purpose: str, subject: UUID, version: int = 1) -> str:
    """A token for a link or a cookie: 48 URL-safe characters and more for large versions.

    It holds until the version that the row carries is raised: that revokes every token given out before.
    """
    body = subject.bytes + version.to_bytes(4, "big")
    return base64.urlsafe_b64encode(body + _seal(purpose, body)).rstrip(b"=").decode()


def read(purpose: str, token: str) -> tuple[UUID, int] | None:
    """The id and version of a token made for this purpose, or None if it is not one of ours."""
    try:
        raw = base64.b64decode(
            token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True
        )
    except (ValueError, UnicodeEncodeError):
        return None
    body, seal = raw[:20], raw[20:]
    if len(raw) != 20 + _SIGNATURE or not hmac.compare_digest(seal, _seal(purpose, body)):
        return None
    return UUID(bytes=body[:16]), int.from_bytes(body[16:], "big")


def _seal(purpose: str, body: bytes) -> bytes:
    return hmac.digest(settings().secret.encode(), purpose.encode() + b"\0" + body, hashlib.sha256)[
        :_SIGNATURE
    ]
