"""The choice of language on pages whose address does not carry it."""

from typing import Any

from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery

from wcd.core.i18n import LOCALES
from wcd.web.cookies import LANGUAGE, make_cookie
from wcd.web.pages import redirect

YEAR = 31_536_000


@get("/language/{locale:str}")
async def choose(locale: FromPath[str], back: FromQuery[str] = "/") -> Response[Any]:
    """Keep the choice and go back to the page it was made on."""
    # Only addresses of ours: a link elsewhere must not use us as a stepping stone.
    safe = back if back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() else "/"
    response = redirect(safe)
    if locale in LOCALES:
        response.cookies.append(make_cookie(LANGUAGE, locale, seconds=YEAR))
    return response


router = Router("/", route_handlers=[choose])
