"""Reading what warnings are made from: the working copy, places and people of an edition, in seven queries."""

from typing import Any
from uuid import UUID

import msgspec

from wcd.agenda.queries import working_sessions
from wcd.agenda.warnings.views import Plan, RoomFacts, Span, SpeakerFacts
from wcd.core.db import fetch
from wcd.venues.queries import RoomView, list_rooms, travel_minutes

KEPT = 4
"""Plans of as many editions are kept in a process."""
_KEPT: dict[UUID, tuple[tuple[int, ...], Plan]] = {}


async def load_plan(edition: UUID) -> Plan:
    """The edition as it is planned now. It knows no guests: ``shared`` is filled in by the room that does."""
    sessions = await working_sessions(edition)
    rooms = await list_rooms(edition)
    return Plan(
        sessions={one.id: one for one in sessions},
        layouts=await _layouts(edition),
        rooms={one.id: _room(one) for group in rooms.values() for one in group},
        speakers=await _speakers(edition),
        travel={
            both: minutes for both, minutes in (await travel_minutes(edition)).items() if both[0] < both[1]
        },
        published=await _published(edition),
    )


async def kept_plan(edition: UUID) -> Plan:
    """The same without reading it again, as long as nobody has changed the working copy, places or releases.

    For what is tried while somebody drags; what decides reads afresh. Not for a transaction that writes: what it
    would keep might never have been.
    """
    numbers = await _numbers(edition)
    known = _KEPT.get(edition)
    if known is not None and known[0] == numbers:
        return known[1]
    # Read after its numbers: whatever changes in between is read again the next time.
    plan = await load_plan(edition)
    _KEPT.pop(edition, None)
    while len(_KEPT) >= KEPT:
        del _KEPT[next(iter(_KEPT))]
    _KEPT[edition] = (numbers, plan)
    return plan


async def _numbers(edition: UUID) -> tuple[int, ...]:
    """What differs where anything did. The versions, too: not everything that loads many sessions raises a number."""
    rows = await fetch(
        """SELECT e.published, coalesce(a.working, 1) AS working, s.sessions, s.versions FROM editions_edition e
           LEFT JOIN agenda_settings a ON a.edition = e.id,
           LATERAL (SELECT count(*) AS sessions, coalesce(sum(version), 0) AS versions FROM agenda_session
                    WHERE edition = e.id) AS s
           WHERE e.id = $1""",
        edition,
    )
    return tuple(rows[0]) if rows else ()


async def _layouts(edition: UUID) -> dict[UUID, str]:
    rows = await fetch("SELECT id, layout FROM agenda_session WHERE edition = $1 AND layout <> ''", edition)
    return {row["id"]: row["layout"] for row in rows}


async def _speakers(edition: UUID) -> dict[UUID, SpeakerFacts]:
    rows = await fetch(
        """SELECT p.id, p.native_name, p.latin_name, p.language,
               (SELECT jsonb_agg(jsonb_build_array(a.starts_at, a.ends_at) ORDER BY a.starts_at)
                FROM agenda_availability a WHERE a.speaker = p.id) AS available
           FROM agenda_speaker p WHERE p.edition = $1""",
        edition,
    )
    return {row["id"]: _speaker(row) for row in rows}


async def _published(edition: UUID) -> dict[UUID, Span]:
    rows = await fetch(
        "SELECT id, starts_at, ends_at FROM agenda_published_session WHERE edition = $1", edition
    )
    return {row["id"]: (row["starts_at"], row["ends_at"]) for row in rows}


def _room(room: RoomView) -> RoomFacts:
    return RoomFacts(
        id=room.id,
        venue=room.venue_id,
        name=room.name,
        venue_name=room.venue,
        capacity=room.capacity,
        layouts=room.layouts,
        openings=tuple((one.starts_at, one.ends_at) for one in room.openings),
        whole=room.whole,
    )


def _speaker(row: Any) -> SpeakerFacts:
    return SpeakerFacts(
        id=row["id"],
        native_name=row["native_name"],
        latin_name=row["latin_name"],
        language=row["language"],
        available=_SPANS.decode(row["available"] or b"[]"),
    )


_SPANS = msgspec.json.Decoder(tuple[Span, ...])
