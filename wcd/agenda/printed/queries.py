"""Reading what is printed: a whole programme with its people and places, and what only staff may see."""

from typing import Any
from uuid import UUID

from wcd.agenda import queries, rules
from wcd.agenda.facts import SessionFacts
from wcd.agenda.printed.errors import NoReleaseYet
from wcd.agenda.printed.facts import Internal, Person, Programme
from wcd.agenda.releases import current_release
from wcd.core.clock import now
from wcd.core.config import settings
from wcd.core.db import fetch
from wcd.core.i18n import Bilingual
from wcd.editions.queries import edition_by_id
from wcd.venues.queries import VenueView, list_venues

# A biography and a portrait are printed once their speaker has consented; what a release holds was consented to.
_WORKING = """SELECT id, code, native_name, latin_name, post_zh, post_en, body_zh, body_en, country, sort_key, email,
    telephone, CASE WHEN consented_at IS NULL THEN '' ELSE biography_zh END AS biography_zh,
    CASE WHEN consented_at IS NULL THEN '' ELSE biography_en END AS biography_en,
    CASE WHEN consented_at IS NULL THEN '' ELSE portrait END AS portrait
    FROM agenda_speaker WHERE edition = $1 ORDER BY sort_key, code"""
_PUBLISHED = """SELECT *, '' AS email, '' AS telephone FROM agenda_published_speaker WHERE edition = $1
    ORDER BY sort_key, code"""


async def read_programme(edition_id: UUID, *, working: bool = False) -> Programme:
    """The programme of the release in force, or the working copy without ideas and without what has no time."""
    edition = await edition_by_id(edition_id)
    release = None if working else await current_release(edition_id)
    if release is None and not working:
        raise NoReleaseYet
    sessions = await (queries.working_sessions if working else queries.published_sessions)(edition_id)
    rows = await fetch(_WORKING if working else _PUBLISHED, edition_id)
    venues = await list_venues(edition_id)
    return Programme(
        edition=edition,
        release=release.number if release else 0,
        as_of=(release.published_at or release.proposed_at) if release else now(),
        sessions=_in_order([one for one in sessions if one.starts_at and one.state != rules.IDEA], venues),
        people={row["id"]: _person(row) for row in rows},
        venues=venues,
        exhibitions=await queries.list_exhibitions(edition_id),
        base_url=settings().base_url,
    )


async def read_internal(edition_id: UUID) -> Internal:
    """Notes and layouts of an edition's sessions, for those who run them."""
    sessions = await fetch(
        "SELECT id, notes, layout FROM agenda_session WHERE edition = $1 AND (notes <> '' OR layout <> '')",
        edition_id,
    )
    items = await fetch(
        """SELECT i.id, i.notes FROM agenda_item i JOIN agenda_session s ON s.id = i.session
           WHERE s.edition = $1 AND i.notes <> ''""",
        edition_id,
    )
    return Internal(
        notes={row["id"]: row["notes"] for row in (*sessions, *items) if row["notes"]},
        layouts={row["id"]: row["layout"] for row in sessions if row["layout"]},
    )


def _in_order(sessions: list[SessionFacts], venues: list[VenueView]) -> list[SessionFacts]:
    """By time; at one time what lasts longer first, then as the rooms are ordered."""
    places = {room.id: n for n, room in enumerate(room for venue in venues for room in venue.rooms)}
    last = len(places)

    def key(session: SessionFacts) -> tuple[Any, ...]:
        room = places.get(session.room, last) if session.room else last
        return session.starts_at, -session.minutes, room, session.code

    return sorted(sessions, key=key)


def _person(row: Any) -> Person:
    return Person(
        id=row["id"],
        code=row["code"],
        native_name=row["native_name"],
        latin_name=row["latin_name"],
        post=_both(row, "post"),
        body=_both(row, "body"),
        biography=_both(row, "biography"),
        portrait=row["portrait"],
        sort_key=row["sort_key"],
        email=row["email"],
        telephone=row["telephone"],
    )


def _both(row: Any, name: str) -> Bilingual:
    return Bilingual(row[f"{name}_zh"], row[f"{name}_en"])
