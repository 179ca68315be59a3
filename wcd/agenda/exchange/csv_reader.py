"""Reading CSV and TSV of sessions, in whatever encoding people's programs write it."""

import csv
import io
from collections.abc import Iterator

from wcd.agenda.exchange import columns
from wcd.agenda.exchange.files import AgendaFile, EditionFacts, Spot
from wcd.agenda.exchange.findings import FileRefused, Finding, Findings
from wcd.agenda.exchange.rows_in import ReadSheet, Row, agenda_of
from wcd.agenda.exchange.table_csv import as_meant
from wcd.agenda.exchange.xlsx_reader import MOST_ROWS, TOO_MANY_ROWS, check_head
from wcd.core.i18n import lazy_gettext as _

BROKEN = _("The table cannot be read: a quotation mark is not closed, or a cell is too long.")
TOO_MANY_CELLS = _("This row has more cells than the head.")
EMPTY = _("The file has no rows.")


def read_csv(text: str, edition: EditionFacts, findings: Findings) -> AgendaFile:
    """The sessions of a table with a head row."""
    lines = _lines(text)
    number, head = next(lines, (1, []))
    found = check_head(head, columns.SESSIONS, "", findings)
    rows: list[Row] = []
    for number, cells in lines if found else iter(()):
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(head) :]):
            findings.add(Spot("", number), "", TOO_MANY_CELLS)
        named = {name: as_meant(cell) for name, cell in zip(found or [], cells, strict=False) if name}
        rows.append(Row(Spot("", number), named))
        if len(rows) > MOST_ROWS:
            findings.add(Spot("", number), "", TOO_MANY_ROWS)
            break
    if found and not rows:
        findings.add(Spot("", number + 1), "", EMPTY)
    return agenda_of(
        [ReadSheet(columns.SESSIONS, [name for name in found or [] if name], rows)], edition, findings
    )


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their line in the file; the sign that stands most often in the head parts the cells."""
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",\t;", key=head.count), strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except csv.Error as wrong:
        raise FileRefused([Finding("", number, "", BROKEN)]) from wrong
