"""Calendar files (RFC 5545): one session, or all sessions of a guest, in the reader's language."""

from collections.abc import Iterable

from icalendar import Calendar, Event

from wcd.agenda.views import SessionCard
from wcd.core.i18n import get_locale

PRODUCT = "-//wcd//World city forum//EN"


def calendar_file(sessions: Iterable[SessionCard], *, edition: str, base_url: str) -> bytes:
    """The sessions as a calendar. ``edition`` is its code; pages are linked below ``base_url``.

    The UID of a session never changes and SEQUENCE is its version, so a file fetched again moves the entry
    instead of adding a second one. The same sessions give the same bytes: nothing is taken from the clock.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for session in sessions:
        calendar.add_component(_event(session, edition, base_url))
    whole: bytes = calendar.to_ical()
    return whole


def _event(session: SessionCard, edition: str, base_url: str) -> Event:
    event = Event()
    event.add("uid", f"session-{session.id}@{edition}.wcd")
    event.add("dtstamp", session.changed_at)
    event.add("last-modified", session.changed_at)
    event.add("sequence", session.version - 1)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", session.title.local)
    event.add("location", where(session))
    event.add("description", session.summary.local)
    event.add("url", f"{base_url}/{get_locale()}/sessions/{session.code}")
    event.add("status", "CANCELLED" if session.is_called_off else "CONFIRMED")
    return event


def where(session: SessionCard) -> str:
    """Room, floor and venue, or the meeting point of a tour, in one line."""
    if session.place is None:
        return session.meeting_point.local
    parts = (session.place.name.local, session.place.floor.local, session.place.venue.local)
    return ("，" if get_locale() == "zh" else ", ").join(part for part in parts if part)
