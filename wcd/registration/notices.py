"""Telling of a release: one letter for each guest, speaker and body concerned, with its changes and a calendar file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.agenda.calendar import calendar_file
from wcd.agenda.differences import SessionChange
from wcd.agenda.errors import NoSuchRelease
from wcd.agenda.facts import SessionFacts
from wcd.agenda.queries import list_in_release
from wcd.agenda.releases import ReleaseView, get_release
from wcd.core.clock import now
from wcd.core.config import settings
from wcd.core.db import execute, fetch
from wcd.core.i18n import LOCALES, use_locale
from wcd.core.ids import uuid7
from wcd.editions.queries import edition_by_id
from wcd.mail.outbox import Letter, queue_many
from wcd.registration import rules

GUEST = "guest"
SPEAKER = "speaker"
BODY = "body"


class Reader(msgspec.Struct, frozen=True):
    """Somebody concerned by a release, and by which of its sessions. Without an address nobody writes to them."""

    kind: str
    id: UUID
    address: str
    name: str
    locale: str
    sessions: tuple[UUID, ...]
    link_version: int = 0


async def readers_of(
    edition: UUID, changes: Sequence[SessionChange], guests: Mapping[UUID, Sequence[UUID]]
) -> list[Reader]:
    """Who is concerned: guests with a seat or a place in line, speakers and hosts, then or now."""
    speaking: dict[UUID, list[UUID]] = {}
    hosting: dict[UUID, list[UUID]] = {}
    for change in changes:
        for facts in (change.before, change.after):
            if facts is not None:
                _add(speaking, change.session, (part.speaker for part in facts.people))
                _add(hosting, change.session, (host.id for host in facts.hosts))
    people = await fetch(
        "SELECT id, email, native_name, latin_name, language, link_version FROM registration_guest"
        " WHERE id = ANY($1::uuid[]) ORDER BY id",
        list(guests),
    )
    speakers = await fetch(
        "SELECT id, email, native_name, latin_name, language FROM agenda_speaker"
        " WHERE id = ANY($1::uuid[]) AND edition = $2 AND email <> '' ORDER BY id",
        list(speaking), edition,
    )  # fmt: skip
    bodies = await fetch(
        "SELECT id, email, contact_name, name_zh, name_en, language FROM agenda_body"
        " WHERE id = ANY($1::uuid[]) AND edition = $2 AND email <> '' ORDER BY id",
        list(hosting), edition,
    )  # fmt: skip
    return [
        *(_person(GUEST, row, guests[row["id"]], row["link_version"]) for row in people),
        *(_person(SPEAKER, row, speaking[row["id"]]) for row in speakers),
        *(_body(row, hosting[row["id"]]) for row in bodies),
    ]


async def tell(
    release: ReleaseView,
    readers: Sequence[Reader],
    changes: Mapping[UUID, SessionChange],
    clashes: Mapping[UUID, list[tuple[SessionFacts, SessionFacts]]],
) -> None:
    """Write down who is told of what, and one letter for each into the outbox."""
    if not readers:
        return
    ids = [uuid7() for _ in readers]
    await execute(
        """INSERT INTO registration_notice (id, release, guest, speaker, body, sessions, made_at)
           SELECT n.id, $1, n.guest, n.speaker, n.body,
               (SELECT array_agg(value::uuid) FROM jsonb_array_elements_text(n.sessions::jsonb)), $2
           FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[])
               AS n (id, guest, speaker, body, sessions)""",
        release.id, now(), ids,
        *([reader.id if reader.kind == kind else None for reader in readers] for kind in (GUEST, SPEAKER, BODY)),
        [msgspec.json.encode(reader.sessions).decode() for reader in readers],
    )  # fmt: skip
    said = await _said(changes.values())
    letters = [
        _letter(release, reader, notice, said, clashes.get(reader.id, []))
        for reader, notice in zip(readers, ids, strict=True)
        if reader.address
    ]
    await queue_many(letters)


async def calendar_of(notice: UUID) -> bytes:
    """The sessions of a notice as its release has them, what is called off cancelled: for the reader's calendar."""
    rows = await fetch(
        """SELECT n.release, n.sessions, coalesce(g.language, s.language, b.language) AS locale
           FROM registration_notice n LEFT JOIN registration_guest g ON g.id = n.guest
           LEFT JOIN agenda_speaker s ON s.id = n.speaker LEFT JOIN agenda_body b ON b.id = n.body
           WHERE n.id = $1""",
        notice,
    )
    if not rows:
        raise NoSuchRelease
    release = await get_release(rows[0]["release"])
    edition = await edition_by_id(release.edition)
    cards, lost = await list_in_release(release.id, rows[0]["sessions"])
    with use_locale(_locale(rows[0]["locale"])):
        return calendar_file(
            cards,
            edition=edition.code,
            base_url=settings().base_url,
            published_at=release.published_at,
            lost=lost,
        )


