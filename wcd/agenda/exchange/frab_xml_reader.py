"""Reading ``schedule.xml``. Entities and document types are refused before anything is expanded."""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from wcd.agenda.exchange.files import AgendaFile, Spot
from wcd.agenda.exchange.findings import FileRefused, Finding, Findings
from wcd.agenda.exchange.frab_events import Event, Person, Schedule, agenda_of
from wcd.agenda.exchange.frab_xml import TARGET
from wcd.agenda.exchange.plain_in import MOST_ENTRIES, agenda_from
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _

BROKEN = _("This is no well-formed XML: line %(line)s, column %(column)s.")
DECLARES = _("The file declares a document type or entities. It is not read.")
OTHER_XML = _("This XML is no schedule: its outermost element is “%(name)s”.")
TOO_MANY = _("There are more than 5,000 events.")
NO_EVENTS = _("The file has no events.")
LOCALES = {"zh", "en"}


class _Builder(ET.TreeBuilder):
    """Builds the tree, and remembers the line at which each element began."""

    def __init__(self) -> None:
        super().__init__(insert_pis=True)
        self.lines: dict[int, int] = {}
        self.parser: Any = None

    def start(self, tag: Any, attrs: Any, /) -> Any:
        element = super().start(tag, attrs)
        if tag in {"event", "day", "room"}:
            self.lines[id(element)] = self.parser.CurrentLineNumber
        return element


def read_frab_xml(text: str, zone: str, findings: Findings) -> AgendaFile:
    """The agenda of a schedule, ours or another system's."""
    root, lines = _parsed(text)
    if root.tag != "schedule":
        name = str(root.tag)[:60]
        raise FileRefused([Finding("", lines.get(id(root), 1), "", OTHER_XML % {"name": name})])
    carried = _carried(root)
    beside = agenda_from(carried, findings) if carried else None
    locale = str(carried.get("locale")) if carried else ""
    events = list(_events(root, lines))
    if not events and not (beside and beside.sessions):
        findings.add(Spot(), "", NO_EVENTS)
    schedule = Schedule(
        acronym=_text(root, "conference/acronym") or _text(root, "conference/title"),
        zone=_text(root, "conference/time_zone_name"),
        day_change=_text(root, "conference/day_change"),
        events=events,
        locale=locale,
        beside=beside if locale in LOCALES else None,
    )
    return agenda_of(schedule, zone, findings)


def _parsed(text: str) -> tuple[ET.Element, dict[int, int]]:
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser.parser
    try:
        parser.feed(text)  # as text: what it declares of its encoding was true of its bytes
        root: ET.Element = parser.close()
    except DefusedXmlException:
        raise FileRefused([Finding("", _line(builder), "", DECLARES)]) from None
    except (ET.ParseError, ValueError, LookupError, AssertionError) as wrong:
        line, column = getattr(wrong, "position", (_line(builder), 0))
        raise FileRefused([Finding("", line, "", _broken(line, column))]) from None
    return root, builder.lines


def _broken(line: int, column: int) -> str:
    return BROKEN % {"line": line, "column": column + 1}


def _line(builder: _Builder) -> int:
    return int(builder.parser.CurrentLineNumber)


def _events(root: ET.Element, lines: dict[int, int]) -> Iterator[Event]:
    number = 0
    for day in root.iterfind("day"):
        for room in day.iterfind("room"):
            for event in room.iterfind("event"):
                number += 1
                if number > MOST_ENTRIES:
                    raise _too_many(lines.get(id(event), 0), TOO_MANY)
                yield _event(event, room.get("name", ""), day.get("date", ""), lines.get(id(event), 0))


def _too_many(line: int, says: LazyText) -> FileRefused:
    return FileRefused([Finding("", line, "", says)])


def _event(event: ET.Element, around: str, day: str, line: int) -> Event:
    texts: dict[str, str] = {}
    for child in event:
        tag: Any = child.tag  # of a processing instruction it is no text
        if isinstance(tag, str) and not len(child):
            texts[tag] = child.text or ""
    persons = [
        Person(number=person.get("id", ""), name=person.text or "", guid=person.get("guid", ""))
        for person in event.iterfind("persons/person")
    ]
    return Event(
        spot=Spot("", line),
        guid=event.get("guid", ""),
        number=event.get("id", ""),
        texts=texts,
        around=around,
        day=day,
        persons=persons,
        carried=_carried(event),
    )


def _carried(element: ET.Element) -> dict[str, Any] | None:
    """What we wrote beside the elements, in a processing instruction."""
    for child in element:
        tag: Any = child.tag
        if tag is ET.ProcessingInstruction and (child.text or "").startswith(f"{TARGET} "):
            try:
                found = msgspec.json.decode((child.text or "")[len(TARGET) + 1 :])
            except (msgspec.DecodeError, RecursionError):
                return None
            return found if isinstance(found, dict) else None
    return None


def _text(root: ET.Element, path: str) -> str:
    return (root.findtext(path) or "").strip()
