"""Texts that organisers write: practical pages, news, contact, accessibility, the personal data notice; editions."""

from uuid import UUID

from litestar import Response, route
from litestar.params import FromPath

from wcd.core.errors import NotFound
from wcd.core.i18n import gettext as _
from wcd.editions.queries import PageView, list_editions, list_pages, newest_page, newest_pages, page_version
from wcd.editions.texts import ACCESSIBILITY, CONTACT, NEWS, NOTICE
from wcd.web.motif import SMALL, drawing
from wcd.web.pages import AnyRequest
from wcd.web.public.showing import LOOK, show, shown_edition

PRACTICAL = {
    "visa": "file-text",
    "hotel": "bed",
    "transport": "bus",
    "venue": "map-2",
    "questions": "message-question",
}
"""The slugs of the practical pages, and the icon that stands beside each."""
AWAITED = "public/texts/awaited.html"
"""Where the footer leads before organisers have published the text."""


@route("/practical", http_method=LOOK)
async def practical(request: AnyRequest) -> Response[str]:
    """The practical pages, each with its first sentence."""
    edition = shown_edition(request)
    pages = await newest_pages(edition.id, list(PRACTICAL))
    return show(request, "public/texts/practical.html", edition=edition, pages=pages, icons=PRACTICAL)


@route("/practical/{slug:str}", http_method=LOOK)
async def practical_page(request: AnyRequest, slug: FromPath[str]) -> Response[str]:
    """One of them, with links to the others."""
    edition = shown_edition(request)
    pages = await newest_pages(edition.id, list(PRACTICAL))
    text = next((one for one in pages if one.slug == slug), None)
    if text is None:
        raise NotFound
    return show(request, "public/texts/guide.html", edition=edition, text=text, pages=pages)


@route("/contact", http_method=LOOK)
async def contact(request: AnyRequest) -> Response[str]:
    """How to reach the organisers."""
    edition = shown_edition(request)
    text = await newest_page(edition.id, CONTACT)
    return show(request, "public/texts/contact.html", edition=edition, text=text)


@route("/accessibility", http_method=LOOK)
async def accessibility(request: AnyRequest) -> Response[str]:
    """The accessibility statement."""
    edition = shown_edition(request)
    text = await newest_page(edition.id, ACCESSIBILITY)
    if text is None:
        return show(request, AWAITED, edition=edition, title=_("Accessibility"))
    return show(request, "public/texts/text.html", edition=edition, text=text)


@route("/privacy", http_method=LOOK)
async def privacy(request: AnyRequest) -> Response[str]:
    """The personal data notice as it stands now."""
    edition = shown_edition(request)
    text = await newest_page(edition.id, NOTICE)
    if text is None:
        return show(request, AWAITED, edition=edition, title=_("Personal data"))
    return show(request, "public/texts/notice.html", edition=edition, text=text, newest=text.version)


@route("/privacy/{version:int}", http_method=LOOK)
async def privacy_version(request: AnyRequest, version: FromPath[int]) -> Response[str]:
    """The notice as it stood when somebody consented to it."""
    edition = shown_edition(request)
    newest = await newest_page(edition.id, NOTICE)
    text = await page_version(edition.id, NOTICE, version) if 0 < version < 1_000_000 else None
    if text is None or newest is None:
        raise NotFound
    return show(request, "public/texts/notice.html", edition=edition, text=text, newest=newest.version)


@route("/news", http_method=LOOK)
async def news(request: AnyRequest) -> Response[str]:
    """Everything that was announced, newest first."""
    edition = shown_edition(request)
    return show(request, "public/texts/news.html", edition=edition, lines=await _news(edition.id))


@route("/editions", http_method=LOOK)
async def editions(request: AnyRequest) -> Response[str]:
    """All editions that this house holds."""
    edition = shown_edition(request)
    return show(
        request,
        "public/texts/editions.html",
        edition=edition,
        editions=await list_editions(),
        small=lambda one: drawing(one.code, one.first_day, one.last_day, SMALL),
    )


async def newest_news(edition: UUID) -> PageView | None:
    """The last line of news, for the home page."""
    lines = await _news(edition)
    return lines[0] if lines else None


async def _news(edition: UUID) -> list[PageView]:
    return sorted(await list_pages(edition, NEWS), key=lambda one: one.published_at, reverse=True)
