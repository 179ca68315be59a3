"""From the rows of sheets to an agenda: every cell that does not hold is a finding with its row and column."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from wcd.agenda.exchange import cells, columns, words
from wcd.agenda.exchange.columns import Column, SheetKind
from wcd.agenda.exchange.files import (
    TEXT_LIMITS,
    AgendaFile,
    EditionFacts,
    HostEntry,
    ItemEntry,
    PartEntry,
    RoomEntry,
    SessionEntry,
    SpeakerEntry,
    Spot,
    VenueEntry,
)
from wcd.agenda.exchange.findings import Findings, Wrong
from wcd.agenda.rules import LAST_SDG
from wcd.core.i18n import lazy_gettext as _

MOST_SEATS = 1_000_000
MOST_MINUTES = 1440
NO_DAY = _("A time needs a date, a start and an end. Leave all three empty for a session without a time.")
END_FIRST = _(
    "The end is not after the start. If it ends on the next day, write date and time, such as 2023-10-29 00:30."
)
TOO_LONG = _("A session lasts 24 hours at most.")
NO_SUCH_TIME = _("There is no such time on that day: clocks are put forward then.")
TWO_SUCH_TIMES = _(
    "Clocks show this time twice on that day. Write it with its offset, such as 2023-10-29T01:30+01:00."
)
NO_SUCH_SESSION = _("The file has no session with the code “%(code)s”.")
NO_SUCH_ITEM = _("This session has no item %(number)s.")
OUT_OF_ORDER = _("The items of a session are numbered 1, 2, 3 … without gaps.")
NEEDED = _("This cell must not be empty.")


class Row(msgspec.Struct, frozen=True):
    """A row as it was read: cells by column, and where it stands."""

    spot: Spot
    cells: Mapping[str, Any]


class ReadSheet(msgspec.Struct, frozen=True):
    """A sheet as it was read: which of our columns it has, and its rows."""

    kind: SheetKind
    has: Sequence[str]
    rows: Sequence[Row]


def agenda_of(sheets: Iterable[ReadSheet], edition: EditionFacts, findings: Findings) -> AgendaFile:
    """The agenda that the sheets say together. Sheets and columns that are missing say nothing."""
    by_name = {sheet.kind.name: sheet for sheet in sheets}
    agenda = AgendaFile(edition=edition)
    reader = _Cells(findings)
    if "Rooms" in by_name:
        _places(agenda, by_name["Rooms"], reader)
    if "Hosts" in by_name:
        agenda.hosts = [
            _plain_entry(HostEntry, row, by_name["Hosts"], reader) for row in by_name["Hosts"].rows
        ]
    if "Speakers" in by_name:
        sheet = by_name["Speakers"]
        agenda.speakers = [_plain_entry(SpeakerEntry, row, sheet, reader) for row in sheet.rows]
    zone = ZoneInfo(edition.zone)
    if "Sessions" in by_name:
        sheet = by_name["Sessions"]
        agenda.sessions = [_session(row, sheet, zone, reader) for row in sheet.rows]
    sessions = {one.code: one for one in agenda.sessions if one.code}
    if "Items" in by_name:
        _items(by_name["Items"], sessions, reader)
    if "People" in by_name:
        _people(by_name["People"], sessions, reader)
    return agenda


class _Cells:
    """Reads cells and gathers what is wrong with them."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def read(self, row: Row, name: str, read: Callable[[Any], Any], otherwise: Any) -> Any:
        """The value of a cell, or ``otherwise`` where it is empty or wrong."""
        value = row.cells.get(name)
        if cells.is_empty(value):
            return otherwise
        try:
            return read(value)
        except Wrong as wrong:
            self.add(row, name, wrong.says)
        return otherwise

    def text(self, row: Row, name: str) -> str:
        """A text, not longer than its field takes."""
        found: str = self.read(row, name, lambda value: cells.text(value, TEXT_LIMITS.get(name, 200)), "")
        return found

    def number(self, row: Row, name: str, least: int, most: int, otherwise: Any) -> Any:
        """A whole number."""
        return self.read(row, name, lambda value: cells.number(value, least, most), otherwise)

    def add(self, row: Row, name: str, says: Any) -> None:
        """A finding at a cell, by the name that its column shows."""
        self.findings.add(row.spot, _head_of(row.spot.sheet, name), says)


