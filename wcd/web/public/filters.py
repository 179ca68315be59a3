"""The programme's filters: read from the address, applied to the sessions, counted, and written back as addresses."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

import msgspec

from wcd.agenda import rules
from wcd.agenda.views import SessionCard
from wcd.core.names import fold, needles, search_keys

MOST_CHOICES = 20
LONGEST_SEARCH = 80
GROUPS = ("kind", "language", "interpretation", "subject", "room", "sdg")
"""The filters of which several values may be chosen, in the order of the page."""
YES = "yes"
GRID = "grid"
LONGEST_NUMBER = 6


class Filters(msgspec.Struct, frozen=True):
    """What is asked for: values of one filter are alternatives, several filters must all hold.

    ``free`` leaves what has a seat left now. ``view`` is ``grid`` or the list; ``since`` a release's number: what changed
    after it is marked; ``stars`` is for a script, since stars are kept on the reader's own device.
    """

    kind: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    interpretation: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    room: tuple[str, ...] = ()
    sdg: tuple[str, ...] = ()
    q: str = ""
    free: bool = False
    view: str = ""
    since: int = 0
    stars: bool = False

    @classmethod
    def read(cls, query: Any) -> "Filters":
        """From the query of an address; odd values simply find nothing."""
        chosen = {name: tuple(query.getall(name, []))[:MOST_CHOICES] for name in GROUPS}
        since = query.get("since", "")
        return cls(
            **chosen,
            q=query.get("q", "").strip()[:LONGEST_SEARCH],
            free=query.get("free") == YES,
            view=GRID if query.get("view") == GRID else "",
            since=int(since) if len(since) <= LONGEST_NUMBER and since.isdecimal() else 0,
            stars=query.get("stars") == YES,
        )

    @property
    def is_set(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.q or self.free or any(getattr(self, name) for name in GROUPS))

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Every chosen value with the name of its filter."""
        return [(name, value) for name in GROUPS for value in getattr(self, name)]

    def address(self, day: date | None, *, without: tuple[str, str] | None = None, **instead: Any) -> str:
        """These filters as a query, on a day, one value left out; ``instead`` puts others in place, as ``view=""``."""
        if instead:
            return msgspec.structs.replace(self, **instead).address(day, without=without)
        pairs = [*self.chosen, ("q", self.q), *self.shown]
        if day:
            pairs.insert(0, ("day", day.isoformat()))
        kept = [pair for pair in pairs if pair[1] and pair != without]
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What is no filter of sessions: how they are shown. A form of the filters carries it along."""
        return [
            ("free", YES if self.free else ""),
            ("view", self.view),
            ("since", str(self.since or "")),
            ("stars", YES if self.stars else ""),
        ]

    def cleared(self, day: date) -> str:
        """Without any filter, in the same view."""
        return Filters(view=self.view, since=self.since).address(day)


def select(
    sessions: Iterable[SessionCard], filters: Filters, left: Mapping[str, int] | None = None
) -> list[SessionCard]:
    """The sessions that all filters let through. Breaks and meals are shown only where nothing is asked for.

    ``left`` says by code how many seats are left now, for those with a limit.
    """
    wanted = needles(filters.q)
    if filters.q and not wanted:
        return []
    if not filters.is_set:
        return list(sessions)
    return [
        one
        for one in sessions
        if not one.is_pause
        and all(rules.passes(getattr(filters, name), values_of(one, name)) for name in GROUPS)
        and (not wanted or _found(one, wanted))
        and (not filters.free or (one.is_bookable and (left or {}).get(one.code, 1) > 0))
    ]


def values_of(session: SessionCard, group: str) -> list[str]:
    """The values that a session has for a filter."""
    match group:
        case "kind":
            return [session.kind]
        case "language":
            return session.languages
        case "interpretation":
            return ["yes"] if session.interpretation else []
        case "subject":
            return session.subjects
        case "room":
            return [session.place.code] if session.place else []
        case _:
            return [str(number) for number in session.sdgs]


def counts(sessions: Sequence[SessionCard]) -> dict[str, dict[str, int]]:
    """How many sessions each value of each filter would find by itself."""
    found: dict[str, dict[str, int]] = {group: {} for group in GROUPS}
    for session in sessions:
        if session.is_pause:
            continue
        for group in GROUPS:
            for value in values_of(session, group):
                found[group][value] = found[group].get(value, 0) + 1
    return found


def _found(session: SessionCard, wanted: list[str]) -> bool:
    """Whether every word begins a word of the titles, the places, the hosts or a person's name or pinyin."""
    place = session.place
    texts = [
        session.title,
        session.meeting_point,
        *session.hosts,
        *([place.name, place.venue] if place else []),
    ]
    text = " " + fold(" ".join(f"{one.zh} {one.en}" for one in texts))
    text += "".join(search_keys(person.native_name, person.latin_name) for person in session.people)
    return all(word in text for word in wanted)
