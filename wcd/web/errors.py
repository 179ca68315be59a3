"""Refusals and accidents as pages: what happened, why, what to do, and a number to quote."""

import logging
from typing import Any
from urllib.parse import quote

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from wcd.core.db import is_away
from wcd.core.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from wcd.core.faults import trace
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.limits import TooManyTries
from wcd.web.forms import FormTooLarge, PageTooOld
from wcd.web.guards import SignInNeeded
from wcd.web.pages import page, redirect

log = logging.getLogger("wcd.web")
AnyRequest = Request[Any, Any, Any]
RETRY_AFTER = "2"
"""Seconds; a killed database is back within them."""

# The first class that fits; the most special ones first.
STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (TooManyTries, 429),
    (PageTooOld, 403),
    (FormTooLarge, 413),
    (NotFound, 404),
    (Forbidden, 403),
    (Conflict, 409),
    (Invalid, 422),
    (Refusal, 400),
)

TITLES: dict[int, LazyText] = {
    400: _("This request could not be read"),
    403: _("You cannot open this page"),
    404: _("This page does not exist"),
    405: _("This address takes no such request"),
    409: _("Something has changed meanwhile"),
    413: _("This is too large"),
    422: _("Something needs to be corrected"),
    429: _("A little too fast"),
    500: _("Something went wrong on our side"),
    503: _("We will be back in a moment"),
}
ADVICE: dict[int, LazyText] = {
    404: _(
        "The address may be misspelt, or the page may have been taken away. The programme and the home page lead on."
    ),
    503: _("Nothing that was saved is lost. Send the same again in a moment."),
    500: _(
        "Nothing that was saved is lost. Try again in a moment; if it happens again, tell the organisers this number."
    ),
}


def on_refusal(request: AnyRequest, refusal: Refusal) -> Response[Any]:
    """A named refusal, in the reader's language."""
    if isinstance(refusal, SignInNeeded):
        return _to_sign_in(request)
    status = next(status for kind, status in STATUS if isinstance(refusal, kind))
    return _show(request, status, says=str(refusal), errors=[str(text) for text in _details(refusal)])


def on_http(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """What Litestar refuses by itself: unknown addresses, wrong methods, unreadable parameters."""
    return _show(request, error.status_code if error.status_code in TITLES else 400)


def on_accident(request: AnyRequest, error: Exception) -> Response[Any]:
    """Our mistake. The log holds the trace and the number; the reader gets the number.

    What the database says about a row holds what people have typed: its words stay out of the log.
    A database that starts again is no mistake: the reader may send the same again in a moment.
    """
    number = request.scope["state"].get("number")
    if is_away(error):
        log.warning("%s: the database is away (%s)", number, type(error).__name__)
        response = _show(request, 503)
        response.headers["retry-after"] = RETRY_AFTER
        return response
    log.error("%s failed: %s", number, trace(error))
    return _show(request, 500)


def _details(refusal: Refusal) -> list[LazyText | str]:
    return list(refusal.errors.values()) if isinstance(refusal, Invalid) else []


def _to_sign_in(request: AnyRequest) -> Response[Any]:
    target = "/organiser/sign-in"
    if request.method == "GET":
        target += "?next=" + quote(
            request.url.path + (f"?{request.url.query}" if request.url.query else ""), safe="/"
        )
    return redirect(target)


def _show(
    request: AnyRequest, status: int, *, says: str = "", errors: list[str] | None = None
) -> Response[Any]:
    return page(
        request,
        "errors/show.html",
        status=status,
        code=status,
        title=str(TITLES.get(status, TITLES[400])),
        says=says or str(ADVICE.get(status, "")),
        errors=errors or [],
        number=request.scope["state"].get("number", ""),
    )


HANDLERS: ExceptionHandlersMap = {Refusal: on_refusal, HTTPException: on_http, Exception: on_accident}
