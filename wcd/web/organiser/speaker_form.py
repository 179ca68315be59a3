"""One speaker: names, texts in both languages side by side, contact, availability, consent."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda import speakers
from wcd.agenda.errors import SpeakerChanged
from wcd.agenda.portraits import small_of
from wcd.agenda.rules import SPEAKER
from wcd.agenda.slides_files import MOST_BYTES
from wcd.agenda.speaker_inputs import SpeakerDetails
from wcd.agenda.speaker_queries import SpeakerFile, get_speaker
from wcd.core.i18n import LazyText, get_locale, use_locale
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.core.templating import country_choices
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.mail.links import speaker_link
from wcd.web import spans
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser import history
from wcd.web.organiser.frame import show
from wcd.web.organiser.speakers import LIST
from wcd.web.pages import AnyRequest, redirect
from wcd.web.speaker_words import CROP_WORDS, OWED_WORDS, PICTURES, SLIDES

LANGUAGES = (("zh", "中文"), ("en", "English"))
LABELS: dict[str, LazyText] = {
    "native_name": _("Name in own script"),
    "latin_name": _("Name in Latin letters"),
    "post_zh": _("Post in Chinese"),
    "post_en": _("Post in English"),
    "body_zh": _("Organisation in Chinese"),
    "body_en": _("Organisation in English"),
    "country": _("Country or region"),
    "biography_zh": _("Biography in Chinese"),
    "biography_en": _("Biography in English"),
    "email": _("Mail address"),
    "telephone": _("Telephone"),
    "language": _("Language of mails"),
    "consented_on": _("Agreed to publication on"),
    "spans": _("Can be there"),
    "portrait": _("Portrait"),
    "slides": _("Slides"),
}


@get("/new", guards=[requires("agenda.edit")])
async def new(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """The form of a new person."""
    return await page_of(request, actor, edition, None)


@post("/new", status_code=200, guards=[requires("agenda.edit")])
async def add(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Keep it."""
    given = await read_form(request, may_lapse=True)
    details, errors, there = _read(given, edition)
    if details is None or errors or given.lapsed:
        return await page_of(request, actor, edition, None, given=given, errors=errors, lines=there.lines)
    speaker = await speakers.add_speaker(edition.id, details, spans=there.spans, by=actor)
    return redirect(f"{LIST}/{speaker}", said=_("The speaker is saved."))


@get("/{speaker_id:uuid}")
async def edit(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    speaker_id: FromPath[UUID],
) -> Response[Any]:
    """All that is known of a speaker, to be changed."""
    return await page_of(request, actor, edition, await get_speaker(speaker_id, edition=edition.id))


@post("/{speaker_id:uuid}", status_code=200, guards=[requires("agenda.edit")])
async def save(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    speaker_id: FromPath[UUID],
) -> Response[Any]:
    """Keep the changes, unless somebody else saved meanwhile: then both are shown and nothing is lost."""
    speaker = await get_speaker(speaker_id, edition=edition.id)
    given = await read_form(request, may_lapse=True)
    details, errors, there = _read(given, edition)
    version = given.version()
    theirs: dict[str, Any] = {}
    if details is not None and not errors and not given.lapsed:
        try:
            await speakers.change_speaker(speaker_id, details, spans=there.spans, version=version, by=actor)
            return redirect(
                f"{LIST}/{speaker_id}", said=_("The speaker is saved. Guests see it with the next release.")
            )
        except SpeakerChanged as refused:
            theirs, version = _differences(refused.current, details), refused.version
    return await page_of(
        request,
        actor,
        edition,
        speaker,
        given=given,
        version=version,
        errors=errors,
        theirs=theirs,
        lines=there.lines,
    )


@post("/{speaker_id:uuid}/remove", status_code=200, guards=[requires("agenda.edit")])
async def remove(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    speaker_id: FromPath[UUID],
) -> Response[Any]:
    """Take the person away."""
    await read_form(request)
    await get_speaker(speaker_id, edition=edition.id)
    await speakers.remove_speaker(speaker_id, by=actor)
    return redirect(LIST, said=_("The speaker is removed."))


async def page_of(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    speaker: SpeakerFile | None,
    *,
    given: Form | None = None,
    version: int = 0,
    errors: Errors | None = None,
    theirs: dict[str, Any] | None = None,
    lines: list[spans.Line] | None = None,
    status: int = 0,
) -> Response[Any]:
    """The page of one speaker, or the form of a new one; ``given`` is what was typed."""
    lapsed = bool(given and given.lapsed)
    all_days = days(edition.first_day, edition.last_day)
    entries = await audit.history_of(speaker.id, limit=6) if speaker else []
    return await show(
        request,
        "organiser/speakers/edit.html",
        status=status or (409 if theirs else 422 if errors or lapsed else 200),
        actor=actor,
        edition=edition,
        current="agenda",
        speaker=speaker,
        given=_typed(given) if given else _stored(speaker, edition.zone),
        version=version or (speaker.version if speaker else 0),
        lines=lines
        if lines is not None
        else spans.lines_of(speaker.spans if speaker else [], all_days, edition.zone),
        errors=errors or {},
        theirs=theirs or {},
        lapsed=lapsed,
        labels=LABELS,
        countries=country_choices(get_locale()),
        languages=LANGUAGES,
        owed_words=OWED_WORDS,
        crops=CROP_WORDS,
        pictures=PICTURES,
        slides_types=SLIDES,
        most_slides=f"{MOST_BYTES // 1_000_000} MB",
        speaks=SPEAKER,
        small_of=small_of,
        link=_link(speaker) if speaker and actor.may("agenda.edit") else "",
        entries=await history.worded(entries, about=speaker.id) if speaker else [],
    )


def _read(given: Form, edition: EditionView) -> tuple[SpeakerDetails | None, Errors, spans.Given]:
    details, errors = given.parse(SpeakerDetails)
    there = spans.read_spans(given, edition.zone)
    return details, {**errors, "spans": there.error} if there.error else errors, there


def _stored(speaker: SpeakerFile | None, zone: str) -> dict[str, str]:
    if speaker is None:
        return dict.fromkeys(SpeakerDetails.__struct_fields__, "")
    return _shown(speakers.details_of(speaker.stored, zone))


def _shown(details: SpeakerDetails) -> dict[str, str]:
    return {name: str(value or "") for name, value in msgspec.structs.asdict(details).items()}


def _typed(given: Form) -> dict[str, str]:
    return {name: given.one(name) for name in SpeakerDetails.__struct_fields__}


def _differences(theirs: SpeakerDetails, mine: SpeakerDetails) -> dict[str, Any]:
    """What the other person saved, where it is not what was typed here; the version alone may have changed."""
    other, own = _shown(theirs), _shown(mine)
    return {name: (other[name], own[name]) for name in own if other[name] != own[name]} or {"spans": ("", "")}


def _link(speaker: SpeakerFile) -> str:
    """The personal link in the speaker's language, to be handed on otherwise than by mail."""
    with use_locale(speaker.reads):
        return speaker_link(speaker.id, speaker.link_version)


router = Router("/speakers", route_handlers=[new, add, edit, save, remove], guards=[requires("agenda.view")])
