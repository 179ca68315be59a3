"""XLSX of the whole agenda, also as an empty form: one sheet per kind of thing, heads in both languages, choices."""

import io
import re
from datetime import date, datetime, time
from typing import Any

from wcd.agenda.exchange import columns
from wcd.agenda.exchange.columns import Column, SheetKind
from wcd.agenda.exchange.files import AgendaFile
from wcd.agenda.exchange.help import HELP_LINES
from wcd.agenda.exchange.rows_out import Cell, choices_of, columns_said, in_words, rows_of

SPARE_ROWS = 2000
"""Rows below the last one that still offer choices."""
_LONG = {"summary_zh", "summary_en", "notes", "biography_zh", "biography_en", "title_zh", "title_en"}
_READ_AS_LETTER = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Spreadsheets read ``_x0041_`` as a letter; its first sign is written as one, too."""
_NOT_IN_XLSX = {code: None for code in range(32) if code not in {9, 10}}


def agenda_xlsx(agenda: AgendaFile) -> bytes:
    """The workbook. It takes a second for 500 sessions: call it in a thread."""
    # Only here: heavy, and most processes write no spreadsheet.
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    book.remove(book.active)
    for kind in columns.KINDS_OF_SHEET:
        named = columns_said(agenda) if kind is columns.SESSIONS else list(kind.columns)
        _fill(book.create_sheet(kind.title), kind, named, agenda)
    _help(book.create_sheet(columns.HELP))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def form_xlsx(edition: AgendaFile) -> bytes:
    """The empty form of an edition: its rooms, people and hosts to choose from, no sessions."""
    return agenda_xlsx(
        AgendaFile(
            edition=edition.edition,
            venues=edition.venues,
            rooms=edition.rooms,
            subjects=edition.subjects,
            hosts=edition.hosts,
            speakers=edition.speakers,
        )
    )


def _fill(sheet: Any, kind: SheetKind, named: list[Column], agenda: AgendaFile) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    wrap, bold, tint = (
        Alignment(wrap_text=True, vertical="top"),
        Font(bold=True),
        PatternFill("solid", "FFE8EDF3"),
    )
    for place, column in enumerate(named, 1):
        head = sheet.cell(1, place, column.head)
        head.font, head.alignment, head.fill = bold, wrap, tint
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    number = 1
    for number, row in enumerate(rows_of(agenda, kind), 2):
        for place, column in enumerate(named, 1):
            _put(sheet, number, place, column, row.get(column.name), kind)
    sheet.freeze_panes = "C2" if kind is columns.SESSIONS else "B2"
    if number > 1:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(named))}{number}"
    _offer_choices(sheet, kind, named, number + SPARE_ROWS, agenda)


def _put(sheet: Any, row: int, place: int, column: Column, value: Cell, kind: SheetKind) -> None:
    """One cell. Text is text, also where it begins like a formula or is called like an error."""
    if value is None or value == "":
        return
    cell = sheet.cell(row, place)
    if isinstance(value, str):
        text = in_words(column.name, value, kind).translate(_NOT_IN_XLSX)
        cell.value = _READ_AS_LETTER.sub("_x005F_", text)
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = text[:1] in {"=", "+", "-", "@"}
        if column.name in _LONG:
            cell.alignment = _wrapped()
        return
    cell.value = value
    if isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm:ss" if value.second else "yyyy-mm-dd hh:mm"
    elif isinstance(value, time):
        cell.number_format = "hh:mm:ss" if value.second else "hh:mm"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _wrapped() -> Any:
    from openpyxl.styles import Alignment  # noqa: PLC0415 - as above

    return Alignment(wrap_text=True, vertical="top")


def _offer_choices(sheet: Any, kind: SheetKind, named: list[Column], last: int, agenda: AgendaFile) -> None:
    """A list to choose from in every column that has one. Others may be typed: the import says what it does not know."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    for place, column in enumerate(named, 1):
        words = choices_of(column.name, kind)
        formula = f'"{",".join(words)}"' if words else _list_of(kind, column, agenda)
        if not formula:
            continue
        choice = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=False)
        letter = get_column_letter(place)
        choice.add(f"{letter}2:{letter}{last}")
        sheet.add_data_validation(choice)


def _list_of(kind: SheetKind, column: Column, agenda: AgendaFile) -> str:
    """The codes of another sheet, where a column names one of them."""
    target, size = {
        ("Sessions", "room"): (columns.ROOMS, len(agenda.rooms)),
        ("Items", "session"): (columns.SESSIONS, len(agenda.sessions)),
        ("People", "session"): (columns.SESSIONS, len(agenda.sessions)),
        ("People", "speaker"): (columns.SPEAKERS, len(agenda.speakers)),
    }.get((kind.name, column.name), (None, 0))
    return f"'{target.title}'!$A$2:$A${size + SPARE_ROWS}" if target else ""


def _help(sheet: Any) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above

    sheet.column_dimensions["A"].width = 60
    sheet.column_dimensions["B"].width = 80
    for number, (zh, en) in enumerate(HELP_LINES, 1):
        for place, text in enumerate((zh, en), 1):
            cell = sheet.cell(number, place, text)
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True, size=14)
