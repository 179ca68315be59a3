"""Writing what was planned: all of it in the transaction of the caller, who holds the working copy."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda.changing import languages_of
from wcd.agenda.exchange.plans import ImportPlan, Write
from wcd.agenda.tables import Appearance, Body, Hosting, Item, Session, Speaker
from wcd.core.bulk import insert_rows
from wcd.core.clock import now
from wcd.core.db import execute, fetch
from wcd.core.ids import uuid7
from wcd.core.names import clean_name, clean_text, search_keys, sort_key
from wcd.venues.loading import load_places

_NAMES = ("native_name", "latin_name")
_LINES = ("post_zh", "post_en", "body_zh", "body_en")


class Writing(msgspec.Struct, frozen=True):
    """The plan, who does it, and the working number under which it is done."""

    plan: ImportPlan
    by: Actor
    working: int

    def of(self, thing: str, *, new: bool) -> list[Write]:
        """The writes of one kind."""
        return [write for write in self.plan.writes if write.thing == thing and write.is_new is new]

    def id_of(self, kind: str, code: str) -> UUID:
        """The id of a room, host or speaker by its code."""
        return self.plan.ids[kind][code]


async def write_plan(plan: ImportPlan, *, working: int, by: Actor) -> None:
    """Everything but the seats of sessions that exist: whoever waits for one is registration's to think of."""
    writing = Writing(plan, by, working)
    await _write_places(writing)
    await _write_hosts(writing)
    await _write_speakers(writing)
    await _write_sessions(writing)
    await audit.record(by, "agenda.imported", None, edition=plan.edition, rows=plan.rows)


async def _write_places(writing: Writing) -> None:
    venues, rooms = writing.of("venue", new=True), writing.of("room", new=True)
    if not venues and not rooms:
        return
    edition = writing.plan.edition
    writing.by.must("edition.edit", edition)
    there = await fetch(
        """SELECT count(DISTINCT v.id) AS venues, count(r.id) AS rooms
           FROM venues_venue v LEFT JOIN venues_room r ON r.venue = v.id WHERE v.edition = $1""",
        edition,
    )
    await load_places(
        [
            write.columns | {"id": write.id, "edition": edition, "position": there[0]["venues"] + place}
            for place, write in enumerate(venues)
        ],
        [
            write.columns | {"id": write.id, "position": there[0]["rooms"] + place}
            for place, write in enumerate(_wholes_first(rooms))
        ],
    )
    for write in venues + rooms:
        await audit.record(writing.by, f"{write.thing}.added", write.id, edition=edition)


def _wholes_first(rooms: Sequence[Write]) -> list[Write]:
    return sorted(rooms, key=lambda write: write.columns["whole"] is not None)


async def _write_hosts(writing: Writing) -> None:
    edition = writing.plan.edition
    new = writing.of("host", new=True)
    await insert_rows(Body, [_lines(write.columns) | {"id": write.id, "edition": edition} for write in new])
    for write in new:
        await audit.record(writing.by, "body.added", write.id, edition=edition)
    for write in writing.of("host", new=False):
        columns: dict[Any, Any] = _lines(write.columns)
        await Body.update(columns).where(Body.id == write.id)
        await audit.record(writing.by, "body.changed", write.id, edition=edition, fields=write.fields)


async def _write_speakers(writing: Writing) -> None:
    edition = writing.plan.edition
    new = writing.of("speaker", new=True)
    await insert_rows(
        Speaker,
        [_person(write.columns) | {"id": write.id, "edition": edition, "changed_at": now()} for write in new],
    )
    for write in new:
        await audit.record(writing.by, "speaker.added", write.id, edition=edition)
    changed = writing.of("speaker", new=False)
    for write in changed:
        columns: dict[Any, Any] = {**_person(write.columns), "changed_at": now()}
        await Speaker.update({**columns, Speaker.version: Speaker.version + 1}).where(Speaker.id == write.id)
        await audit.record(writing.by, "speaker.changed", write.id, edition=edition, fields=write.fields)
    if changed:
        await execute(
            "UPDATE agenda_session SET touched = $1"
            " WHERE id IN (SELECT session FROM agenda_appearance WHERE speaker = ANY($2::uuid[]))",
            writing.working, [write.id for write in changed],
        )  # fmt: skip


def _lines(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: clean_text(value) if isinstance(value, str) else value for name, value in columns.items()}


