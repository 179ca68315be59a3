"""What every public page is given: the edition, the address, and where its other pages are."""

from typing import Any
from urllib.parse import urlencode

from litestar import HttpMethod, Request, Response

from wcd.core.config import settings
from wcd.core.i18n import get_locale
from wcd.editions.errors import NoSuchEdition
from wcd.editions.queries import EditionView
from wcd.web.pages import HTML, AnyRequest, render
from wcd.web.public.words import WORDS

LOOK = [HttpMethod.GET, HttpMethod.HEAD]
"""Public pages answer both; the memory around them drops the body for HEAD."""


def shown_edition(request: Request[Any, Any, Any]) -> EditionView:
    """The edition of the address, found by the memory around the page."""
    edition: EditionView | None = request.scope["state"]["edition"]
    if edition is None:
        raise NoSuchEdition
    return edition


def base_of(request: AnyRequest) -> str:
    """``/zh``, or ``/zh/editions/wcd-2021`` where the address names an edition."""
    code = request.scope["path_params"].get("edition_code")
    return f"/{get_locale()}/editions/{code}" if code else f"/{get_locale()}"


def show(request: AnyRequest, template: str, **values: Any) -> Response[str]:
    """A page that is the same for everybody: nothing of the visitor is in it, so that it can be kept."""
    query = request.scope["query_string"].decode()
    day = request.query_params.get("day", "")
    shared = {
        "base": base_of(request),
        "address": request.url.path + (f"?{query}" if query else ""),
        # One address per page for search engines: views and filters are no pages of their own.
        "page_address": request.url.path + (f"?{urlencode({'day': day})}" if day else ""),
        "site": settings().base_url,
        "said": "",
    }
    response = Response(render(template, **WORDS, **shared, **values), media_type=HTML)
    response.headers["content-language"] = get_locale()
    return response
