"""Programmes to print, made of plain values: the sample edition, without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from wcd import sample
from wcd.agenda.facts import Host, ItemFacts, PartFacts, SessionFacts
from wcd.agenda.printed.facts import Person, Programme
from wcd.agenda.views import ExhibitionView, Place, StandView
from wcd.core.i18n import Bilingual
from wcd.core.names import sort_key
from wcd.editions.queries import EditionView
from wcd.sample.rows import EDITION, id_of
from wcd.venues.queries import RoomView, VenueView

AS_OF = datetime(2023, 10, 20, 10, 0, tzinfo=UTC)


def both(thing, name):
    return Bilingual(getattr(thing, f"{name}_zh", ""), getattr(thing, f"{name}_en", ""))


def sample_programme(**values):
    """The sample as its first release; ``values`` take the place of others."""
    whole = sample.load()
    zone = ZoneInfo(whole.edition.zone)
    people = [
        Person(
            id=id_of("speaker", one.code),
            code=one.code,
            native_name=one.native_name,
            latin_name=one.latin_name,
            post=both(one, "post"),
            body=both(one, "body"),
            biography=both(one, "biography"),
            portrait="",
            sort_key=sort_key(one.native_name, one.latin_name),
        )
        for one in whole.speakers
    ]
    sessions = sorted(
        (_session(one, zone) for one in whole.sessions), key=lambda one: (one.starts_at, one.code)
    )
    known = {
        "edition": _edition(whole.edition),
        "release": 1,
        "as_of": AS_OF,
        "sessions": sessions,
        "people": {person.id: person for person in people},
        "venues": _venues(whole),
        "exhibitions": [_exhibition(one, whole, zone) for one in whole.exhibitions],
        "base_url": "https://forum.example",
    }
    return Programme(**known | values)


def large_programme(sessions=500):
    """The sample's sessions again and again under new codes, on the same four days."""
    small = sample_programme()
    real = [one for one in small.sessions if one.people]
    many = [
        msgspec.structs.replace(real[n % len(real)], code=f"s{n}", id=UUID(int=n)) for n in range(sessions)
    ]
    many.sort(key=lambda one: (one.starts_at, one.code))
    return Programme(**{name: getattr(small, name) for name in small.__struct_fields__} | {"sessions": many})


def _edition(one):
    return EditionView(
        id=EDITION,
        code=one.code,
        name=both(one, "name"),
        short_name=both(one, "short_name"),
        theme=both(one, "theme"),
        place=both(one, "place"),
        hosts=[Bilingual(host.zh, host.en) for host in one.hosts],
        first_day=one.first_day,
        last_day=one.last_day,
        zone=one.zone,
        accent=one.accent,
        contact_mail="service@wcd-2023.example",
        contact_telephone="+86 21 5550 0100",
        is_current=True,
        is_sample=True,
        registration_open=True,
        published=1,
        filing_number="",
        filing_url="",
    )


def _session(one, zone):
    items = [
        ItemFacts(id_of("item", one.code, n), item.kind, item.title_zh, item.title_en, item.minutes)
        for n, item in enumerate(one.items)
    ]
    in_items = {part for item in one.items for part in item.people}
    people = [
        PartFacts(id_of("speaker", part.speaker), part.role, None)
        for part in one.people
        if part not in in_items
    ]
    for n, item in enumerate(one.items):
        people += [
            PartFacts(id_of("speaker", part.speaker), part.role, id_of("item", one.code, n))
            for part in item.people
        ]
    starts, ends = one.starts.replace(tzinfo=zone), one.ends.replace(tzinfo=zone)
    return SessionFacts(
        id=id_of("session", one.code),
        edition=EDITION,
        code=one.code,
        kind=one.kind,
        state="confirmed",
        title=both(one, "title"),
        summary=both(one, "summary"),
        meeting_point=both(one, "meeting_point"),
        room=id_of("room", one.room) if one.room else None,
        starts_at=starts,
        ends_at=ends,
        minutes=int((ends - starts) / timedelta(minutes=1)),
        seats=one.seats,
        booking=one.booking,
        categories=[],
        languages=list(one.languages),
        interpretation=list(one.interpretation),
        sdgs=list(one.sdgs),
        subjects=list(one.subjects),
        hosts=[Host(id_of("body", host.en), host.zh, host.en) for host in one.hosts],
        items=items,
        people=people,
        version=1,
        sequence=0,
        changed_in=0,
        changed_at=AS_OF,
    )


def _venues(whole):
    return [
        VenueView(
            id=id_of("venue", venue.code),
            code=venue.code,
            name=both(venue, "name"),
            address=both(venue, "address"),
            way=both(venue, "way"),
            map_url=getattr(venue, "map_url", ""),
            plan="",
            rooms=[_room(room, venue) for room in whole.rooms if room.venue == venue.code],
        )
        for venue in whole.venues
    ]


def _room(room, venue):
    return RoomView(
        id=id_of("room", room.code),
        code=room.code,
        name=both(room, "name"),
        floor=both(room, "floor"),
        capacity=room.capacity,
        venue=both(venue, "name"),
        venue_id=id_of("venue", venue.code),
        layouts={},
        equipment=[],
        booths=getattr(room, "booths", 0),
        whole=None,
        openings=[],
    )


def _exhibition(one, whole, zone):
    room = next(room for room in whole.rooms if room.code == one.room)
    place = Place(
        id_of("room", room.code), room.code, both(room, "name"), both(room, "floor"), Bilingual("", ""), 0
    )
    return ExhibitionView(
        code=one.code,
        title=both(one, "title"),
        summary=both(one, "summary"),
        starts_at=one.starts.replace(tzinfo=zone),
        ends_at=one.ends.replace(tzinfo=zone),
        place=place,
        stands=[
            StandView(stand.number, both(stand, "title"), both(stand, "body"), both(stand, "summary"))
            for stand in one.stands
        ],
    )
