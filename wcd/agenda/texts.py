"""What is still to be translated: texts that one language lacks, and those that have fallen behind the other."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from wcd.agenda.ages import Older, older_language
from wcd.core.db import fetch
from wcd.core.i18n import Bilingual

SESSION, ITEM, SPEAKER, ROOM, VENUE, BODY = "session", "item", "speaker", "room", "venue", "body"
KINDS = (SESSION, ITEM, SPEAKER, BODY, ROOM, VENUE)
"""What has texts in both languages, in the order of the list."""


class Gap(msgspec.Struct, frozen=True):
    """A text that is there in one language only. ``page``: the id in the address of its page; an item's is its session."""

    kind: str
    id: UUID
    page: UUID
    name: Bilingual
    field: str
    language: str
    text: str


class Behind(msgspec.Struct, frozen=True):
    """A session whose texts in one language are older than in the other."""

    id: UUID
    title: Bilingual
    older: Older
    changed_at: datetime | None


# Kind, table, its alias, how to reach the edition, the id of its page, its name, and pairs of (field, Chinese, English).
_SOURCES: tuple[tuple[str, str, str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        SESSION,
        "agenda_session t WHERE t.edition = $1 AND t.state <> 'called_off'",
        "t.id",
        "t.title",
        (("title", "t.title_zh", "t.title_en"), ("summary", "t.summary_zh", "t.summary_en"),
         ("meeting_point", "t.meeting_point_zh", "t.meeting_point_en")),
    ),
    (
        ITEM,
        "agenda_item t JOIN agenda_session s ON s.id = t.session WHERE s.edition = $1 AND s.state <> 'called_off'",
        "t.session",
        "t.title",
        (("title", "t.title_zh", "t.title_en"),),
    ),
    (
        SPEAKER,
        "agenda_speaker t WHERE t.edition = $1",
        "t.id",
        "",
        (("post", "t.post_zh", "t.post_en"), ("body", "t.body_zh", "t.body_en"),
         ("biography", "t.biography_zh", "t.biography_en")),
    ),
    (BODY, "agenda_body t WHERE t.edition = $1", "t.id", "t.name", (("name", "t.name_zh", "t.name_en"),)),
    (
        ROOM,
        "venues_room t JOIN venues_venue v ON v.id = t.venue WHERE v.edition = $1",
        "t.id",
        "t.name",
        (("name", "t.name_zh", "t.name_en"), ("floor", "t.floor_zh", "t.floor_en")),
    ),
    (
        VENUE,
        "venues_venue t WHERE t.edition = $1",
        "t.id",
        "t.name",
        (("name", "t.name_zh", "t.name_en"), ("address", "t.address_zh", "t.address_en"),
         ("way", "t.way_zh", "t.way_en")),
    ),
)  # fmt: skip


def _selects() -> str:
    """One SELECT for each pair of columns: what has one language and lacks the other."""
    parts = []
    for order, (kind, source, page, name, pairs) in enumerate(_SOURCES):
        zh, en = (f"{name}_zh", f"{name}_en") if name else ("t.native_name", "t.latin_name")
        table, _where, condition = source.partition(" WHERE ")
        parts += [
            f"SELECT {order} AS rank, '{kind}' AS kind, t.id, {page} AS page, {zh} AS name_zh, {en} AS name_en,"  # noqa: S608 - constants only
            f" '{field}' AS field, {one} AS zh, {other} AS en FROM {table}"
            f" WHERE {condition} AND ({one} = '') <> ({other} = '')"
            for field, one, other in pairs
        ]
    return " UNION ALL ".join(parts)


_GAPS = f"SELECT * FROM ({_selects()}) AS gaps ORDER BY rank, name_en, name_zh, id, field"  # noqa: S608 - constants only


async def list_gaps(edition: UUID, *, language: str = "", kind: str = "") -> list[Gap]:
    """Every text that lacks a language, of what is still to take place: one query."""
    gaps = [_gap(row) for row in await fetch(_GAPS, edition)]
    return [gap for gap in gaps if language in {"", gap.language} and kind in {"", gap.kind}]


async def list_behind(edition: UUID) -> list[Behind]:
    """Sessions with texts in both languages, one of which has fallen behind: longest first."""
    rows = await fetch(
        """SELECT id, title_zh, title_en, zh_changed_at, en_changed_at FROM agenda_session
           WHERE edition = $1 AND state <> 'called_off' AND title_zh <> '' AND title_en <> ''
             AND zh_changed_at IS DISTINCT FROM en_changed_at ORDER BY code""",
        edition,
    )
    found = []
    for row in rows:
        older = older_language(row["zh_changed_at"], row["en_changed_at"])
        if older:
            newer = row["zh_changed_at" if older.language == "en" else "en_changed_at"]
            found.append(Behind(row["id"], Bilingual(row["title_zh"], row["title_en"]), older, newer))
    return sorted(found, key=lambda one: one.older.by or timedelta.max, reverse=True)


def _gap(row: Any) -> Gap:
    language = "en" if row["zh"] else "zh"
    return Gap(
        kind=row["kind"],
        id=row["id"],
        page=row["page"],
        name=Bilingual(row["name_zh"], row["name_en"]),
        field=row["field"],
        language=language,
        text=row["zh"] or row["en"],
    )
