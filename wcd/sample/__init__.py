"""The content of the sample edition `wcd-2023` as data: read from `content/`, checked by type, the same each time.

Everything that `facts` do not give is invented: people, bodies, rooms, times and titles. Times are local to the
edition's zone and carry no offset; `Edition.zone` says which zone that is.
"""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

T = TypeVar("T")

CONTENT = Path(__file__).resolve().parent / "content"

Kind = Literal["ceremony", "plenary", "forum", "side_event", "tour", "break", "meal"]
ItemKind = Literal["speech", "panel", "award", "launch", "video", "address", "discussion"]
Role = Literal["moderator", "speaker", "discussant", "address"]
Language = Literal["zh", "en"]


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line of content; a misspelt field is refused."""


class Host(_Data, frozen=True):
    """A body that holds the edition or a session."""

    zh: str
    en: str


class Edition(_Data, frozen=True):
    """The edition itself."""

    code: str
    name_zh: str
    name_en: str
    short_name_zh: str
    short_name_en: str
    theme_zh: str
    theme_en: str
    first_day: date
    last_day: date
    zone: str
    place_zh: str
    place_en: str
    hosts: tuple[Host, ...]
    accent: str


class Hours(_Data, frozen=True):
    """From when until when, on one day."""

    starts: datetime
    ends: datetime


class Venue(_Data, frozen=True):
    """A house in which rooms are, how one gets there, and when its rooms can be used."""

    code: str
    name_zh: str
    name_en: str
    address_zh: str
    address_en: str
    way_zh: str
    way_en: str
    map_url: str
    hours: tuple[Hours, ...]


class Way(_Data, frozen=True):
    """How many minutes it takes between two venues."""

    one: str
    other: str
    minutes: int


class Room(_Data, frozen=True):
    """A room in which people sit; `capacity` counts chairs, in exhibition halls people."""

    code: str
    venue: str
    name_zh: str
    name_en: str
    floor_zh: str
    floor_en: str
    capacity: int
    equipment: tuple[str, ...]
    layouts: dict[str, int]
    booths: int = 0
    whole: str | None = None


class Subject(_Data, frozen=True):
    """What sessions are about."""

    code: str
    name_zh: str
    name_en: str


class Speaker(_Data, frozen=True):
    """An invented person on the programme; `country` is ISO 3166-1 alpha-2."""

    code: str
    native_name: str
    latin_name: str
    post_zh: str
    post_en: str
    body_zh: str
    body_en: str
    biography_zh: str
    biography_en: str
    country: str


class Availability(_Data, frozen=True):
    """A time during which a speaker can be there; who has none always can."""

    speaker: str
    starts: datetime
    ends: datetime


class Appearance(_Data, frozen=True):
    """Who appears, and as what; `speaker` is a code."""

    speaker: str
    role: Role


class Item(_Data, frozen=True):
    """A part of a session; items follow each other from the session's start."""

    title_zh: str
    title_en: str
    kind: ItemKind
    minutes: int
    people: tuple[Appearance, ...] = ()


class Session(_Data, frozen=True):
    """A session of the programme; `people` holds everybody who appears in it, moderators first."""

    code: str
    kind: Kind
    title_zh: str
    title_en: str
    summary_zh: str
    summary_en: str
    room: str | None
    starts: datetime
    ends: datetime
    seats: int | None
    booking: Literal["open", "booking", "invitation"]
    languages: tuple[Language, ...]
    interpretation: tuple[Language, ...] = ()
    sdgs: tuple[int, ...] = ()
    subjects: tuple[str, ...] = ()
    hosts: tuple[Host, ...] = ()
    meeting_point_zh: str = ""
    meeting_point_en: str = ""
    items: tuple[Item, ...] = ()
    people: tuple[Appearance, ...] = ()


class Stand(_Data, frozen=True):
    """A stand of an exhibition."""

    number: str
    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    summary_zh: str
    summary_en: str


class Exhibition(_Data, frozen=True):
    """An exhibition with its stands; daily hours are in the summary."""

    code: str
    title_zh: str
    title_en: str
    summary_zh: str
    summary_en: str
    room: str
    starts: datetime
    ends: datetime
    stands: tuple[Stand, ...]


class Page(_Data, frozen=True):
    """A page that organisers write; texts are Markdown without the title."""

    code: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str


class News(_Data, frozen=True):
    """A line of news on the home page."""

    day: date
    text_zh: str
    text_en: str


class Sample(_Data, frozen=True):
    """The whole edition but its guests, which `guests.sample_guests()` makes."""

    edition: Edition
    venues: tuple[Venue, ...]
    rooms: tuple[Room, ...]
    ways: tuple[Way, ...]
    subjects: tuple[Subject, ...]
    speakers: tuple[Speaker, ...]
    availability: tuple[Availability, ...]
    sessions: tuple[Session, ...]
    exhibitions: tuple[Exhibition, ...]
    pages: tuple[Page, ...]
    notice: Page
    notice_version: int
    accessibility: Page
    contact: Page
    news: tuple[News, ...]


NOTICE_VERSION = 1
PRACTICAL = ("visa", "hotel", "transport", "venue", "questions")


def _read(name: str, form: type[T]) -> T:
    return msgspec.json.decode((CONTENT / name).read_bytes(), type=form)


def _page(code: str) -> Page:
    """Read `pages/CODE.zh.md` and `.en.md`; their first line is the title."""
    texts: dict[str, str] = {}
    for language in ("zh", "en"):
        whole = (CONTENT / "pages" / f"{code}.{language}.md").read_text(encoding="utf-8")
        title, _, text = whole.partition("\n")
        texts[f"title_{language}"] = title.removeprefix("# ").strip()
        texts[f"text_{language}"] = text.strip() + "\n"
    return Page(code=code, **texts)


@cache
def load() -> Sample:
    """The sample edition, read and type-checked once per process."""
    return Sample(
        edition=_read("edition.json", Edition),
        venues=_read("venues.json", tuple[Venue, ...]),
        rooms=_read("rooms.json", tuple[Room, ...]),
        ways=_read("ways.json", tuple[Way, ...]),
        subjects=_read("subjects.json", tuple[Subject, ...]),
        speakers=_read("speakers.json", tuple[Speaker, ...]),
        availability=_read("availability.json", tuple[Availability, ...]),
        sessions=_read("sessions.json", tuple[Session, ...]),
        exhibitions=_read("exhibitions.json", tuple[Exhibition, ...]),
        pages=tuple(_page(code) for code in PRACTICAL),
        notice=_page("notice"),
        notice_version=NOTICE_VERSION,
        accessibility=_page("accessibility"),
        contact=_page("contact"),
        news=_read("news.json", tuple[News, ...]),
    )
