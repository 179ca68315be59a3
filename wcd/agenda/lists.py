"""The list of sessions as organisers work on it: found by name in either script, filtered, counted, in an order."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from wcd.agenda import rules
from wcd.agenda.differences import SessionChange, difference
from wcd.agenda.facts import SessionFacts
from wcd.agenda.queries import facts_of, get_session_facts, published_sessions, working_sessions
from wcd.core.db import fetch
from wcd.core.i18n import Bilingual
from wcd.core.listing import Page, Slice
from wcd.core.names import fold, has_han, needles, search_keys, sort_key

T = TypeVar("T")
UNSCHEDULED = "none"
"""The day of what has no time yet."""


class SessionFilter(msgspec.Struct, frozen=True):
    """What the address of the list asks for; an empty value lets everything through."""

    q: str = ""
    day: str = ""
    state: str = ""
    kind: str = ""
    room: str = ""
    missing: str = ""
    warned: str = ""
    change: str = ""
    sort: str = ""


class SessionRow(msgspec.Struct, frozen=True):
    """A session in the list. ``lacks`` says how many texts; ``change`` and ``moved`` what the next release does to it."""

    facts: SessionFacts
    day: str
    room: Bilingual
    people: list[Bilingual]
    lacks: int
    warnings: int
    change: str
    moved: tuple[str, ...]
    is_on_programme: bool

    @property
    def id(self) -> UUID:
        """Whose row it is."""
        return self.facts.id


class Facets(msgspec.Struct, frozen=True):
    """How many sessions each choice would show, with all other choices as they are."""

    days: Counter[str]
    states: Counter[str]
    kinds: Counter[str]
    rooms: Counter[str]
    missing: int
    warned: int
    changes: Counter[str]
    total: int


async def list_rows(edition: UUID, zone: str, warnings: dict[UUID, int]) -> list[SessionRow]:
    """Every session of the working copy, against the release in force: five queries, however many there are."""
    sessions, public = await working_sessions(edition), await published_sessions(edition)
    changes = {one.session: one for one in difference(public, released_of(sessions))}
    on_programme = {one.id for one in public}
    rooms = {row["id"]: row for row in await _rooms(edition)}
    speakers = {row["id"]: row for row in await _speakers(edition)}
    rows = []
    for facts in sessions:
        room, change = rooms.get(facts.room), changes.get(facts.id)
        names = dict.fromkeys(part.speaker for part in facts.people)
        rows.append(
            SessionRow(
                facts=facts,
                day=day_of(facts.starts_at, zone),
                room=Bilingual(room["name_zh"], room["name_en"]) if room else Bilingual("", ""),
                people=[
                    Bilingual(speakers[one]["native_name"], speakers[one]["latin_name"])
                    for one in names
                    if one in speakers
                ],
                lacks=count_gaps(facts),
                warnings=warnings.get(facts.id, 0),
                change=change.kind if change else "",
                moved=change.fields if change else (),
                is_on_programme=facts.id in on_programme,
            )
        )
    return rows


def released_of(sessions: Iterable[SessionFacts]) -> list[SessionFacts]:
    """Those that a release made now would have."""
    return [one for one in sessions if one.state in {rules.CONFIRMED, rules.CALLED_OFF}]


async def change_of(edition: UUID, session: UUID) -> SessionChange | None:
    """What the next release would do to one session, against the one in force: two queries."""
    now_in = [await get_session_facts(session, edition=edition)]
    rows = await fetch("SELECT * FROM agenda_published_session WHERE id = $1", session)
    return next(iter(difference([facts_of(row) for row in rows], released_of(now_in))), None)


def choose(rows: list[SessionRow], wanted: SessionFilter) -> list[SessionRow]:
    """Those that fit, in the order that was asked for."""
    fitting = [row for row in rows if all(test(row, wanted) for test in _TESTS.values())]
    name = wanted.sort.removeprefix("-")
    if name in _ORDERS:
        fitting.sort(key=_ORDERS[name], reverse=wanted.sort.startswith("-"))
    return fitting


def cut(rows: list[T], piece: Slice) -> Page[T]:
    """One page of them."""
    number = min(piece.number, max(1, -(-len(rows) // piece.size)))
    first = (number - 1) * piece.size
    return Page(rows=rows[first : first + piece.size], total=len(rows), number=number, size=piece.size)


def count_facets(rows: list[SessionRow], wanted: SessionFilter) -> Facets:
    """Counts for each filter, with the others as they are."""

    def others(name: str) -> list[SessionRow]:
        return [row for row in rows if all(test(row, wanted) for key, test in _TESTS.items() if key != name)]

    return Facets(
        days=Counter(row.day for row in others("day")),
        states=Counter(row.facts.state for row in others("state")),
        kinds=Counter(row.facts.kind for row in others("kind")),
        rooms=Counter(str(row.facts.room or UNSCHEDULED) for row in others("room")),
        missing=sum(row.lacks > 0 for row in others("missing")),
        warned=sum(row.warnings > 0 for row in others("warned")),
        changes=Counter(row.change for row in others("change") if row.change),
        total=len(rows),
    )


def day_of(at: datetime | None, zone: str) -> str:
    """The day at the place, as the address says it."""
    return rules.local_day(at, zone).isoformat() if at else UNSCHEDULED


def count_gaps(facts: SessionFacts) -> int:
    """How many of its texts, and of its items', one language lacks."""
    texts = [facts.title, facts.summary, facts.meeting_point, *(item.title for item in facts.items)]
    return sum(bool(text.zh) != bool(text.en) for text in texts)


