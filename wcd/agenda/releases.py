"""Releases: the working copy frozen under a number; proposed, approved by a second person, put in force, gone back to.

One at a time is on its way, one at a time is in force; the database guards both. Lock order: edition, working number,
release, session. Who is concerned by a release, and is told of it, is registration's to say (`publishing`).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda.differences import SessionChange, difference
from wcd.agenda.errors import (
    NoSuchRelease,
    OwnProposal,
    ReleaseInThePast,
    ReleaseOnItsWay,
    ReleaseSettled,
)
from wcd.agenda.queries import published_sessions, released_sessions
from wcd.agenda.rules import CONFIRMED, PLANNED
from wcd.agenda.tables import Release
from wcd.agenda.working import raise_working
from wcd.core.clock import now
from wcd.core.db import execute, fetch, in_transaction, transaction
from wcd.editions.published import raise_published

PROPOSED = "proposed"
APPROVED = "approved"
PUBLISHED = "published"
DECLINED = "declined"
WITHDRAWN = "withdrawn"

_TEXT = (
    "code, kind, state, title_zh, title_en, summary_zh, summary_en, room, starts_at, ends_at, booking, categories,"
    " languages, interpretation, sdgs, subjects, meeting_point_zh, meeting_point_en, hosts, items, people"
)
_WHO = "code, native_name, latin_name, post_zh, post_en, body_zh, body_en, country, sort_key, search_keys"
_CALENDAR = "title_zh, title_en, state, room, starts_at, ends_at, meeting_point_zh, meeting_point_en"


class ReleaseView(msgspec.Struct, frozen=True):
    """A release as lists show it. ``told``: counts of sessions, guests, speakers and bodies, once it was published."""

    id: UUID
    edition: UUID
    number: int
    note: str
    state: str
    working: int
    proposed_by: UUID | None
    proposed_by_name: str
    proposed_at: datetime
    decided_by_name: str
    decided_at: datetime | None
    reason: str
    publish_at: datetime | None
    published_at: datetime | None
    published_by_name: str
    is_current: bool
    told: dict[str, int]

    @property
    def is_on_its_way(self) -> bool:
        """Whether it waits for approval or for its time."""
        return self.state in {PROPOSED, APPROVED}


@in_transaction
async def propose_release(edition: UUID, note: str, *, by: Actor) -> UUID:
    """Freeze the working copy under the next number. What is published later is this, whatever is edited meanwhile."""
    by.must("agenda.edit", edition)
    working = await raise_working(edition)  # so that nothing moves while it is copied
    rows = await fetch("SELECT max(number) AS last FROM agenda_release WHERE edition = $1", edition)
    release = Release(
        edition=edition,
        number=(rows[0]["last"] or 0) + 1,
        note=note.strip(),
        state=PROPOSED,
        working=working,
        proposed_by=by.id,
        proposed_by_name=by.name,
        proposed_at=now(),
    )
    try:
        async with transaction():
            await Release.insert(release)
    except asyncpg.UniqueViolationError:
        raise ReleaseOnItsWay from None
    await _freeze(release.id, edition)
    await audit.record(by, "release.proposed", release.id, edition=edition, number=release.number)
    return release.id


@in_transaction
async def approve_release(release_id: UUID, *, publish_at: datetime | None = None, by: Actor) -> None:
    """Say yes to a proposed release; with ``publish_at`` it goes out by the clock. Not by who proposed it."""
    release = await lock_release(release_id, by=by)
    if release.state != PROPOSED:
        raise ReleaseSettled
    if by.id == release.proposed_by and by.kind == "staff" and await needs_second(release.edition):
        raise OwnProposal
    if publish_at is not None and publish_at <= now():
        raise ReleaseInThePast
    await _decide(release, APPROVED, by, publish_at=publish_at)


@in_transaction
async def decline_release(release_id: UUID, reason: str, *, by: Actor) -> None:
    """Say no, and why. The working copy stays as it is."""
    release = await lock_release(release_id, by=by)
    if not release.is_on_its_way:
        raise ReleaseSettled
    await _decide(release, DECLINED, by, reason=reason.strip())


@in_transaction
async def withdraw_release(release_id: UUID, *, by: Actor) -> None:
    """Take a release back that is on its way."""
    release = await lock_release(release_id, by=by, needs="agenda.edit")
    if not release.is_on_its_way:
        raise ReleaseSettled
    await _decide(release, WITHDRAWN, by)


@in_transaction
async def put_in_force(release_id: UUID, *, by: Actor) -> list[SessionChange]:
    """Let guests see an approved release from now on; returns what it changes for them."""
    by.must("agenda.release")
    release = await get_release(release_id)
    if not by.sees(release.edition):
        raise NoSuchRelease
    await raise_published(release.edition)  # of two who publish at once the second waits, and is told
    release = await lock_release(release_id, by=by)
    if release.state != APPROVED:
        raise ReleaseSettled
    changes = difference(await published_sessions(release.edition), await released_sessions(release.id))
    await _number_changes(release)
    await execute(
        "UPDATE agenda_release SET is_current = false WHERE edition = $1 AND is_current", release.edition
    )
    await execute(
        "UPDATE agenda_release SET is_current = true, state = $2, published_at = $3, published_by_name = $4"
        " WHERE id = $1",
        release.id, PUBLISHED, now(), by.name,
    )  # fmt: skip
    await audit.record(by, "release.published", release.id, edition=release.edition, number=release.number)
    return changes


@in_transaction
async def revert_to(release_id: UUID, *, by: Actor) -> None:
    """Copy an old release into the working copy. Guests see it once that has been released again.

    Sessions that came later become planned. Notes, seats, and what people wrote of themselves stay.
    """
    by.must("agenda.edit")
    release = await get_release(release_id)
    if not by.sees(release.edition):
        raise NoSuchRelease
    working = await raise_working(release.edition)
    for statement in _REVERT:
        await execute(statement, release.id)
    touched = (
        "touched = $2, changed_by = $3, changed_at = $4, version = version + 1"
        " WHERE edition = $5 AND id {which} (SELECT session FROM agenda_released_session WHERE release = $1)"
    )
    at = now()
    await execute(
        f"UPDATE agenda_session SET {touched.format(which='IN')}",  # noqa: S608 - constants only
        release.id, working, by.id, at, release.edition,
    )  # fmt: skip
    await execute(
        f"""UPDATE agenda_session SET state = '{PLANNED}', {touched.format(which="NOT IN")}
            AND state IN ('{CONFIRMED}', 'called_off')""",  # noqa: S608 - constants only
        release.id, working, by.id, at, release.edition,
    )  # fmt: skip
    await audit.record(by, "release.copied_back", release.id, edition=release.edition, number=release.number)


async def note_told(release_id: UUID, told: dict[str, int]) -> None:
    """Keep with a release how many it concerned."""
    await execute(
        "UPDATE agenda_release SET told = $2::jsonb WHERE id = $1",
        release_id,
        msgspec.json.encode(told).decode(),
    )


async def lock_release(release_id: UUID, *, by: Actor, needs: str = "agenda.release") -> ReleaseView:
    """Hold a release's row. Without it one could be approved and withdrawn, or published twice."""
    by.must(needs)
    rows = await fetch("SELECT * FROM agenda_release WHERE id = $1 FOR UPDATE", release_id)
    if not rows or not by.sees(rows[0]["edition"]):
        raise NoSuchRelease
    return _view(rows[0])


