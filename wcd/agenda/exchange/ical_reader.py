"""Reading iCalendar: what a calendar knows of sessions, which is little: title, time, place, description."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar

from wcd.agenda.exchange.files import AgendaFile, EditionFacts, RoomEntry, SessionEntry, Spot
from wcd.agenda.exchange.findings import FileRefused, Finding, Findings
from wcd.agenda.exchange.frab_events import guess_kind, without_mark
from wcd.agenda.exchange.plain_in import MOST_ENTRIES
from wcd.agenda.rules import CALLED_OFF, CONFIRMED
from wcd.core.i18n import lazy_gettext as _
from wcd.core.names import has_han

BROKEN = _("This calendar cannot be read.")
NO_TITLE = _("This entry has no summary.")
NO_TIME = _("This entry has no start and end with a time.")
REPEATS = _("This entry repeats. Sessions are named one by one.")
TOO_MANY = _("There are more than 5,000 entries.")


def read_ical(text: str, zone: str, findings: Findings) -> AgendaFile:
    """The entries of a calendar as sessions; their places are rooms, by name."""
    try:
        events = list(Calendar.from_ical(text).walk("VEVENT"))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as wrong:
        raise FileRefused([Finding("", 0, "", BROKEN)]) from wrong
    if len(events) > MOST_ENTRIES:
        raise FileRefused([Finding("events", MOST_ENTRIES, "", TOO_MANY)])
    agenda = AgendaFile(edition=EditionFacts(zone=zone))
    for number, event in enumerate(events, 1):
        session = _session(event, Spot("events", number), ZoneInfo(zone), findings)
        if session is not None:
            agenda.sessions.append(session)
    names = dict.fromkeys(session.room for session in agenda.sessions if session.room)
    agenda.rooms = [
        RoomEntry(key=name, name_zh=name, name_en=name, spot=Spot("rooms", number))
        for number, name in enumerate(names, 1)
    ]
    return agenda


def _session(event: Any, spot: Spot, zone: ZoneInfo, findings: Findings) -> SessionEntry | None:
    title, off = without_mark(str(event.get("summary") or ""))
    if not title:
        findings.add(spot, "SUMMARY", NO_TITLE)
        return None
    if event.get("rrule"):
        findings.add(spot, "RRULE", REPEATS)
    starts, ends = _times(event, zone)
    if starts is None or ends is None:
        findings.add(spot, "DTSTART", NO_TIME)
    off = off or str(event.get("status") or "").upper() == "CANCELLED"
    locale = "zh" if has_han(title) else "en"
    session = SessionEntry(
        id=_id(str(event.get("uid") or title)),
        kind=guess_kind("", title),
        state=CALLED_OFF if off else CONFIRMED,
        starts_at=starts,
        ends_at=ends,
        room=str(event.get("location") or "").strip(),
        spot=spot,
    )
    setattr(session, f"title_{locale}", title)
    said = {f"title_{locale}", "starts_at", "ends_at"} | ({"state"} if off else set())
    if summary := str(event.get("description") or "").strip():
        setattr(session, f"summary_{locale}", summary)
        said.add(f"summary_{locale}")
    session.said = frozenset(said)
    return session


def _times(event: Any, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    try:
        starts, ends = (
            _moment(event.decoded("dtstart", None), zone),
            _moment(event.decoded("dtend", None), zone),
        )
        length = event.decoded("duration", None)
    except (ValueError, TypeError, AttributeError):
        return None, None
    if starts and not ends and isinstance(length, timedelta):
        ends = starts + length
    return starts, ends


def _moment(value: date | datetime | None, zone: ZoneInfo) -> datetime | None:
    """A moment; a day without a time is none. Times without a zone are those of the place."""
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=zone)


def _id(uid: str) -> UUID:
    """Of our own calendars the session's id, else one that is the same whenever this entry is read again."""
    plain = uid.removeprefix("session-").split("@")[0]
    try:
        return UUID(plain)
    except ValueError:
        return uuid5(NAMESPACE_URL, uid)
