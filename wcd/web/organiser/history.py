"""History in words: what an entry of the audit says, and the page that lists them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from wcd.actors.actors import STAFF, SYSTEM, Actor
from wcd.actors.audit import Entry
from wcd.actors.permissions import ROLES
from wcd.core.i18n import Bilingual, LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.listing import Slice
from wcd.editions.queries import EditionView
from wcd.reports import history as reports
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest

AT_ONCE = timedelta(minutes=10)
"""What one person does again and again within this time is drawn together."""
GOOD, CARE, BAD, PLAIN = "good", "care", "bad", ""

# Every action that a use case writes down, as people read it; tests/house looks for missing ones.
WORDS: dict[str, tuple[str, LazyText]] = {
    "agenda.policy_changed": (PLAIN, _("Release policy changed")),
    "agenda.imported": (PLAIN, _("Agenda imported")),
    "badge.both_names": (PLAIN, _("Badge to show both names")),
    "badge.latin_only": (CARE, _("Badge to show the Latin name only")),
    "batch.ordered": (PLAIN, _("Badges sent to print")),
    "batch.stopped": (CARE, _("Print run stopped")),
    "body.added": (PLAIN, _("Host added")),
    "body.changed": (PLAIN, _("Host changed")),
    "body.merged": (CARE, _("Two hosts merged")),
    "body.removed": (CARE, _("Host removed")),
    "booking.cancelled": (CARE, _("Seat given back")),
    "booking.ended": (BAD, _("Seat ended: session called off")),
    "booking.made": (GOOD, _("Session booked")),
    "booking.promoted": (GOOD, _("Moved up from the waiting list")),
    "call.changed": (PLAIN, _("Call for side events changed")),
    "categories.made": (PLAIN, _("Categories laid out")),
    "clash.kept": (PLAIN, _("Both overlapping sessions kept")),
    "code.replaced": (CARE, _("Badge replaced, the old code ends")),
    "conflict.closed": (GOOD, _("Conflict at a gate closed")),
    "delegation.made": (PLAIN, _("Delegation made")),
    "device.paired": (GOOD, _("Device paired")),
    "device.revoked": (CARE, _("Device signed off")),
    "edition.changed": (PLAIN, _("Edition changed")),
    "edition.created": (GOOD, _("Edition made")),
    "gate.changed": (PLAIN, _("Gate changed")),
    "gate.closed": (CARE, _("Gate closed")),
    "gate.created": (PLAIN, _("Gate made")),
    "gate.opened": (GOOD, _("Gate opened")),
    "guest.answered": (PLAIN, _("Question answered")),
    "guest.approved": (GOOD, _("Registration approved")),
    "guest.cancelled": (CARE, _("Registration cancelled")),
    "guest.category_changed": (PLAIN, _("Category changed")),
    "guest.confirmed": (GOOD, _("Mail address confirmed")),
    "guest.corrected": (PLAIN, _("Details changed")),
    "guest.declined": (BAD, _("Registration declined")),
    "guest.delegation_changed": (PLAIN, _("Delegation changed")),
    "guest.imported": (PLAIN, _("Taken over from a list")),
    "guest.returned": (CARE, _("Returned for details")),
    "guest.submitted": (PLAIN, _("Registration handed in")),
    "guests.exported": (PLAIN, _("List of guests exported")),
    "hosting.added": (PLAIN, _("Host added to a session")),
    "hosting.moved": (PLAIN, _("Order of hosts changed")),
    "hosting.removed": (CARE, _("Host taken out of a session")),
    "item.added": (PLAIN, _("Item added")),
    "item.changed": (PLAIN, _("Item changed")),
    "item.moved": (PLAIN, _("Item put elsewhere in the order")),
    "item.removed": (CARE, _("Item removed")),
    "mail.held": (CARE, _("Mail held back")),
    "mail.retried": (PLAIN, _("Mail sent again")),
    "page.published": (PLAIN, _("Text published")),
    "pairing_link.made": (PLAIN, _("Pairing link made")),
    "paper.ordered": (PLAIN, _("Paper sent to be drawn")),
    "part.added": (PLAIN, _("Person added to a session")),
    "part.changed": (PLAIN, _("Person's role changed")),
    "part.moved": (PLAIN, _("Order of people changed")),
    "part.removed": (CARE, _("Person taken out of a session")),
    "proposal.accepted": (GOOD, _("Side event accepted")),
    "proposal.answered": (PLAIN, _("Question about a side event answered")),
    "proposal.asked": (CARE, _("Partner asked about a side event")),
    "proposal.corrected": (PLAIN, _("Proposal changed by the partner")),
    "proposal.declined": (BAD, _("Side event declined")),
    "proposal.link_renewed": (PLAIN, _("New link sent to a partner")),
    "proposal.made_session": (GOOD, _("Session made of a proposal")),
    "proposal.scored": (PLAIN, _("Points given to a proposal")),
    "proposal.submitted": (PLAIN, _("Side event proposed")),
    "proposal.withdrawn": (CARE, _("Proposal withdrawn by the partner")),
    "proposals.exported": (PLAIN, _("List of proposals exported")),
    "release.approved": (GOOD, _("Release approved")),
    "release.copied_back": (CARE, _("Old release copied into the working copy")),
    "release.declined": (BAD, _("Release declined")),
    "release.proposed": (PLAIN, _("Release proposed")),
    "release.published": (GOOD, _("Release published")),
    "release.withdrawn": (CARE, _("Release taken back")),
    "reminder.sent": (PLAIN, _("Reminders sent")),
    "room.added": (PLAIN, _("Room added")),
    "room.changed": (PLAIN, _("Room changed")),
    "room.removed": (CARE, _("Room removed")),
    "sample.loaded": (PLAIN, _("Sample loaded")),
    "session.called_off": (BAD, _("Session called off")),
    "session.confirmed": (GOOD, _("Session confirmed")),
    "session.copied": (PLAIN, _("Copied from another session")),
    "session.created": (PLAIN, _("Session made")),
    "session.discarded": (CARE, _("Copy thrown away")),
    "session.edited": (PLAIN, _("Session changed")),
    "session.made_an_idea": (PLAIN, _("Session made an idea again")),
    "session.moved": (PLAIN, _("Moved on the timetable")),
    "session.planned": (PLAIN, _("Session planned")),
    "session.reinstated": (GOOD, _("Session takes place after all")),
    "session.imported": (PLAIN, _("Session taken from a file")),
    "session.removed": (CARE, _("Session removed")),
    "session.scheduled": (PLAIN, _("Put on the timetable")),
    "session.seats_changed": (PLAIN, _("Number of seats changed")),
    "session.translation_checked": (PLAIN, _("Translation found to fit")),
    "session.unscheduled": (CARE, _("Taken off the timetable")),
    "slides.hidden": (CARE, _("Slides no longer published")),
    "slides.kept": (GOOD, _("Slides supplied")),
    "slides.published": (GOOD, _("Slides published")),
    "slides.removed": (CARE, _("Slides removed")),
    "speaker.added": (PLAIN, _("Speaker added")),
    "speaker.asked": (PLAIN, _("Speaker asked for what is missing")),
    "speaker.changed": (PLAIN, _("Speaker changed")),
    "speaker.link_renewed": (CARE, _("Personal link of a speaker renewed")),
    "speaker.portrait_kept": (GOOD, _("Portrait supplied")),
    "speaker.portrait_removed": (CARE, _("Portrait removed")),
    "speaker.removed": (CARE, _("Speaker removed")),
    "speaker.supplied": (GOOD, _("Details supplied by the speaker")),
    "staff.activated": (GOOD, _("Let in again")),
    "staff.added": (PLAIN, _("Added from the command line")),
    "staff.deactivated": (CARE, _("Let go")),
    "staff.edited": (PLAIN, _("Own details changed")),
    "staff.invited": (PLAIN, _("Invited")),
    "staff.invited_again": (PLAIN, _("Invited again")),
    "staff.moved_in": (GOOD, _("Moved in as first owner")),
    "staff.password_set": (PLAIN, _("Password set")),
    "staff.reset_asked": (PLAIN, _("New password asked for")),
    "staff.roles_changed": (PLAIN, _("Roles changed")),
    "staff.signed_in": (PLAIN, _("Signed in")),
    "travel.changed": (PLAIN, _("Ways between venues changed")),
    "venue.added": (PLAIN, _("Venue added")),
    "venue.changed": (PLAIN, _("Venue changed")),
    "venue.plan_changed": (PLAIN, _("Plan of a venue changed")),
    "venue.removed": (CARE, _("Venue removed")),
}
NOUNS: tuple[tuple[str, LazyText], ...] = (
    ("guest", _("Guests")),
    ("booking", _("Seats")),
    ("session", _("Sessions")),
    ("speaker", _("People on stage")),
    ("proposal", _("Side events")),
    ("batch", _("Print runs")),
    ("gate", _("Gates")),
    ("staff", _("Staff")),
    ("edition", _("Edition")),
)
FIELDS: dict[str, LazyText] = {
    "needs_second": _("a second person for releases"),
    "blocks": _("what blocks a release"),
    "post_zh": _("post in Chinese"),
    "post_en": _("post in English"),
    "body_zh": _("organisation in Chinese"),
    "body_en": _("organisation in English"),
    "biography_zh": _("biography in Chinese"),
    "biography_en": _("biography in English"),
    "consented_on": _("consent to publication"),
    "consents": _("consent to publication"),
    "availability": _("availability"),
    "title_zh": _("title in Chinese"),
    "title_en": _("title in English"),
    "summary_zh": _("description in Chinese"),
    "summary_en": _("description in English"),
    "starts": _("start"),
    "ends": _("end"),
    "day": _("day"),
    "room": _("room"),
    "booking": _("booking"),
    "languages": _("languages"),
    "interpretation": _("interpretation"),
    "sdgs": _("goals"),
    "subjects": _("subjects"),
    "native_name": _("name"),
    "latin_name": _("Latin name"),
    "organisation_zh": _("organisation in Chinese"),
    "organisation_en": _("organisation in English"),
    "post": _("post"),
    "country": _("country or region"),
    "telephone": _("telephone"),
    "email": _("mail address"),
    "language": _("language"),
    "diet": _("diet"),
    "diet_note": _("diet"),
    "access": _("access"),
    "access_needs": _("access"),
    "name_zh": _("name in Chinese"),
    "name_en": _("name in English"),
    "short_name_zh": _("short name in Chinese"),
    "short_name_en": _("short name in English"),
    "theme_zh": _("theme in Chinese"),
    "theme_en": _("theme in English"),
    "first_day": _("first day"),
    "last_day": _("last day"),
    "zone": _("time zone"),
    "place_zh": _("place in Chinese"),
    "place_en": _("place in English"),
    "accent": _("colour"),
    "contact_mail": _("contact address"),
    "contact_telephone": _("contact telephone"),
    "filing_number": _("filing number"),
    "filing_url": _("address of the filing number"),
    "registration_open": _("registration"),
    "meeting_point_zh": _("meeting point in Chinese"),
    "meeting_point_en": _("meeting point in English"),
    "name": _("name"),
    "locale": _("language"),
    "contact_name": _("contact person"),
    "wish_days": _("days wished"),
    "wish_time": _("part of the day"),
    "wish_room": _("room wished"),
    "size": _("number of people"),
    "minutes": _("length"),
    "layout": _("set-up"),
    "needs": _("needs"),
    "is_open": _("open or closed"),
    "closes_day": _("closing day"),
    "closes_time": _("closing time"),
    "text_zh": _("text in Chinese"),
    "text_en": _("text in English"),
    "kind": _("kind"),
    "next_day": _("end on the next day"),
    "categories": _("categories"),
    "notes": _("internal notes"),
}
_PLACES = {
    reports.GUEST: "/organiser/guests/",
    reports.SESSION: "/organiser/sessions/",
    reports.STAFF: "/organiser/staff/",
    reports.PROPOSAL: "/organiser/proposals/",
    reports.SPEAKER: "/organiser/speakers/",
    reports.BODY: "/organiser/bodies/",
    reports.VENUE: "/organiser/places/venues/",
    reports.ROOM: "/organiser/places/rooms/",
}


class Worded(msgspec.Struct, frozen=True):
    """An entry as people read it. ``times``: how often the same person did the same, one after another."""

    at: datetime
    who: str
    tone: str
    text: str
    notes: tuple[str, ...]
    subject: Bilingual | None
    href: str
    times: int = 1


async def worded(
    entries: Sequence[Entry], *, about: UUID | None = None, together: bool = False
) -> list[Worded]:
    """Entries in words. ``about``: the thing on whose page they stand; ``together``: the same by one person is one line."""
    subjects = await reports.subjects_of(entries)
    found: list[Worded] = []
    places: dict[tuple[object, ...], int] = {}
    for entry in entries:
        key = (entry.actor_kind, entry.actor_id, entry.action)
        place = places.get(key)
        if together and place is not None and found[place].at - entry.at < AT_ONCE:
            found[place] = msgspec.structs.replace(found[place], times=found[place].times + 1)
            continue
        places[key] = len(found)
        found.append(_worded(entry, subjects, about))
    return found


def _worded(entry: Entry, subjects: dict[UUID, reports.Subject], about: UUID | None) -> Worded:
    tone, text = WORDS.get(entry.action, (PLAIN, entry.action))
    subject = subjects.get(entry.subject) if entry.subject and entry.subject != about else None
    place = _PLACES.get(subject.kind) if subject else None
    return Worded(
        at=entry.at,
        who=_who(entry),
        tone=tone,
        text=str(text),
        notes=tuple(_notes(entry, subjects)),
        subject=subject.name if subject else None,
        href=f"{place}{subject.id}" if subject and place else "",
    )


def _who(entry: Entry) -> str:
    if entry.actor_kind == STAFF:
        return entry.actor_name
    if entry.actor_kind == SYSTEM:
        return str(_("System"))
    return str(_OTHERS.get(entry.actor_kind, _("Guest")))


_OTHERS = {"device": _("Gate"), "partner": _("Partner"), "speaker": _("Speaker")}


def _notes(entry: Entry, subjects: dict[UUID, reports.Subject]) -> list[str]:
    """What the details add, in words; ids and codes that say nothing to people are left out."""
    details, notes = entry.details, []
    for name in reports.NAMED:
        named = details.get(name)
        if isinstance(named, str) and UUID(named) in subjects:
            notes.append(str(subjects[UUID(named)].name))
    fields = details.get("fields")
    if isinstance(fields, list):
        notes.append(str(_(", ")).join(dict.fromkeys(str(FIELDS.get(name, name)) for name in fields)))
    roles = [role for name in ("roles", "everywhere", "here") for role in details.get(name, [])]
    if roles:
        notes.append(str(_(", ")).join(dict.fromkeys(str(ROLES.get(role, role)) for role in roles)))
    number = next((details[name] for name in ("guests", "rows", "letters") if name in details), None)
    if isinstance(number, int) and not isinstance(number, bool):
        notes.append(str(number))
    if entry.action == "session.seats_changed":
        notes.append(f"{details.get('before') or '∞'} → {details.get('seats') or '∞'}")
    return notes


@get("/")
async def page(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    about: FromQuery[str] = "",
    page: FromQuery[str] = "",
) -> Response[Any]:
    """Everything that was done in this edition."""
    noun = about if about in {name for name, _word in NOUNS} else ""
    found = await reports.list_entries(edition.id, Slice.read(page), noun=noun)
    return await show(
        request,
        "organiser/history/show.html",
        actor=actor,
        edition=edition,
        current="audit",
        found=found,
        entries=await worded(found.rows),
        noun=noun,
        nouns=NOUNS,
    )


router = Router("/audit", route_handlers=[page])
