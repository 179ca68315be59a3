"""What an organiser sees first: what waits for somebody, and the numbers of the day."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from wcd.core import clock
from wcd.core.db import fetch
from wcd.editions.queries import EditionView
from wcd.editions.texts import NOTICE


class Waiting(msgspec.Struct, frozen=True):
    """What waits for somebody, for the menu."""

    approvals: int
    mails: int
    conflicts: int


class Numbers(msgspec.Struct, frozen=True):
    """The forum in numbers, and what needs somebody now."""

    draft: int
    unconfirmed: int
    submitted: int
    returned: int
    approved: int
    declined: int
    cancelled: int
    registered_today: int
    abroad: int
    places: int
    oldest: datetime | None
    seats: int
    in_line: int
    full_sessions: int
    mails_failed: int
    mails_waiting: int
    mails_sent: int
    mails_mute: int
    """Mails that should have gone out more than a quarter of an hour ago."""
    conflicts: int
    arrived_today: int
    arrived: int
    devices: int
    printed: int
    """Badges in the newest print run that was finished."""

    @property
    def registered(self) -> int:
        """Everybody whose address is confirmed and who has not taken it back."""
        return self.submitted + self.returned + self.approved + self.declined


class Task(msgspec.Struct, frozen=True):
    """A piece of work that goes on."""

    id: UUID
    name: str
    done: int
    total: int
    message: str
    state: str


# One statement of counts over one table each: nothing here is asked per row.
_WAITING = """
SELECT (SELECT count(*) FROM registration_guest WHERE edition = $1 AND state = 'submitted') AS approvals,
    (SELECT count(*) FROM mail_mail WHERE (edition = $1 OR edition IS NULL) AND state IN ('failed', 'bounced')) AS mails,
    (SELECT count(*) FROM checkin_scan_conflict c JOIN checkin_gate g ON g.id = c.gate
     WHERE g.edition = $1 AND c.closed_at IS NULL) AS conflicts
"""
_GUESTS = """
SELECT count(*) FILTER (WHERE state = 'draft') AS draft,
    count(*) FILTER (WHERE state = 'unconfirmed') AS unconfirmed,
    count(*) FILTER (WHERE state = 'submitted') AS submitted,
    count(*) FILTER (WHERE state = 'returned') AS returned,
    count(*) FILTER (WHERE state = 'approved') AS approved,
    count(*) FILTER (WHERE state = 'declined') AS declined,
    count(*) FILTER (WHERE state = 'cancelled') AS cancelled,
    count(*) FILTER (WHERE confirmed_at >= $2 AND state <> 'cancelled') AS registered_today,
    count(*) FILTER (WHERE state = 'approved' AND country NOT IN ('', 'CN')) AS abroad,
    count(DISTINCT country) FILTER (WHERE state = 'approved' AND country <> '') AS places,
    min(coalesce(confirmed_at, submitted_at)) FILTER (WHERE state = 'submitted') AS oldest
FROM registration_guest WHERE edition = $1
"""
_SEATS = """
SELECT coalesce(sum(taken), 0)::int AS seats, coalesce(sum(waiting), 0)::int AS in_line,
    count(*) FILTER (WHERE taken >= s.seats)::int AS full_sessions
FROM agenda_session s
LEFT JOIN (SELECT session, count(*) FILTER (WHERE state = 'confirmed') AS taken,
               count(*) FILTER (WHERE state = 'waiting') AS waiting
           FROM registration_booking GROUP BY session) b ON b.session = s.id
WHERE s.edition = $1 AND s.state <> 'called_off'
"""
_MAILS = """
SELECT count(*) FILTER (WHERE state IN ('failed', 'bounced')) AS mails_failed,
    count(*) FILTER (WHERE state IN ('queued', 'sending', 'deferred')) AS mails_waiting,
    count(*) FILTER (WHERE state = 'sent') AS mails_sent,
    count(*) FILTER (WHERE state IN ('queued', 'sending') AND due_at < $2) AS mails_mute
FROM mail_mail WHERE edition = $1 OR edition IS NULL
"""
_DOOR = """
SELECT count(DISTINCT s.guest) FILTER (WHERE s.happened_at >= $2) AS arrived_today,
    count(DISTINCT s.guest) AS arrived,
    (SELECT count(*) FROM checkin_device d JOIN checkin_gate g ON g.id = d.gate
     WHERE g.edition = $1 AND d.revoked_at IS NULL) AS devices,
    (SELECT count(*) FROM checkin_scan_conflict c JOIN checkin_gate g ON g.id = c.gate
     WHERE g.edition = $1 AND c.closed_at IS NULL) AS conflicts,
    coalesce((SELECT drawn FROM badges_batch WHERE edition = $1 AND file <> '' ORDER BY made_at DESC LIMIT 1), 0)
        AS printed
FROM checkin_scan s JOIN checkin_gate g ON g.id = s.gate
WHERE g.edition = $1 AND s.verdict IN ('welcome', 'welcome_back') AND s.guest IS NOT NULL
"""


async def count_waiting(edition_id: UUID) -> Waiting:
    """What waits for somebody: one query."""
    return msgspec.convert(dict((await fetch(_WAITING, edition_id))[0]), Waiting)


async def numbers(edition: EditionView) -> Numbers:
    """The numbers of an edition: four queries, however many guests there are."""
    midnight = datetime.combine(edition.today, time(), ZoneInfo(edition.zone))
    guests = (await fetch(_GUESTS, edition.id, midnight))[0]
    seats = (await fetch(_SEATS, edition.id))[0]
    mails = (await fetch(_MAILS, edition.id, clock.now() - timedelta(minutes=15)))[0]
    door = (await fetch(_DOOR, edition.id, midnight))[0]
    return msgspec.convert({**guests, **seats, **mails, **door}, Numbers)


async def list_tasks(edition_id: UUID) -> list[Task]:
    """Print runs that go on, newest first."""
    rows = await fetch(
        """SELECT b.id, j.name, j.done, j.total, j.message, j.state FROM core_job j
           JOIN badges_batch b ON b.job = j.id
           WHERE j.edition = $1 AND j.state IN ('queued', 'running') ORDER BY j.created_at DESC""",
        edition_id,
    )
    return [msgspec.convert(dict(row), Task) for row in rows]


async def is_set_up(edition_id: UUID) -> dict[str, bool]:
    """What of a new edition is there: the personal data notice, rooms, categories, sessions, gates."""
    rows = await fetch(
        """SELECT EXISTS (SELECT 1 FROM agenda_session WHERE edition = $1) AS sessions,
               EXISTS (SELECT 1 FROM registration_category WHERE edition = $1) AS categories,
               EXISTS (SELECT 1 FROM checkin_gate WHERE edition = $1) AS gates,
               EXISTS (SELECT 1 FROM editions_page WHERE edition = $1 AND slug = $2) AS notice,
               EXISTS (SELECT 1 FROM venues_venue v JOIN venues_room r ON r.venue = v.id WHERE v.edition = $1) AS rooms""",
        edition_id,
        NOTICE,
    )
    return dict(rows[0])
