"""Texts that organisers write: which are there and which are missing, and one in both languages side by side."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.actors.actors import Actor
from wcd.core.errors import NotFound
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.editions import texts
from wcd.editions.errors import TextChanged
from wcd.editions.inputs import TextDetails
from wcd.editions.queries import EditionView, PageView, list_pages, newest_page, newest_pages
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

WORDS: dict[str, LazyText] = {
    texts.NOTICE: _("Personal data notice"),
    "visa": _("Visa"),
    "hotel": _("Hotels"),
    "transport": _("Transport"),
    "venue": _("Venue"),
    "questions": _("Questions and answers"),
    texts.CONTACT: _("Contact"),
    texts.ACCESSIBILITY: _("Accessibility"),
}
WHERE: dict[str, LazyText] = {
    texts.NOTICE: _("Guests consent to it when they register; every version stays readable."),
    texts.CONTACT: _("Without it the page shows the address and telephone of the settings."),
    texts.ACCESSIBILITY: _("Linked at the foot of every public page."),
}
NEW = "news"
"""In the place of a slug: a line of news that is not there yet."""
LABELS: dict[str, LazyText] = {
    "title_zh": _("Title in Chinese"),
    "title_en": _("Title in English"),
    "body_zh": _("Text in Chinese"),
    "body_en": _("Text in English"),
}


@get("/")
async def index(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Every text that pages know, published or missing, and the news."""
    there = {page.slug: page for page in await newest_pages(edition.id, list(texts.TEXTS))}
    news = sorted(
        await list_pages(edition.id, texts.NEWS),
        key=lambda page: (page.published_at, page.slug),
        reverse=True,
    )
    return await show(
        request,
        "organiser/texts/index.html",
        actor=actor,
        edition=edition,
        current="edition",
        texts=[
            (slug, WORDS[slug], WHERE.get(slug, _("Practical information")), there.get(slug))
            for slug in texts.TEXTS
        ],
        news=news,
    )


@get("/{slug:str}")
async def edit(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    slug: FromPath[str],
) -> Response[Any]:
    """One text, both languages side by side."""
    page = await _find(edition, slug)
    values = _given(page) if page else {"title_zh": str(WORDS[slug]) if slug in WORDS else ""}
    return await _form(
        request, actor, edition, slug, Form({k: [v] for k, v in values.items()}, lapsed=False), page
    )


@post("/{slug:str}", status_code=200)
async def publish(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    slug: FromPath[str],
) -> Response[Any]:
    """Publish it as a new version; what somebody else published meanwhile is shown beside it."""
    page = await _find(edition, slug)
    given = await read_form(request, may_lapse=True)
    details, errors = given.parse(TextDetails)
    if details is None or given.lapsed:
        return await _form(request, actor, edition, slug, given, page, errors)
    if slug == NEW:
        await texts.announce(edition.id, details, by=actor)
        return redirect("/organiser/texts", said=_("The news is published."))
    after = int(given.one("version")) if given.one("version").isdecimal() else 0
    try:
        await texts.publish_text(edition.id, slug, details, by=actor, after=after)
    except TextChanged:
        theirs = await newest_page(edition.id, slug)
        return await _form(request, actor, edition, slug, given, theirs, told=True)
    return redirect("/organiser/texts", said=_("The text is published. Guests see it at once."))


async def _find(edition: EditionView, slug: str) -> PageView | None:
    """The newest version; None for a text that is known but not written yet."""
    if slug == NEW:
        return None
    page = await newest_page(edition.id, slug) if "\0" not in slug else None
    if page is None and slug not in texts.TEXTS:
        raise NotFound
    return page


async def _form(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    slug: str,
    given: Form,
    page: PageView | None,
    errors: Errors | None = None,
    *,
    told: bool = False,
) -> Response[Any]:
    values = {name: given.one(name) for name in TextDetails.__struct_fields__}
    stored = _given(page) if page else {}
    return await show(
        request,
        "organiser/texts/edit.html",
        status=409 if told else 422 if errors or given.lapsed else 200,
        actor=actor,
        edition=edition,
        current="edition",
        slug=slug,
        word=WORDS.get(slug, _("News")),
        given=values,
        version=page.version if page else 0,
        published_at=page.published_at if page else None,
        theirs={
            name: (stored[name], values[name]) for name in values if told and stored[name] != values[name]
        },
        told=told,
        errors=errors or {},
        lapsed=given.lapsed,
        labels=LABELS,
    )


def _given(page: PageView) -> dict[str, str]:
    """A text as its form shows it."""
    return {
        "title_zh": page.title.zh,
        "title_en": page.title.en,
        "body_zh": page.body.zh,
        "body_en": page.body.en,
    }


router = Router("/texts", route_handlers=[index, edit, publish], guards=[requires("edition.edit")])