def _add(found: dict[UUID, list[UUID]], session: UUID, ids: Iterable[UUID]) -> None:
    for id_ in ids:
        sessions = found.setdefault(id_, [])
        if session not in sessions:
            sessions.append(session)


def _person(kind: str, row: Any, sessions: Sequence[UUID], link_version: int = 0) -> Reader:
    locale = _locale(row["language"])
    name = rules.addressed(row["native_name"], row["latin_name"], locale)
    return Reader(kind, row["id"], row["email"], name, locale, tuple(sessions), link_version)


def _body(row: Any, sessions: Sequence[UUID]) -> Reader:
    locale = _locale(row["language"])
    own = row[f"name_{locale}"] or row["name_zh"] or row["name_en"]
    return Reader(BODY, row["id"], row["email"], row["contact_name"] or own, locale, tuple(sessions))


def _locale(language: str) -> str:
    return language if language in LOCALES else "zh"


def _letter(
    release: ReleaseView,
    reader: Reader,
    notice: UUID,
    said: Mapping[UUID, dict[str, Any]],
    clashes: Sequence[tuple[SessionFacts, SessionFacts]],
) -> Letter:
    context: dict[str, Any] = {
        "name": reader.name,
        "changes": [said[session] for session in reader.sessions],
    }
    if reader.kind == GUEST:
        context |= {"guest_id": str(reader.id), "link_version": reader.link_version}
        if clashes:
            context["clashes"] = [[_titles(one), _titles(other)] for one, other in clashes]
    return Letter(
        kind=f"programme_changed_{reader.kind}",
        address=reader.address,
        name=reader.name,
        locale=reader.locale,
        context=context,
        edition=release.edition,
        about=reader.id if reader.kind == GUEST else None,
        attachment=("calendar", notice),
        once_key=f"release:{release.id}:{reader.id}",
    )


async def _said(changes: Iterable[SessionChange]) -> dict[UUID, dict[str, Any]]:
    """Each change as letters name it: what happened, and when and where the session was and is."""
    changes = list(changes)
    rooms = {
        facts.room for change in changes for facts in (change.before, change.after) if facts and facts.room
    }
    rows = await fetch(
        "SELECT id, name_zh, name_en, floor_zh, floor_en FROM venues_room WHERE id = ANY($1::uuid[])",
        list(rooms),
    )
    places = {
        row["id"]: {
            "zh": "，".join(part for part in (row["name_zh"], row["floor_zh"]) if part),
            "en": ", ".join(part for part in (row["name_en"], row["floor_en"]) if part),
        }
        for row in rows
    }
    return {change.session: _change(change, places) for change in changes}


def _change(change: SessionChange, places: Mapping[UUID, Mapping[str, str]]) -> dict[str, Any]:
    values: dict[str, Any] = {"what": change.kind, **_titles(change.facts), **_where(change.facts, places)}
    fields = set(change.fields)
    if change.before is not None and change.after is not None and fields & {"starts_at", "ends_at"}:
        values |= {"was_starts_at": _iso(change.before.starts_at), "was_ends_at": _iso(change.before.ends_at)}
    if change.before is not None and change.after is not None and fields & {"room", "meeting_point"}:
        was = _where(change.before, places)
        values |= {"was_place_zh": was["place_zh"], "was_place_en": was["place_en"]}
    if change.before is not None and "title" in fields:
        values |= {"was_title_zh": change.before.title.zh, "was_title_en": change.before.title.en}
    values["also"] = sorted(fields & {"languages", "interpretation", "people", "items"})
    return values


def _titles(facts: SessionFacts) -> dict[str, Any]:
    return {
        "title_zh": facts.title.zh,
        "title_en": facts.title.en,
        "starts_at": _iso(facts.starts_at),
        "ends_at": _iso(facts.ends_at),
    }


def _where(facts: SessionFacts, places: Mapping[UUID, Mapping[str, str]]) -> dict[str, str]:
    room = places.get(facts.room, {}) if facts.room else {}
    return {f"place_{lang}": getattr(facts.meeting_point, lang) or room.get(lang, "") for lang in LOCALES}


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
