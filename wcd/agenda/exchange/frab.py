"""What ``schedule.xml`` and ``schedule.json`` share: days, numbers, slugs, the texts of one language.

Both are files of one language, read by apps, displays and recording systems. They know no second language, no items,
no states: what they cannot say is carried beside it, where their readers do not look (`carried`).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from wcd.agenda.exchange import words
from wcd.agenda.exchange.files import AgendaFile, EditionFacts, RoomEntry, SessionEntry, SpeakerEntry
from wcd.agenda.rules import CALLED_OFF, item_times

DAY_BEGINS = time(4)
"""What starts before belongs to the evening before; readers take the change of day from the file."""
LARGEST = 2**31 - 1
FORMAT = 1


class Day(msgspec.Struct):
    """One day of the schedule with its rooms in order, each with its sessions."""

    index: int
    on: date
    starts: datetime
    ends: datetime
    rooms: dict[str, list[SessionEntry]]


class Speaking(msgspec.Struct):
    """A whole agenda as one language shows it."""

    agenda: AgendaFile
    locale: str
    base_url: str
    zone: ZoneInfo
    rooms: dict[str, str]
    speakers: dict[str, SpeakerEntry]
    numbers: dict[UUID, int]
    subjects: dict[str, str]
    hosts: dict[str, str]


def speaking(agenda: AgendaFile, base_url: str, locale: str) -> Speaking:
    """Everything by the codes under which sessions name it."""
    return Speaking(
        agenda=agenda,
        locale=locale,
        base_url=base_url.rstrip("/"),
        zone=ZoneInfo(agenda.edition.zone),
        rooms=_room_names(agenda, locale),
        speakers={one.code: one for one in agenda.speakers},
        numbers=numbers([one.id for one in (*agenda.sessions, *agenda.speakers) if one.id]),
        subjects={one.code: local(one, "name", locale) for one in agenda.subjects},
        hosts={one.code: local(one, "name", locale) for one in agenda.hosts},
    )


def numbers(ids: Iterable[UUID]) -> dict[UUID, int]:
    """A positive whole number for each id, as these formats want: the same in every file, whatever else is in it.

    (Where two of an agenda fell on one number, one chance in ten thousand, the later id takes the next.)
    """
    found: dict[UUID, int] = {}
    taken: set[int] = set()
    for one in sorted(set(ids)):
        number = one.int % LARGEST + 1
        while number in taken:
            number = number % LARGEST + 1
        found[one] = number
        taken.add(number)
    return found


def days(said: Speaking) -> list[Day]:
    """The days of the edition and of its sessions, numbered from 1."""
    timed = [session for session in said.agenda.sessions if session.starts_at and session.ends_at]
    edition = said.agenda.edition
    found: dict[date, dict[str, list[SessionEntry]]] = {day: {} for day in _edition_days(edition)}
    for session in timed:
        rooms = found.setdefault(_forum_day(session, said.zone), {})
        rooms.setdefault(place_of(said, session), []).append(session)
    order = {name: place for place, name in enumerate(said.rooms.values())}
    listed = []
    for index, on in enumerate(sorted(found), 1):
        starts = datetime.combine(on, DAY_BEGINS, said.zone)
        ends = datetime.combine(on + timedelta(days=1), DAY_BEGINS, said.zone)
        rooms = found[on]
        in_order = sorted(rooms, key=lambda name: (order.get(name, len(order)), name))
        listed.append(Day(index, on, starts, ends, {name: rooms[name] for name in in_order}))
    return listed


def place_of(said: Speaking, session: SessionEntry) -> str:
    """The name of the room, or of the meeting point; readers group by it, so it is never empty."""
    if session.room:
        return said.rooms.get(session.room, session.room)
    return local(session, "meeting_point", said.locale) or words.NO_ROOM[said.locale]


def title_of(said: Speaking, session: SessionEntry) -> str:
    """The title of this language, else of the other; what is called off says so first."""
    before = words.CALLED_OFF_BEFORE[said.locale] if session.state == CALLED_OFF else ""
    return before + local(session, "title", said.locale)


def description_of(said: Speaking, session: SessionEntry) -> str:
    """Hosts and items in lines of text: what readers would not see otherwise."""
    lines = [said.hosts.get(host, host) for host in session.hosts]
    if session.items and session.starts_at:
        lines += [""] if lines else []
        times = item_times(session.starts_at, [item.minutes for item in session.items])
        for item, at in zip(session.items, times, strict=True):
            lines.append(f"{at.astimezone(said.zone):%H:%M} {local(item, 'title', said.locale)}")
    return "\n".join(lines)


def people_of(said: Speaking, session: SessionEntry) -> list[SpeakerEntry]:
    """Everybody who appears, each once."""
    codes = dict.fromkeys(part.speaker for part in session.people)
    return [said.speakers[code] for code in codes if code in said.speakers]


def name_of(speaker: SpeakerEntry, locale: str) -> str:
    """The name that readers of this language read first."""
    names = (speaker.native_name, speaker.latin_name)
    return (names[0] or names[1]) if locale == "zh" else (names[1] or names[0])


def slug_of(said: Speaking, session: SessionEntry) -> str:
    """``wcd2023-12-opening``: only what the formats' patterns allow."""
    words_of = re.sub(r"[^a-z0-9]+", "-", session.code.lower()).strip("-")
    return f"{acronym_of(said.agenda.edition)}-{number_of(said, session)}-{words_of or 'session'}"


