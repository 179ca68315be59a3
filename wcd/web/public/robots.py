"""For search engines: what they may read, and where it is."""

from datetime import date

from litestar import HttpMethod, Response, route
from litestar.di import NamedDependency
from markupsafe import escape

from wcd.agenda import queries
from wcd.agenda.rules import local_day
from wcd.core.config import settings
from wcd.core.i18n import LOCALES
from wcd.editions.queries import EditionView, list_editions, newest_pages
from wcd.editions.rules import days
from wcd.web.public.texts import PRACTICAL

_LOOK = [HttpMethod.GET, HttpMethod.HEAD]
_PAGES = (
    "",
    "programme",
    "speakers",
    "exhibitions",
    "tours",
    "programme/calendar",
    "practical",
    "news",
    "editions",
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
    """Every page of the current edition, and the programme of each other one, each with its other language."""
    sessions = [one for one in await queries.list_sessions(edition.id) if not one.is_pause]
    others = [one.code for one in await list_editions() if one.id != edition.id]
    plain = [
        *_PAGES,
        *(f"programme?day={day.isoformat()}" for day in days(edition.first_day, edition.last_day)),
        *(f"practical/{page.slug}" for page in await newest_pages(edition.id, list(PRACTICAL))),
        *(f"speakers/{one.code}" for one in await queries.list_speakers(edition.id)),
        *(f"editions/{code}/{path}" for code in others for path in ("", "programme", "speakers")),
    ]
    found: list[tuple[str, date | None]] = [(path, None) for path in plain]
    found += [(f"sessions/{one.code}", local_day(one.changed_at, edition.zone)) for one in sessions]
    body = "".join(_entry(locale, path, changed) for path, changed in found for locale in LOCALES)
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return Response(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {names}>\n{body}</urlset>\n',
        media_type="application/xml",
    )


def _entry(locale: str, path: str, changed: date | None) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other}" href="{_address(other, path)}"/>'
        for other in LOCALES
    )
    last = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{_address(locale, path)}</loc>{last}{others}</url>\n"


def _address(locale: str, path: str) -> str:
    return escape(f"{settings().base_url}/{locale}/{path}")
