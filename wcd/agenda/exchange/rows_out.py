"""From the agenda to the rows of its sheets: plain values, for XLSX and CSV alike."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wcd.agenda.exchange import columns, words
from wcd.agenda.exchange.columns import SheetKind
from wcd.agenda.exchange.files import AgendaFile, SessionEntry
from wcd.core.i18n import Bilingual

Cell = str | int | date | time | datetime | None
_WORDS: dict[str, dict[str, Bilingual]] = {
    "kind": words.KINDS,
    "state": words.STATES,
    "booking": words.BOOKINGS,
    "layout": words.LAYOUTS,
    "role": words.ROLES,
}


def rows_of(agenda: AgendaFile, sheet: SheetKind) -> Iterator[dict[str, Cell]]:
    """The rows of one sheet, each as columns and cells."""
    if sheet is columns.SESSIONS:
        zone = ZoneInfo(agenda.edition.zone)
        yield from (_session(session, zone) for session in agenda.sessions)
    elif sheet is columns.ITEMS:
        yield from _items(agenda)
    elif sheet is columns.PEOPLE:
        yield from _people(agenda)
    elif sheet is columns.ROOMS:
        yield from _rooms(agenda)
    else:
        entries: list[Any] = agenda.speakers if sheet is columns.SPEAKERS else agenda.hosts
        yield from (
            {column.name: getattr(entry, column.name) for column in sheet.columns} for entry in entries
        )


def columns_said(agenda: AgendaFile) -> list[columns.Column]:
    """The columns of sessions; what no session speaks of (notes, in a release) is not there."""
    said = {name for session in agenda.sessions for name in session.said} or set(SessionEntry.names())
    hidden = {"notes", "layout"} - said
    return [column for column in columns.SESSIONS.columns if column.name not in hidden]


def in_words(name: str, code: str, sheet: SheetKind) -> str:
    """A code as people read it: ``分论坛 / Sub-forum``."""
    known = words.ITEM_KINDS if name == "kind" and sheet is columns.ITEMS else _WORDS.get(name, {})
    return f"{known[code].zh} / {known[code].en}" if code in known else code


def choices_of(name: str, sheet: SheetKind) -> list[str]:
    """What may be chosen in a column; nothing where it is free."""
    known = words.ITEM_KINDS if name == "kind" and sheet is columns.ITEMS else _WORDS.get(name, {})
    return [in_words(name, code, sheet) for code in known]


def _session(session: SessionEntry, zone: ZoneInfo) -> dict[str, Cell]:
    row: dict[str, Cell] = {}
    for column in columns.SESSIONS.columns:
        value = getattr(session, column.name, None)
        row[column.name] = "; ".join(str(one) for one in value) if isinstance(value, list) else value
    row["minutes"] = None if session.starts_at else session.minutes
    return row | _times(session, zone)


def _times(session: SessionEntry, zone: ZoneInfo) -> dict[str, Cell]:
    """Date, start and end on the clocks of the place; an end on another day says which."""
    if not session.starts_at or not session.ends_at:
        return {"date": None, "starts": None, "ends": None}
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return {
        "date": starts.date(),
        "starts": _clock(starts, alone=True),
        "ends": _clock(ends, alone=starts.date() == ends.date()),
    }


def _clock(at: datetime, *, alone: bool) -> Cell:
    """The time; with its day where that is another; in full where clocks show it twice that day."""
    twice = at.utcoffset() != at.replace(fold=1 - at.fold).utcoffset()
    if twice:
        return at.isoformat(timespec="seconds")
    plain = at.replace(tzinfo=None, microsecond=0)
    return plain.time() if alone else plain


def _items(agenda: AgendaFile) -> Iterator[dict[str, Cell]]:
    for session in agenda.sessions:
        for number, item in enumerate(session.items, 1):
            yield {
                "session": session.code, "number": number, "kind": item.kind, "title_zh": item.title_zh,
                "title_en": item.title_en, "minutes": item.minutes,
            }  # fmt: skip


def _people(agenda: AgendaFile) -> Iterator[dict[str, Cell]]:
    names = {one.code: one.native_name or one.latin_name for one in agenda.speakers}
    for session in agenda.sessions:
        for part in session.people:
            yield {
                "session": session.code,
                "item": None if part.item is None else part.item + 1,
                "speaker": part.speaker,
                "name": names.get(part.speaker, ""),
                "role": part.role,
            }


def _rooms(agenda: AgendaFile) -> Iterator[dict[str, Cell]]:
    venues = {venue.code: venue for venue in agenda.venues}
    for room in agenda.rooms:
        venue = venues.get(room.venue)
        row: dict[str, Cell] = {
            column.name: getattr(room, column.name, "") for column in columns.ROOMS.columns
        }
        yield row | {
            "venue_zh": venue.name_zh if venue else "",
            "venue_en": venue.name_en if venue else "",
            "capacity": room.capacity or None,
        }
