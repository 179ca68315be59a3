"""The forum at a glance: a few lines for each day, made from the programme."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec

from wcd.agenda import rules
from wcd.agenda.views import ExhibitionView, SessionCard
from wcd.core.i18n import Bilingual
from wcd.editions.queries import EditionView
from wcd.editions.rules import days

MOST_LINES = 4
_NAMED = (rules.CEREMONY, rules.PLENARY)
_COUNTED = (rules.FORUM, rules.SIDE_EVENT, rules.TOUR)
_EVENING = 17


class Line(msgspec.Struct, frozen=True):
    """From when, what kind, how many; with a title where it is one."""

    at: datetime
    kind: str
    count: int
    title: Bilingual | None


class Day(msgspec.Struct, frozen=True):
    """One day: its lines, the dinner in the evening, and the exhibitions: ``opens``, ``all_day`` or ``until``."""

    date: date
    is_last: bool
    lines: list[Line]
    dinner: SessionCard | None
    exhibitions: str
    exhibitions_at: datetime | None


def at_a_glance(
    edition: EditionView, sessions: Sequence[SessionCard], exhibitions: Sequence[ExhibitionView]
) -> list[Day]:
    """The days of an edition, each with what matters most."""
    return [_day(edition, day, sessions, exhibitions) for day in days(edition.first_day, edition.last_day)]


def _day(
    edition: EditionView, day: date, sessions: Iterable[SessionCard], exhibitions: Sequence[ExhibitionView]
) -> Day:
    todays = [
        one
        for one in sessions
        if rules.local_day(one.starts_at, edition.zone) == day and not one.is_called_off
    ]
    lines = [Line(one.starts_at, one.kind, 1, _short(one.title)) for one in todays if one.kind in _NAMED]
    for kind in _COUNTED:
        some = [one for one in todays if one.kind == kind]
        if some:
            title = _short(some[0].title) if len(some) == 1 else None
            lines.append(Line(min(one.starts_at for one in some), kind, len(some), title))
    lines.sort(key=lambda line: line.at)
    dinners = [
        one
        for one in todays
        if one.kind == rules.MEAL and int(rules.local_clock(one.starts_at, edition.zone)[:2]) >= _EVENING
    ]
    word, at = _exhibitions(edition, day, exhibitions)
    return Day(day, day == edition.last_day, lines[:MOST_LINES], dinners[0] if dinners else None, word, at)


def _exhibitions(
    edition: EditionView, day: date, exhibitions: Sequence[ExhibitionView]
) -> tuple[str, datetime | None]:
    """Whether they open, close or are open all this day; the first one speaks for all."""
    for one in exhibitions:
        first, last = (rules.local_day(at, edition.zone) for at in (one.starts_at, one.ends_at))
        if first == day:
            return "opens", one.starts_at
        if last == day:
            return "until", one.ends_at
        if first < day < last:
            return "all_day", None
    return "", None


def _short(title: Bilingual) -> Bilingual:
    """The part of a title before its colon."""
    return Bilingual(title.zh.split("：")[0], title.en.split(":")[0])
