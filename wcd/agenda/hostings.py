"""The bodies that host a session: added, put in order, taken out."""

from typing import Any
from uuid import UUID

import msgspec

from wcd.actors.actors import Actor
from wcd.agenda.changing import Held, hold, write
from wcd.agenda.errors import AlreadyHosts, NoSuchBody, NoSuchHosting
from wcd.agenda.orders import places_after
from wcd.agenda.tables import Hosting
from wcd.core.db import execute, fetch, in_transaction
from wcd.core.i18n import Bilingual


class HostRow(msgspec.Struct, frozen=True):
    """A body that hosts the session."""

    id: UUID
    body: UUID
    name: Bilingual


async def list_hosts(session: UUID) -> list[HostRow]:
    """The hosts in their order."""
    rows = await fetch(
        """SELECT h.id, h.body, b.name_zh, b.name_en FROM agenda_hosting h JOIN agenda_body b ON b.id = h.body
           WHERE h.session = $1 ORDER BY h.position, b.code""",
        session,
    )
    return [HostRow(row["id"], row["body"], Bilingual(row["name_zh"], row["name_en"])) for row in rows]


@in_transaction
async def add_host(session: UUID, body: UUID, *, by: Actor) -> UUID:
    """A body of the edition hosts the session, after those that do."""
    held = await hold(session, by)
    if not await fetch("SELECT FROM agenda_body WHERE id = $1 AND edition = $2", body, held.session.edition):
        raise NoSuchBody
    there = await fetch(
        "SELECT max(position) AS last, coalesce(bool_or(body = $2), false) AS twice"
        " FROM agenda_hosting WHERE session = $1",
        session, body,
    )  # fmt: skip
    if there[0]["twice"]:
        raise AlreadyHosts
    last = there[0]["last"]
    row = Hosting(session=session, body=body, position=0 if last is None else last + 1)
    await Hosting.insert(row)
    await write(held, "hosting.added", by=by, body=str(body))
    return row.id


@in_transaction
async def move_host(session: UUID, hosting: UUID, step: int, *, by: Actor) -> None:
    """One place earlier (-1) or later (1)."""
    held = await hold(session, by)
    row = await _row(held, hosting)
    order = [host.id for host in await list_hosts(session)]
    after = places_after(order, hosting, step)
    if after != order:
        await execute(
            "UPDATE agenda_hosting h SET position = o.place - 1"
            " FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, place) WHERE h.id = o.id",
            after,
        )
        await write(held, "hosting.moved", by=by, body=str(row["body"]))


@in_transaction
async def remove_host(session: UUID, hosting: UUID, *, by: Actor) -> None:
    """The body no longer hosts the session."""
    held = await hold(session, by)
    row = await _row(held, hosting)
    await execute("DELETE FROM agenda_hosting WHERE id = $1", hosting)
    await write(held, "hosting.removed", by=by, body=str(row["body"]))


async def _row(held: Held, hosting: UUID) -> Any:
    rows = await fetch(
        "SELECT body FROM agenda_hosting WHERE id = $1 AND session = $2", hosting, held.session.id
    )
    if not rows:
        raise NoSuchHosting
    return rows[0]


class BodyChoice(msgspec.Struct, frozen=True):
    """A body as a list for choosing shows it."""

    id: UUID
    name: Bilingual


async def list_bodies_to_choose(edition: UUID) -> list[BodyChoice]:
    """Every body of the edition, by its code."""
    rows = await fetch(
        "SELECT id, name_zh, name_en FROM agenda_body WHERE edition = $1 ORDER BY name_en, name_zh, code",
        edition,
    )
    return [BodyChoice(row["id"], Bilingual(row["name_zh"], row["name_en"])) for row in rows]