def acronym_of(edition: EditionFacts) -> str:
    """The edition's code in small letters and figures, four at least."""
    return re.sub(r"[^a-z0-9]", "", edition.code.lower()).ljust(4, "0")


def number_of(said: Speaking, entry: SessionEntry | SpeakerEntry) -> int:
    """The number of a session or person."""
    return said.numbers[entry.id] if entry.id else 1


def address_of(said: Speaking, session: SessionEntry) -> str:
    """The session's page."""
    return f"{said.base_url}/{said.locale}/sessions/{session.code}"


def track_of(said: Speaking, session: SessionEntry) -> str:
    """The first subject; readers colour by it."""
    return said.subjects.get(session.subjects[0], "") if session.subjects else ""


def language_of(said: Speaking, session: SessionEntry) -> str:
    """The language spoken; of several the first."""
    return session.languages[0] if session.languages else said.locale


def version_of(agenda: AgendaFile) -> str:
    """The number of the release."""
    return str(agenda.release) if agenda.release else "working"


def length_of(session: SessionEntry) -> str:
    """``01:30``: how long it takes, in whole minutes."""
    minutes = minutes_of(session)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def minutes_of(session: SessionEntry) -> int:
    """From start to end as time passes, whatever clocks on the wall are changed meanwhile."""
    if not session.starts_at or not session.ends_at:
        return session.minutes
    return int((session.ends_at.astimezone(UTC) - session.starts_at.astimezone(UTC)).total_seconds()) // 60


def local(entry: Any, name: str, locale: str) -> str:
    """A text in this language, else in the other."""
    other = "en" if locale == "zh" else "zh"
    text: str = getattr(entry, f"{name}_{locale}") or getattr(entry, f"{name}_{other}")
    return text


def carried(said: Speaking, session: SessionEntry) -> dict[str, Any]:
    """What a session is beyond what its event in the file says: read back, the two give the whole."""
    kept = session.plain()
    for name in ("title", "summary"):
        field = f"{name}_{said.locale}"
        if kept.get(field) == local(session, name, said.locale):
            del kept[field]
    kept.pop("minutes", None)
    if _is_whole(session):
        del kept["starts_at"], kept["ends_at"]
    return kept


def carried_beside(said: Speaking) -> dict[str, Any]:
    """What belongs to no event: the edition, places, people, hosts, and sessions without a time."""
    agenda = said.agenda
    return {
        "format": FORMAT,
        "locale": said.locale,
        "edition": agenda.edition,
        "release": agenda.release,
        **{
            name: [entry.plain() for entry in getattr(agenda, name)]
            for name in ("venues", "rooms", "subjects", "hosts", "speakers")
        },
        "sessions": [one.plain() for one in agenda.sessions if not one.starts_at or not one.ends_at],
    }


def _is_whole(session: SessionEntry) -> bool:
    """Whether date and ``hh:mm`` say its time exactly: whole minutes, less than a hundred hours."""
    starts, ends = session.starts_at, session.ends_at
    if not starts or not ends:
        return False
    seconds = (ends.astimezone(UTC) - starts.astimezone(UTC)).total_seconds()
    return seconds % 60 == 0 and starts.microsecond == 0 and seconds < 100 * 3600


def _room_names(agenda: AgendaFile, locale: str) -> dict[str, str]:
    """Rooms by code; two of one name are told apart by their venue, then by their code."""
    venues = {venue.code: local(venue, "name", locale) for venue in agenda.venues}
    plain = {room.code: local(room, "name", locale) for room in agenda.rooms}
    longer = {room.code: _with(plain[room.code], venues.get(room.venue, ""), locale) for room in agenda.rooms}
    return {room.code: _told_apart(room, plain, longer, locale) for room in agenda.rooms}


def _told_apart(room: RoomEntry, plain: dict[str, str], longer: dict[str, str], locale: str) -> str:
    if list(plain.values()).count(plain[room.code]) == 1:
        return plain[room.code]
    name = longer[room.code]
    return name if list(longer.values()).count(name) == 1 else _with(name, room.code, locale)


def _with(name: str, more: str, locale: str) -> str:
    return f"{name}（{more}）" if locale == "zh" else f"{name} ({more})"


def _edition_days(edition: EditionFacts) -> Iterator[date]:
    if edition.first_day and edition.last_day:
        for n in range((edition.last_day - edition.first_day).days + 1):
            yield edition.first_day + timedelta(days=n)


def _forum_day(session: SessionEntry, zone: ZoneInfo) -> date:
    if not session.starts_at:
        raise ValueError("a session without a time has no day")
    here = session.starts_at.astimezone(zone)
    return here.date() - timedelta(days=here.time() < DAY_BEGINS)
