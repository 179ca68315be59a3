"""Agendas as other systems export them: one language, their own ids, people by number, rooms by name."""

import json
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

ROOMS = [f"Hall {letter}" for letter in "ABCDEFGHIJKLMNOPQRST"]
KINDS = ("Talk", "Workshop", "Keynote", "Panel", "Coffee break")
ACRONYM = "cities23"


def events(count: int) -> list[dict]:
    """Sessions of half an hour in twenty rooms, from nine in the morning, over as many days as they need."""
    first = datetime.fromisoformat("2023-10-28T09:00:00+02:00")
    made = []
    for n in range(count):
        slot, room = divmod(n, len(ROOMS))
        day, step = divmod(slot, 16)
        starts = first + timedelta(days=day, minutes=30 * step)
        made.append(
            {
                "id": 1000 + n,
                "guid": str(uuid5(NAMESPACE_URL, f"{ACRONYM}/{n}")),
                "date": starts.isoformat(),
                "start": f"{starts:%H:%M}",
                "duration": "00:30",
                "room": ROOMS[room],
                "slug": f"{ACRONYM}-{1000 + n}-talk-{n}",
                "url": f"https://cfp.example/{ACRONYM}/talk/{n}/",
                "title": f"Talk {n}: roofs & rain <{n}>",
                "subtitle": "",
                "track": "Housing" if n % 3 else "Water",
                "type": KINDS[n % len(KINDS)],
                "language": "en" if n % 7 else "de",
                "abstract": f"Abstract {n}.\nSecond line.",
                "description": f"Longer description {n}.",
                "recording_license": "",
                "do_not_record": False,
                "persons": [person(n % 300), person((n * 7 + 1) % 300)],
                "links": [],
                "attachments": [],
            }
        )
    return made


def person(n: int) -> dict:
    name = f"Speaker Number{n}" if n % 5 else f"发言人{n}"
    return {
        "id": 50 + n,
        "code": f"P{n:05X}",
        "public_name": name,
        "biography": f"Biography {n}",
        "answers": [],
    }


def days_of(made: list[dict]) -> dict[str, dict[str, list[dict]]]:
    days: dict[str, dict[str, list[dict]]] = {}
    for event in made:
        days.setdefault(event["date"][:10], {}).setdefault(event["room"], []).append(event)
    return days


def pretalx_json(count: int = 500) -> bytes:
    """As pretalx writes ``schedule.json``."""
    days = [
        {"index": index, "date": day, "day_start": f"{day}T04:00:00+02:00", "day_end": f"{day}T03:59:00+02:00",
         "rooms": rooms}
        for index, (day, rooms) in enumerate(days_of(events(count)).items(), 1)
    ]  # fmt: skip
    rooms = [
        {"name": room, "guid": str(uuid5(NAMESPACE_URL, room)), "description": None, "capacity": 80}
        for room in ROOMS
    ]
    conference = {
        "acronym": ACRONYM, "title": "Cities 2023", "start": "2023-10-28", "end": "2023-10-31",
        "daysCount": len(days), "timeslot_duration": "00:05", "time_zone_name": "Europe/Berlin", "rooms": rooms,
        "days": days,
    }  # fmt: skip
    whole = {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "pretalx", "version": "2024.1.0"},
        "schedule": {
            "version": "1.4",
            "base_url": f"https://cfp.example/{ACRONYM}/schedule/",
            "conference": conference,
        },
    }
    return json.dumps(whole, indent=2).encode()


def pretalx_xml(count: int = 500) -> bytes:
    """As pretalx writes ``schedule.xml``."""
    lines = [
        "<?xml version='1.0' encoding='utf-8' ?>",
        "<!-- Made with love by pretalx v2024.1.0. -->",
        "<schedule>",
        '    <generator name="pretalx" version="2024.1.0" />',
        "    <version>1.4</version>",
        (
            f"    <conference><acronym>{ACRONYM}</acronym><title>Cities 2023</title><start>2023-10-28</start>"
            "<end>2023-10-31</end><days>4</days><timeslot_duration>00:05</timeslot_duration>"
            "<base_url>https://cfp.example</base_url><time_zone_name>Europe/Berlin</time_zone_name></conference>"
        ),
    ]
    for index, (day, rooms) in enumerate(days_of(events(count)).items(), 1):
        lines.append(
            f"    <day index='{index}' date='{day}' start='{day}T04:00:00+02:00' end='{day}T03:59:00+02:00'>"
        )
        for room, talks in rooms.items():
            lines.append(f"        <room name={quoteattr(room)} guid='{uuid5(NAMESPACE_URL, room)}'>")
            lines += [_xml_event(talk) for talk in talks]
            lines.append("        </room>")
        lines.append("    </day>")
    return "\n".join([*lines, "</schedule>"]).encode()


def _xml_event(talk: dict) -> str:
    texts = "".join(
        f"<{name}>{escape(talk[name])}</{name}>"
        for name in ("date", "start", "duration", "room", "slug", "url", "title", "subtitle", "track", "type", "language",
                     "abstract", "description")
    )  # fmt: skip
    persons = "".join(
        f"<person id='{one['id']}'>{escape(one['public_name'])}</person>" for one in talk["persons"]
    )
    return (
        f"            <event guid='{talk['guid']}' id='{talk['id']}'>{texts}<logo></logo>"
        f"<recording><license></license><optout>false</optout></recording><persons>{persons}</persons>"
        "<links></links><attachments></attachments></event>"
    )


PENTABARF = """<?xml version="1.0" encoding="UTF-8"?>
<schedule>
  <conference>
    <title>FOSDEM-like</title><start>2023-10-28</start><end>2023-10-29</end><days>2</days>
    <day_change>04:00:00</day_change><timeslot_duration>00:15:00</timeslot_duration>
  </conference>
  <day index="1" date="2023-10-28">
    <room name="Janson">
      <event id="6245">
        <start>10:00</start><duration>00:50</duration><room>Janson</room><slug>osi</slug>
        <title>Consensus as a Service</title><subtitle>Twenty years</subtitle><track>Keynotes</track>
        <type>keynote</type><language/><abstract>&lt;p&gt;A licence.&lt;/p&gt;</abstract><description/>
        <persons><person id="228">Simon Example</person></persons><links/>
      </event>
      <event id="6246">
        <start>01:30</start><duration>01:00</duration><room>Janson</room><slug>late</slug>
        <title>CANCELLED: After midnight</title><subtitle/><track/><type>other</type><language>en</language>
        <abstract/><description/><persons/><links/>
      </event>
    </room>
  </day>
</schedule>
"""
