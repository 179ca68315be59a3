"""Events of ``schedule.xml`` and ``schedule.json``, whoever wrote them, as sessions with rooms and people."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec

from wcd.agenda.exchange import frab, words
from wcd.agenda.exchange.files import (
    AgendaFile,
    EditionFacts,
    PartEntry,
    RoomEntry,
    SessionEntry,
    SpeakerEntry,
    Spot,
)
from wcd.agenda.exchange.findings import Findings
from wcd.agenda.exchange.plain_in import entry_from
from wcd.agenda.rules import BREAK, CALLED_OFF, CEREMONY, CONFIRMED, FORUM, MEAL, PLENARY, SIDE_EVENT, TOUR
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import FIRST_YEAR, LAST_YEAR
from wcd.core.names import has_han

NO_TITLE = _("This event has no title.")
NO_START = _("This event has no date and time that can be read: “%(found)s”.")
NO_DURATION = _("“%(found)s” is no duration. It is written as 01:30.")
OTHER_ROOM = _("The event says “%(said)s”, but stands in the room “%(around)s”.")
DOUBLE = _("Another event has the same number or guid: %(found)s.")
NO_NAME = _("A person has no name.")
_LENGTH = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_CANCELLED = re.compile(
    r"\s*(?:【已取消】|(?i:[\[(]\s*cancell?ed\s*[\])])\s*[:：–—-]?|(?i:cancell?ed)\s*[:：–—-]|CANCELL?ED\s)\s*"
)
_GUESSES = (
    (CEREMONY, ("ceremony", "opening", "closing", "仪式", "开幕", "闭幕")),
    (PLENARY, ("plenary", "keynote", "全体")),
    (MEAL, ("lunch", "dinner", "meal", "reception", "banquet", "午餐", "晚宴", "晚餐")),
    (BREAK, ("break", "pause", "coffee", "茶歇")),
    (TOUR, ("tour", "excursion", "visit", "考察", "参观")),
    (SIDE_EVENT, ("side event", "side_event", "meetup", "meeting", "边会")),
)


class Person(msgspec.Struct, frozen=True):
    """A person as an event names them."""

    number: str = ""
    name: str = ""
    guid: str = ""
    biography: str = ""


class Event(msgspec.Struct, kw_only=True):
    """An event as it was read. ``around`` is the room in whose list it stands, ``day`` the date of its day."""

    spot: Spot
    guid: str = ""
    number: str = ""
    texts: Mapping[str, str]
    around: str = ""
    day: str = ""
    persons: Sequence[Person] = ()
    carried: Mapping[str, Any] | None = None


class Schedule(msgspec.Struct, kw_only=True):
    """A whole file as it was read. ``beside`` is what a file of ours carries beside its events."""

    acronym: str = ""
    zone: str = ""
    day_change: str = ""
    events: list[Event]
    capacities: dict[str, int] = {}
    locale: str = ""
    beside: AgendaFile | None = None


def agenda_of(schedule: Schedule, zone: str, findings: Findings) -> AgendaFile:
    """The agenda; times without an offset are those of the file's zone, else of the edition's."""
    builder = _Builder(schedule, zone, findings)
    for event in schedule.events:
        builder.add(event)
    return builder.agenda


class _Builder:
    """Gathers sessions, rooms and people while it goes through the events."""

    def __init__(self, schedule: Schedule, zone: str, findings: Findings) -> None:
        self.schedule, self.findings = schedule, findings
        self.zone = _zone(schedule.zone) or ZoneInfo(zone)
        self.agenda = schedule.beside or AgendaFile(edition=EditionFacts(zone=zone))
        self.own = (
            frab.speaking(schedule.beside, "", schedule.locale) if schedule.beside is not None else None
        )
        self.by_room = {name: code for code, name in self.own.rooms.items()} if self.own else {}
        self.rooms = {room.key for room in self.agenda.rooms}
        self.people = {person.key: person for person in self.agenda.speakers}
        self.seen: set[str] = set()

    def add(self, event: Event) -> None:
        """One event more."""
        twice = next(
            (one for one in (event.guid, f"#{event.number}") if one.strip("#") in self.seen and one), ""
        )
        self.seen |= {one for one in (event.guid, event.number) if one}
        if twice.strip("#"):
            self.findings.add(event.spot, "guid", DOUBLE % {"found": twice.strip("#")})
        said, around = event.texts.get("room", ""), event.around
        if said and around and said != around:
            self.findings.add(event.spot, "room", OTHER_ROOM % {"said": said, "around": around})
        session = self._own(event) if event.carried is not None and self.own else self._foreign(event)
        if session is not None:
            self.agenda.sessions.append(session)

    def _own(self, event: Event) -> SessionEntry | None:
        """An event that we wrote: what it shows counts, also where another program has changed it since."""
        session: SessionEntry | None = entry_from(SessionEntry, event.carried, event.spot, self.findings)
        if session is None or self.own is None:
            return None
        locale = self.schedule.locale
        title, off = without_mark(event.texts.get("title", ""))
        title = title if off and session.state == CALLED_OFF else event.texts.get("title", "")
        for name, text in (("title", title), ("summary", event.texts.get("abstract", ""))):
            field = f"{name}_{locale}"
            if field not in session.said:
                setattr(session, field, text)
                session.said |= {field}
        if "starts_at" not in session.said:
            session.starts_at, session.ends_at = self._times(event)
            session.said |= {"starts_at", "ends_at"}
        place = event.texts.get("room", "")
        if place and place != frab.place_of(self.own, session):
            session.room = self._room(place)
        return session

    def _foreign(self, event: Event) -> SessionEntry | None:
        """An event of another system: one language, its own ids; it says nothing of what that system does not know."""
        title, off = without_mark(event.texts.get("title", ""))
        if not title:
            self.findings.add(event.spot, "title", NO_TITLE)
            return None
        locale = _language_of(title, event.texts.get("language", ""))
        starts, ends = self._times(event)
        session = SessionEntry(
            id=_id(event.guid, self.schedule.acronym, event.number or title),
            kind=guess_kind(event.texts.get("type", ""), title),
            state=CALLED_OFF if off else CONFIRMED,
            starts_at=starts,
            ends_at=ends,
            room=self._room(event.around or event.texts.get("room", "")),
            people=[PartEntry(speaker=key) for key in self._persons(event, locale)],
            spot=event.spot,
        )
        setattr(session, f"title_{locale}", title)
        said = {f"title_{locale}", "starts_at", "ends_at", "room", "people"} | ({"state"} if off else set())
        summary = "\n\n".join(dict.fromkeys(text for text in self._summary(event) if text))
        if summary:
            setattr(session, f"summary_{locale}", summary)
            said.add(f"summary_{locale}")
        spoken = event.texts.get("language", "").lower().replace("_", "-").split("-")[0]
        if spoken in {"zh", "en"}:
            session.languages = [spoken]
            said.add("languages")
        if track := event.texts.get("track", "").strip():
            session.subjects = [track]
            said.add("subjects")
        session.said = frozenset(said)
        return session

    def _summary(self, event: Event) -> list[str]:
        return [event.texts.get(name, "").strip() for name in ("subtitle", "abstract", "description")]

    def _room(self, name: str) -> str:
        """The key of a room that the file names; rooms of frab's formats are those that stand in it."""
        name = name.strip()
        if not name or name in words.NO_ROOM.values():
            return ""
        if name in self.by_room:
            return self.by_room[name]
        if name not in self.rooms:
            self.rooms.add(name)
            capacity = self.schedule.capacities.get(name, 0)
            spot = Spot("rooms", len(self.agenda.rooms) + 1)
            self.agenda.rooms.append(
                RoomEntry(key=name, name_zh=name, name_en=name, capacity=capacity, spot=spot)
            )
        return name

    def _persons(self, event: Event, locale: str) -> list[str]:
        keys = []
        for person in event.persons:
            key = person.guid or person.number or person.name
            if not person.name.strip():
                self.findings.add(event.spot, "person", NO_NAME)
                continue
            if key not in self.people:
                self.people[key] = self._speaker(person, key, locale)
                self.agenda.speakers.append(self.people[key])
            keys.append(key)
        return list(dict.fromkeys(keys))

    def _speaker(self, person: Person, key: str, locale: str) -> SpeakerEntry:
        name = " ".join(person.name.split())
        field = f"biography_{'zh' if has_han(person.biography) else 'en' if person.biography else locale}"
        text = person.biography.strip()
        return SpeakerEntry(
            id=_id(person.guid, self.schedule.acronym, f"person/{key}"),
            key=key,
            native_name=name,
            latin_name=name if name.isascii() or not _is_foreign(name) else "",
            said=frozenset({field} if text else ()),
            spot=Spot("persons", len(self.agenda.speakers) + 1),
            **({field: text} if text else {}),
        )

    def _times(self, event: Event) -> tuple[datetime | None, datetime | None]:
        """Start and end; None for both where they cannot be read, which is a finding."""
        starts = self._start(event)
        if starts is not None and not FIRST_YEAR <= starts.year <= LAST_YEAR:
            starts = None
        length = _length(event.texts.get("duration", ""))
        if starts is None:
            found = event.texts.get("date", "") or f"{event.day} {event.texts.get('start', '')}"
            self.findings.add(event.spot, "date", NO_START % {"found": found[:60]})
        if not length:
            self.findings.add(
                event.spot, "duration", NO_DURATION % {"found": event.texts.get("duration", "")[:60]}
            )
        if starts is None or not length:
            return None, None
        return starts, datetime.fromtimestamp(starts.timestamp() + length.total_seconds(), starts.tzinfo)

    def _start(self, event: Event) -> datetime | None:
        for text in (event.texts.get("date", ""), event.texts.get("start", "")):
            if len(text) > len("2023-10-28") and (at := _moment(text)):
                return at if at.tzinfo else at.replace(tzinfo=self.zone)
        at = _moment(f"{event.day[:10]}T{event.texts.get('start', '')}")
        if at is None:
            return None
        if at.time() < (_clock(self.schedule.day_change) or time()):
            at += timedelta(days=1)
        return at.replace(tzinfo=self.zone)


