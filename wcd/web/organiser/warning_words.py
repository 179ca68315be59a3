"""Warnings in words: what is wrong, with names, times and numbers, and what to do about it."""

from collections.abc import Callable
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from babel import Locale

from wcd.agenda.rules import local_clock, local_day
from wcd.agenda.warnings import kinds
from wcd.agenda.warnings.views import AgendaWarning, Plan
from wcd.core.i18n import LazyText, get_locale, ngettext
from wcd.core.i18n import lazy_gettext as _
from wcd.core.templating import day as in_words
from wcd.registration.warned import Warned

KIND_WORDS: dict[str, LazyText] = {
    kinds.ROOM_TWICE: _("Room taken twice"),
    kinds.ROOM_CLOSED: _("Room closed"),
    kinds.ROOM_TOO_SMALL: _("Room too small"),
    kinds.PERSON_TWICE: _("Person needed twice"),
    kinds.PERSON_ABSENT: _("Person not available"),
    kinds.TRAVEL_TOO_SHORT: _("Too little time for the way"),
    kinds.OVERLAPS_CEREMONY: _("During a ceremony"),
    kinds.LANGUAGE_NOT_COVERED: _("Language not covered"),
    kinds.TEXT_MISSING: _("Text missing"),
    kinds.NO_MODERATOR: _("No moderator"),
    kinds.ITEMS_TOO_LONG: _("Items too long"),
    kinds.BOOKINGS_OVERLAP: _("Guests with two seats at one time"),
}
ADVICE: dict[str, LazyText] = {
    kinds.ROOM_TWICE: _("Move one of the two, or give it another room."),
    kinds.ROOM_CLOSED: _("Move the session, give it another room, or change when this one is open."),
    kinds.ROOM_TOO_SMALL: _("Take a larger room or another layout, or offer fewer seats."),
    kinds.PERSON_TWICE: _("Move one of the two, or let somebody else take one part."),
    kinds.PERSON_ABSENT: _("Move the session or the item, or let somebody else take the part."),
    kinds.TRAVEL_TOO_SHORT: _("Leave more time between the two, or hold both in one venue."),
    kinds.OVERLAPS_CEREMONY: _("Move it before or after the ceremony."),
    kinds.LANGUAGE_NOT_COVERED: _("Offer interpretation, or say that the language is spoken."),
    kinds.TEXT_MISSING: _("Complete the texts on the page of the session."),
    kinds.NO_MODERATOR: _("Name somebody who moderates."),
    kinds.ITEMS_TOO_LONG: _("Shorten the items, or give the session more time."),
    kinds.BOOKINGS_OVERLAP: _("Move one of the two. Published like this, the guests are asked to choose."),
}
WRITTEN: dict[str, LazyText] = {"zh": _("Chinese"), "en": _("English")}
FIELD_WORDS: dict[str, LazyText] = {
    "title": _("title"),
    "summary": _("description"),
    "meeting_point": _("meeting point"),
    "items": _("items"),
    "hosts": _("hosts"),
}


class WordedWarning(msgspec.Struct, frozen=True):
    """A warning as people read it. ``day`` (``on`` in words) and ``when`` are empty of a session without a time."""

    kind: str
    title: str
    says: str
    advice: str
    blocks: bool
    session: UUID
    other: UUID | None
    title_of: str
    day: str
    on: str
    when: str
    href: str
    place: str


class _Names(msgspec.Struct, frozen=True):
    """What a plan's sessions, rooms and people are called."""

    plan: Plan
    zone: str

    def title(self, session: UUID | None) -> str:
        one = self.plan.sessions[session] if session else None
        return (one.title.local or one.code) if one else ""

    def quoted(self, session: UUID | None) -> str:
        """A title as it stands between quotation marks: those within are single ones."""
        return self.title(session).replace("“", "‘").replace("”", "’")

    def day(self, session: UUID) -> str:
        starts_at = self.plan.sessions[session].starts_at
        return local_day(starts_at, self.zone).isoformat() if starts_at else ""

    def when(self, session: UUID | None) -> str:
        one = self.plan.sessions[session] if session else None
        if one is None or one.starts_at is None or one.ends_at is None:
            return ""
        return f"{local_clock(one.starts_at, self.zone)}–{local_clock(one.ends_at, self.zone)}"

    def room(self, room: UUID | None) -> str:
        found = self.plan.rooms.get(room) if room else None
        return found.name.local if found else "—"

    def both(self, warning: AgendaWarning) -> dict[str, str]:
        """The values that sentences name."""
        speaker = self.plan.speakers.get(warning.speaker) if warning.speaker else None
        return {
            "one": self.quoted(warning.session),
            "one_time": self.when(warning.session),
            "other": self.quoted(warning.other),
            "other_time": self.when(warning.other),
            "room": self.room(warning.room),
            "person": speaker.name if speaker else "—",
            "number": str(warning.number),
            "limit": str(warning.limit),
        }


def worded(warned: Warned, zone: str) -> list[WordedWarning]:
    """The warnings in the current language, in the order in which they were found."""
    names = _Names(warned.plan, zone)
    return [_worded(warning, names, blocks=warned.blocks(warning)) for warning in warned.found]


def _worded(warning: AgendaWarning, names: _Names, *, blocks: bool) -> WordedWarning:
    day = names.day(warning.session)
    return WordedWarning(
        kind=warning.kind,
        title=str(KIND_WORDS[warning.kind]),
        says=_SAYS[warning.kind](warning, names),
        advice=str(ADVICE[warning.kind]),
        blocks=blocks,
        session=warning.session,
        other=warning.other,
        title_of=names.title(warning.session),
        day=day,
        on=in_words(date.fromisoformat(day)) if day else "",
        when=names.when(warning.session),
        href=f"/organiser/sessions/{warning.session}",
        place=f"/organiser/timetable{'?day=' + day if day else ''}#session-{warning.session}",
    )