def _fits_words(row: SessionRow, wanted: SessionFilter) -> bool:
    words = needles(wanted.q)
    if not words:
        return not wanted.q.strip()
    facts = row.facts
    texts = [facts.title, *(host.name for host in facts.hosts), *row.people]
    keys = " ".join(_keys(text.zh, text.en) for text in texts) + f" {facts.code.replace('-', ' ')}"
    return all(word in keys for word in words)


@lru_cache(maxsize=8192)
def _keys(zh: str, en: str) -> str:
    """Kept: reading a thousand titles as pinyin takes longer than everything else on the page."""
    return search_keys(zh, en)


@lru_cache(maxsize=8192)
def _title_key(title: str) -> str:
    """Pinyin where there is Chinese, so that both languages have the order that people expect."""
    han = "".join(sign for sign in title if has_han(sign))
    return sort_key(han) if han else fold(title)


_Test = Callable[[SessionRow, SessionFilter], bool]
_TESTS: dict[str, _Test] = {
    "q": _fits_words,
    "day": lambda row, wanted: wanted.day in {"", row.day},
    "state": lambda row, wanted: wanted.state in {"", row.facts.state},
    "kind": lambda row, wanted: wanted.kind in {"", row.facts.kind},
    "room": lambda row, wanted: wanted.room in {"", str(row.facts.room or UNSCHEDULED)},
    "missing": lambda row, wanted: not wanted.missing or row.lacks > 0,
    "warned": lambda row, wanted: not wanted.warned or row.warnings > 0,
    "change": lambda row, wanted: (
        wanted.change in {"", row.change} or (wanted.change == "any" and bool(row.change))
    ),
}
_ORDERS: dict[str, Callable[[SessionRow], Any]] = {
    "title": lambda row: _title_key(row.facts.title.local),
    "changed": lambda row: row.facts.changed_at,
    "room": lambda row: _title_key(row.room.local),
    "kind": lambda row: rules.KINDS.index(row.facts.kind),
    "state": lambda row: rules.STATES.index(row.facts.state),
}


async def _rooms(edition: UUID) -> list[Any]:
    return await fetch(
        "SELECT r.id, r.name_zh, r.name_en FROM venues_room r JOIN venues_venue v ON v.id = r.venue WHERE v.edition = $1",
        edition,
    )


async def _speakers(edition: UUID) -> list[Any]:
    return await fetch("SELECT id, native_name, latin_name FROM agenda_speaker WHERE edition = $1", edition)