async def get_release(release_id: UUID) -> ReleaseView:
    """One release by its id."""
    rows = await fetch("SELECT * FROM agenda_release WHERE id = $1", release_id)
    if not rows:
        raise NoSuchRelease
    return _view(rows[0])


async def list_releases(edition: UUID) -> list[ReleaseView]:
    """All releases of an edition, newest first."""
    rows = await fetch("SELECT * FROM agenda_release WHERE edition = $1 ORDER BY number DESC", edition)
    return [_view(row) for row in rows]


async def current_release(edition: UUID) -> ReleaseView | None:
    """The release in force, or None before the first."""
    rows = await fetch("SELECT * FROM agenda_release WHERE edition = $1 AND is_current", edition)
    return _view(rows[0]) if rows else None


async def published_before(release: ReleaseView) -> UUID | None:
    """The release that was in force until this one came; None for the first."""
    rows = await fetch(
        "SELECT id FROM agenda_release WHERE edition = $1 AND state = 'published' AND published_at < $2"
        " ORDER BY published_at DESC LIMIT 1",
        release.edition, release.published_at,
    )  # fmt: skip
    return rows[0]["id"] if rows else None


async def due_releases(at: datetime) -> list[ReleaseView]:
    """Approved releases whose time has come."""
    rows = await fetch(
        "SELECT * FROM agenda_release WHERE state = 'approved' AND publish_at <= $1 ORDER BY publish_at, id",
        at,
    )
    return [_view(row) for row in rows]


