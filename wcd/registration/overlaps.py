"""Guests with seats in two sessions: how many there are where the working copy lets two sessions overlap."""

from uuid import UUID

from wcd.core.db import fetch

Pair = tuple[UUID, UUID]


async def count_overlaps(edition: UUID) -> dict[Pair, int]:
    """For each two sessions, the smaller id first, that overlap in the working copy but not as published.

    Guests who booked two sessions that overlap as published have chosen so; guests whose edition's agenda moves have
    not. Hand-written: the pairs are found first, and few of them have guests.
    """
    rows = await fetch(
        """WITH held AS (
               SELECT s.id, s.starts_at, s.ends_at, p.starts_at AS was, p.ends_at AS until
               FROM agenda_session s LEFT JOIN agenda_published_session p ON p.id = s.id
               WHERE s.edition = $1 AND s.state <> 'called_off' AND s.starts_at IS NOT NULL
           ), meeting AS MATERIALIZED (
               SELECT a.id AS one, b.id AS other FROM held a JOIN held b ON a.id < b.id
                   AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
               WHERE (a.was < b.until AND b.was < a.until) IS NOT TRUE
           )
           SELECT m.one, m.other, count(*) AS guests FROM meeting m
           JOIN registration_booking a ON a.session = m.one AND a.state = 'confirmed'
           JOIN registration_booking b ON b.session = m.other AND b.guest = a.guest AND b.state = 'confirmed'
           GROUP BY m.one, m.other""",
        edition,
    )
    return {(row["one"], row["other"]): row["guests"] for row in rows}


async def shared_guests(session: UUID) -> dict[Pair, int]:
    """How many guests of one session have seats in each other one, whenever those are; the smaller id first."""
    rows = await fetch(
        """SELECT least(a.session, b.session) AS one, greatest(a.session, b.session) AS other, count(*) AS guests
           FROM registration_booking a JOIN registration_booking b ON b.guest = a.guest AND b.session <> a.session
           WHERE a.session = $1 AND a.state = 'confirmed' AND b.state = 'confirmed'
           GROUP BY 1, 2""",
        session,
    )
    return {(row["one"], row["other"]): row["guests"] for row in rows}
