"""``schedule.xml`` of frab, pentabarf and pretalx, as its validators and readers want it.

Its schema allows nothing of ours in it, and some readers take elements by their local names whatever the namespace:
so the other language and all else stand in processing instructions (``<?wcd {…}?>``), which both pass over.
"""

import re
from typing import Any
from xml.etree import ElementTree as ET

import msgspec

from wcd.agenda.exchange import frab
from wcd.agenda.exchange.files import AgendaFile, SessionEntry
from wcd.agenda.exchange.frab import Day, Speaking

TARGET = "wcd"
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def schedule_xml(agenda: AgendaFile, *, base_url: str, locale: str) -> bytes:
    """The sessions that have a time, day by day and room by room. The same agenda gives the same bytes."""
    said = frab.speaking(agenda, base_url, locale)
    root = ET.Element("schedule")
    root.append(_aside(frab.carried_beside(said)))
    ET.SubElement(root, "generator", name="wcd", version="1")
    days = frab.days(said)
    _text(root, "version", frab.version_of(agenda))
    _conference(root, said, days)
    for day in days:
        _day(root, said, day)
    ET.indent(root)
    whole: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return whole


def _conference(root: ET.Element, said: Speaking, days: list[Day]) -> None:
    edition = said.agenda.edition
    conference = ET.SubElement(root, "conference")
    _text(conference, "title", frab.local(edition, "name", said.locale))
    _text(conference, "acronym", frab.acronym_of(edition))
    if edition.first_day and edition.last_day:
        _text(conference, "start", edition.first_day.isoformat())
        _text(conference, "end", edition.last_day.isoformat())
    _text(conference, "days", str(len(days)))
    _text(conference, "timeslot_duration", "00:05")
    _text(conference, "base_url", f"{said.base_url}/{said.locale}/")
    _text(conference, "time_zone_name", edition.zone)


def _day(root: ET.Element, said: Speaking, day: Day) -> None:
    attributes = {
        "index": str(day.index),
        "date": day.on.isoformat(),
        "start": day.starts.isoformat(),
        "end": day.ends.isoformat(),
    }
    element = ET.SubElement(root, "day", attributes)
    for name, sessions in day.rooms.items():
        room = ET.SubElement(element, "room", name=_plain(name))
        for session in sessions:
            _event(room, said, session, name)


def _event(room: ET.Element, said: Speaking, session: SessionEntry, place: str) -> None:
    attributes = {"guid": str(session.id), "id": str(frab.number_of(said, session))}
    event = ET.SubElement(room, "event", attributes)
    event.append(_aside(frab.carried(said, session)))
    for name, text in event_texts(said, session, place):
        _text(event, name, text)
    persons = ET.SubElement(event, "persons")
    for person in frab.people_of(said, session):
        one = _text(persons, "person", frab.name_of(person, said.locale))
        one.set("id", str(frab.number_of(said, person)))
    ET.SubElement(event, "links")
    ET.SubElement(event, "attachments")
    recording = ET.SubElement(event, "recording")
    _text(recording, "license", "")
    _text(recording, "optout", "false")


def event_texts(said: Speaking, session: SessionEntry, place: str) -> list[tuple[str, str]]:
    """The plain texts of an event in the order in which frab writes them."""
    if not session.starts_at:
        raise ValueError("only sessions with a time are events")
    here = session.starts_at.astimezone(said.zone)
    return [
        ("date", here.isoformat(timespec="seconds")),
        ("start", f"{here:%H:%M}"),
        ("duration", frab.length_of(session)),
        ("room", place),
        ("slug", frab.slug_of(said, session)),
        ("url", frab.address_of(said, session)),
        ("title", frab.title_of(said, session)),
        ("subtitle", ""),
        ("track", frab.track_of(said, session)),
        ("type", session.kind),
        ("language", frab.language_of(said, session)),
        ("abstract", frab.local(session, "summary", said.locale)),
        ("description", frab.description_of(said, session)),
        ("logo", ""),
    ]


def _aside(values: dict[str, Any]) -> Any:
    """A processing instruction with JSON in it. Its end could only stand inside a string of JSON."""
    text = _NOT_IN_XML.sub("", msgspec.json.encode(values).decode()).replace("?>", "?\\u003e")
    return ET.ProcessingInstruction(TARGET, text)


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = _plain(text) or None
    return element


def _plain(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