def _head_of(title: str, name: str) -> str:
    kind = columns.find_sheet(title) or columns.SESSIONS
    known: dict[str, Column] = {column.name: column for column in kind.columns}
    return known[name].head if name in known else name


def _plain_entry(shape: Any, row: Row, sheet: ReadSheet, reader: _Cells) -> Any:
    values = {name: reader.text(row, name) for name in sheet.has}
    if "country" in values:
        values["country"] = values["country"].upper()
    key = values.get("code") or next((text for text in values.values() if text), "")
    return shape(**values, key=key, said=frozenset(sheet.has), spot=row.spot)


def _places(agenda: AgendaFile, sheet: ReadSheet, reader: _Cells) -> None:
    venues: dict[str, VenueEntry] = {}
    for row in sheet.rows:
        values: dict[str, Any] = {name: reader.text(row, name) for name in sheet.has if name != "capacity"}
        names: dict[str, Any] = {
            "name_zh": values.pop("venue_zh", ""),
            "name_en": values.pop("venue_en", ""),
        }
        key = values.get("venue") or names["name_zh"] or names["name_en"]
        values["venue"] = key
        if key and key not in venues:
            code = key if key == sheet_code(row, "venue") else ""
            said = frozenset({"code", *(name for name, text in names.items() if text)})
            venues[key] = VenueEntry(code=code, key=key, **names, said=said, spot=row.spot)
        capacity = reader.number(row, "capacity", 0, MOST_SEATS, 0)
        said = frozenset(name for name in sheet.has if name not in {"venue_zh", "venue_en"})
        name = values.get("code") or values.get("name_zh") or values.get("name_en") or ""
        agenda.rooms.append(RoomEntry(**values, capacity=capacity, key=name, said=said, spot=row.spot))
    agenda.venues = list(venues.values())


def sheet_code(row: Row, name: str) -> str:
    """A code as it stands, where one does."""
    return str(row.cells.get(name) or "").strip()


def _session(row: Row, sheet: ReadSheet, zone: ZoneInfo, reader: _Cells) -> SessionEntry:
    has = set(sheet.has)
    texts = has & {
        "code", "title_zh", "title_en", "room", "summary_zh", "summary_en", "meeting_point_zh", "meeting_point_en",
        "notes",
    }  # fmt: skip
    values: dict[str, Any] = {name: reader.text(row, name) for name in texts}
    for name, possible, usual in (
        ("kind", words.KINDS, "forum"), ("state", words.STATES, "planned"),
        ("booking", words.BOOKINGS, "open"), ("layout", words.LAYOUTS, ""),
    ):  # fmt: skip
        if name in has:
            values[name] = reader.read(row, name, partial(cells.word, possible=possible), usual)
    for name in has & {"categories", "languages", "interpretation", "subjects"}:
        values[name] = reader.read(row, name, cells.parts, [])
    if "hosts" in has:
        values["hosts"] = reader.read(row, "hosts", lambda value: cells.parts(value, names=True), [])
    if "sdgs" in has:
        values["sdgs"] = reader.read(row, "sdgs", _goals, [])
    if "seats" in has:
        values["seats"] = reader.number(row, "seats", 0, MOST_SEATS, None)
    if "minutes" in has:
        values["minutes"] = reader.number(row, "minutes", 1, MOST_MINUTES, 90)
    said = (has - {"date", "starts", "ends"}) & set(SessionEntry.names())
    if "starts" in has:
        said |= {"starts_at", "ends_at"}
        values["starts_at"], values["ends_at"] = _times(row, zone, reader)
    return SessionEntry(**values, key=values.get("code", ""), said=frozenset(said), spot=row.spot)


def _goals(value: Any) -> list[int]:
    if isinstance(value, int | float):
        return [cells.number(value, 1, LAST_SDG)]
    return sorted({cells.number(one, 1, LAST_SDG) for one in cells.parts(value)})


