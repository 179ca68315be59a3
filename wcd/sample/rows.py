"""The sample edition as rows: columns and values, the same ids each time. Guests are in `guest_rows`."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec

from wcd.agenda.loading import AgendaRows
from wcd.core.names import search_keys, sort_key
from wcd.sample import Appearance, Page, Sample, Session

Row = dict[str, Any]
HOUSE = UUID("2c1f6e0a-6f7d-5d0e-9a55-31a0c7e42023")
"""The name space of all ids of the sample."""
CONTACT_MAIL = "service@wcd-2023.example"
CONTACT_TELEPHONE = "+86 21 5550 0100"
PUBLISHED_AT = datetime(2023, 10, 20, 10, 0, tzinfo=UTC)
"""When the programme was last changed: 20 October 2023, 18:00 in Shanghai."""
OPENED_AT = datetime(2023, 9, 1, 0, 0, tzinfo=UTC)
"""When registration was opened and the personal data notice began to hold: 1 September 2023, 8:00 in Shanghai."""

WITHOUT_MAIL = ("wen-ruwu", "xie-minzhi", "dolores-whitfield")
"""Speakers whom only their offices can be asked about."""


def id_of(kind: str, *names: object) -> UUID:
    """The id of a thing of the sample, by its kind and names."""
    return uuid5(HOUSE, ":".join([kind, *map(str, names)]))


def edition_row(sample: Sample) -> Row:
    """The edition itself."""
    values = msgspec.structs.asdict(sample.edition)
    values["hosts"] = _json(sample.edition.hosts)
    return values | {
        "id": EDITION,
        "is_sample": True,
        "registration_open": True,
        "contact_mail": CONTACT_MAIL,
        "contact_telephone": CONTACT_TELEPHONE,
        "published": 1,
        "created_at": PUBLISHED_AT,
    }


def page_rows(sample: Sample) -> list[Row]:
    """The texts that organisers write, the notice with its version, and a text for each line of news."""
    pages = [*sample.pages, sample.contact, sample.accessibility]
    rows = [_page(page, position) for position, page in enumerate(pages)]
    rows.append(_page(sample.notice, len(rows), version=sample.notice_version))
    for place, news in enumerate(sample.news):
        at = datetime.combine(news.day, time(10), ZoneInfo(sample.edition.zone))
        page = Page(
            code=f"news-{news.day}-{place}",
            title_zh="公告",
            title_en="News",
            text_zh=news.text_zh,
            text_en=news.text_en,
        )
        rows.append(_page(page, place) | {"published_at": at})
    return rows


def place_rows(sample: Sample) -> tuple[list[Row], ...]:
    """Venues, their rooms, what these hold in each layout, when they are open, and the ways between venues."""
    zone = ZoneInfo(sample.edition.zone)
    venues, rooms, layouts, openings = [], [], [], []
    for position, venue in enumerate(sample.venues):
        values = msgspec.structs.asdict(venue)
        del values["hours"]
        venues.append(values | {"id": id_of("venue", venue.code), "edition": EDITION, "position": position})
    hours = {venue.code: venue.hours for venue in sample.venues}
    for position, room in enumerate(sample.rooms):
        values = msgspec.structs.asdict(room)
        del values["layouts"]
        id_ = id_of("room", room.code)
        values |= {
            "id": id_,
            "venue": id_of("venue", room.venue),
            "position": position,
            "equipment": list(room.equipment),
            "whole": id_of("room", room.whole) if room.whole else None,
        }
        rooms.append(values)
        layouts += [
            {"id": id_of("layout", room.code, code), "room": id_, "code": code, "capacity": people}
            for code, people in room.layouts.items()
        ]
        openings += [
            {
                "id": id_of("opening", room.code, span.starts),
                "room": id_,
                "opens_at": span.starts.replace(tzinfo=zone),
                "closes_at": span.ends.replace(tzinfo=zone),
            }
            for span in hours[room.venue]
        ]
    return venues, rooms, layouts, openings, _ways(sample)


def _ways(sample: Sample) -> list[Row]:
    found = []
    for way in sample.ways:
        one, other = sorted((id_of("venue", way.one), id_of("venue", way.other)))
        found.append({"id": id_of("way", one, other), "one": one, "other": other, "minutes": way.minutes})
    return found


def agenda_rows(sample: Sample) -> AgendaRows:
    """Sessions with items and people, subjects, speakers, exhibitions with stands."""
    rows = AgendaRows(
        subjects=[
            msgspec.structs.asdict(subject)
            | {"id": id_of("subject", subject.code), "edition": EDITION, "position": n}
            for n, subject in enumerate(sample.subjects)
        ],
        speakers=[
            msgspec.structs.asdict(speaker)
            | {
                "id": id_of("speaker", speaker.code),
                "edition": EDITION,
                "email": "" if speaker.code in WITHOUT_MAIL else f"{speaker.code}@speakers.example",
                "language": "zh" if speaker.country == "CN" else "en",
                "consented_at": PUBLISHED_AT,
                "changed_at": PUBLISHED_AT,
                "sort_key": sort_key(speaker.native_name, speaker.latin_name),
                "search_keys": search_keys(
                    speaker.native_name, speaker.latin_name, speaker.body_zh, speaker.body_en
                ),
            }
            for speaker in sample.speakers
        ],
    )
    rows.bodies.extend(_body_rows(sample))
    zone = ZoneInfo(sample.edition.zone)
    rows.availability.extend(_availability(sample, zone))
    for session in sample.sessions:
        rows.sessions.append(_session(session, zone))
        rows.hostings.extend(_hostings(session))
        rows.items.extend(_items(session))
        rows.appearances.extend(_appearances(session))
    for position, exhibition in enumerate(sample.exhibitions):
        id_ = id_of("exhibition", exhibition.code)
        values = msgspec.structs.asdict(exhibition)
        stands = values.pop("stands")
        values |= {
            "room": id_of("room", exhibition.room),
            "position": position,
            "id": id_,
            "edition": EDITION,
        }
        rows.exhibitions.append(_times(values, zone))
        rows.stands.extend(
            msgspec.structs.asdict(stand)
            | {"id": id_of("stand", exhibition.code, stand.number), "exhibition": id_}
            for stand in stands
        )
    return rows


def _availability(sample: Sample, zone: ZoneInfo) -> Iterator[Row]:
    for one in sample.availability:
        values = {"starts": one.starts, "ends": one.ends}
        owner = {
            "id": id_of("availability", one.speaker, one.starts),
            "speaker": id_of("speaker", one.speaker),
        }
        yield _times(values, zone) | owner


def _session(session: Session, zone: ZoneInfo) -> Row:
    values = msgspec.structs.asdict(session)
    del values["items"], values["people"], values["hosts"]
    values |= {name: list(values[name]) for name in ("languages", "interpretation", "sdgs", "subjects")}
    values["room"] = id_of("room", session.room) if session.room else None
    more = {
        "id": session_id(session.code),
        "edition": EDITION,
        "state": "confirmed",
        "changed_at": PUBLISHED_AT,
    }
    return _times(values, zone) | more


def _body_rows(sample: Sample) -> list[Row]:
    """Everybody who hosts a session, once; the contacts are invented."""
    names = {(host.zh, host.en): None for session in sample.sessions for host in session.hosts}
    return [
        {
            "id": id_of("body", zh, en),
            "edition": EDITION,
            "code": f"body-{place}",
            "name_zh": zh,
            "name_en": en,
            "contact_name": "",
            "email": f"body{place}@hosts.example",
            "language": "zh" if place % 2 else "en",
            "url": "",
        }
        for place, (zh, en) in enumerate(names, start=1)
    ]


def _hostings(session: Session) -> Iterator[Row]:
    for position, host in enumerate(session.hosts):
        yield {
            "id": id_of("hosting", session.code, host.zh, host.en),
            "session": session_id(session.code),
            "body": id_of("body", host.zh, host.en),
            "position": position,
        }


def _items(session: Session) -> Iterator[Row]:
    for position, item in enumerate(session.items):
        values = msgspec.structs.asdict(item)
        del values["people"]
        owner = {"id": id_of("item", session.code, position), "session": session_id(session.code)}
        yield values | owner | {"position": position}


def _appearances(session: Session) -> Iterator[Row]:
    """Each part once: with its item, or with the session where no item holds it."""
    in_items = {part for item in session.items for part in item.people}
    yield from _parts(session, None, [part for part in session.people if part not in in_items])
    for position, item in enumerate(session.items):
        yield from _parts(session, position, item.people)


def _parts(session: Session, item: int | None, people: Iterable[Appearance]) -> Iterator[Row]:
    for position, part in enumerate(people):
        yield {
            "id": id_of("appearance", session.code, item, part.speaker, part.role),
            "session": session_id(session.code),
            "item": None if item is None else id_of("item", session.code, item),
            "speaker": id_of("speaker", part.speaker),
            "role": part.role,
            "position": position,
        }


def _page(page: Page, position: int, *, version: int = 1) -> Row:
    return {
        "id": id_of("page", page.code, version),
        "edition": EDITION,
        "slug": page.code,
        "version": version,
        "title_zh": page.title_zh,
        "title_en": page.title_en,
        "body_zh": page.text_zh,
        "body_en": page.text_en,
        "position": position,
        "published_at": OPENED_AT,
    }


def session_id(code: str) -> UUID:
    """The id of a session, by its code."""
    return id_of("session", code)


def _times(values: Row, zone: ZoneInfo) -> Row:
    """``starts`` and ``ends``, local and without offset, as the two columns."""
    starts, ends = values.pop("starts"), values.pop("ends")
    return values | {"starts_at": starts.replace(tzinfo=zone), "ends_at": ends.replace(tzinfo=zone)}


def _json(things: object) -> str:
    return json.dumps(msgspec.to_builtins(things), ensure_ascii=False)


EDITION = id_of("edition", "wcd-2023")
