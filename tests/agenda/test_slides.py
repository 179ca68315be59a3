"""Slides: told by their content, kept for one's own session, given to guests only when they may have them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from tests import make
from tests.agenda.files import PDF, PPTX, packed
from tests.agenda.test_speakers import CHEN, appears
from wcd.actors import actors
from wcd.actors.actors import STAFF, Actor, system
from wcd.agenda import slides, slides_files, speaker_queries, speakers
from wcd.agenda.errors import NoSlides, NoSuchSession, NoSuchSlides
from wcd.agenda.slides import TooManySlides
from wcd.core.db import execute, fetch
from wcd.core.errors import Forbidden

BY = system("test")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (PPTX, "pptx"),
        (packed("[Content_Types].xml", "ppt/presentation.xml", "ppt/vbaProject.bin"), ""),
        (packed("[Content_Types].xml", "word/document.xml"), ""),
        (packed("content.xml", mimetype=slides_files.TYPES["odp"]), "odp"),
        (packed("content.xml", mimetype="application/vnd.oasis.opendocument.text"), ""),
        (packed("Index/Document.iwa"), "key"),
        (packed("anything.exe"), ""),
        (b"PK\x03\x04 and nothing more", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ""),
        (b"<html>%PDF-", ""),
        (b"", ""),
    ],
)
def test_the_content_says_what_it_is(content: bytes, kind: str) -> None:
    assert slides_files.kind_of(content) == kind


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("城市与水.pdf", "城市与水.pdf"),
        ("talk.exe", "talk.pdf"),
        ("v1.2 final", "v1.2 final.pdf"),
        ("\u202e.pdf", "slides.pdf"),
        ("", "slides.pdf"),
        ("a" * 300, "a" * 120 + ".pdf"),
    ],
)
def test_names_end_as_their_content_says(given: str, name: str) -> None:
    assert slides_files.plain_name(given, "pdf") == name


async def cast() -> tuple[UUID, UUID, UUID]:
    edition = await make.edition()
    speaker = await speakers.add_speaker(edition, CHEN, by=BY)
    session = await make.session(edition, "2023-10-28T09:00+08:00")
    await appears(speaker, session)
    return edition, speaker, session


async def test_guests_get_what_is_published_after_the_session(
    db: None, clock: Callable[[str], datetime]
) -> None:
    edition, speaker, session = await cast()
    kept = await slides.keep_slides(session, speaker, "讲稿.ppt", PPTX, by=actors.speaker(speaker))

    async def listed_and_given() -> tuple[bool, bool]:
        listed = [one.name for one in await slides.public_slides(edition, session)]
        assert listed in ([], ["讲稿.pptx"])
        try:
            given = (await slides.slides_for_guests(kept)).path.read_bytes()
        except NoSuchSlides:
            return bool(listed), False
        assert given == PPTX
        return bool(listed), True

    clock("2023-10-28T12:00+08:00")
    assert await listed_and_given() == (False, False)
    await slides.publish_slides(kept, public=True, by=BY)
    assert await listed_and_given() == (True, True)
    clock("2023-10-28T10:29+08:00")
    assert await listed_and_given() == (True, False)
    clock("2023-10-28T10:30+08:00")
    assert await listed_and_given() == (True, True)
    await execute("UPDATE agenda_speaker SET consented_at = NULL")
    assert await listed_and_given() == (False, False)
    await execute("UPDATE agenda_speaker SET consented_at = now()")
    await slides.publish_slides(kept, public=False, by=BY)
    assert await listed_and_given() == (False, False)


async def test_who_may_keep_what(db: None) -> None:
    edition, speaker, session = await cast()
    me, other = actors.speaker(speaker), await speakers.add_speaker(edition, CHEN, by=BY)
    with pytest.raises(NoSlides):
        await slides.keep_slides(session, speaker, "a.pdf", b"MZ", by=me)
    with pytest.raises(NoSuchSession):
        await slides.keep_slides(await make.session(edition), speaker, "a.pdf", PDF, by=me)
    with pytest.raises(Forbidden):
        await slides.keep_slides(session, speaker, "a.pdf", PDF, by=actors.speaker(other))
    kept = await slides.keep_slides(session, speaker, "a.pdf", PDF, by=me)
    for verb in (
        slides.publish_slides(kept, public=True, by=me),
        slides.remove_slides(kept, by=actors.speaker(other)),
    ):
        with pytest.raises(Forbidden):
            await verb
    reader = Actor(STAFF, roles=frozenset({"reader"}), edition_id=edition)
    with pytest.raises(Forbidden):
        await slides.remove_slides(kept, by=reader)
    assert [one.id for one in (await speaker_queries.get_speaker(speaker)).sessions[0].slides] == [kept]
    await slides.remove_slides(kept, by=me)
    with pytest.raises(NoSuchSlides):
        await slides.slides_of(speaker, kept)
    with pytest.raises(NoSuchSlides):
        await slides.remove_slides(uuid4(), by=BY)


async def test_there_is_an_end_to_files(db: None) -> None:
    _edition, speaker, session = await cast()
    for _ in range(slides.MOST_OF_ONE):
        await slides.keep_slides(session, speaker, "a.pdf", PDF, by=BY)
    with pytest.raises(TooManySlides):
        await slides.keep_slides(session, speaker, "a.pdf", PDF, by=BY)
    assert len(await fetch("SELECT id FROM agenda_slides")) == slides.MOST_OF_ONE
