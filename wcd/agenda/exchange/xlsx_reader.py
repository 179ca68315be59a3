"""Reading XLSX: what is dangerous or ambiguous is named before a cell is looked at."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from wcd.agenda.exchange import cells, columns
from wcd.agenda.exchange.columns import SheetKind
from wcd.agenda.exchange.files import AgendaFile, EditionFacts, Spot
from wcd.agenda.exchange.findings import FileRefused, Finding, Findings
from wcd.agenda.exchange.rows_in import ReadSheet, Row, agenda_of
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _

MOST_PARTS = 500
MOST_UNPACKED = 64 * 1024 * 1024
MOST_ROWS = 5000
MOST_LINES = 50_000
"""Lines looked at in one sheet, empty ones included."""
MOST_COLUMNS = 60

BROKEN = _("This workbook is damaged, or not a workbook: it cannot be read.")
TOO_LARGE = _("Unpacked this workbook is larger than 64 MB. Take pictures and other contents out of it.")
DECLARES = _("This workbook declares entities, which no spreadsheet does. It is not read.")
MACROS = _("This workbook holds macros. Save it as .xlsx and import that.")
NO_SHEET = _("The workbook has no sheet “Sessions”.")
HIDDEN = _("This sheet is hidden. Show it or remove it: nothing is imported that nobody sees.")
HIDDEN_OTHER = _("This hidden sheet is not read.")
OTHER = _("This sheet is not read.")
MERGED = _("The cells %(range)s are merged. Split them, so that every cell has its own value.")
NO_HEAD = _("The first row must name the columns; none of them is known.")
TWICE_HEAD = _("This column is named twice.")
HALF_TIME = _("A time needs the columns date, starts and ends.")
UNKNOWN_COLUMN = _("This column is not read.")
TOO_MANY_ROWS = _("This sheet has more than 5,000 rows.")
_NUMBERED = re.compile("_x([0-9A-Fa-f]{4})_")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z0-9:]{1,30})\"")


def read_xlsx(content: bytes, edition: EditionFacts, findings: Findings) -> AgendaFile:
    """The agenda of a workbook. It takes a second or two: call it in a thread."""
    archive = _archive(content)
    # Only here: heavy, and most processes read no spreadsheet.
    from openpyxl import load_workbook  # noqa: PLC0415

    try:
        with warnings.catch_warnings():  # about parts of a workbook that we do not use
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            sheets = list(_sheets(book, archive, findings))
    except FileRefused:
        raise
    except Exception as wrong:
        raise FileRefused([Finding("", 0, "", BROKEN)]) from wrong
    if not any(sheet.kind is columns.SESSIONS for sheet in sheets) and not findings.found:
        findings.add(Spot(), "", NO_SHEET)
    return agenda_of(sheets, edition, findings)


def _archive(content: bytes) -> zipfile.ZipFile:
    """The packed file, once it is known to unpack to a sane size. What it says of itself binds its reader, too."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as wrong:
        raise _refused(BROKEN) from wrong
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _refused(TOO_LARGE)
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise _refused(MACROS)
    try:
        if any(
            b"<!DOCTYPE" in archive.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))
        ):
            raise _refused(DECLARES)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as wrong:
        raise _refused(BROKEN) from wrong
    return archive


def _refused(says: LazyText) -> FileRefused:
    return FileRefused([Finding("", 0, "", says)])


def _sheets(book: Any, archive: zipfile.ZipFile, findings: Findings) -> Iterator[ReadSheet]:
    for sheet in book.worksheets:
        kind = columns.find_sheet(sheet.title)
        spot = Spot(sheet.title[:40])
        hidden = sheet.sheet_state != "visible"
        if kind and hidden:
            findings.add(spot, "", HIDDEN)
        elif not kind:
            if hidden or sheet.title != columns.HELP:
                findings.note(spot, "", HIDDEN_OTHER if hidden else OTHER)
        elif not _has_merged(sheet, archive, spot, findings):
            yield from _sheet(sheet, kind, findings)


def _has_merged(sheet: Any, archive: zipfile.ZipFile, spot: Spot, findings: Findings) -> bool:
    """Merged cells: their values would be missing in all but the first. (A reader of streams does not tell.)"""
    path = sheet._worksheet_path.lstrip("/")  # noqa: SLF001 - openpyxl has no other word for it
    found = _MERGED.findall(archive.read(path))
    for one in found:
        findings.add(spot, "", MERGED % {"range": one.decode("ascii")})
    return bool(found)


def _sheet(sheet: Any, kind: SheetKind, findings: Findings) -> Iterator[ReadSheet]:
    sheet.reset_dimensions()  # what it says of its size is often wrong
    lines = sheet.iter_rows(max_col=MOST_COLUMNS)
    head = [str(value or "") for value in _values(next(lines, ()))]
    found = check_head(head, kind, sheet.title, findings)
    if found is None:
        return
    rows: list[Row] = []
    for number, line in enumerate(lines, 2):
        values = _values(line)
        named = {name: value for name, value in zip(found, values, strict=False) if name}
        if any(not cells.is_empty(value) for value in named.values()):
            rows.append(Row(Spot(sheet.title, number), named))
        if len(rows) > MOST_ROWS or number > MOST_LINES:
            findings.add(Spot(sheet.title, number), "", TOO_MANY_ROWS)
            return
    yield ReadSheet(kind, [name for name in found if name], rows)


def check_head(head: Sequence[str], kind: SheetKind, title: str, findings: Findings) -> list[str] | None:
    """The columns of a head by our names; None where it cannot be used, which is a finding."""
    spot = Spot(title, 1)
    found = columns.find_columns(head, kind)
    if not any(found):
        findings.add(spot, "", NO_HEAD)
        return None
    for place, name in enumerate(found):
        if name and name in found[:place]:
            findings.add(spot, head[place][:60], TWICE_HEAD)
        elif not name and head[place].strip():
            findings.note(spot, head[place][:60], UNKNOWN_COLUMN)
    times = {"date", "starts", "ends"} & set(found)
    if kind is columns.SESSIONS and times and len(times) < 3:
        findings.add(spot, "", HALF_TIME)
        return ["" if name in times else name for name in found]
    return found


def _values(line: Sequence[Any]) -> list[Any]:
    """The values of a row, a formula as such: text that looks like one is text."""
    return [cells.FORMULA if cell.data_type == "f" else _letters(cell.value) for cell in line]


def _letters(value: Any) -> Any:
    """Text in which spreadsheets wrote signs by their numbers (``_x000D_``)."""
    return _NUMBERED.sub(lambda found: chr(int(found[1], 16)), value) if isinstance(value, str) else value
