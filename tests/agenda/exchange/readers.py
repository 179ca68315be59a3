"""The checks that readers of the frab formats apply, written down from their schemas and sources.

``complaints_xml`` follows the schema of the validator that recording systems and exporters use (voc/schedule, version
of 2023 and before), ``complaints_json`` its JSON schema; ``as_giggity``, ``as_fahrplan`` and ``as_engelsystem`` read
a file as those programs do, by local names, positions and attributes.
"""

import io
import json
import re
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree as ET

START = r"([0-2][0-9]:[0-5][0-9])|([0-2][0-9]:[0-5][0-9]:[0-5][0-9])"
DURATION = r"([0-9]{1,2}:[0-9]{2})|([0-9]{1,2}:[0-9]{2}:[0-9]{1,2})"
UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
MOMENT = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|\+[0-9]{1,2}:[0-9]{2}|-[0-9]{1,2}:[0-9]{2})"
HTTP = r"https?://.*"
ACRONYM = r"[a-z0-9_-][a-z0-9_]{3,}(-2[0-9]{3}-[a-z]+)?"
SLUG_XML = r"[a-z0-9_]{4,}-[a-z0-9\-_]{4,}"
SLUG_JSON = r"[a-z0-9_-]+[a-z0-9]"
ANY = r"(?s).*"

CONFERENCE = {
    "title": (1, ANY), "acronym": (1, ACRONYM), "start": (0, r"\d{4}-\d\d-\d\d"), "end": (0, r"\d{4}-\d\d-\d\d"),
    "days": (0, r"\d+"), "timeslot_duration": (0, DURATION), "base_url": (0, HTTP), "time_zone_name": (0, r".+/.+|UTC"),
}  # fmt: skip
EVENT = {
    "room": (1, ANY), "title": (1, ANY), "subtitle": (1, ANY), "type": (1, ANY), "date": (1, MOMENT), "start": (1, START),
    "duration": (1, DURATION), "abstract": (1, ANY), "slug": (1, SLUG_XML), "track": (1, ANY), "logo": (0, ANY),
    "persons": (0, ANY), "language": (0, ANY), "description": (0, ANY), "recording": (0, ANY), "links": (0, ANY),
    "attachments": (0, ANY), "video_download_url": (0, HTTP), "url": (0, HTTP),
}  # fmt: skip


def complaints_xml(content: bytes) -> list[str]:
    """What the schema does not allow: elements, their order and number, attributes, patterns, what must be unique."""
    root = ET.fromstring(content)
    said = [] if root.tag == "schedule" and not root.attrib else ["root"]
    order = [child.tag for child in root]
    wanted = ["generator", "version", "conference"] + ["day"] * (len(order) - 3)
    said += [] if order == wanted and len(order) > 3 else [f"order {order}"]
    said += _all(root.find("conference"), CONFERENCE)
    events = list(root.iterfind("day/room/event"))
    for day in root.iterfind("day"):
        said += _attributes(
            day, {"date": r"\d{4}-\d\d-\d\d", "start": MOMENT, "end": MOMENT, "index": r"[1-9]\d*"}
        )
        said += [f"day holds {child.tag}" for child in day if child.tag != "room"]
        for room in day.iterfind("room"):
            said += _attributes(room, {"name": ANY})
            said += [f"room holds {child.tag}" for child in room if child.tag != "event"]
    for event in events:
        said += _attributes(event, {"id": r"[1-9]\d*", "guid": UUID})
        said += _all(event, EVENT)
        said += _all(event.find("recording"), {"license": (1, ANY), "optout": (1, "true|false|0|1")})
        said += [
            line for one in event.iterfind("persons/person") for line in _attributes(one, {"id": r"[1-9]\d*"})
        ]
    said += _unique("guid", [event.get("guid") for event in events])
    said += _unique("id", [event.get("id") for event in events])
    said += _unique("slug", [event.findtext("slug") for event in events])
    return said + _unique("index", [day.get("index") for day in root.iterfind("day")])


def _all(element: ET.Element, shape: dict[str, tuple[int, str]]) -> list[str]:
    names = [child.tag for child in element]
    said = [f"{element.tag}: {name} is not allowed" for name in names if name not in shape]
    said += [f"{element.tag}: {name} stands there twice" for name in set(names) if names.count(name) > 1]
    for name, (least, pattern) in shape.items():
        child = element.find(name)
        if child is None:
            said += [f"{element.tag}: {name} is missing"] if least else []
        elif not re.fullmatch(pattern, child.text or ""):
            said.append(f"{element.tag}/{name}: {child.text!r}")
    return said + ([f"text in {element.tag}"] if (element.text or "").strip() else [])


def _attributes(element: ET.Element, shape: dict[str, str]) -> list[str]:
    said = [f"{element.tag}@{name}" for name in element.attrib if name not in shape]
    return said + [
        f"{element.tag}@{name}: {element.get(name)!r}"
        for name, pattern in shape.items()
        if not re.fullmatch(pattern, element.get(name, "\n"))
    ]


def _unique(name: str, values: list[Any]) -> list[str]:
    return [f"{name} {one} twice" for one in set(values) if values.count(one) > 1]


