"""Comparing what a file says with what stands here, and saying both as people read them. No database."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from wcd.agenda.exchange.files import (
    HostEntry,
    ItemEntry,
    PartEntry,
    RoomEntry,
    SessionEntry,
    SpeakerEntry,
    SubjectEntry,
    VenueEntry,
)
from wcd.agenda.rules import SPEAKER
from wcd.core.i18n import Bilingual

LONGEST_SHOWN = 160


def merged(wanted: SessionEntry, current: SessionEntry | None) -> SessionEntry:
    """The session as it would be: what the file says, and for the rest what stands here."""
    if current is None:
        return wanted
    values = {name: getattr(wanted, name) for name in SessionEntry.names() if name in wanted.said}
    return msgspec.structs.replace(current, **values | {"id": current.id, "code": current.code})


def differences(entry: Any, current: Any, names: Sequence[str]) -> list[str]:
    """The fields of which the file says otherwise than what stands here."""
    return [
        name
        for name in names
        if name in entry.said and not same_value(getattr(entry, name), getattr(current, name))
    ]


def same_value(one: Any, other: Any) -> bool:
    """Equal as they are kept: moments as moments, texts without the ends of lines of other systems."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.astimezone(UTC) == other.astimezone(UTC)
    if isinstance(one, str) and isinstance(other, str):
        return one == other or one.strip() == other.replace("\r\n", "\n").strip()
    return bool(one == other)


def kept_roles(people: Sequence[PartEntry], current: SessionEntry | None) -> list[PartEntry]:
    """Where a file only knows who is there, everybody who was keeps their part; others speak."""
    wanted = dict.fromkeys(part.speaker for part in people)
    before = [part for part in current.people if part.speaker in wanted] if current else []
    there = {part.speaker for part in before}
    return before + [PartEntry(speaker=code, role=SPEAKER) for code in wanted if code not in there]


def with_both_names(columns: dict[str, Any]) -> dict[str, Any]:
    """A person's columns; who has one name only has it as the native one, too."""
    names = columns["native_name"] or columns["latin_name"]
    return columns | {"native_name": names}


def both_names(entry: Any) -> list[str]:
    """How a place or body may be called."""
    return [entry.name_zh, entry.name_en]


def person_names(entry: SpeakerEntry) -> list[str]:
    """How a person may be called."""
    return [entry.native_name, entry.latin_name]


def english(entry: Any) -> str:
    """What a new code is made of."""
    if isinstance(entry, SpeakerEntry):
        return entry.latin_name or entry.native_name
    text: str = entry.name_en or entry.name_zh
    return text


def when_and_what(entry: SessionEntry) -> list[str]:
    """What stands for the code of a session without one."""
    at = entry.starts_at.astimezone(UTC).isoformat() if entry.starts_at else ""
    return [f"{entry.title_zh}|{entry.title_en}|{at}"]


def title_of(entry: Any) -> Bilingual:
    """What a preview calls a thing."""
    if isinstance(entry, SessionEntry):
        return entry.title
    if isinstance(entry, SpeakerEntry):
        return Bilingual(entry.native_name or entry.latin_name, entry.latin_name or entry.native_name)
    if isinstance(entry, SubjectEntry | HostEntry | RoomEntry | VenueEntry):
        return Bilingual(entry.name_zh, entry.name_en)
    raise ValueError(entry)


def shown(value: Any, zone: ZoneInfo) -> str:
    """A value as a preview shows it."""
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    text = (
        "; ".join(_part(one) for one in value)
        if isinstance(value, list)
        else str(value if value is not None else "")
    )
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _part(one: Any) -> str:
    if isinstance(one, PartEntry):
        where = f" ({one.item + 1})" if one.item is not None else ""
        return f"{one.speaker}: {one.role}{where}"
    if isinstance(one, ItemEntry):
        return f"{one.title_zh or one.title_en} {one.minutes}′"
    return str(one)