def without_mark(title: str) -> tuple[str, bool]:
    """The title without what says that the session is called off, and whether it said so."""
    found = _CANCELLED.match(title)
    return (title[found.end() :].strip(), True) if found else (title.strip(), False)


def guess_kind(kind: str, title: str) -> str:
    """Our kind for what another system calls it."""
    if kind in words.KINDS:
        return kind
    for text in (kind.casefold(), title.casefold() if len(title) < 40 else ""):
        for code, signs in _GUESSES:
            if any(sign in text for sign in signs):
                return code
    return FORUM


def _language_of(title: str, language: str) -> str:
    if has_han(title):
        return "zh"
    return "en" if any(sign.isalpha() for sign in title) else "zh" if language.startswith("zh") else "en"


def _is_foreign(name: str) -> bool:
    """Whether letters of another script than Latin are in it."""
    return any(ord(sign) > 0x24F and sign.isalpha() for sign in name)


def _id(guid: str, acronym: str, otherwise: str) -> UUID:
    """The guid, else one that is the same whenever this system's file is read again."""
    return _uuid(guid) or uuid5(NAMESPACE_URL, f"{acronym}/{guid or otherwise}")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text.strip())
    except ValueError:
        return None


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):
        return None


def _length(text: str) -> timedelta | None:
    """``01:30``, with days before or, of seconds, behind: readers know ``h:mm`` and ``h:mm:ss``."""
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        return None
    first, second, third = (int(part) if part else None for part in found.groups())
    if first is None:
        return timedelta(hours=second or 0, minutes=third or 0)
    return timedelta(hours=first, minutes=second or 0, seconds=third or 0)
