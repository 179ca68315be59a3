"""Reading for the reminders: which are due, and whom they reach."""

from datetime import datetime
from uuid import UUID

import msgspec

from wcd.campaigns.rules import is_due
from wcd.core.db import fetch

# The forum begins with its first session; while there is none, at nine on its first day.
_FORUMS = """
SELECT r.id AS rule, r.edition, r.minutes, NULL::uuid AS session,
    coalesce((SELECT min(s.starts_at) FROM agenda_published_session s
              WHERE s.edition = e.id AND s.state <> 'called_off'
              AND s.starts_at >= e.first_day::timestamp AT TIME ZONE e.zone),
             (e.first_day + time '09:00') AT TIME ZONE e.zone) AS starts_at
FROM campaigns_reminder_rule r JOIN editions_edition e ON e.id = r.edition
WHERE r.before = 'forum' AND r.is_active
AND NOT EXISTS (SELECT 1 FROM campaigns_reminder_run n WHERE n.rule = r.id AND n.session IS NULL)
"""
_SESSIONS = """
SELECT r.id AS rule, r.edition, r.minutes, s.id AS session, s.starts_at
FROM campaigns_reminder_rule r JOIN agenda_published_session s ON s.edition = r.edition
WHERE r.before = 'session' AND r.is_active AND s.state <> 'called_off'
AND s.starts_at > $1 AND s.starts_at <= $1 + r.minutes * interval '1 minute'
AND NOT EXISTS (SELECT 1 FROM campaigns_reminder_run n WHERE n.rule = r.id AND n.session = s.id)
ORDER BY s.starts_at, s.id
"""
_GUEST = "g.id, g.email, g.native_name, g.latin_name, g.language, g.link_version"
_APPROVED = f"""
SELECT {_GUEST} FROM registration_guest g
WHERE g.edition = $1 AND g.state = 'approved' AND g.email <> '' ORDER BY g.id
"""  # noqa: S608 - our own words
_SEATED = f"""
SELECT {_GUEST} FROM registration_booking b JOIN registration_guest g ON g.id = b.guest
WHERE b.session = $1 AND b.state = 'confirmed' AND g.state = 'approved' AND g.email <> '' ORDER BY g.id
"""  # noqa: S608 - our own words


class DueReminder(msgspec.Struct, frozen=True):
    """A rule that is to be carried out now, for the forum or for one session."""

    rule: UUID
    edition: UUID
    minutes: int
    session: UUID | None
    starts_at: datetime


class Recipient(msgspec.Struct, frozen=True):
    """A guest who is reminded."""

    id: UUID
    email: str
    native_name: str
    latin_name: str
    language: str
    link_version: int

    @property
    def name(self) -> str:
        """As the letter addresses them."""
        first, second = (
            (self.native_name, self.latin_name)
            if self.language == "zh"
            else (self.latin_name, self.native_name)
        )
        return first or second


async def due_reminders(at: datetime) -> list[DueReminder]:
    """Rules due and not yet carried out."""
    rows = [*await fetch(_FORUMS), *await fetch(_SESSIONS, at)]
    found = [DueReminder(**dict(row)) for row in rows]
    return [one for one in found if is_due(one.starts_at, one.minutes, at)]


async def recipients(due: DueReminder) -> list[Recipient]:
    """Approved guests of the edition, or those with a seat in the session; who has no address is left out."""
    rows = await fetch(_SEATED, due.session) if due.session else await fetch(_APPROVED, due.edition)
    return [Recipient(**dict(row)) for row in rows]
