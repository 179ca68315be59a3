"""Gates and paired devices as the door needs them: one statement each, since every scan asks."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from wcd.checkin.openings import GateAtWork, SessionAtGate
from wcd.core import db
from wcd.core.i18n import Bilingual
from wcd.core.ids import token_hash


class PairedDevice(msgspec.Struct, frozen=True):
    """A phone that was paired, and its gate. ``seen_at`` is written every half minute at most."""

    id: UUID
    name: str
    seen_at: datetime
    edition_code: str
    edition_name: Bilingual
    gate: GateAtWork


# Piccolo cannot aggregate the sessions of a gate and its neighbours in one statement.
_GATE = """
    g.id, g.edition, g.code, g.name_zh, g.name_en, g.kind, g.days, g.opens, g.closes, g.minutes_before, g.categories,
    g.re_entry, g.is_open, e.zone, e.first_day, e.last_day, e.code AS edition_code,
    e.short_name_zh AS edition_zh, e.short_name_en AS edition_en,
    CASE WHEN g.kind = 'session' THEN (
        SELECT json_agg(json_build_object('id', s.id, 'starts_at', s.starts_at, 'ends_at', s.ends_at,
                                          'seats', s.seats, 'booking', s.booking) ORDER BY s.starts_at, s.id)
        FROM checkin_gate_session x JOIN agenda_published_session s ON s.id = x.session
        WHERE x.gate = g.id AND s.state <> 'called_off') END AS sessions,
    CASE WHEN g.kind = 'session'
        THEN ARRAY(SELECT y.gate FROM checkin_gate_session x JOIN checkin_gate_session y USING (session)
                   WHERE x.gate = g.id UNION SELECT g.id)
        ELSE ARRAY(SELECT id FROM checkin_gate WHERE edition = g.edition AND kind = 'entrance') END AS area"""
_BY_TOKEN = f"""
    SELECT d.id AS device, d.name AS device_name, d.seen_at, {_GATE}
    FROM checkin_device d JOIN checkin_gate g ON g.id = d.gate JOIN editions_edition e ON e.id = g.edition
    WHERE d.token_hash = $1 AND d.revoked_at IS NULL"""  # noqa: S608 - made of constants
_BY_EDITION = f"""
    SELECT {_GATE} FROM checkin_gate g JOIN editions_edition e ON e.id = g.edition
    WHERE g.edition = $1 AND ($2::uuid[] IS NULL OR g.id = ANY($2)) ORDER BY g.code"""  # noqa: S608 - made of constants


async def find_device(token: str) -> PairedDevice | None:
    """The device whose cookie holds this token, unless it was revoked."""
    rows = await db.fetch(_BY_TOKEN, token_hash(token))
    if not rows:
        return None
    row = rows[0]
    return PairedDevice(
        id=row["device"],
        name=row["device_name"],
        seen_at=row["seen_at"],
        edition_code=row["edition_code"],
        edition_name=Bilingual(row["edition_zh"], row["edition_en"]),
        gate=_gate(row),
    )


async def gates_at_work(edition: UUID, ids: Iterable[UUID] | None = None) -> list[GateAtWork]:
    """All gates of an edition, or some of them."""
    return [_gate(row) for row in await db.fetch(_BY_EDITION, edition, None if ids is None else list(ids))]


def _gate(row: asyncpg.Record) -> GateAtWork:
    return GateAtWork(
        id=row["id"],
        edition=row["edition"],
        code=row["code"],
        name=Bilingual(row["name_zh"], row["name_en"]),
        kind=row["kind"],
        zone=row["zone"],
        days=tuple(row["days"]) or _every_day(row),
        opens=row["opens"],
        closes=row["closes"],
        minutes_before=row["minutes_before"],
        categories=tuple(row["categories"]),
        re_entry=row["re_entry"],
        is_open=row["is_open"],
        sessions=msgspec.json.decode(row["sessions"] or "[]", type=tuple[SessionAtGate, ...]),
        area=tuple(row["area"]),
    )


def _every_day(row: asyncpg.Record) -> tuple[Any, ...]:
    count = (row["last_day"] - row["first_day"]).days + 1
    return tuple(row["first_day"] + timedelta(days=number) for number in range(count))
