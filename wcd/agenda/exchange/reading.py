"""Reading a file of any kind: its contents say what it is, never its name."""

from wcd.agenda.exchange.checks import check
from wcd.agenda.exchange.csv_reader import read_csv
from wcd.agenda.exchange.files import AgendaFile, EditionFacts
from wcd.agenda.exchange.findings import FileRefused, Finding, Findings
from wcd.agenda.exchange.frab_xml_reader import read_frab_xml
from wcd.agenda.exchange.ical_reader import read_ical
from wcd.agenda.exchange.json_reader import read_json
from wcd.agenda.exchange.xlsx_reader import read_xlsx
from wcd.core.decoding import decode
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _

MOST_BYTES = 20 * 1024 * 1024
EMPTY = _("The file is empty.")
TOO_LARGE = _("The file is larger than 20 MB.")
OLD_EXCEL = _(
    "This is a workbook of the old kind (.xls), or a protected one. Save it as .xlsx without a password."
)
NO_TEXT = _("The file is neither a workbook nor text in UTF-8, UTF-16 or GB 18030.")


def read_agenda(content: bytes, edition: EditionFacts, findings: Findings) -> AgendaFile:
    """The agenda that a file holds, with every value checked. Slow for large ones: call it in a thread.

    A file that cannot be read at all is refused; single things that do not hold are findings.
    """
    if len(content) > MOST_BYTES:
        raise _refused(TOO_LARGE)
    agenda = _read(content, edition, findings)
    check(agenda, findings)
    return agenda


def _read(content: bytes, edition: EditionFacts, findings: Findings) -> AgendaFile:
    if content.startswith(b"PK\x03\x04"):
        return read_xlsx(content, edition, findings)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refused(OLD_EXCEL)
    text = decode(content)
    if text is None or "\0" in text:
        raise _refused(NO_TEXT)
    begin = text.lstrip()[:40]
    if not begin:
        raise _refused(EMPTY)
    if begin.startswith("<"):
        return read_frab_xml(text, edition.zone, findings)
    if begin.startswith(("{", "[")):
        return read_json(text, edition.zone, findings)
    if begin.upper().startswith("BEGIN:VCALENDAR"):
        return read_ical(text, edition.zone, findings)
    return read_csv(text, edition, findings)


def _refused(says: LazyText) -> FileRefused:
    return FileRefused([Finding("", 0, "", says)])
