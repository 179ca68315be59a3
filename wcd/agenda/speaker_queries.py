"""Reading speakers as organisers and they themselves see them: with what they owe, their sessions and files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.agenda import rules
from wcd.agenda.errors import NoSuchSpeaker, SpeakerLinkNoLongerHolds
from wcd.agenda.queries import person_of
from wcd.agenda.views import PersonView
from wcd.core import signing
from wcd.core.db import fetch
from wcd.core.i18n import Bilingual
from wcd.core.names import needles

PURPOSE = "speaker"
"""Of the personal link."""


class SlidesFile(msgspec.Struct, frozen=True):
    """A file that a speaker shows in a session."""

    id: UUID
    name: str
    bytes: int
    is_public: bool
    kept_at: datetime


class SpeakersSession(msgspec.Struct, frozen=True):
    """A session in which a speaker appears, as the working copy has it, and what they show there."""

    id: UUID
    code: str
    title: Bilingual
    state: str
    starts_at: datetime | None
    ends_at: datetime | None
    room: Bilingual
    roles: list[str]
    slides: list[SlidesFile]


class SpeakerRow(msgspec.Struct, frozen=True):
    """A speaker in the organisers' list. ``asked_at``: when they were last asked for what is missing."""

    person: PersonView
    email: str
    sessions: int
    owes: list[str]
    asked_at: datetime | None


class SpeakerFile(msgspec.Struct, frozen=True):
    """All that is known of a speaker. ``stored`` is the row, for forms."""

    id: UUID
    edition: UUID
    person: PersonView
    biography: Bilingual
    email: str
    telephone: str
    language: str
    consented_at: datetime | None
    link_version: int
    version: int
    spans: list[tuple[datetime, datetime]]
    sessions: list[SpeakersSession]
    owes: list[str]
    asked_at: datetime | None
    stored: Any

    @property
    def reads(self) -> str:
        """The language in which they are written to."""
        return self.language or ("zh" if self.person.country == "CN" else "en")


# What decides what somebody owes: sessions that take place, in which they speak.
_OWING = f"""
    (SELECT count(DISTINCT s.id) FROM agenda_appearance a JOIN agenda_session s ON s.id = a.session
     WHERE a.speaker = p.id AND s.state <> '{rules.CALLED_OFF}') AS sessions,
    ARRAY(SELECT DISTINCT s.id FROM agenda_appearance a JOIN agenda_session s ON s.id = a.session
          WHERE a.speaker = p.id AND a.role = '{rules.SPEAKER}' AND s.state IN ('{rules.PLANNED}', '{rules.CONFIRMED}')) AS speaks_in,
    ARRAY(SELECT f.session FROM agenda_slides f WHERE f.speaker = p.id) AS with_slides,
    (SELECT max(m.queued_at) FROM mail_mail m WHERE m.about = p.id AND m.kind = 'speaker_asked') AS asked_at"""  # noqa: S608 - constants only


async def list_speaker_rows(edition: UUID, search: str = "", *, owing: bool = False) -> list[SpeakerRow]:
    """The speakers of the working copy as a list of people is ordered, with what each owes: one query."""
    wanted = needles(search)
    if search.strip() and not wanted:
        return []
    rows = await fetch(
        f"""SELECT p.*, {_OWING} FROM agenda_speaker p WHERE p.edition = $1
            AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS word WHERE position(word IN p.search_keys) = 0)
            ORDER BY p.sort_key, p.code""",  # noqa: S608 - constants only
        edition,
        wanted,
    )
    found = [
        SpeakerRow(person_of(row), row["email"], row["sessions"], _owes(row), row["asked_at"]) for row in rows
    ]
    return [row for row in found if row.owes and row.sessions] if owing else found


async def get_speaker(speaker: UUID, *, edition: UUID | None = None) -> SpeakerFile:
    """One speaker by id: three queries. With ``edition``, those of others are not found."""
    rows = await fetch(
        f"SELECT p.*, {_OWING} FROM agenda_speaker p WHERE p.id = $1 AND ($2::uuid IS NULL OR p.edition = $2)",  # noqa: S608 - constants only
        speaker,
        edition,
    )
    if not rows:
        raise NoSuchSpeaker
    row = rows[0]
    spans = await fetch(
        "SELECT starts_at, ends_at FROM agenda_availability WHERE speaker = $1 ORDER BY starts_at", speaker
    )
    same = (
        "id",
        "edition",
        "email",
        "telephone",
        "language",
        "consented_at",
        "link_version",
    )
    return SpeakerFile(
        **{name: row[name] for name in same},
        person=person_of(row),
        biography=Bilingual(row["biography_zh"], row["biography_en"]),
        version=row["version"],
        spans=[(span["starts_at"], span["ends_at"]) for span in spans],
        sessions=await _sessions(speaker),
        owes=_owes(row),
        asked_at=row["asked_at"],
        stored=row,
    )


async def speaker_of_link(token: str) -> SpeakerFile:
    """The speaker whose personal link this is, unless a newer one has replaced it."""
    meant = signing.read(PURPOSE, token)
    if meant is None:
        raise SpeakerLinkNoLongerHolds
    try:
        found = await get_speaker(meant[0])
    except NoSuchSpeaker:
        raise SpeakerLinkNoLongerHolds from None
    if found.link_version != meant[1]:
        raise SpeakerLinkNoLongerHolds
    return found


async def _sessions(speaker: UUID) -> list[SpeakersSession]:
    rows = await fetch(
        f"""SELECT s.id, s.code, s.title_zh, s.title_en, s.state, s.starts_at, s.ends_at,
               coalesce(r.name_zh, '') AS room_zh, coalesce(r.name_en, '') AS room_en,
               array_agg(DISTINCT a.role) AS roles,
               (SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'bytes', f.bytes,
                                                    'is_public', f.is_public, 'kept_at', f.kept_at)
                                 ORDER BY f.kept_at, f.id)
                FROM agenda_slides f WHERE f.session = s.id AND f.speaker = $1) AS slides
           FROM agenda_appearance a JOIN agenda_session s ON s.id = a.session
           LEFT JOIN venues_room r ON r.id = s.room
           WHERE a.speaker = $1 AND s.state <> '{rules.IDEA}'
           GROUP BY s.id, r.id ORDER BY s.starts_at NULLS LAST, s.code""",  # noqa: S608 - constants only
        speaker,
    )
    return [_session(row) for row in rows]


def _session(row: Any) -> SpeakersSession:
    same = ("id", "code", "state", "starts_at", "ends_at", "roles")
    return SpeakersSession(
        **{name: row[name] for name in same},
        title=Bilingual(row["title_zh"], row["title_en"]),
        room=Bilingual(row["room_zh"], row["room_en"]),
        slides=_FILES.decode(row["slides"] or b"[]"),
    )


_FILES = msgspec.json.Decoder(list[SlidesFile])


def _owes(row: Any) -> list[str]:
    slides: Sequence[UUID] = row["with_slides"]
    return rules.owed(
        biography=(row["biography_zh"], row["biography_en"]),
        portrait=row["portrait"],
        consents=row["consented_at"] is not None,
        speaks_in=row["speaks_in"],
        slides=slides,
    )
