"""A form with files, sent as a browser would."""

from typing import Any

import httpx

from tests.browser_like import Visitor
from wcd.web.csrf import FIELD, _seal

Files = dict[str, tuple[str, bytes]]


async def send_files(
    visitor: Visitor,
    path: str,
    fields: dict[str, Any] | None = None,
    files: Files | None = None,
    **headers: str,
) -> httpx.Response:
    """POST fields and files with the token of the page at hand. Without files the form is still a form with files."""
    given = {FIELD: _seal("cookie-of-this-test"), **(fields or {})}
    sent = files or {"nothing-chosen": ("", b"")}
    return await visitor.post(path, data=given, files=sent, headers=headers)
