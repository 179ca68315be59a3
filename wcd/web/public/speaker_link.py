"""A speaker's own page behind their personal link: texts, portrait, slides, when they can be there, consent.

It works without scripts and shows nobody else's data. Nothing of it is kept in memory.
"""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import File

from wcd.actors import actors
from wcd.agenda import portraits, slides, speakers
from wcd.agenda.errors import SpeakerChanged
from wcd.agenda.portraits import small_of
from wcd.agenda.rules import SPEAKER
from wcd.agenda.slides_files import MOST_BYTES as MOST_OF_SLIDES
from wcd.agenda.speaker_inputs import OwnDetails
from wcd.agenda.speaker_queries import SpeakerFile, speaker_of_link
from wcd.core.errors import Conflict, Invalid
from wcd.core.i18n import LOCALES, LazyText, get_locale
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors
from wcd.core.limits import count_try
from wcd.core.pictures import MOST_BYTES
from wcd.editions.queries import EditionView, edition_by_id
from wcd.editions.rules import days
from wcd.web import spans
from wcd.web.files import attachment
from wcd.web.forms import LAPSED, Form
from wcd.web.pages import AnyRequest, page, redirect
from wcd.web.speaker_words import CROP_WORDS, OWED_WORDS, PICTURES, SLIDES
from wcd.web.uploads import Upload, read_upload, too_large

LOOKS, SAVES, AN_HOUR = 300, 60, 3600
"""Per address and hour: wrong links cannot be tried out, and nobody fills the disk."""
MOST_FILES = MOST_BYTES + 2 * MOST_OF_SLIDES
LABELS: dict[str, LazyText] = {
    "biography_zh": _("Biography in Chinese"),
    "biography_en": _("Biography in English"),
    "portrait": _("Portrait"),
    "spans": _("When you can be there"),
    "consents": _("Publication"),
}


@get("/")
async def show(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """What is still missing, and the form for it."""
    await count_try("speaker-page", address_of(request), limit=LOOKS, seconds=AN_HOUR)
    speaker = await speaker_of_link(token)
    return await _page(request, token, speaker)


@post("/", status_code=200, request_max_body_size=None)
async def save(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Keep what was given: the texts first, then each file; what does not hold is said and the rest is kept."""
    await count_try("speaker-save", address_of(request), limit=SAVES, seconds=AN_HOUR)
    speaker = await speaker_of_link(token)
    given, files = await read_upload(request, most_bytes=MOST_FILES, may_lapse=True)
    edition = await edition_by_id(speaker.edition)
    details, errors = given.parse(OwnDetails)
    there = spans.read_spans(given, edition.zone)
    if there.error:
        errors = {**errors, "spans": there.error}
    told, version = "", given.version()
    if details is not None and not errors and not given.lapsed:
        me = actors.speaker(speaker.id)
        try:
            await speakers.supply(speaker.id, details, spans=there.spans, version=version, by=me)
            errors = await _keep_files(speaker, given, files)
            if not errors:
                return redirect(_here(token), said=_("Thank you. Everything is saved."))
            speaker = await speaker_of_link(token)
            version = speaker.version
        except SpeakerChanged as refused:
            told, version = str(refused), refused.version
    return await _page(
        request, token, speaker, given=given, version=version, errors=errors, lines=there.lines, told=told
    )


@get("/slides/{slides_id:uuid}")
async def open_slides(token: FromPath[str], slides_id: FromPath[UUID]) -> File:
    """One's own file, as it was sent."""
    speaker = await speaker_of_link(token)
    return attachment(await slides.slides_of(speaker.id, slides_id))


async def _keep_files(speaker: SpeakerFile, given: Form, files: dict[str, Upload]) -> Errors:
    """Each file by itself: one that does not hold keeps no other away."""
    me, errors = actors.speaker(speaker.id), Errors()
    own = {file.id for session in speaker.sessions for file in session.slides}
    for text in given.all("remove"):
        gone = next((file for file in own if str(file) == text), None)
        if gone:
            await slides.remove_slides(gone, by=me)
    if given.one("remove_portrait") and "portrait" not in files:
        await portraits.remove_portrait(speaker.id, by=me)
    for name, file in files.items():
        try:
            await _keep_file(speaker, name, file, given.one("crop"))
        except (Invalid, Conflict) as refused:
            errors[name] = str(refused)
    return errors


async def _keep_file(speaker: SpeakerFile, name: str, file: Upload, crop: str) -> None:
    me = actors.speaker(speaker.id)
    if name == "portrait":
        if len(file.content) > MOST_BYTES:
            raise too_large(MOST_BYTES)
        await portraits.keep_portrait(speaker.id, file.content, crop=crop, by=me)
        return
    session = next((one for one in speaker.sessions if name == f"slides-{one.id}"), None)
    if session:
        if len(file.content) > MOST_OF_SLIDES:
            raise too_large(MOST_OF_SLIDES)
        await slides.keep_slides(session.id, speaker.id, file.name, file.content, by=me)


async def _page(
    request: AnyRequest,
    token: str,
    speaker: SpeakerFile,
    *,
    given: Form | None = None,
    version: int = 0,
    errors: Errors | None = None,
    lines: list[spans.Line] | None = None,
    told: str = "",
) -> Response[Any]:
    edition = await edition_by_id(speaker.edition)
    lapsed = LAPSED if given and given.lapsed else ""
    all_days = days(edition.first_day, edition.last_day)
    response = page(
        request,
        "public/speaker_link/show.html",
        status=409 if told else 422 if errors or lapsed else 200,
        edition=edition,
        base=base_of(edition),
        speaker=speaker,
        at=_here(token),
        given=_typed(given) if given else _stored(speaker),
        version=version or speaker.version,
        lines=lines if lines is not None else spans.lines_of(speaker.spans, all_days, edition.zone),
        errors=errors or {},
        told=told,
        lapsed=lapsed,
        labels=LABELS | {f"slides-{one.id}": one.title.local for one in speaker.sessions},
        owed_words=OWED_WORDS,
        crops=CROP_WORDS,
        speaks=SPEAKER,
        small_of=small_of,
        pictures=PICTURES,
        slides_types=SLIDES,
        most_slides=f"{MOST_OF_SLIDES // 1_000_000} MB",
    )
    response.headers["x-robots-tag"] = "noindex, nofollow"
    return response


def _stored(speaker: SpeakerFile) -> dict[str, Any]:
    return {
        "biography_zh": speaker.biography.zh,
        "biography_en": speaker.biography.en,
        "consents": speaker.consented_at is not None,
    }


def _typed(given: Form) -> dict[str, Any]:
    return {name: given.one(name) for name in OwnDetails.__struct_fields__}


def _here(token: str) -> str:
    return f"/{get_locale()}/speaker/{token}"


def base_of(edition: EditionView) -> str:
    """Where the public pages of this edition are."""
    return f"/{get_locale()}" if edition.is_current else f"/{get_locale()}/editions/{edition.code}"


def address_of(request: AnyRequest) -> str:
    """Whose tries are counted together."""
    return request.client.host if request.client else ""


routers = [
    Router(f"/{locale}/speaker/{{token:str}}", route_handlers=[show, save, open_slides]) for locale in LOCALES
]
