"""Putting a release in force: who is concerned, whose bookings end, who must choose, and one letter for each.

All of it is one transaction: guests see the old programme and nobody is told, or the new one and everybody is. The
letters are rows of the outbox that carry a key of release and reader, so that nobody is told twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.actors.actors import Actor
from wcd.agenda import releases
from wcd.agenda.differences import SessionChange, difference
from wcd.agenda.errors import ReleaseBlocked, ReleaseSettled
from wcd.agenda.facts import SessionFacts
from wcd.agenda.queries import published_sessions, released_sessions, working_sessions
from wcd.agenda.rules import CALLED_OFF, CONFIRMED
from wcd.core.clock import now
from wcd.core.db import execute, fetch, in_transaction
from wcd.registration import bookings, notices, rules, warned
from wcd.registration.notices import Reader


class Told(msgspec.Struct, frozen=True):
    """Whom a release concerns: sessions changed, people told of it, bookings that end, guests who must choose."""

    sessions: int = 0
    guests: int = 0
    speakers: int = 0
    bodies: int = 0
    bookings_ended: int = 0
    clashes: int = 0

    @property
    def people(self) -> int:
        """Everybody who gets a letter."""
        return self.guests + self.speakers + self.bodies


class Held(msgspec.Struct, frozen=True):
    """A guest's seat or place in line."""

    guest: UUID
    session: UUID


async def working_difference(edition: UUID) -> list[SessionChange]:
    """What a release made now would change for guests."""
    return difference(await published_sessions(edition), _releasable(await working_sessions(edition)))


async def release_difference(release: releases.ReleaseView) -> list[SessionChange]:
    """What a release changed when it came into force; of any other, what it would change now."""
    if release.state != releases.PUBLISHED:
        return difference(await published_sessions(release.edition), await released_sessions(release.id))
    before = await releases.published_before(release)
    return difference(await released_sessions(before) if before else [], await released_sessions(release.id))


async def preview(edition: UUID, changes: Sequence[SessionChange]) -> Told:
    """“8 sessions changed, 214 people will be told”, before anything is done."""
    told = [change for change in changes if change.is_told]
    held = await _held(told)
    clashes = await _new_clashes(edition, changes, held)
    readers = await notices.readers_of(edition, told, _by_guest(held, told))
    return _count(changes, readers, held, clashes)


@in_transaction
async def propose_release(edition: UUID, note: str, *, by: Actor) -> UUID:
    """Freeze the working copy for approval, unless a warning stands in the way that the edition lets block."""
    release = await releases.propose_release(edition, note, by=by)
    standing = await warned.blocking(edition)
    if standing:
        raise ReleaseBlocked(count=len(standing))
    return release


@in_transaction
async def publish_release(release_id: UUID, *, by: Actor, tell: bool = True) -> Told:
    """Let guests see an approved release, end the bookings of what is called off, and tell everybody concerned.

    ``tell`` off: nobody is written to, for what was loaded whole and stood like this before.
    """
    changes = await releases.put_in_force(release_id, by=by)
    release = await releases.get_release(release_id)
    told = [change for change in changes if change.is_told] if tell else []
    # In the order of sessions, each held: nobody takes a seat while it is decided whose bookings end.
    await fetch(
        "SELECT FROM agenda_session WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE",
        [change.session for change in changes],
    )
    held = await _held(told)
    clashes = await _new_clashes(release.edition, changes, held)
    for change in changes:
        if change.ends_bookings:
            await bookings.end_bookings(change.session, edition=release.edition, by=by)
    readers = await notices.readers_of(release.edition, told, _by_guest(held, told))
    await _ask(release_id, clashes)
    counted = _count(changes, readers, held, clashes)
    await notices.tell(release, readers, {change.session: change for change in told}, clashes)
    await releases.note_told(release_id, msgspec.structs.asdict(counted))
    return counted


@in_transaction
async def publish_at_once(edition: UUID, note: str = "", *, by: Actor, tell: bool = True) -> Told:
    """Propose, approve and publish the working copy in one go; refused where a second person is needed."""
    release = await propose_release(edition, note, by=by)
    await releases.approve_release(release, by=by)
    return await publish_release(release, by=by, tell=tell)


async def publish_due(*, by: Actor) -> int:
    """Publish every approved release whose time has come; how many."""
    published = 0
    for release in await releases.due_releases(now()):
        try:
            await publish_release(release.id, by=by)
        except ReleaseSettled:
            continue  # somebody published it, or took it back, a moment ago
        published += 1
    return published


def _releasable(sessions: Iterable[SessionFacts]) -> list[SessionFacts]:
    return [one for one in sessions if one.state in {CONFIRMED, CALLED_OFF}]


