"""The outbox: a mail is a row and a job in the caller's transaction; what becomes of it is delivery's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.core import jobs
from wcd.core.clock import now
from wcd.core.db import fetch, in_transaction
from wcd.core.ids import uuid7
from wcd.mail.kinds import KINDS

DELIVER = "mail.deliver"


class Letter(msgspec.Struct, frozen=True):
    """One mail to write down: to whom, in which language, with which values.

    The values hold no secrets: personal links are made of ``guest_id`` and ``link_version`` while rendering.
    ``attachment`` is a word and an id; the thing is made when the mail is sent. Of two letters with the same
    ``once_key`` the first is kept.
    """

    kind: str
    address: str
    name: str
    locale: str
    context: dict[str, Any]
    edition: UUID | None = None
    about: UUID | None = None
    attachment: tuple[str, UUID] | None = None
    once_key: str | None = None


async def queue(
    kind: str,
    *,
    address: str,
    name: str,
    locale: str,
    context: dict[str, Any],
    edition: UUID | None = None,
    about: UUID | None = None,
    attachment: tuple[str, UUID] | None = None,
    once_key: str | None = None,
    due_at: datetime | None = None,
) -> UUID | None:
    """Put one mail into the outbox; None where its ``once_key`` is there already."""
    letter = Letter(kind, address, name, locale, context, edition, about, attachment, once_key)
    written = await queue_many([letter], due_at=due_at)
    return written[0] if written else None


@in_transaction
async def queue_many(letters: Sequence[Letter], *, due_at: datetime | None = None) -> list[UUID]:
    """Put many mails into the outbox, in two statements for all; returns the ids of those that are new."""
    if not letters:
        return []
    at = now()
    rows = await fetch(
        "INSERT INTO mail_mail (id, edition, kind, address, name, locale, context, about, attachment,"
        " attachment_id, once_key, state, attempts, perhaps_twice, queued_at, due_at, changed_at, answer)"
        " SELECT one.id, one.edition, one.kind, one.address, one.name, one.locale, one.context::jsonb, one.about,"
        " one.attachment, one.attachment_id, one.once_key, 'queued', 0, false, $1, $2, $1, ''"
        " FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],"
        " $10::uuid[], $11::text[], $12::uuid[], $13::text[]) AS one (id, edition, kind, address, name, locale,"
        " context, about, attachment, attachment_id, once_key)"
        " ON CONFLICT (once_key) DO NOTHING RETURNING id",
        at, due_at or at, *zip(*(_row(letter) for letter in letters), strict=True),
    )  # fmt: skip
    ids = [row["id"] for row in rows]
    if ids:
        await jobs.enqueue_many(DELIVER, [[str(mail_id)] for mail_id in ids], due_at=due_at)
    return ids


def _row(letter: Letter) -> tuple[Any, ...]:
    KINDS[letter.kind].refuse_wrong(letter.context)
    word, attached = letter.attachment or ("", None)
    return (
        uuid7(),
        letter.edition,
        letter.kind,
        letter.address.strip(),
        letter.name,
        letter.locale,
        msgspec.json.encode(letter.context).decode(),
        letter.about,
        word,
        attached,
        letter.once_key,
    )


@in_transaction
async def retry_mail(mail_id: UUID, *, by: Actor) -> bool:
    """Send once more what failed, was held or is waiting for its next try; False where there is nothing to do.

    A mail of another edition than the one in which ``by`` works is nothing to do.
    """
    if not await _may_touch(mail_id, by):
        return False
    rows = await fetch(
        "UPDATE mail_mail SET state = 'queued', attempts = 0, due_at = $2, changed_at = $2"
        " WHERE id = $1 AND state IN ('failed', 'bounced', 'deferred', 'held') RETURNING id, edition, kind",
        mail_id, now(),
    )  # fmt: skip
    for row in rows:
        await jobs.enqueue(DELIVER, str(row["id"]))
        await audit.record(by, "mail.retried", row["id"], edition=row["edition"], kind=row["kind"])
    return bool(rows)


@in_transaction
async def hold_mail(mail_id: UUID, *, by: Actor) -> bool:
    """Keep a mail back until somebody sends it; False where it has gone already."""
    if not await _may_touch(mail_id, by):
        return False
    rows = await fetch(
        "UPDATE mail_mail SET state = 'held', changed_at = $2 WHERE id = $1 AND state IN ('queued', 'deferred')"
        " RETURNING id, edition, kind",
        mail_id, now(),
    )  # fmt: skip
    for row in rows:
        await audit.record(by, "mail.held", row["id"], edition=row["edition"], kind=row["kind"])
    return bool(rows)


async def _may_touch(mail_id: UUID, by: Actor) -> bool:
    """Whether the mail is of the edition in which ``by`` works, or of none (invitations, passwords)."""
    by.must("mail.edit")
    of = await fetch("SELECT edition FROM mail_mail WHERE id = $1 AND edition IS NOT NULL", mail_id)
    return not of or by.sees(of[0]["edition"])
