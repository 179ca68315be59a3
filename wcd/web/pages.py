"""Showing: a whole page, its part for HTMX, or a redirect; and the one line said after a redirect."""

import base64
from typing import Any

from litestar import Request, Response
from litestar.response import Redirect

from wcd.core.i18n import LazyText, get_locale
from wcd.core.templating import environment
from wcd.web.cookies import CSRF, FLASH, end_cookie, get_cookie, make_cookie
from wcd.web.csrf import Token

AnyRequest = Request[Any, Any, Any]
HTML = "text/html"


def page(request: AnyRequest, template: str, *, status: int = 200, **values: Any) -> Response[str]:
    """``things/show.html``, or its part ``things/_show.html`` where HTMX asks to swap one (if there is such a part)."""
    return _answer(request, _part_of(template) if _wants_part(request) else template, status, values)


def changed(request: AnyRequest, part: str, *, otherwise: str, **values: Any) -> Response[Any]:
    """After a change: the changed part for HTMX, else a redirect, so that reloading does not act twice."""
    if _wants_part(request):
        return _answer(request, part, 200, values)
    return redirect(otherwise)


def redirect(path: str, *, said: LazyText | str = "") -> Response[Any]:
    """See other (303); ``said`` is shown once on the next page."""
    response = Redirect(path, status_code=303)
    if said:
        line = base64.urlsafe_b64encode(str(said).encode()).decode()
        response.cookies.append(make_cookie(FLASH, line, seconds=60))
    return response


def render(template: str, **values: Any) -> str:
    """A template of the one environment, in the current language."""
    return environment().get_template(template).render(**values)


def is_htmx(request: AnyRequest) -> bool:
    """Whether a script of ours asks, not the browser's address bar."""
    return request.headers.get("hx-request") == "true"


def _wants_part(request: AnyRequest) -> bool:
    wants_page = (
        request.headers.get("hx-boosted") == "true"
        or request.headers.get("hx-history-restore-request") == "true"
    )
    return is_htmx(request) and not wants_page


def _part_of(template: str) -> str:
    folder, _, name = template.rpartition("/")
    part = f"{folder}/_{name}"
    return part if part in _templates() else template


def _templates() -> set[str]:
    known: set[str] | None = _cache.get("names")
    if known is None:
        known = _cache["names"] = set(environment().list_templates())
    return known


_cache: dict[str, set[str]] = {}


def _answer(request: AnyRequest, template: str, status: int, values: dict[str, Any]) -> Response[str]:
    token = Token(request)
    line = get_cookie(request, FLASH)
    query = f"?{request.url.query}" if request.url.query else ""
    shared = {"csrf": token, "said": _said(line), "address": request.url.path + query}
    body = render(template, **{**shared, **values})
    response = Response(body, status_code=status, media_type=HTML)
    response.headers["vary"] = "HX-Request, Accept-Language, Cookie"
    response.headers["content-language"] = get_locale()
    response.headers["cache-control"] = "no-store"
    if token.is_new:
        response.cookies.append(make_cookie(CSRF, token.cookie, seconds=86400))
    if line:
        response.cookies.append(end_cookie(FLASH))
    return response


def _said(line: str) -> str:
    try:
        return base64.urlsafe_b64decode(line.encode()).decode()
    except ValueError:
        return ""
