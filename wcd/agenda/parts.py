"""Who appears in a session, as what, and in which item: added, given another role, put in order, taken out."""

from typing import Any
from uuid import UUID

import msgspec

from wcd.actors.actors import Actor
from wcd.agenda import rules
from wcd.agenda.changing import Held, hold, write
from wcd.agenda.errors import AlreadyInIt, NoSuchItem, NoSuchPart, NoSuchSpeaker
from wcd.agenda.orders import places_after
from wcd.agenda.tables import Appearance
from wcd.core.db import execute, fetch, in_transaction
from wcd.core.errors import Invalid
from wcd.core.i18n import Bilingual
from wcd.core.inputs import NOT_ALLOWED
from wcd.core.names import needles


class Person(msgspec.Struct, frozen=True):
    """A speaker as a list for choosing shows them."""

    id: UUID
    native_name: str
    latin_name: str
    post: Bilingual
    body: Bilingual


class PartRow(msgspec.Struct, frozen=True):
    """Somebody's part in a session (``item`` None) or in one item."""

    id: UUID
    item: UUID | None
    role: str
    person: Person


_PERSON = "p.id AS speaker, p.native_name, p.latin_name, p.post_zh, p.post_en, p.body_zh, p.body_en"
# As the programme names them: moderators first, then in the organisers' order.
_ORDER = "ORDER BY a.item NULLS FIRST, a.role <> 'moderator', a.position, a.id"
MOST_FOUND = 12


async def list_parts(session: UUID) -> list[PartRow]:
    """Everybody who appears; those of the session as a whole first."""
    rows = await fetch(
        f"""SELECT a.id, a.item, a.role, {_PERSON} FROM agenda_appearance a
            JOIN agenda_speaker p ON p.id = a.speaker WHERE a.session = $1 {_ORDER}""",  # noqa: S608 - constants only
        session,
    )
    return [PartRow(row["id"], row["item"], row["role"], _person(row)) for row in rows]


async def find_people(edition: UUID, search: str) -> list[Person]:
    """Speakers of the edition whom a search in either script or pinyin finds, as a list of people is ordered."""
    wanted = needles(search)
    if not wanted:
        return []
    rows = await fetch(
        f"""SELECT {_PERSON} FROM agenda_speaker p WHERE p.edition = $1
            AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS word WHERE position(word IN p.search_keys) = 0)
            ORDER BY p.sort_key, p.code LIMIT {MOST_FOUND}""",  # noqa: S608 - constants only
        edition,
        wanted,
    )
    return [_person(row) for row in rows]


@in_transaction
async def add_part(session: UUID, speaker: UUID, role: str, *, by: Actor, item: UUID | None = None) -> UUID:
    """Somebody appears in the session, or in one item of it."""
    _refuse_odd_role(role)
    held = await hold(session, by)
    if not await fetch(
        "SELECT FROM agenda_speaker WHERE id = $1 AND edition = $2", speaker, held.session.edition
    ):
        raise NoSuchSpeaker
    if item and not await fetch("SELECT FROM agenda_item WHERE id = $1 AND session = $2", item, session):
        raise NoSuchItem
    there = await fetch(
        """SELECT max(position) AS last, coalesce(bool_or(speaker = $3), false) AS twice
           FROM agenda_appearance WHERE session = $1 AND item IS NOT DISTINCT FROM $2""",
        session, item, speaker,
    )  # fmt: skip
    if there[0]["twice"]:
        raise AlreadyInIt
    last = there[0]["last"]
    row = Appearance(
        session=session, item=item, speaker=speaker, role=role, position=0 if last is None else last + 1
    )
    await Appearance.insert(row)
    await write(held, "part.added", by=by, speaker=str(speaker), role=role)
    return row.id


@in_transaction
async def change_role(session: UUID, part: UUID, role: str, *, by: Actor) -> None:
    """The same person, appearing as something else."""
    _refuse_odd_role(role)
    held = await hold(session, by)
    row = await _row(held, part)
    if row["role"] != role:
        await Appearance.update({Appearance.role: role}).where(Appearance.id == part)
        await write(held, "part.changed", by=by, speaker=str(row["speaker"]), role=role)


@in_transaction
async def move_part(session: UUID, part: UUID, step: int, *, by: Actor) -> None:
    """One place earlier (-1) or later (1) among those of the same item; moderators stay in front of the others."""
    held = await hold(session, by)
    row = await _row(held, part)
    rows = await fetch(
        f"SELECT a.id, a.role FROM agenda_appearance a"  # noqa: S608 - constants only
        f" WHERE a.session = $1 AND a.item IS NOT DISTINCT FROM $2 {_ORDER}",
        session,
        row["item"],
    )
    same = [one["id"] for one in rows if (one["role"] == rules.MODERATOR) == (row["role"] == rules.MODERATOR)]
    after = places_after(same, part, step)
    if after != same:
        await execute(
            "UPDATE agenda_appearance a SET position = o.place - 1"
            " FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, place) WHERE a.id = o.id",
            after,
        )
        await write(held, "part.moved", by=by, speaker=str(row["speaker"]))


@in_transaction
async def remove_part(session: UUID, part: UUID, *, by: Actor) -> None:
    """The person no longer appears there."""
    held = await hold(session, by)
    row = await _row(held, part)
    await execute("DELETE FROM agenda_appearance WHERE id = $1", part)
    await write(held, "part.removed", by=by, speaker=str(row["speaker"]))


def _refuse_odd_role(role: str) -> None:
    if role not in rules.ROLES:
        raise Invalid({"role": NOT_ALLOWED})


async def _row(held: Held, part: UUID) -> Any:
    rows = await fetch(
        "SELECT item, speaker, role FROM agenda_appearance WHERE id = $1 AND session = $2",
        part,
        held.session.id,
    )
    if not rows:
        raise NoSuchPart
    return rows[0]


def _person(row: Any) -> Person:
    return Person(
        row["speaker"],
        row["native_name"],
        row["latin_name"],
        Bilingual(row["post_zh"], row["post_en"]),
        Bilingual(row["body_zh"], row["body_en"]),
    )
