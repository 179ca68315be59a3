"""Reminders: rules made with each edition, carried out once each, for everybody whom they concern at that moment."""

from datetime import datetime
from typing import Any
from uuid import UUID

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.campaigns import queries, rules
from wcd.campaigns.queries import DueReminder, Recipient
from wcd.core.clock import now
from wcd.core.db import execute, fetch, in_transaction
from wcd.core.ids import uuid7
from wcd.mail.outbox import Letter, queue_many
from wcd.registration.mails import told_sessions


async def ensure_rules(edition_id: UUID | None = None) -> None:
    """Give an edition (or each one that has none) the usual rules; one that organisers turned off stays off."""
    befores, minutes = zip(*rules.DEFAULTS, strict=True)
    await execute(
        "INSERT INTO campaigns_reminder_rule (id, edition, before, minutes, is_active)"
        " SELECT gen_random_uuid(), e.id, d.before, d.minutes, true"
        " FROM editions_edition e, unnest($1::text[], $2::int[]) AS d (before, minutes)"
        " WHERE ($3::uuid IS NULL OR e.id = $3)"
        " AND NOT EXISTS (SELECT 1 FROM campaigns_reminder_rule r WHERE r.edition = e.id)"
        " ON CONFLICT DO NOTHING",
        list(befores), list(minutes), edition_id,
    )  # fmt: skip


async def send_due(*, by: Actor) -> int:
    """Carry out every rule that is due; returns how many letters were written.

    Each rule is one transaction: its run and one row of the outbox for each recipient, or nothing. It reaches who
    is approved, or has a seat, at that moment. Who is approved or takes a seat afterwards gets none: the letter
    that tells them so is of the same day and says the same. A session that is moved after its run is told of by
    those who move it. After the beginning nothing is sent.
    """
    await ensure_rules()
    return sum([await _carry_out(due, by) for due in await queries.due_reminders(now())])


@in_transaction
async def _carry_out(due: DueReminder, by: Actor) -> int:
    run_id = uuid7()
    new = await fetch(
        "INSERT INTO campaigns_reminder_run (id, rule, session, recipients, made_at) VALUES ($1, $2, $3, 0, $4)"
        " ON CONFLICT DO NOTHING RETURNING id",
        run_id, due.rule, due.session, now(),
    )  # fmt: skip
    people = await queries.recipients(due) if new else []
    if not people:
        return 0
    kind, values = await _said(due)
    written = await queue_many([_letter(kind, values, due, person) for person in people])
    await execute("UPDATE campaigns_reminder_run SET recipients = $2 WHERE id = $1", run_id, len(written))
    await audit.record(
        by, "reminder.sent", due.session or due.edition, edition=due.edition, letters=len(written)
    )
    return len(written)


async def _said(due: DueReminder) -> tuple[str, dict[str, Any]]:
    if due.session is None:
        return "reminder_forum", {"starts_at": _iso(due.starts_at)}
    return "reminder_session", {"session": (await told_sessions([due.session]))[due.session]}


def _letter(kind: str, values: dict[str, Any], due: DueReminder, person: Recipient) -> Letter:
    return Letter(
        kind=kind,
        address=person.email,
        name=person.name,
        locale=person.language,
        context={
            "guest_id": str(person.id),
            "link_version": person.link_version,
            "name": person.name,
            **values,
        },
        edition=due.edition,
        about=person.id,
        once_key=f"reminder:{due.rule}:{due.session or 'forum'}:{person.id}",
    )


def _iso(at: datetime) -> str:
    return at.isoformat()