def _times(row: Row, zone: ZoneInfo, reader: _Cells) -> tuple[datetime | None, datetime | None]:
    """Start and end as moments; both None where there is no time, or a wrong one (which is a finding)."""
    given = {name: not cells.is_empty(row.cells.get(name)) for name in ("date", "starts", "ends")}
    if not any(given.values()):
        return None, None
    before = len(reader.findings.found) + reader.findings.more
    on = reader.read(row, "date", cells.day, None)
    first = reader.read(row, "starts", cells.clock, None)
    last = reader.read(row, "ends", cells.clock, None)
    if len(reader.findings.found) + reader.findings.more > before:
        return None, None
    if first is None or last is None or (on is None and not isinstance(first, datetime)):
        empty = next(name for name in ("starts", "ends", "date") if not given[name])
        reader.add(row, empty, NO_DAY)
        return None, None
    starts = _moment(row, "starts", first, on, zone, reader)
    day = starts.astimezone(zone).date() if starts else on
    ends = _moment(row, "ends", last, day, zone, reader)
    if starts and ends and not _holds(row, starts, ends, reader):
        return None, None
    return (starts, ends) if starts and ends else (None, None)


def _moment(
    row: Row, name: str, given: time | datetime, on: date | None, zone: ZoneInfo, reader: _Cells
) -> datetime | None:
    """A reading of the clock as a moment; where clocks are changed it may be none, or two."""
    if not isinstance(given, datetime):
        given = datetime.combine(on or date.min, given)
    if given.tzinfo is not None:
        return given
    local = given.replace(tzinfo=zone)
    other = local.replace(fold=1)
    if local.utcoffset() != other.utcoffset():
        skipped = (local.utcoffset() or timedelta()) < (other.utcoffset() or timedelta())
        reader.add(row, name, NO_SUCH_TIME if skipped else TWO_SUCH_TIMES)
        return None
    return local


def _holds(row: Row, starts: datetime, ends: datetime, reader: _Cells) -> bool:
    length = ends.timestamp() - starts.timestamp()
    if length <= 0:
        reader.add(row, "ends", END_FIRST)
    elif length > MOST_MINUTES * 60:
        reader.add(row, "ends", TOO_LONG)
    return 0 < length <= MOST_MINUTES * 60


def _items(sheet: ReadSheet, sessions: Mapping[str, SessionEntry], reader: _Cells) -> None:
    for session in sessions.values():
        session.said |= {"items"}
    numbered: dict[str, int] = {}
    for row in sheet.rows:
        owner = _owner(row, sessions, reader)
        if owner is None:
            continue
        next_one = numbered.get(owner.code, 0) + 1
        if reader.number(row, "number", 1, 10_000, next_one) != next_one:
            reader.add(row, "number", OUT_OF_ORDER)
        numbered[owner.code] = next_one
        owner.items = [
            *owner.items,
            ItemEntry(
                kind=reader.read(row, "kind", lambda value: cells.word(value, words.ITEM_KINDS), "speech"),
                title_zh=reader.text(row, "title_zh"),
                title_en=reader.text(row, "title_en"),
                minutes=reader.number(row, "minutes", 0, MOST_MINUTES, 0),
            ),
        ]


def _people(sheet: ReadSheet, sessions: Mapping[str, SessionEntry], reader: _Cells) -> None:
    for session in sessions.values():
        session.said |= {"people"}
    for row in sheet.rows:
        owner = _owner(row, sessions, reader)
        if owner is None:
            continue
        number = reader.number(row, "item", 1, 10_000, None)
        if number is not None and "items" in owner.said and number > len(owner.items):
            reader.add(row, "item", NO_SUCH_ITEM % {"number": number})
        speaker = reader.text(row, "speaker") or reader.text(row, "name")
        if not speaker:
            reader.add(row, "speaker", NEEDED)
            continue
        role = reader.read(row, "role", lambda value: cells.word(value, words.ROLES), "speaker")
        part = PartEntry(speaker=speaker, role=role, item=None if number is None else number - 1)
        owner.people = [*owner.people, part]


def _owner(row: Row, sessions: Mapping[str, SessionEntry], reader: _Cells) -> SessionEntry | None:
    code = reader.text(row, "session")
    if code in sessions:
        return sessions[code]
    reader.add(row, "session", NO_SUCH_SESSION % {"code": cells.shown(code)} if code else NEEDED)
    return None