async def _held(changes: Iterable[SessionChange]) -> list[Held]:
    rows = await fetch(
        """SELECT b.guest, b.session FROM registration_booking b JOIN registration_guest g ON g.id = b.guest
           WHERE b.session = ANY($1::uuid[]) AND b.state IN ('confirmed', 'waiting') AND g.state = 'approved'
           ORDER BY b.guest, b.session""",
        [change.session for change in changes],
    )
    return [Held(row["guest"], row["session"]) for row in rows]


def _by_guest(held: Iterable[Held], told: Iterable[SessionChange]) -> dict[UUID, list[UUID]]:
    order = {change.session: place for place, change in enumerate(told)}
    found: dict[UUID, list[UUID]] = {}
    for one in held:
        found.setdefault(one.guest, []).append(one.session)
    return {guest: sorted(some, key=lambda session: order[session]) for guest, some in found.items()}


async def _new_clashes(
    edition: UUID, changes: Sequence[SessionChange], held: Sequence[Held]
) -> dict[UUID, list[tuple[SessionFacts, SessionFacts]]]:
    """For each guest the pairs of held sessions that overlap from now on and did not before."""
    moved = {
        change.session
        for change in changes
        if change.after is not None and {"starts_at", "ends_at"} & set(change.fields)
    }
    guests = sorted({one.guest for one in held if one.session in moved})
    if not guests:
        return {}
    times = _times(changes)
    unchanged = {one.id: one for one in await published_sessions(edition) if one.id not in times}
    rows = await fetch(
        """SELECT guest, session FROM registration_booking
           WHERE guest = ANY($1::uuid[]) AND state IN ('confirmed', 'waiting') ORDER BY guest, session""",
        guests,
    )
    sessions: dict[UUID, list[UUID]] = {}
    for row in rows:
        sessions.setdefault(row["guest"], []).append(row["session"])
    found = {}
    for guest, some in sessions.items():
        now_at = [times[id_][1] if id_ in times else unchanged.get(id_) for id_ in some]
        taking_place = [one for one in now_at if one is not None and one.state == CONFIRMED]
        pairs = [
            pair
            for pair in rules.clashes([_Timed(one) for one in taking_place])
            if {pair[0].id, pair[1].id} & moved and not _overlapped(pair[0].facts, pair[1].facts, times)
        ]
        if pairs:
            found[guest] = [(one.facts, other.facts) for one, other in pairs]
    return found


class _Timed:
    """A session with a time, as the rules of registration want it."""

    def __init__(self, facts: SessionFacts) -> None:
        self.facts = facts
        self.id = facts.id
        self.starts_at, self.ends_at = _span(facts)


def _span(facts: SessionFacts) -> tuple[datetime, datetime]:
    if facts.starts_at is None or facts.ends_at is None:
        raise ValueError("A session on the programme has a time.")
    return facts.starts_at, facts.ends_at


_Times = Mapping[UUID, tuple[SessionFacts | None, SessionFacts | None]]


def _times(changes: Iterable[SessionChange]) -> _Times:
    return {change.session: (change.before, change.after) for change in changes}


def _overlapped(one: SessionFacts, other: SessionFacts, times: _Times) -> bool:
    """Whether the two overlapped before: then the guest knows already."""
    was = [times[facts.id][0] if facts.id in times else facts for facts in (one, other)]
    first, second = was
    if first is None or second is None:
        return False
    return rules.overlap(_Timed(first), _Timed(second))


async def _ask(release: UUID, clashes: Mapping[UUID, list[tuple[SessionFacts, SessionFacts]]]) -> None:
    pairs = [(guest, one.id, other.id) for guest, some in clashes.items() for one, other in some]
    if pairs:
        await execute(
            """INSERT INTO registration_clash (id, guest, release, one, other, state, asked_at)
               SELECT gen_random_uuid(), p.guest, $1, p.one, p.other, 'asked', $2
               FROM unnest($3::uuid[], $4::uuid[], $5::uuid[]) AS p (guest, one, other) ON CONFLICT DO NOTHING""",
            release, now(), *zip(*pairs, strict=True),
        )  # fmt: skip


def _count(
    changes: Sequence[SessionChange],
    readers: Sequence[Reader],
    held: Sequence[Held],
    clashes: Mapping[UUID, Any],
) -> Told:
    ending = {change.session for change in changes if change.ends_bookings}
    kinds = [reader.kind for reader in readers]
    return Told(
        sessions=len(changes),
        guests=kinds.count("guest"),
        speakers=kinds.count("speaker"),
        bodies=kinds.count("body"),
        bookings_ended=sum(one.session in ending for one in held),
        clashes=len(clashes),
    )