EVENT_JSON = {
    "id": int, "guid": str, "logo": str, "date": str, "start": str, "duration": str, "room": str, "slug": str, "url": str,
    "title": str, "subtitle": (str, type(None)), "track": (str, type(None)), "type": str, "language": str,
    "abstract": (str, type(None)), "description": (str, type(None)), "recording_license": str,
    "do_not_record": (str, type(None)), "do_not_stream": (str, type(None)), "persons": list, "links": list,
    "attachments": list, "answers": list,
}  # fmt: skip
NEEDED_JSON = {
    "abstract", "date", "duration", "guid", "id", "language", "links", "persons", "room", "slug", "start", "subtitle",
    "title", "track", "type", "url",
}  # fmt: skip
CONFERENCE_JSON = {
    "acronym", "title", "description", "start", "end", "daysCount", "timeslot_duration", "time_zone_name", "logo",
    "colors", "keywords", "url", "tracks", "rooms", "meta", "days",
}  # fmt: skip


def complaints_json(content: bytes) -> list[str]:
    """What the JSON schema does not allow."""
    whole = json.loads(content)
    said = [f"top: {name}" for name in set(whole) - {"schedule", "$schema", "generator"}]
    schedule = whole["schedule"]
    conference = schedule["conference"]
    said += [] if isinstance(schedule["version"], str) and "rooms" not in schedule else ["schedule"]
    said += [f"conference: {name}" for name in set(conference) - CONFERENCE_JSON]
    needed = {"title", "acronym", "days", "daysCount", "start", "end", "timeslot_duration"}
    said += [f"conference lacks {name}" for name in needed - set(conference)]
    said += [] if re.fullmatch(ACRONYM, conference["acronym"]) else ["acronym"]
    said += (
        [] if date.fromisoformat(conference["start"]) <= date.fromisoformat(conference["end"]) else ["days"]
    )
    for room in conference["rooms"]:
        said += [f"room: {name}" for name in set(room) - {"name", "guid", "description", "capacity"}]
        said += [] if re.fullmatch(UUID, room["guid"]) else ["room guid"]
    for day in conference["days"]:
        said += [] if set(day) == {"index", "date", "day_start", "day_end", "rooms"} else [f"day {set(day)}"]
        said += [line for events in day["rooms"].values() for event in events for line in _event_json(event)]
    return said


def _event_json(event: dict[str, Any]) -> list[str]:
    said = [f"event: {name}" for name in set(event) - set(EVENT_JSON)]
    said += [f"event lacks {name}" for name in NEEDED_JSON - set(event)]
    said += [
        f"{name}: {value!r}"
        for name, value in event.items()
        if not isinstance(value, EVENT_JSON.get(name, object))
    ]
    for name, pattern in (
        ("guid", UUID),
        ("slug", SLUG_JSON),
        ("duration", r"[0-9]+:[0-9]{2}"),
        ("url", HTTP),
    ):
        said += [] if re.fullmatch(pattern, event[name]) else [f"{name}: {event[name]}"]
    datetime.fromisoformat(event["date"])
    for person in event["persons"]:
        frab = {"public_name", "id"} <= set(person)
        pretalx = "name" in person and re.fullmatch("[A-Z0-9]+", person.get("code", "A"))
        said += [] if frab != bool(pretalx) else [f"person fits {frab}, {bool(pretalx)}"]
    return said


def as_giggity(content: bytes) -> list[dict[str, Any]]:
    """Giggity: every element by its local name, whatever its namespace; the last text of a name wins."""
    found: list[dict[str, Any]] = []
    fields: dict[str, Any] = {}
    room = ""
    for event, element in ET.iterparse(io.BytesIO(content), events=("start", "end")):
        name = element.tag.rpartition("}")[2]
        text = (element.text or "").strip()
        if event == "start":
            if name in {"conference", "event"}:
                fields = {"id": element.get("id"), "persons": []}
            elif name == "room" and element.get("name") is not None:
                room = element.get("name", "")
        elif name == "event":
            assert all(fields.get(one) for one in ("id", "title", "start", "duration")), fields
            found.append({**fields, "line": room})
        elif name == "person":
            fields["persons"].append(text)
        elif name not in {"link", "persons"}:
            fields[name] = text
    return found


def as_fahrplan(content: bytes) -> list[dict[str, Any]]:
    """EventFahrplan: needs a version that is not empty, the end of each day, whole numbers; times relative to the day."""
    root = ET.fromstring(content)
    assert (root.findtext("version") or "").strip()
    found = []
    for day in root.iterfind("day"):
        ends = datetime.fromisoformat(day.attrib["end"])
        change = ends.hour * 60 + ends.minute
        for room in day.iterfind("room"):
            for event in room.iterfind("event"):
                hours, minutes = event.findtext("start", "").split(":")[:2]
                starts = int(hours) * 60 + int(minutes)
                found.append(
                    {
                        "id": int(event.attrib["id"]),
                        "day": int(day.attrib["index"]),
                        "room": room.attrib["name"],
                        "minute": starts + 24 * 60 * (starts < change),
                        "date": datetime.fromisoformat(event.findtext("date", "")),
                        "title": event.findtext("title"),
                        "speakers": ";".join(one.text or "" for one in event.iterfind("persons/person")),
                        "optout": event.findtext("recording/optout") == "true",
                    }
                )
    return found


def as_engelsystem(content: bytes) -> list[tuple[str, datetime, datetime]]:
    """Engelsystem: shifts from ``date`` and ``duration``, kept apart by guid."""
    found = []
    for event in ET.fromstring(content).iterfind("day/room/event"):
        hours, minutes = (int(part) for part in event.findtext("duration", "").split(":"))
        starts = datetime.fromisoformat(event.findtext("date", ""))
        ends = datetime.fromtimestamp(starts.timestamp() + hours * 3600 + minutes * 60, starts.tzinfo)
        found.append((event.attrib["guid"], starts, ends))
    return found