async def needs_second(edition: UUID) -> bool:
    """Whether somebody else than who proposed a release must approve it."""
    rows = await fetch("SELECT needs_second FROM agenda_settings WHERE edition = $1", edition)
    return bool(rows[0]["needs_second"]) if rows else True


async def _freeze(release: UUID, edition: UUID) -> None:
    await execute(
        f"""INSERT INTO agenda_released_session (id, release, session, {_TEXT}, sequence, changed_in, changed_at)
            SELECT gen_random_uuid(), $1, id, {_TEXT}, 0, 0, changed_at FROM agenda_working_session
            WHERE edition = $2 AND state IN ('confirmed', 'called_off')""",  # noqa: S608 - constants only
        release,
        edition,
    )
    # A biography and a portrait are published only with consent; the name belongs to the programme.
    await execute(
        f"""INSERT INTO agenda_released_speaker (id, release, speaker, {_WHO}, biography_zh, biography_en, portrait)
            SELECT gen_random_uuid(), $1, p.id, {_WHO},
                CASE WHEN p.consented_at IS NULL THEN '' ELSE p.biography_zh END,
                CASE WHEN p.consented_at IS NULL THEN '' ELSE p.biography_en END,
                CASE WHEN p.consented_at IS NULL THEN '' ELSE p.portrait END
            FROM agenda_speaker p WHERE p.id IN (
                SELECT a.speaker FROM agenda_appearance a JOIN agenda_session s ON s.id = a.session
                WHERE s.edition = $2 AND s.state IN ('confirmed', 'called_off'))""",  # noqa: S608 - constants only
        release,
        edition,
    )


async def _number_changes(release: ReleaseView) -> None:
    """Give each session its SEQUENCE (RFC 5545, 3.8.7.4: it rises when time or place change) and its last change.

    What was taken off the programme was called off under the number after its last, so it comes back under the next.
    """
    await execute(
        f"""WITH before AS (
                SELECT f.* FROM agenda_released_session f JOIN agenda_release r ON r.id = f.release
                WHERE r.edition = $2 AND r.is_current
            ), last AS (
                SELECT f.session, max(f.sequence) AS sequence FROM agenda_released_session f
                JOIN agenda_release r ON r.id = f.release
                WHERE r.edition = $2 AND r.state = 'published' GROUP BY f.session
            )
            UPDATE agenda_released_session f SET
                sequence = CASE WHEN b.id IS NULL THEN coalesce(l.sequence + 2, 0)
                    ELSE b.sequence + (({_of("f", _CALENDAR)}) IS DISTINCT FROM ({_of("b", _CALENDAR)}))::int END,
                changed_in = CASE WHEN b.id IS NULL OR ({_of("f", _TEXT)}) IS DISTINCT FROM ({_of("b", _TEXT)})
                    THEN $3 ELSE b.changed_in END,
                changed_at = CASE WHEN b.id IS NULL OR ({_of("f", _TEXT)}) IS DISTINCT FROM ({_of("b", _TEXT)})
                    THEN $4 ELSE b.changed_at END
            FROM agenda_released_session s LEFT JOIN before b ON b.session = s.session
            LEFT JOIN last l ON l.session = s.session
            WHERE s.release = $1 AND f.id = s.id""",  # noqa: S608 - constants only
        release.id,
        release.edition,
        release.number,
        now(),
    )


