"""For search engines: what they may read, and where it is."""

from litestar import HttpMethod, Response, route
from litestar.di import NamedDependency
from markupsafe import escape

from wcd.agenda import queries
from wcd.core.config import settings
from wcd.core.i18n import LOCALES
from wcd.editions.queries import EditionView

_LOOK = [HttpMethod.GET, HttpMethod.HEAD]
_PAGES = (
    "",
    "programme",
    "speakers",
    "exhibitions",
    "tours",
    "practical",
    "contact",
    "accessibility",
    "privacy",
)


@route("/robots.txt", http_method=_LOOK)
async def robots() -> Response[str]:
    """Guests', organisers' and door pages are nobody's to index; nor are drafts of registrations."""
    closed = ("/my", "/organiser", "/door", "/language", "/zh/register/", "/en/register/")
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {settings().base_url}/sitemap.xml",
    ]
    return Response("\n".join(lines) + "\n", media_type="text/plain")


@route("/sitemap.xml", http_method=_LOOK)
async def sitemap(edition: NamedDependency[EditionView]) -> Response[str]:
    """The pages of the current edition, each with its other language."""
    sessions = [f"sessions/{one.code}" for one in await queries.list_sessions(edition.id) if not one.is_pause]
    speakers = [f"speakers/{one.code}" for one in await queries.list_speakers(edition.id)]
    body = "".join(_entry(locale, path) for path in (*_PAGES, *sessions, *speakers) for locale in LOCALES)
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return Response(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {names}>\n{body}</urlset>\n',
        media_type="application/xml",
    )


def _entry(locale: str, path: str) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other}" href="{_address(other, path)}"/>'
        for other in LOCALES
    )
    return f"<url><loc>{_address(locale, path)}</loc>{others}</url>\n"


def _address(locale: str, path: str) -> str:
    return escape(f"{settings().base_url}/{locale}/{path}")
