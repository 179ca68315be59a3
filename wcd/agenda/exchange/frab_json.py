"""``schedule.json`` of frab and pretalx. What its schema does not know is carried beside the conference (``x_wcd``)."""

from typing import Any

import msgspec

from wcd.agenda.exchange import frab
from wcd.agenda.exchange.files import AgendaFile, RoomEntry, SessionEntry, SpeakerEntry
from wcd.agenda.exchange.frab import Day, Speaking
from wcd.agenda.exchange.frab_xml import event_texts

SCHEMA = "https://c3voc.de/schedule/schema.json"
CARRIED = "x_wcd"


def schedule_json(agenda: AgendaFile, *, base_url: str, locale: str) -> bytes:
    """The sessions that have a time, day by day and room by room. The same agenda gives the same bytes."""
    said = frab.speaking(agenda, base_url, locale)
    days = frab.days(said)
    timed = [session for day in days for sessions in day.rooms.values() for session in sessions]
    beside = frab.carried_beside(said) | {"events": {str(one.id): frab.carried(said, one) for one in timed}}
    whole = {
        "$schema": SCHEMA,
        "generator": {"name": "wcd", "version": "1"},
        "schedule": {
            "version": frab.version_of(agenda),
            "base_url": f"{said.base_url}/{said.locale}/",
            "conference": _conference(said, days),
            CARRIED: beside,
        },
    }
    return msgspec.json.encode(whole)


def _conference(said: Speaking, days: list[Day]) -> dict[str, Any]:
    edition = said.agenda.edition
    first, last = edition.first_day or days[0].on, edition.last_day or days[-1].on
    return {
        "acronym": frab.acronym_of(edition),
        "title": frab.local(edition, "name", said.locale),
        "start": first.isoformat(),
        "end": last.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": "00:05",
        "time_zone_name": edition.zone,
        "url": f"{said.base_url}/{said.locale}/",
        "tracks": [{"name": name} for name in dict.fromkeys(said.subjects.values())],
        "rooms": [_room(said, room) for room in said.agenda.rooms if room.id],
        "days": [_day(said, day) for day in days],
    }


def _room(said: Speaking, room: RoomEntry) -> dict[str, Any]:
    return {
        "name": said.rooms[room.code],
        "guid": str(room.id),
        "description": frab.local(room, "floor", said.locale) or None,
        "capacity": room.capacity or None,
    }


def _day(said: Speaking, day: Day) -> dict[str, Any]:
    return {
        "index": day.index,
        "date": day.on.isoformat(),
        "day_start": day.starts.isoformat(),
        "day_end": day.ends.isoformat(),
        "rooms": {
            name: [_event(said, session, name) for session in sessions]
            for name, sessions in day.rooms.items()
        },
    }


def _event(said: Speaking, session: SessionEntry, place: str) -> dict[str, Any]:
    texts: dict[str, Any] = dict(event_texts(said, session, place))
    del texts["logo"]  # an address, or not there
    return texts | {
        "id": frab.number_of(said, session),
        "guid": str(session.id),
        "track": texts["track"] or None,
        "recording_license": "",
        "do_not_record": None,
        "persons": [_person(said, person) for person in frab.people_of(said, session)],
        "links": [],
        "attachments": [],
    }


def _person(said: Speaking, person: SpeakerEntry) -> dict[str, Any]:
    """As pretalx says it. With ``id`` it would fit frab's form as well, and the schema wants exactly one."""
    name = frab.name_of(person, said.locale)
    return {
        "guid": str(person.id),
        "name": name,
        "public_name": name,
        "biography": frab.local(person, "biography", said.locale),
        "url": f"{said.base_url}/{said.locale}/speakers/{person.code}",
    }
