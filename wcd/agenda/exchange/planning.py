"""From a file and the working copy to a plan: row by row what an import would do, and what is wrong. No database."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from wcd.agenda.exchange import frab, matching
from wcd.agenda.exchange.checks import NEEDS_CATEGORIES, NEEDS_TIME, NO_TITLE, head_of
from wcd.agenda.exchange.comparing import (
    both_names,
    differences,
    english,
    kept_roles,
    merged,
    person_names,
    shown,
    title_of,
    when_and_what,
    with_both_names,
)
from wcd.agenda.exchange.files import (
    AgendaFile,
    Entry,
    HostEntry,
    RoomEntry,
    SessionEntry,
    SpeakerEntry,
    Spot,
    VenueEntry,
)
from wcd.agenda.exchange.findings import Findings
from wcd.agenda.exchange.matching import Known, Match, Matching, match_all
from wcd.agenda.exchange.plans import CHANGE, NEW, PROBLEM, SAME, Change, ImportPlan, Step, Write
from wcd.agenda.exchange.rows_in import NO_SUCH_ITEM
from wcd.agenda.rules import CALLED_OFF, CONFIRMED
from wcd.core.i18n import lazy_gettext as _

UNKNOWN_ROOM = _("There is no room “%(name)s”, neither here nor in the file.")
UNKNOWN_PERSON = _("There is nobody called “%(name)s”, neither here nor in the file.")
UNKNOWN_HOST = _("There is no host “%(name)s”, neither here nor in the file.")
UNKNOWN_SUBJECT = _("There is no subject “%(name)s” in this edition.")
UNKNOWN_CATEGORY = _("There is no category “%(name)s” in this edition.")
SUBJECT_LEFT_OUT = _("There is no subject “%(name)s” in this edition; it is left out.")
GUESTS_SEE = _("Guests see this session. It can be called off, but not be made a plan again.")
CIRCLE = _("A hall cannot be a part of itself, nor of a part.")
ROOM_STAYS = _("What the file says of this room is not taken over; change it under Places.")
OTHER_EDITION = _("The file says that it is of the edition “%(code)s”.")
OUTSIDE = _("This is not on one of the days of the edition.")


def plan_import(
    file: AgendaFile,
    current: AgendaFile,
    edition: UUID,
    findings: Findings,
    *,
    make_unknown: bool = False,
    categories: Collection[str] | None = None,
    elsewhere: Collection[UUID] = (),
) -> ImportPlan:
    """The plan. ``make_unknown``: rooms, people and hosts that sessions only mention are made; else they are findings.

    ``elsewhere`` are ids of the file that other editions have; ``categories`` those that guests may have.
    """
    plan = _Plan(file, current, edition, findings, make_unknown, categories, elsewhere)
    plan.note_edition()
    plan.places()
    plan.people()
    plan.sessions()
    return plan.done()


class _Plan:
    """Gathers steps and writes, kind by kind, in the order in which they must be written."""

    def __init__(
        self,
        file: AgendaFile,
        current: AgendaFile,
        edition: UUID,
        findings: Findings,
        make_unknown: bool,
        categories: Collection[str] | None,
        elsewhere: Collection[UUID],
    ) -> None:
        self.file, self.current, self.edition, self.findings = file, current, edition, findings
        self.make_unknown, self.categories, self.elsewhere = make_unknown, categories, elsewhere
        self.zone = ZoneInfo(current.edition.zone)
        self.steps: list[Step] = []
        self.writes: list[Write] = []
        self.left_out: set[str] = set()
        self.venues = self._match("venues", both_names, "venue")
        self.rooms = self._match("rooms", both_names, "room")
        self.hosts = self._match("hosts", both_names, "host")
        self.speakers = self._match("speakers", person_names, "speaker")
        self.subjects = self._match("subjects", both_names, "subject", file=[])

    def done(self) -> ImportPlan:
        """All of it."""
        wrong = {Spot(one.sheet, one.row) for one in self.findings.found if one.row}
        for place, step in enumerate(self.steps):
            if step.spot in wrong:
                self.steps[place] = msgspec.structs.replace(step, action=PROBLEM)
        known = {"rooms": self.rooms, "hosts": self.hosts, "speakers": self.speakers}
        return ImportPlan(
            edition=self.edition,
            steps=self.steps,
            findings=self.findings.found,
            notes=self.findings.notes,
            more=self.findings.more,
            writes=self.writes,
            ids={name: {match.code: match.id for match in one.matches} for name, one in known.items()},
        )

    def note_edition(self) -> None:
        """A file of another edition may be meant: last year's agenda as a beginning."""
        code = self.file.edition.code
        if code and code != self.current.edition.code:
            self.findings.note(
                self.file.sessions[0].spot if self.file.sessions else Entry().spot,
                "",
                OTHER_EDITION % {"code": code},
            )

    def places(self) -> None:
        """Rooms that the file has and the edition has not, each in its venue."""
        wholes: dict[str, str] = {}
        for match in [one for one in self.rooms.matches if one.entry is not None]:
            room: RoomEntry = match.entry
            if match.current is not None:
                if differences(
                    room, match.current, ("floor_zh", "floor_en", "capacity", "name_zh", "name_en")
                ):
                    self.findings.note(room.spot, "", ROOM_STAYS)
                self._step("room", match, SAME)
                continue
            venue = self._venue_of(room)
            if whole := self._one(self.rooms, room, "whole", room.whole, UNKNOWN_ROOM):
                wholes[match.code] = whole.code
            self._new_room(match, venue, whole)
        for part, whole_code in wholes.items():
            upper = self.rooms.by_code[whole_code]
            if (
                whole_code == part
                or whole_code in wholes
                or (upper.current is not None and upper.current.whole)
            ):
                self.findings.add(self.rooms.by_code[part].entry.spot, head_of("whole"), CIRCLE)

    def people(self) -> None:
        """Hosts and speakers: new ones are made, known ones changed where the file speaks of them."""
        for match in [one for one in self.hosts.matches if one.entry is not None]:
            self._thing("host", match, ("name_zh", "name_en"))
        names = ("native_name", "latin_name", "post_zh", "post_en", "body_zh", "body_en", "biography_zh",
                 "biography_en", "country")  # fmt: skip
        for match in [one for one in self.speakers.matches if one.entry is not None]:
            self._thing("speaker", match, names)

    def sessions(self) -> None:
        """Every session of the file against the one that it means."""
        how = Matching(when_and_what, lambda one: one.title_en, "session", self.edition, self.elsewhere)
        known = match_all(self.file.sessions, self.current.sessions, how, self.findings)
        for match in [one for one in known.matches if one.entry is not None]:
            wanted = self._resolved(match)
            self._refuse(wanted, match)
            self._session(wanted, match)

    # What references mean

    def _match(self, name: str, names: Any, otherwise: str, *, file: Sequence[Entry] | None = None) -> Known:
        entries = getattr(self.file, name) if file is None else file
        how = Matching(names, english, otherwise, self.edition, self.elsewhere)
        return match_all(entries, getattr(self.current, name), how, self.findings)

    def _one(self, known: Known, entry: Entry, column: str, word: str, says: Any) -> Match | None:
        """What a word means; a finding where it means nothing or several."""
        if not word:
            return None
        found = known.find(word)
        if len(found) == 1:
            return found[0]
        sentence = matching.means_several(found, word) if found else says % {"name": word[:80]}
        self.findings.add(entry.spot, head_of(column), sentence)
        return None

    def _or_made(
        self, known: Known, entry: Entry, column: str, word: str, says: Any, shape: Any
    ) -> Match | None:
        """The same, but made where it means nothing and unknown things are to be made."""
        if not word or known.find(word) or not self.make_unknown:
            return self._one(known, entry, column, word, says)
        names = ("native_name", "latin_name") if shape is SpeakerEntry else ("name_zh", "name_en")
        made = shape(key=word, **dict.fromkeys(names, word), spot=entry.spot)
        how = Matching(
            person_names if shape is SpeakerEntry else both_names, english, column, self.edition, ()
        )
        match = matching.add_unknown(known, made, how)
        if shape is RoomEntry:
            self._new_room(match, self._venue_of(made), None)
        else:
            self._thing("speaker" if shape is SpeakerEntry else "host", match, names)
        return match

    def _resolved(self, match: Match) -> SessionEntry:
        """The session with everything named by the codes of this edition."""
        entry: SessionEntry = match.entry
        wanted = msgspec.structs.replace(entry, code=match.code, id=match.id)
        room = self._or_made(self.rooms, entry, "room", entry.room, UNKNOWN_ROOM, RoomEntry)
        wanted.room = room.code if room else ""
        hosts = [
            self._or_made(self.hosts, entry, "hosts", one, UNKNOWN_HOST, HostEntry) for one in entry.hosts
        ]
        wanted.hosts = list(dict.fromkeys(host.code for host in hosts if host))
        people = []
        for part in entry.people:
            who = self._or_made(self.speakers, entry, "people", part.speaker, UNKNOWN_PERSON, SpeakerEntry)
            if who:
                people.append(msgspec.structs.replace(part, speaker=who.code))
        wanted.people = people if all(part.role for part in people) else kept_roles(people, match.current)
        wanted.subjects = self._subjects(entry)
        if entry.subjects and not wanted.subjects and "code" not in entry.said:
            wanted.said -= {"subjects"}
        if wanted.starts_at and wanted.ends_at:
            wanted.minutes = max(1, frab.minutes_of(wanted))
        return wanted

    def _subjects(self, entry: SessionEntry) -> list[str]:
        """Codes of subjects. Another system's track that is none of them is left out."""
        found = []
        for word in entry.subjects:
            match = self.subjects.find(word)
            if len(match) == 1:
                found.append(match[0].code)
            elif "code" in entry.said:
                self.findings.add(entry.spot, head_of("subjects"), UNKNOWN_SUBJECT % {"name": word[:80]})
            elif word not in self.left_out:
                self.left_out.add(word)
                self.findings.note(entry.spot, head_of("subjects"), SUBJECT_LEFT_OUT % {"name": word[:80]})
        return list(dict.fromkeys(found))

    # What must hold of a session as it would be

    def _refuse(self, wanted: SessionEntry, match: Match) -> None:
        """What the file's row and what stands here already come to, together."""
        after = merged(wanted, match.current)
        spot = wanted.spot
        if any((one.sheet, one.row) == (spot.sheet, spot.row) for one in self.findings.found):
            return
        if not after.title_zh and not after.title_en:
            self.findings.add(spot, head_of("title_zh"), NO_TITLE)
        if after.starts_at is None and after.state in {CONFIRMED, CALLED_OFF}:
            self.findings.add(spot, head_of("state"), NEEDS_TIME)
        if after.booking == "category" and not after.categories:
            self.findings.add(spot, head_of("categories"), NEEDS_CATEGORIES)
        if after.id in self.current.on_programme and after.state not in {CONFIRMED, CALLED_OFF}:
            self.findings.add(spot, head_of("state"), GUESTS_SEE)
        self._refuse_references(wanted, after)
        self._note_day(after, spot)

    def _refuse_references(self, wanted: SessionEntry, after: SessionEntry) -> None:
        known = self.categories
        for word in wanted.categories if known is not None else ():
            if known is not None and word not in known:
                self.findings.add(wanted.spot, head_of("categories"), UNKNOWN_CATEGORY % {"name": word[:40]})
        for part in wanted.people:
            if part.item is not None and part.item >= len(after.items):
                self.findings.add(wanted.spot, head_of("people"), NO_SUCH_ITEM % {"number": part.item + 1})

    def _note_day(self, after: SessionEntry, spot: Spot) -> None:
        first, last = self.current.edition.first_day, self.current.edition.last_day
        if after.starts_at is None or first is None or last is None:
            return
        if not first <= after.starts_at.astimezone(self.zone).date() <= last:
            self.findings.note(spot, head_of("date"), OUTSIDE)

    # Steps and writes

    def _session(self, wanted: SessionEntry, match: Match) -> None:
        if match.current is None:
            wanted.said = frozenset(SessionEntry.names())
            self._step("session", match, NEW)
            self.writes.append(self._session_write(wanted, match, sorted(wanted.said - {"id"})))
            return
        names = [name for name in SessionEntry.names() if name in wanted.said and name not in {"id", "code"}]
        if wanted.starts_at and "minutes" in names:
            names.remove("minutes")
        fields = differences(wanted, match.current, names)
        changes = [
            Change(
                name, shown(getattr(match.current, name), self.zone), shown(getattr(wanted, name), self.zone)
            )
            for name in fields
        ]
        self._step("session", match, CHANGE if fields else SAME, changes)
        if fields:
            self.writes.append(self._session_write(wanted, match, fields))

    def _session_write(self, wanted: SessionEntry, match: Match, fields: list[str]) -> Write:
        """The columns of a session. A new one gets its seats with them; others by the verb that lets the line move up."""
        apart = {"id", "items", "people", "hosts", "room", "seats"}
        columns = {name: getattr(wanted, name) for name in fields if name not in apart}
        if {"starts_at", "ends_at"} & set(fields) and wanted.starts_at:
            columns["minutes"] = wanted.minutes
        if "room" in fields:
            columns["room"] = self.rooms.by_code[wanted.room].id if wanted.room else None
        if match.is_new:
            columns |= {"code": match.code, "seats": wanted.seats}
        return Write(
            thing="session",
            is_new=match.is_new,
            id=match.id,
            columns=columns,
            fields=fields,
            items=wanted.items if "items" in fields else None,
            people=wanted.people if "people" in fields else None,
            hosts=wanted.hosts if "hosts" in fields else None,
            seats=wanted.seats,
            changes_seats="seats" in fields and not match.is_new,
            spot=wanted.spot,
        )

    def _thing(self, thing: str, match: Match, names: Sequence[str]) -> None:
        """A host or a speaker."""
        entry = match.entry
        if match.current is None:
            columns = {"code": match.code} | {name: getattr(entry, name) for name in names}
            columns = dict(columns) if thing == "host" else with_both_names(columns)
            if not any(columns.get(name) for name in names[:2]):
                self.findings.add(entry.spot, head_of(names[0]), NO_NAME)
            self._step(thing, match, NEW)
            self.writes.append(Write(thing=thing, is_new=True, id=match.id, columns=columns))
            return
        fields = differences(entry, match.current, [name for name in names if name in entry.said])
        changes = [
            Change(
                name, shown(getattr(match.current, name), self.zone), shown(getattr(entry, name), self.zone)
            )
            for name in fields
        ]
        after = [getattr(entry if name in entry.said else match.current, name) for name in names[:2]]
        if not any(after):
            self.findings.add(entry.spot, head_of(names[0]), NO_NAME)
        self._step(thing, match, CHANGE if fields else SAME, changes)
        if fields:
            # With its names: what lists are sorted and searched by follows from them.
            keys = ("native_name", "latin_name", "body_zh", "body_en") if thing == "speaker" else ()
            kept = {name: getattr(match.current, name) for name in keys}
            columns = kept | {name: getattr(entry, name) for name in fields}
            self.writes.append(Write(thing=thing, is_new=False, id=match.id, columns=columns, fields=fields))

    def _new_room(self, match: Match, venue: Match, whole: Match | None) -> None:
        room: RoomEntry = match.entry
        names = {
            "name_zh": room.name_zh or room.name_en or room.code,
            "name_en": room.name_en or room.name_zh or room.code,
        }
        more = {"floor_zh": room.floor_zh, "floor_en": room.floor_en, "capacity": room.capacity}
        columns = {
            "venue": venue.id,
            "code": match.code,
            "whole": whole.id if whole else None,
            **names,
            **more,
        }
        self._step("room", match, NEW)
        self.writes.append(Write(thing="room", is_new=True, id=match.id, columns=columns))

    def _venue_of(self, room: RoomEntry) -> Match:
        """The venue that a new room names; else the only or first one; else a new one with the name of the place."""
        found = self.venues.find(room.venue) if room.venue else []
        if not found and not room.venue:
            found = [
                one for one in self.venues.matches if one.current is not None or one.code in self._made()
            ][:1]
        if not found:
            place = self.current.edition
            names = {
                "name_zh": room.venue or place.place_zh or "会场",
                "name_en": room.venue or place.place_en or "Venue",
            }
            how = Matching(both_names, english, "venue", self.edition, ())
            made = VenueEntry(key=room.venue, **names, spot=room.spot)  # type: ignore[arg-type]
            found = [matching.add_unknown(self.venues, made, how)]
        venue = found[0]
        if venue.is_new and venue.code not in self._made():
            entry: VenueEntry = venue.entry
            columns = {
                "code": venue.code,
                "name_zh": entry.name_zh or entry.name_en or venue.code,
                "name_en": entry.name_en or entry.name_zh or venue.code,
                "address_zh": entry.address_zh,
                "address_en": entry.address_en,
            }
            self._step("venue", venue, NEW)
            self.writes.append(Write(thing="venue", is_new=True, id=venue.id, columns=columns))
        return venue

    def _made(self) -> set[str]:
        return {write.columns["code"] for write in self.writes if write.thing == "venue"}

    def _step(self, thing: str, match: Match, action: str, changes: list[Change] | None = None) -> None:
        self.steps.append(
            Step(
                thing,
                action,
                match.code,
                title_of(match.current or match.entry),
                match.entry.spot,
                changes or [],
            )
        )


NO_NAME = _("A name is needed.")
