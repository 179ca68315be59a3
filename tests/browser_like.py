"""A browser for tests of pages: the real application behind httpx, cookies kept, forms sent with their token."""

from typing import Any
from urllib.parse import urlencode

import httpx

from wcd.web.cookies import CSRF, cookie_name
from wcd.web.csrf import FIELD, _seal

FORM = {"content-type": "application/x-www-form-urlencoded"}


class Visitor(httpx.AsyncClient):
    """Calls the application in this event loop, so that it sees the test's transaction."""

    def __init__(self, application: Any) -> None:
        super().__init__(transport=httpx.ASGITransport(application), base_url="http://127.0.0.1:8000")
        self.remember(CSRF, "cookie-of-this-test")

    def remember(self, name: str, value: str) -> None:
        """Have a cookie of ours."""
        self.cookies.set(cookie_name(name), value)

    async def send_form(
        self, path: str, fields: dict[str, Any] | None = None, **headers: str
    ) -> httpx.Response:
        """POST a form as the page at hand would, with its CSRF token. Lists are sent as repeated fields."""
        given = {**(fields or {}), FIELD: _seal("cookie-of-this-test")}
        return await self.post(path, content=urlencode(given, doseq=True), headers={**FORM, **headers})
