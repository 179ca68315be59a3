"""What belongs to one speaker beside the texts: portrait, slides, the personal link, asking for what is missing."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import File

from wcd.actors.actors import Actor
from wcd.agenda import asking, portraits, slides, speakers
from wcd.agenda.errors import NoSlides
from wcd.agenda.slides_files import MOST_BYTES as MOST_OF_SLIDES
from wcd.agenda.speaker_queries import get_speaker
from wcd.core.errors import Conflict, Invalid
from wcd.core.i18n import lazy_gettext as _
from wcd.core.pictures import MOST_BYTES, NotAPicture
from wcd.editions.queries import EditionView
from wcd.web.files import attachment
from wcd.web.forms import read_form
from wcd.web.guards import requires
from wcd.web.organiser.speaker_form import page_of
from wcd.web.organiser.speakers import LIST
from wcd.web.pages import AnyRequest, redirect
from wcd.web.uploads import read_upload

EDIT = [requires("agenda.edit")]


@post("/{speaker_id:uuid}/portrait", status_code=200, guards=EDIT, request_max_body_size=None)
async def keep_portrait(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    speaker_id: FromPath[UUID],
) -> Response[Any]:
    """A new portrait, or none any more."""
    speaker = await get_speaker(speaker_id, edition=edition.id)
    given, files = await read_upload(request, most_bytes=MOST_BYTES)
    if given.one("remove"):
        await portraits.remove_portrait(speaker_id, by=actor)
        return redirect(f"{LIST}/{speaker_id}", said=_("The portrait is removed."))
    try:
        if "portrait" not in files:
            raise NotAPicture
        content = files["portrait"].content
        await portraits.keep_portrait(speaker_id, content, crop=given.one("crop"), by=actor)
    except Invalid as refused:
        return await page_of(request, actor, edition, speaker, errors={"portrait": str(refused)})
    return redirect(f"{LIST}/{speaker_id}", said=_("The portrait is saved."))


@post(
    "/{speaker_id:uuid}/sessions/{session_id:uuid}/slides",
    status_code=200,
    guards=EDIT,
    request_max_body_size=None,
)
async def keep_slides(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    speaker_id: FromPath[UUID],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """A file that is shown in the session."""
    speaker = await get_speaker(speaker_id, edition=edition.id)
    _given, files = await read_upload(request, most_bytes=MOST_OF_SLIDES)
    try:
        if "slides" not in files:
            raise NoSlides
        file = files["slides"]
        await slides.keep_slides(session_id, speaker_id, file.name, file.content, by=actor)
    except (Invalid, Conflict) as refused:
        return await page_of(request, actor, edition, speaker, errors={"slides": str(refused)})
    return redirect(f"{LIST}/{speaker_id}", said=_("The slides are saved."))


@get("/{speaker_id:uuid}/slides/{slides_id:uuid}")
async def open_slides(
    edition: NamedDependency[EditionView], speaker_id: FromPath[UUID], slides_id: FromPath[UUID]
) -> File:
    """The file itself."""
    await get_speaker(speaker_id, edition=edition.id)
    return attachment(await slides.slides_of(speaker_id, slides_id))


@post("/{speaker_id:uuid}/slides/{slides_id:uuid}", status_code=200, guards=EDIT)
async def change_slides(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    speaker_id: FromPath[UUID],
    slides_id: FromPath[UUID],
) -> Response[Any]:
    """Publish a file, hide it, or take it away."""
    given = await read_form(request)
    await get_speaker(speaker_id, edition=edition.id)
    await slides.slides_of(speaker_id, slides_id)
    if given.one("do") == "remove":
        await slides.remove_slides(slides_id, by=actor)
        return redirect(f"{LIST}/{speaker_id}", said=_("The slides are removed."))
    public = given.one("do") == "publish"
    await slides.publish_slides(slides_id, public=public, by=actor)
    said = (
        _("Guests get the slides once the session is over.")
        if public
        else _("Guests no longer get the slides.")
    )
    return redirect(f"{LIST}/{speaker_id}", said=said)


@post("/{speaker_id:uuid}/ask", status_code=200, guards=EDIT)
async def ask(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    speaker_id: FromPath[UUID],
) -> Response[Any]:
    """A letter with what is missing and the personal link."""
    await read_form(request)
    await get_speaker(speaker_id, edition=edition.id)
    asked = await asking.ask_speaker(speaker_id, by=actor)
    said = _("The speaker is asked by mail.") if asked else _("The speaker was asked today already.")
    return redirect(f"{LIST}/{speaker_id}", said=said)


@post("/{speaker_id:uuid}/renew-link", status_code=200, guards=EDIT)
async def renew_link(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    speaker_id: FromPath[UUID],
) -> Response[Any]:
    """The links that were given out end."""
    await read_form(request)
    await get_speaker(speaker_id, edition=edition.id)
    await speakers.renew_link(speaker_id, by=actor)
    return redirect(f"{LIST}/{speaker_id}", said=_("The link is new. Those given out before no longer hold."))


router = Router(
    "/speakers",
    route_handlers=[keep_portrait, keep_slides, open_slides, change_slides, ask, renew_link],
    guards=[requires("agenda.view")],
)
