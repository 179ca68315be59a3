"""Asking speakers for what they owe: one, or all; each in their language, with their personal link."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda import rules
from wcd.agenda.errors import NoSpeakerMail, NothingOwed
from wcd.agenda.speaker_queries import SpeakerFile, get_speaker, list_speaker_rows
from wcd.core.clock import now
from wcd.core.db import in_transaction
from wcd.mail import outbox
from wcd.mail.outbox import Letter

KIND = "speaker_asked"


@in_transaction
async def ask_speaker(speaker: UUID, *, by: Actor) -> bool:
    """Write to one speaker; False where that was done today already."""
    found = await get_speaker(speaker)
    by.must("agenda.edit", found.edition)
    if not found.email:
        raise NoSpeakerMail
    if not found.owes:
        raise NothingOwed
    return await _ask([found], by) == 1


@in_transaction
async def ask_speakers(edition: UUID, speakers: Sequence[UUID], *, by: Actor) -> int:
    """Write to those of them who owe something and have an address; how many letters that made."""
    by.must("agenda.edit", edition)
    able = {row.person.id for row in await list_speaker_rows(edition, owing=True) if row.email}
    found = [await get_speaker(one) for one in dict.fromkeys(speakers) if one in able]
    return await _ask(found, by)


async def _ask(speakers: Sequence[SpeakerFile], by: Actor) -> int:
    letters = [_letter(one) for one in speakers]
    sent = len(await outbox.queue_many(letters))
    for one in speakers:
        await audit.record(by, "speaker.asked", one.id, edition=one.edition, owes=one.owes)
    return sent


def _letter(speaker: SpeakerFile) -> Letter:
    """One a day: a second press of the button sends no second letter."""
    wanted = [one for one in speaker.sessions if rules.SPEAKER in one.roles and not one.slides]
    sessions = [{"title_zh": one.title.zh, "title_en": one.title.en} for one in wanted]
    context: dict[str, Any] = {
        "speaker_id": str(speaker.id),
        "link_version": speaker.link_version,
        "name": _addressed(speaker),
        "owes": speaker.owes,
        "sessions": sessions if rules.SLIDES in speaker.owes else [],
    }
    return Letter(
        kind=KIND,
        address=speaker.email,
        name=context["name"],
        locale=speaker.reads,
        context=context,
        edition=speaker.edition,
        about=speaker.id,
        once_key=f"{KIND}:{speaker.id}:{speaker.link_version}:{now():%Y-%m-%d}",
    )


def _addressed(speaker: SpeakerFile) -> str:
    names = (speaker.person.native_name, speaker.person.latin_name)
    return (names[0] or names[1]) if speaker.reads == "zh" else (names[1] or names[0])