def _room_twice(warning: AgendaWarning, names: _Names) -> str:
    other = names.plan.sessions[warning.other].room if warning.other else None
    if other == warning.room:
        says = _("%(room)s is taken twice: by “%(one)s” (%(one_time)s) and “%(other)s” (%(other_time)s).")
        return says % names.both(warning)
    says = _(
        "“%(one)s” (%(one_time)s) in %(room)s and “%(other)s” (%(other_time)s) in %(other_room)s"
        " are at one time, and one of these rooms is a part of the other."
    )
    return says % (names.both(warning) | {"other_room": names.room(other)})


def _room_closed(warning: AgendaWarning, names: _Names) -> str:
    room = names.plan.rooms[warning.room] if warning.room else None
    zone, day = ZoneInfo(names.zone), names.day(warning.session)
    hours = [
        f"{local_clock(starts, names.zone)}–{local_clock(ends, names.zone)}"
        for starts, ends in (room.openings if room else ())
        if starts.astimezone(zone).date().isoformat() <= day <= ends.astimezone(zone).date().isoformat()
    ]
    if not hours:
        return _("%(room)s is closed on the day of “%(one)s” (%(one_time)s).") % names.both(warning)
    says = _("%(room)s is open %(hours)s, not during all of “%(one)s” (%(one_time)s).")
    return says % (names.both(warning) | {"hours": str(_(", ")).join(hours)})


def _room_too_small(warning: AgendaWarning, names: _Names) -> str:
    says = _("“%(one)s” offers %(number)s seats; %(room)s holds %(limit)s as it is laid out.")
    return says % names.both(warning)


def _person_twice(warning: AgendaWarning, names: _Names) -> str:
    says = _(
        "%(person)s is needed in “%(one)s” (%(one_time)s) and in “%(other)s” (%(other_time)s) at one time."
    )
    return says % names.both(warning)


def _person_absent(warning: AgendaWarning, names: _Names) -> str:
    says = _("%(person)s is needed in “%(one)s” (%(one_time)s), but cannot be there all that time.")
    return says % names.both(warning)


def _travel_too_short(warning: AgendaWarning, names: _Names) -> str:
    says = _(
        "%(person)s has %(number)s min between “%(one)s” (%(one_time)s) and “%(other)s” (%(other_time)s);"
        " the way takes %(limit)s min."
    )
    return says % names.both(warning)


def _overlaps_ceremony(warning: AgendaWarning, names: _Names) -> str:
    return _("“%(one)s” (%(one_time)s) is held during “%(other)s” (%(other_time)s).") % names.both(warning)


def _language_not_covered(warning: AgendaWarning, names: _Names) -> str:
    values = names.both(warning) | {"language": language_name(warning.language), "num": warning.number}
    if not warning.number:
        return _("“%(one)s” is neither held in %(language)s nor interpreted into it.") % values
    return ngettext(
        "“%(one)s” is neither held in %(language)s nor interpreted; %(num)d of its people speaks it.",
        "“%(one)s” is neither held in %(language)s nor interpreted; %(num)d of its people speak it.",
        warning.number,
        **values,
    )


def language_name(code: str) -> str:
    """A language's name in the current one; its code where nobody knows it."""
    return str(Locale(get_locale()).languages.get(code, code))


def _text_missing(warning: AgendaWarning, names: _Names) -> str:
    fields = str(_(", ")).join(str(FIELD_WORDS[name]) for name in warning.fields)
    values = names.both(warning) | {"language": str(WRITTEN[warning.language]), "fields": fields}
    return _("“%(one)s” is incomplete in %(language)s: %(fields)s.") % values


def _no_moderator(warning: AgendaWarning, names: _Names) -> str:
    return _("%(number)s people speak in “%(one)s”, and nobody moderates.") % names.both(warning)


def _items_too_long(warning: AgendaWarning, names: _Names) -> str:
    says = _("The items of “%(one)s” take %(number)s min; the session has %(limit)s min.")
    return says % names.both(warning)


def _bookings_overlap(warning: AgendaWarning, names: _Names) -> str:
    return ngettext(
        "%(num)d guest has seats in “%(one)s” (%(one_time)s) and in “%(other)s” (%(other_time)s).",
        "%(num)d guests have seats in “%(one)s” (%(one_time)s) and in “%(other)s” (%(other_time)s).",
        warning.number,
        num=warning.number,
        **names.both(warning),
    )


_SAYS: dict[str, Callable[[AgendaWarning, _Names], str]] = {
    kinds.ROOM_TWICE: _room_twice,
    kinds.ROOM_CLOSED: _room_closed,
    kinds.ROOM_TOO_SMALL: _room_too_small,
    kinds.PERSON_TWICE: _person_twice,
    kinds.PERSON_ABSENT: _person_absent,
    kinds.TRAVEL_TOO_SHORT: _travel_too_short,
    kinds.OVERLAPS_CEREMONY: _overlaps_ceremony,
    kinds.LANGUAGE_NOT_COVERED: _language_not_covered,
    kinds.TEXT_MISSING: _text_missing,
    kinds.NO_MODERATOR: _no_moderator,
    kinds.ITEMS_TOO_LONG: _items_too_long,
    kinds.BOOKINGS_OVERLAP: _bookings_overlap,
}