def _of(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{name.strip()}" for name in columns.split(","))


async def _decide(
    release: ReleaseView, state: str, by: Actor, *, reason: str = "", publish_at: datetime | None = None
) -> None:
    await execute(
        "UPDATE agenda_release SET state = $2, decided_by = $3, decided_by_name = $4, decided_at = $5, reason = $6,"
        " publish_at = $7 WHERE id = $1",
        release.id, state, by.id, by.name, now(), reason, publish_at,
    )  # fmt: skip
    await audit.record(by, f"release.{state}", release.id, edition=release.edition, number=release.number)


def _view(row: Any) -> ReleaseView:
    plain = {name: row[name] for name in ReleaseView.__struct_fields__ if name != "told"}
    return ReleaseView(**plain, told=msgspec.json.decode(row["told"], type=dict[str, int]))


_SAME = [
    name.strip() for name in _TEXT.split(",") if name.strip() not in {"code", "hosts", "items", "people"}
]
_REVERT = (
    f"""UPDATE agenda_session s SET {", ".join(f"{name} = f.{name}" for name in _SAME)}
        FROM agenda_released_session f WHERE f.release = $1 AND s.id = f.session""",  # noqa: S608 - constants only
    "DELETE FROM agenda_appearance WHERE session IN (SELECT session FROM agenda_released_session WHERE release = $1)",
    "DELETE FROM agenda_hosting WHERE session IN (SELECT session FROM agenda_released_session WHERE release = $1)",
    """DELETE FROM agenda_item i USING agenda_released_session f
       WHERE f.release = $1 AND i.session = f.session
       AND NOT f.items @> jsonb_build_array(jsonb_build_object('id', i.id))""",
    """INSERT INTO agenda_item (id, session, position, kind, title_zh, title_en, minutes, notes)
       SELECT (i.value ->> 'id')::uuid, f.session, i.place - 1, i.value ->> 'kind', i.value ->> 'zh',
           i.value ->> 'en', (i.value ->> 'minutes')::int, ''
       FROM agenda_released_session f, jsonb_array_elements(f.items) WITH ORDINALITY AS i (value, place)
       WHERE f.release = $1
       ON CONFLICT (id) DO UPDATE SET session = excluded.session, position = excluded.position,
           kind = excluded.kind, title_zh = excluded.title_zh, title_en = excluded.title_en,
           minutes = excluded.minutes""",
    """INSERT INTO agenda_appearance (id, session, item, speaker, role, position)
       SELECT gen_random_uuid(), f.session, (a.value ->> 'item')::uuid, (a.value ->> 'speaker')::uuid,
           a.value ->> 'role', a.place - 1
       FROM agenda_released_session f, jsonb_array_elements(f.people) WITH ORDINALITY AS a (value, place)
       WHERE f.release = $1""",
    """INSERT INTO agenda_hosting (id, session, body, position)
       SELECT gen_random_uuid(), f.session, b.id, h.place - 1
       FROM agenda_released_session f, jsonb_array_elements(f.hosts) WITH ORDINALITY AS h (value, place)
       JOIN agenda_body b ON b.id = (h.value ->> 'id')::uuid
       WHERE f.release = $1""",
)
"""From frozen rows back into the working copy; a host that is gone by now is left out."""