def _person(columns: dict[str, Any]) -> dict[str, Any]:
    """A person's columns with what lists are sorted and searched by."""
    columns = columns | {name: clean_name(columns[name]) for name in _NAMES}
    columns |= {name: clean_text(columns[name]) for name in _LINES if name in columns}
    names = columns["native_name"], columns["latin_name"]
    bodies = columns["body_zh"], columns["body_en"]
    return columns | {"sort_key": sort_key(*names), "search_keys": search_keys(*names, *bodies)}


async def _write_sessions(writing: Writing) -> None:
    new, changed = writing.of("session", new=True), writing.of("session", new=False)
    same = {"touched": writing.working, "changed_by": writing.by.id, "changed_at": now()}
    rows = [
        write.columns | _text_times(write) | same | {"id": write.id, "edition": writing.plan.edition}
        for write in new
    ]
    await insert_rows(Session, rows)
    for write in changed:
        # Seats alone are not written here; whatever else changes raises the version once.
        columns: dict[Any, Any] = {**write.columns, **_text_times(write), **same}
        if set(write.fields) - {"seats"}:
            columns = {**columns, Session.version: Session.version + 1}
            await Session.update(columns).where(Session.id == write.id)
    await _write_items(new + changed)
    await _write_hostings(writing, new + changed)
    await _write_people(writing, new + changed)
    for write in new:
        await audit.record(writing.by, "session.imported", write.id, edition=writing.plan.edition)
    for write in changed:
        if fields := [field for field in write.fields if field != "seats"]:
            await audit.record(
                writing.by, "session.edited", write.id, edition=writing.plan.edition, fields=fields
            )


def _text_times(write: Write) -> dict[str, Any]:
    """When texts changed in each language; of a new session those that are there."""
    fields = [name for name in write.fields if not write.is_new or write.columns.get(name)]
    return {f"{language}_changed_at": now() for language in languages_of(fields)}


async def _write_items(writes: Sequence[Write]) -> None:
    """Items keep their places and so their notes; what is left over goes, what is more is added."""
    wanted = {write.id: write.items for write in writes if write.items is not None}
    rows = await fetch(
        "SELECT id, session FROM agenda_item WHERE session = ANY($1::uuid[]) ORDER BY session, position, id",
        list(wanted),
    )
    there: dict[UUID, list[UUID]] = {}
    for row in rows:
        there.setdefault(row["session"], []).append(row["id"])
    new: list[dict[str, Any]] = []
    gone: list[UUID] = []
    for session, items in wanted.items():
        ids = there.get(session, [])
        gone += ids[len(items or []) :]
        for place, item in enumerate(items or []):
            columns: dict[Any, Any] = {**msgspec.structs.asdict(item), "position": place}
            if place < len(ids):
                await Item.update(columns).where(Item.id == ids[place])
            else:
                new.append({**columns, "id": uuid7(), "session": session})
    await insert_rows(Item, new)
    await execute("UPDATE agenda_appearance SET item = NULL WHERE item = ANY($1::uuid[])", gone)
    await execute("DELETE FROM agenda_item WHERE id = ANY($1::uuid[])", gone)


async def _write_hostings(writing: Writing, writes: Sequence[Write]) -> None:
    wanted = {write.id: write.hosts for write in writes if write.hosts is not None}
    await execute("DELETE FROM agenda_hosting WHERE session = ANY($1::uuid[])", list(wanted))
    rows = [
        {"id": uuid7(), "session": session, "body": writing.id_of("hosts", code), "position": place}
        for session, hosts in wanted.items()
        for place, code in enumerate(hosts or [])
    ]
    await insert_rows(Hosting, rows)


async def _write_people(writing: Writing, writes: Sequence[Write]) -> None:
    wanted = {write.id: write.people for write in writes if write.people is not None}
    items: dict[UUID, list[UUID]] = {}
    for row in await fetch(
        "SELECT id, session FROM agenda_item WHERE session = ANY($1::uuid[]) ORDER BY session, position, id",
        list(wanted),
    ):
        items.setdefault(row["session"], []).append(row["id"])
    await execute("DELETE FROM agenda_appearance WHERE session = ANY($1::uuid[])", list(wanted))
    rows = [
        {
            "id": uuid7(), "session": session, "speaker": writing.id_of("speakers", part.speaker),
            "item": None if part.item is None else items[session][part.item], "role": part.role, "position": place,
        }
        for session, people in wanted.items()
        for place, part in enumerate(people or [])
    ]  # fmt: skip
    await insert_rows(Appearance, rows)
