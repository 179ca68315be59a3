"""What must hold of every value, whichever kind of file it came from. What a table's cells refused is not said twice."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from wcd.agenda.exchange import cells, words
from wcd.agenda.exchange.columns import KINDS_OF_SHEET
from wcd.agenda.exchange.files import TEXT_LIMITS, AgendaFile, Entry, SessionEntry
from wcd.agenda.exchange.findings import Findings, Wrong
from wcd.agenda.exchange.rows_in import END_FIRST, MOST_MINUTES, MOST_SEATS, NO_DAY, NO_SUCH_ITEM, TOO_LONG
from wcd.agenda.rules import CALLED_OFF, CONFIRMED, LAST_SDG
from wcd.core.i18n import Bilingual
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import FIRST_YEAR, LAST_YEAR

CODED: dict[str, dict[str, Bilingual]] = {
    "kind": words.KINDS,
    "state": words.STATES,
    "booking": words.BOOKINGS,
}
LANGUAGES = {"zh": Bilingual("中文", "Chinese"), "en": Bilingual("英文", "English")}
TWICE = _("“%(code)s” stands here already, in row %(row)s.")
NO_TITLE = _("A session needs a title in at least one language.")
NO_ITEM_TITLE = _("Item %(number)s has no title.")
NEEDS_TIME = _("Only an idea or a planned session may be without a time.")
NO_OFFSET = _("A moment needs its offset, such as 2023-10-28T09:00:00+08:00.")
NEEDS_CATEGORIES = _("Where categories decide who comes in, name at least one.")
BAD_CODE = _("A code is made of small letters, figures and hyphens: “%(found)s” is not.")
_HEADS = {column.name: column.head for kind in reversed(KINDS_OF_SHEET) for column in kind.columns} | {
    "starts_at": "开始 / Starts",
    "ends_at": "结束 / Ends",
    "items": "环节 / Items",
    "people": "出席人员 / People",
}


def head_of(name: str) -> str:
    """A field as people know it."""
    return _HEADS.get(name, name)


def check(agenda: AgendaFile, findings: Findings) -> None:
    """Every text, word, number and time of the agenda; texts are brought into the form in which they are kept."""
    for entries in (agenda.venues, agenda.rooms, agenda.hosts, agenda.speakers, agenda.sessions):
        _doubles(entries, findings)
        for entry in entries:
            _texts(entry, entry, findings)
            _code(entry, findings)
    for session in agenda.sessions:
        _session(session, findings)


def _texts(entry: Entry, holder: Any, findings: Findings, *, within: str = "") -> None:
    for name in holder.__struct_fields__:
        if name not in TEXT_LIMITS or not isinstance(getattr(holder, name), str):
            continue
        try:
            setattr(holder, name, cells.text(getattr(holder, name), TEXT_LIMITS[name]))
        except Wrong as wrong:
            findings.add(entry.spot, f"{within}{head_of(name)}", wrong.says)


def _code(entry: Entry, findings: Findings) -> None:
    """Codes stand in addresses."""
    if entry.code and not all(sign.isascii() and (sign.isalnum() or sign in "-_.") for sign in entry.code):
        findings.add(entry.spot, head_of("code"), BAD_CODE % {"found": cells.shown(entry.code)})


def _doubles(entries: list[Any], findings: Findings) -> None:
    """Codes and ids name one thing each."""
    for name in ("code", "id"):
        first: dict[Any, Entry] = {}
        for entry in entries:
            value = getattr(entry, name)
            if value and value in first:
                row = first[value].spot.row
                findings.add(entry.spot, head_of(name), TWICE % {"code": value, "row": row})
            elif value:
                first[value] = entry


def _session(session: SessionEntry, findings: Findings) -> None:
    spot = session.spot
    is_sound = not any((one.sheet, one.row) == (spot.sheet, spot.row) for one in findings.found)
    for name, possible in CODED.items():
        _one_of(session, name, getattr(session, name), possible, findings)
    if session.layout:
        _one_of(session, "layout", session.layout, words.LAYOUTS, findings)
    for name in ("languages", "interpretation"):
        for one in getattr(session, name):
            _one_of(session, name, one, LANGUAGES, findings)
    _number(session, "seats", session.seats, 0, MOST_SEATS, findings)
    _number(session, "minutes", session.minutes, 1, MOST_MINUTES, findings)
    for goal in session.sdgs:
        _number(session, "sdgs", goal, 1, LAST_SDG, findings)
    if (
        is_sound
        and {"title_zh", "title_en"} <= session.said
        and not session.title_zh
        and not session.title_en
    ):
        findings.add(spot, head_of("title_zh"), NO_TITLE)
    if is_sound and session.booking == "category" and not session.categories:
        findings.add(spot, head_of("categories"), NEEDS_CATEGORIES)
    if is_sound:
        _times(session, findings)
    _items(session, findings)


def _items(session: SessionEntry, findings: Findings) -> None:
    for number, item in enumerate(session.items, 1):
        within = f"{head_of('items')} {number}: "
        _texts(session, item, findings, within=within)
        _one_of(session, "kind", item.kind, words.ITEM_KINDS, findings, within=within)
        _number(session, "minutes", item.minutes, 0, MOST_MINUTES, findings, within=within)
        if not item.title_zh and not item.title_en:
            findings.add(session.spot, head_of("items"), NO_ITEM_TITLE % {"number": number})
    for part in session.people:
        if part.role:
            _one_of(session, "role", part.role, words.ROLES, findings)
        if part.item is not None and "items" in session.said and not 0 <= part.item < len(session.items):
            findings.add(session.spot, head_of("people"), NO_SUCH_ITEM % {"number": part.item + 1})


def _times(session: SessionEntry, findings: Findings) -> None:
    """Both or none, in order, not too long, in a year that can be meant; the middle of two clocks is no matter here."""
    starts, ends = session.starts_at, session.ends_at
    if starts is None or ends is None:
        session.starts_at = session.ends_at = None
        if starts or ends:
            findings.add(session.spot, head_of("ends_at" if starts else "starts_at"), NO_DAY)
        elif (
            "starts_at" in session.said
            and session.state in {CONFIRMED, CALLED_OFF}
            and "state" in session.said
        ):
            findings.add(session.spot, head_of("state"), NEEDS_TIME)
        return
    if starts.tzinfo is None or ends.tzinfo is None:
        findings.add(session.spot, head_of("starts_at"), NO_OFFSET)
        session.starts_at = session.ends_at = None
        return
    if not FIRST_YEAR <= starts.year <= LAST_YEAR or not FIRST_YEAR <= ends.year <= LAST_YEAR:
        findings.add(session.spot, head_of("starts_at"), cells.ODD_YEAR % {"year": starts.year})
        session.starts_at = session.ends_at = None  # at the edges of the calendar a zone leads out of it
        return
    # In UTC, so that two readings of one clock are not taken for an hour.
    session.starts_at, session.ends_at = starts.astimezone(UTC), ends.astimezone(UTC)
    length = (session.ends_at - session.starts_at).total_seconds()
    if length <= 0:
        findings.add(session.spot, head_of("ends_at"), END_FIRST)
    elif length > MOST_MINUTES * 60:
        findings.add(session.spot, head_of("ends_at"), TOO_LONG)


def _one_of(
    session: SessionEntry,
    name: str,
    value: str,
    possible: Mapping[str, Bilingual],
    findings: Findings,
    *,
    within: str = "",
) -> None:
    if value not in possible:
        values = ", ".join(f"{code} {names.zh}" for code, names in possible.items())
        says = cells.NOT_ONE_OF % {"found": cells.shown(value), "values": values}
        findings.add(session.spot, f"{within}{head_of(name)}", says)


def _number(
    session: SessionEntry,
    name: str,
    value: int | None,
    least: int,
    most: int,
    findings: Findings,
    *,
    within: str = "",
) -> None:
    if value is not None and not least <= value <= most:
        says = cells.OUT_OF_RANGE % {"found": value, "least": least, "most": most}
        findings.add(session.spot, f"{within}{head_of(name)}", says)
