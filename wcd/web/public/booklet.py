"""The programme booklet, as long as one of the release in force is kept: the file, and the line that leads to it."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.response import File

from wcd.agenda.printed import papers
from wcd.core.errors import NotFound
from wcd.core.i18n import get_locale
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.queries import EditionView
from wcd.web.pages import AnyRequest, is_htmx, redirect, render
from wcd.web.public.showing import base_of


class NoBooklet(NotFound):
    """No booklet of the release in force has been drawn."""

    code = "no_booklet"
    says = _("There is no booklet of this programme yet. The programme itself is on these pages.")


@get("/programme.pdf")
async def programme_booklet(edition: NamedDependency[EditionView]) -> File:
    """The newest booklet in this language, or in both."""
    found = await papers.latest_booklet(edition.id, get_locale())
    if found is None:
        raise NoBooklet
    return File(
        papers.file_of(found),
        filename=f"{edition.code}-{found.order.language}.pdf",
        media_type="application/pdf",
        content_disposition_type="inline",
        headers={"cache-control": "no-cache"},
    )


@get("/programme/booklet")
async def booklet_line(request: AnyRequest, edition: NamedDependency[EditionView]) -> Response[str]:
    """For scripts the line that leads to the file, nothing where there is none; others are led there."""
    if not is_htmx(request):
        return redirect(f"{base_of(request)}/programme.pdf")
    found = await papers.latest_booklet(edition.id, get_locale())
    line = render("public/programme/booklet_line.html", paper=found, base=base_of(request)) if found else ""
    return Response(line, media_type="text/html", headers={"cache-control": "no-store"})
