"""Delivery: one row of the outbox becomes one mail. May be called twice for the same row; says when to try again."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from uuid import UUID

import msgspec

from wcd.core.clock import now
from wcd.core.config import settings
from wcd.core.db import execute, fetch, is_away
from wcd.core.errors import Refusal
from wcd.core.faults import trace
from wcd.editions.queries import EditionView, edition_by_id
from wcd.mail.carriers import Carrier, NotTaken, Parcel, carrier
from wcd.mail.message import Attachment, build
from wcd.mail.rendering import render
from wcd.mail.rules import DEFERRED, FAILED, SENT, BadAddress, one_line, pause_after, wire_address

log = logging.getLogger(__name__)

Attach = Callable[[str, UUID], Awaitable[Attachment | None]]
"""From the word and the id on a row to the file, or None where there is none: handed in from the rooms above."""

_MARK_TRIES = 8
"""Seconds that marking a mail is tried for while the database is away."""
_EDITION_HOLDS = 5.0
"""Seconds for which an edition's names are remembered: a thousand mails of one batch need not read them each."""


class _Row(msgspec.Struct, frozen=True):
    id: UUID
    edition: UUID | None
    kind: str
    address: str
    name: str
    locale: str
    context: dict[str, Any]
    attachment: str
    attachment_id: UUID | None
    attempts: int
    due_at: datetime


async def deliver(mail_id: UUID, attach: Attach, by: Carrier | None = None) -> datetime | None:
    """Send a mail that waits; returns when it is to be tried again, or None when it is over."""
    row = await _load(mail_id)
    if row is None:
        return None
    if row.due_at > now():
        return row.due_at
    try:
        parcel = await _pack(row, attach)
    except BadAddress as wrong:
        return await _mark(row.id, row.attempts + 1, NotTaken(str(wrong), again=False))
    except Exception as wrong:
        if is_away(wrong):
            raise
        # One letter that cannot be made must not stop the others.
        # Whatever it is, it must show in the outbox; what it says may hold personal data and stays here.
        log.error("Mail %s (%s) could not be made: %s", row.id, row.kind, trace(wrong))  # noqa: TRY400
        return await _mark(
            row.id, row.attempts + 1, NotTaken(f"Could not be made: {type(wrong).__name__}", again=True)
        )
    return await _send(row, parcel, by or carrier())


async def _load(mail_id: UUID) -> _Row | None:
    rows = await fetch(
        "SELECT id, edition, kind, address, name, locale, context, attachment, attachment_id, attempts, due_at"
        " FROM mail_mail WHERE id = $1 AND state IN ('queued', 'deferred', 'sending')",
        mail_id,
    )
    return _Row(**(dict(rows[0]) | {"context": msgspec.json.decode(rows[0]["context"])})) if rows else None


async def _pack(row: _Row, attach: Attach) -> Parcel:
    edition = await _edition(row.edition)
    attachment = None
    if row.attachment and row.attachment_id:
        try:
            attachment = await attach(row.attachment, row.attachment_id)
        except Refusal as refused:
            # A badge that cannot be drawn must not keep back the letter, which then says where the badge is.
            log.info("Mail %s goes without %s: %s", row.id, row.attachment, refused.code)
    return await asyncio.to_thread(_build, row, edition, attachment)


def _build(row: _Row, edition: EditionView | None, attachment: Attachment | None) -> Parcel:
    sender = settings().mail_from
    recipient = wire_address(row.address)
    letter = render(
        row.kind, row.context, locale=row.locale, edition=edition, attached=attachment is not None
    )
    content = build(
        letter,
        attachment,
        mail_id=row.id,
        sender=sender,
        address=row.address,
        name=row.name,
        locale=row.locale,
        reply_to=edition.contact_mail if edition else "",
        at=now(),
    )
    return Parcel(row.id, wire_address(parseaddr(sender)[1]), recipient, content)


async def _send(row: _Row, parcel: Parcel, by: Carrier) -> datetime | None:
    async with by.place():
        attempts = await _begin(row.id)
        if attempts is None:
            return None
        try:
            answer = await by.hand_over(parcel)
        except NotTaken as refused:
            return await _mark(row.id, attempts, refused)
        return await _mark(row.id, attempts, answer)


async def _begin(mail_id: UUID) -> int | None:
    """Mark a mail as on its way. One that is so already was cut off between the server and its mark: perhaps twice."""
    rows = await fetch(
        "UPDATE mail_mail SET perhaps_twice = perhaps_twice OR state = 'sending', state = 'sending',"
        " attempts = attempts + 1, changed_at = $2"
        " WHERE id = $1 AND state IN ('queued', 'deferred', 'sending') RETURNING attempts",
        mail_id, now(),
    )  # fmt: skip
    return int(rows[0]["attempts"]) if rows else None


async def _mark(mail_id: UUID, attempts: int, outcome: str | NotTaken) -> datetime | None:
    """Write down what became of it; returns when to try again."""
    at, again, perhaps = now(), None, False
    if isinstance(outcome, NotTaken):
        pause = pause_after(attempts) if outcome.again else None
        again = at + pause if pause else None
        state, answer, perhaps = (DEFERRED if again else FAILED), outcome.answer, outcome.perhaps
    else:
        state, answer = SENT, outcome
    await _surely(
        "UPDATE mail_mail SET state = $2, answer = $3, due_at = coalesce($4, due_at), changed_at = $5,"
        " sent_at = coalesce($8, sent_at), attempts = $6,"
        " perhaps_twice = perhaps_twice OR $7 WHERE id = $1 AND state IN ('queued', 'deferred', 'sending')",
        mail_id, state, one_line(answer)[:500], again, at, attempts, perhaps, at if state == SENT else None,
    )  # fmt: skip
    return again


async def _surely(sql: str, *args: Any) -> None:
    """A server has taken the mail: while the database restarts, wait, rather than send it a second time."""
    given_up_at = time.monotonic() + _MARK_TRIES
    while True:
        try:
            await execute(sql, *args)
        except Exception as wrong:
            if not is_away(wrong) or time.monotonic() > given_up_at:
                raise
            await asyncio.sleep(0.5)
        else:
            return


_editions: dict[UUID, tuple[float, EditionView]] = {}


async def _edition(edition_id: UUID | None) -> EditionView | None:
    if edition_id is None:
        return None
    read_at, view = _editions.get(edition_id, (0.0, None))
    if view is None or time.monotonic() - read_at > _EDITION_HOLDS:
        view = await edition_by_id(edition_id)
        _editions[edition_id] = (time.monotonic(), view)
    return view
