"""Plans for tests of warnings: sessions, rooms and people by short names, times as clocks of one day."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from wcd.agenda.facts import Host, ItemFacts, PartFacts, SessionFacts
from wcd.agenda.warnings.views import Plan, RoomFacts, SpeakerFacts, pair
from wcd.core.i18n import Bilingual

NAMES = UUID(int=7)
EDITION = uuid5(NAMES, "edition")
BOTH = Bilingual("题目", "Title")


def key(name: str) -> UUID:
    """The id of what is called so."""
    return uuid5(NAMES, name)


def at(clock: str) -> datetime:
    """``09:30`` on the day of the tests."""
    return datetime.fromisoformat(f"2023-10-28T{clock}+08:00")


def session(name: str, span: str = "09:00-10:30", **values: Any) -> SessionFacts:
    """A confirmed side event that lacks nothing. ``span`` may be empty: not scheduled."""
    starts, _dash, ends = span.partition("-")
    return SessionFacts(
        **{
            "id": key(name), "edition": EDITION, "code": name, "kind": "side_event", "state": "confirmed",
            "title": BOTH, "summary": Bilingual("", ""), "meeting_point": Bilingual("", ""),
            "room": key(values.pop("at")) if "at" in values else None,
            "starts_at": at(starts) if span else None, "ends_at": at(ends) if span else None, "minutes": 90,
            "seats": None, "booking": "open", "categories": [], "languages": ["zh", "en"], "interpretation": [],
            "sdgs": [], "subjects": [], "hosts": [], "items": [], "people": [], "version": 1, "sequence": 0,
            "changed_in": 0, "changed_at": datetime(2023, 10, 1, tzinfo=UTC), **values,
        }
    )  # fmt: skip


def people(*names: str, role: str = "speaker") -> list[PartFacts]:
    """Parts in the whole session; ``Ada@talk`` has one in an item."""
    parts = [name.partition("@") for name in names]
    return [PartFacts(key(name), role, key(item) if item else None) for name, _at, item in parts]


def item(name: str, minutes: int, zh: str = "致辞", en: str = "Address") -> ItemFacts:
    """A part of a session."""
    return ItemFacts(key(name), "speech", zh, en, minutes)


def host(zh: str, en: str) -> Host:
    """A body that hosts."""
    return Host(key(zh + en), zh, en)


def spans(*written: str) -> tuple[tuple[datetime, datetime], ...]:
    """``09:00-12:00`` as a span."""
    return tuple((at(one[:5]), at(one[6:])) for one in written)


def room(name: str, venue: str = "north", **values: Any) -> RoomFacts:
    """A room of unknown size that is always open."""
    plain = {"id": key(name), "venue": key(venue), "name": Bilingual(name, name)}
    return RoomFacts(**{**plain, "venue_name": Bilingual(venue, venue), **values})


def person(name: str, **values: Any) -> SpeakerFacts:
    """Somebody who can always come."""
    return SpeakerFacts(**{"id": key(name), "native_name": name, "latin_name": name, **values})


def plan(*sessions: SessionFacts, **values: Any) -> Plan:
    """Rooms and people as lists, travel and shared guests by names."""
    values["rooms"] = {one.id: one for one in values.get("rooms", [])}
    values["speakers"] = {one.id: one for one in values.get("speakers", [])}
    for name in ("travel", "shared"):
        values[name] = {
            pair(key(one), key(other)): number for (one, other), number in values.get(name, {}).items()
        }
    values["layouts"] = {key(name): layout for name, layout in values.get("layouts", {}).items()}
    values["published"] = {key(name): spans(span)[0] for name, span in values.get("published", {}).items()}
    return Plan(sessions={one.id: one for one in sessions}, **values)
