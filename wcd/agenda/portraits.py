"""A speaker's portrait: taken, replaced, taken away. Nothing of the picture that was sent is kept as it came."""

import asyncio
from uuid import UUID

from wcd.actors.actors import Actor
from wcd.agenda import portrait_files, speakers
from wcd.agenda.portrait_files import small_of
from wcd.core.db import after_commit, fetch, in_transaction

__all__ = ["keep_portrait", "remove_portrait", "small_of"]
_AT_ONCE = asyncio.Semaphore(2)
"""Pictures decoded at one time: each takes memory while it is."""


async def keep_portrait(speaker: UUID, content: bytes, *, crop: str = "middle", by: Actor) -> str:
    """Draw the portrait anew and keep it in the place of the one before; its key. Drawn before anything is held."""
    await speakers.scope_of(speaker, by)
    async with _AT_ONCE:
        key = await asyncio.to_thread(portrait_files.make, content, crop)
    try:
        await _put(speaker, key, by)
    except BaseException:
        portrait_files.forget(key)
        raise
    return key


@in_transaction
async def remove_portrait(speaker: UUID, *, by: Actor) -> None:
    """Take the portrait away; from what is published too, at once."""
    await _put(speaker, "", by)


@in_transaction
async def _put(speaker: UUID, key: str, by: Actor) -> None:
    held = await speakers.hold(speaker, by, publicly=not key)
    before: str = held.row["portrait"]
    if not key:
        await fetch("UPDATE agenda_released_speaker SET portrait = '' WHERE speaker = $1", speaker)
    await speakers.write(
        held, "speaker.portrait_kept" if key else "speaker.portrait_removed", columns={"portrait": key}, by=by
    )
    shown = await fetch("SELECT FROM agenda_released_speaker WHERE portrait = $1 LIMIT 1", before)
    if before and not shown:

        async def forget() -> None:
            portrait_files.forget(before)

        await after_commit(forget)
