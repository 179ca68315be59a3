"""What each job does: its name, and a body of three lines that asks a room."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.agenda.printed import papers
from wcd.badges.batches import draw_batch
from wcd.badges.personal import badge_pdf
from wcd.core.jobs import JobView
from wcd.mail.delivery import deliver
from wcd.mail.message import Attachment
from wcd.registration.notices import calendar_of

Outcome = datetime | dict[str, Any] | None
"""A time: again then. A dict: the result, kept on the row."""


class Work(msgspec.Struct, frozen=True):
    """How a job is done, and how often it is tried when something unexpected happens."""

    body: Callable[..., Awaitable[Outcome]]
    tries: int = 5


async def deliver_mail(_job: JobView, mail_id: str) -> Outcome:
    """Send one mail of the outbox."""
    return await deliver(UUID(mail_id), attach)


async def draw_badges(job: JobView, batch_id: str) -> Outcome:
    """Draw a print run."""
    await draw_batch(UUID(batch_id), job_id=job.id)
    return None


async def draw_paper(job: JobView, edition_id: str, ordered: dict[str, Any]) -> Outcome:
    """Draw a booklet, run sheets or door signs."""
    return await papers.draw_paper(UUID(edition_id), ordered, job_id=job.id)


WORK: dict[str, Work] = {
    # A mail counts its own tries; here only the database can fail it, or a worker that dies again and again.
    "mail.deliver": Work(deliver_mail, tries=100),
    "badges.draw_batch": Work(draw_badges),
    "agenda.draw_paper": Work(draw_paper),
}


async def attach(word: str, subject: UUID) -> Attachment | None:
    """The file behind the word on a mail's row, as it stands now."""
    drawers = {
        "badge_pdf": ("badge.pdf", "application/pdf", badge_pdf),
        "calendar": ("programme.ics", "text/calendar; charset=utf-8; method=PUBLISH", calendar_of),
    }
    name, media_type, draw = drawers[word]
    return Attachment(name, await draw(subject), media_type)
