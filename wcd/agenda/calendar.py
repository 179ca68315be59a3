"""Calendar files (RFC 5545): one session, a guest's own, a day or the whole programme, in the reader's language."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vDuration, vText

from wcd.agenda.views import SessionCard
from wcd.core.i18n import get_locale

PRODUCT = "-//wcd//World city forum//EN"
RENEWED_EVERY = timedelta(minutes=30)
"""How often a calendar program that subscribes is asked to look again."""
LONGEST_TEXT = 2000
"""Letters of a description; phones cut longer ones anyway."""


def calendar_file(
    sessions: Iterable[SessionCard],
    *,
    edition: str,
    base_url: str,
    name: str = "",
    published_at: datetime | None = None,
    lost: Iterable[SessionCard] = (),
) -> bytes:
    """The sessions as a calendar. ``edition`` is its code; pages are linked below ``base_url``.

    The UID of a session never changes and SEQUENCE rises with every release that changes it, so a file fetched again
    moves the entry instead of adding a second one. ``published_at`` is when the release came into force (DTSTAMP; else
    when the session changed). With a ``name`` it is a calendar to subscribe to, with the pause between two looks.
    ``lost`` are cancelled for the reader of this calendar, even where others still have them. The same values give the
    same bytes: nothing is taken from the clock.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", vText(name))
        calendar.add("x-wr-calname", vText(name))
        calendar.add("refresh-interval", RENEWED_EVERY, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(RENEWED_EVERY))
    for session in sessions:
        calendar.add_component(_event(session, edition, base_url, published_at))
    for session in lost:
        calendar.add_component(_event(session, edition, base_url, published_at, is_lost=True))
    whole: bytes = calendar.to_ical()
    return whole


def _event(
    session: SessionCard, edition: str, base_url: str, published_at: datetime | None, *, is_lost: bool = False
) -> Event:
    """Times are in UTC: readers show them in their own zone, and no rules of zones need to be sent along."""
    event = Event()
    event.add("uid", f"session-{session.id}@{edition}.wcd")
    event.add("dtstamp", (published_at or session.changed_at).astimezone(UTC))
    event.add("last-modified", session.changed_at.astimezone(UTC))
    event.add("sequence", session.sequence)
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("summary", session.title.local)
    if place := where(session):
        event.add("location", place)
    if session.summary.local:
        event.add("description", session.summary.local[:LONGEST_TEXT])
    event.add("url", f"{base_url}/{get_locale()}/sessions/{session.code}")
    event.add("status", "CANCELLED" if is_lost or session.is_called_off else "CONFIRMED")
    if is_lost or session.is_called_off:
        event.add("transp", "TRANSPARENT")
    return event


def where(session: SessionCard) -> str:
    """Room, floor and venue, or the meeting point of a tour, in one line."""
    if session.place is None:
        return session.meeting_point.local
    parts = (session.place.name.local, session.place.floor.local, session.place.venue.local)
    return ("，" if get_locale() == "zh" else ", ").join(part for part in parts if part)
