"""Reading JSON: our own, and ``schedule.json`` whoever wrote it."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from wcd.agenda.exchange.files import AgendaFile, Spot
from wcd.agenda.exchange.findings import FileRefused, Finding, Findings
from wcd.agenda.exchange.frab_events import Event, Person, Schedule, agenda_of
from wcd.agenda.exchange.frab_json import CARRIED
from wcd.agenda.exchange.frab_xml_reader import LOCALES, NO_EVENTS, TOO_MANY
from wcd.agenda.exchange.own_json import MARK, VERSION
from wcd.agenda.exchange.plain_in import MOST_ENTRIES, agenda_from
from wcd.core.i18n import lazy_gettext as _

BROKEN = _("This is no JSON: %(why)s.")
OTHER_JSON = _("This JSON is neither a schedule nor an agenda of this system.")
NEWER = _("This file was written by a newer version of this system.")


def read_json(text: str, zone: str, findings: Findings) -> AgendaFile:
    """The agenda of a JSON file."""
    try:
        whole = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as wrong:
        raise FileRefused([Finding("", 0, "", BROKEN % {"why": str(wrong)[:120]})]) from None
    if isinstance(whole, dict) and whole.get("format") == MARK:
        if whole.get("version") != VERSION:
            raise FileRefused([Finding("", 0, "version", NEWER)])
        return agenda_from(whole, findings)
    schedule = whole.get("schedule") if isinstance(whole, dict) else None
    if not isinstance(schedule, dict) or not isinstance(schedule.get("conference"), dict):
        raise FileRefused([Finding("", 0, "", OTHER_JSON)])
    return _schedule(schedule, zone, findings)


def _schedule(schedule: Mapping[str, Any], zone: str, findings: Findings) -> AgendaFile:
    conference = schedule["conference"]
    carried = schedule.get(CARRIED)
    carried = carried if isinstance(carried, dict) and str(carried.get("locale")) in LOCALES else None
    beside = agenda_from(carried, findings) if carried else None
    kept = carried.get("events") if carried else None
    events = list(_events(conference, kept if isinstance(kept, dict) else {}))
    if not events and not (beside and beside.sessions):
        findings.add(Spot(), "", NO_EVENTS)
    read = Schedule(
        acronym=_text(conference.get("acronym")) or _text(conference.get("title")),
        zone=_text(conference.get("time_zone_name")),
        events=events,
        capacities=_capacities(conference.get("rooms")),
        locale=str(carried["locale"]) if carried else "",
        beside=beside,
    )
    return agenda_of(read, zone, findings)


def _events(conference: Mapping[str, Any], kept: Mapping[str, Any]) -> Iterator[Event]:
    number = 0
    for day in _dicts(conference.get("days")):
        rooms = day.get("rooms")
        for name, events in rooms.items() if isinstance(rooms, dict) else ():
            for event in _dicts(events):
                number += 1
                if number > MOST_ENTRIES:
                    raise FileRefused([Finding("events", number, "", TOO_MANY)])
                yield _event(event, name, _text(day.get("date")), number, kept)


def _event(event: Mapping[str, Any], around: str, day: str, number: int, kept: Mapping[str, Any]) -> Event:
    guid = _text(event.get("guid"))
    persons = event.get("persons", event.get("speakers"))
    own = kept.get(guid)
    return Event(
        spot=Spot("events", number),
        guid=guid,
        number=_text(event.get("id")),
        texts={name: _text(value) for name, value in event.items()},
        around=around,
        day=day,
        persons=[_person(person) for person in _dicts(persons)],
        carried=own if isinstance(own, dict) else None,
    )


def _person(person: Mapping[str, Any]) -> Person:
    """Frab, pretalx and others each have their own word for a person's name and number."""
    names = ("name", "public_name", "full_public_name", "display_name")
    return Person(
        number=_text(person.get("code")) or _text(person.get("id")),
        name=next((_text(person[name]) for name in names if _text(person.get(name))), ""),
        guid=_text(person.get("guid")),
        biography=_text(person.get("biography")) or _text(person.get("description")),
    )


def _capacities(rooms: Any) -> dict[str, int]:
    return {
        _text(room.get("name")): room["capacity"]
        for room in _dicts(rooms)
        if isinstance(room.get("capacity"), int) and 0 < room["capacity"] <= 1_000_000
    }


def _dicts(values: Any) -> list[dict[str, Any]]:
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []


def _text(value: Any) -> str:
    """A text or number as text; of a text in several languages the English one, else the first."""
    if isinstance(value, dict):
        return _text(value.get("en") or next(iter(value.values()), ""))
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
