"""CSV of the sessions, for other programs and for who has no spreadsheet: UTF-8 with a mark, codes instead of words."""

import csv
import io
import re
from datetime import date, datetime, time

from wcd.agenda.exchange import columns
from wcd.agenda.exchange.files import AgendaFile
from wcd.agenda.exchange.rows_out import Cell, columns_said, rows_of

_DANGEROUS = re.compile(r"'*[=+\-@\t]")
"""Spreadsheets would run such a cell as a formula; an apostrophe before it makes it text, and is taken away again."""


def agenda_csv(agenda: AgendaFile) -> bytes:
    """The sessions, with a head in both languages. Excel knows the encoding by the mark."""
    named = columns_said(agenda)
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow([column.head for column in named])
    for row in rows_of(agenda, columns.SESSIONS):
        writer.writerow([harmless(_text(row[column.name])) for column in named])
    return table.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def as_meant(text: str) -> str:
    """The other way round."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text


def _text(value: Cell) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds" if value.second else "minutes")
    if isinstance(value, time):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
