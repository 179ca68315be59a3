"""The programme of a day by room: which column each session stands in, from which line to which. No database."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from wcd.agenda.rules import overlap
from wcd.agenda.views import Place, SessionCard

STEP = timedelta(minutes=5)
"""One line of the grid."""
HEAD = 2
"""The first line of times: line 1 holds the names of the rooms."""
MOST_AT_ONCE = 3
"""More sessions that start at one time are one group on a phone, opened by a touch."""
_HOUR = timedelta(hours=1)


class Column(msgspec.Struct, frozen=True):
    """A room's column; several lanes wide where its sessions lie over each other. No place: tours and the like."""

    place: Place | None
    first: int
    lanes: int


class Cell(msgspec.Struct, frozen=True):
    """A session in the grid: column and lines as CSS counts them. A pause without a room goes across all."""

    card: SessionCard
    column: int
    across: int
    start: int
    end: int


class Group(msgspec.Struct, frozen=True):
    """Everything that starts at one time: one group on a phone."""

    at: datetime
    cells: list[Cell]

    @property
    def is_large(self) -> bool:
        """Whether a phone shows them as one, to be opened by a touch."""
        return len(self.cells) > MOST_AT_ONCE


class Grid(msgspec.Struct, frozen=True):
    """A day in rooms: columns, hours with their line, and the sessions in the order of time."""

    columns: list[Column]
    hours: list[tuple[datetime, int]]
    groups: list[Group]
    lines: int
    lanes: int


def lay_out(sessions: Sequence[SessionCard], zone: str) -> Grid | None:
    """The grid of one day's sessions; None where there are none."""
    if not sessions:
        return None
    begin = _hour_before(min(one.starts_at for one in sessions), zone)
    end = max(one.ends_at for one in sessions)
    lines = _line(end, begin, up=True) - HEAD
    columns, lane_of = _columns(one for one in sessions if one.place or not one.is_pause)
    lanes = sum(column.lanes for column in columns)
    groups: dict[datetime, list[Cell]] = {}
    for one in sessions:
        wide = one.code not in lane_of
        column, across = (2, max(lanes, 1)) if wide else (lane_of[one.code], 1)
        lines_of = _line(one.starts_at, begin), _line(one.ends_at, begin, up=True)
        groups.setdefault(one.starts_at, []).append(Cell(one, column, across, *lines_of))
    hours = []
    at = begin
    while at < end:
        hours.append((at, _line(at, begin)))
        at += _HOUR
    return Grid(
        columns, hours, [Group(at, cells) for at, cells in sorted(groups.items())], lines, max(lanes, 1)
    )


def _columns(sessions: Iterable[SessionCard]) -> tuple[list[Column], dict[str, int]]:
    """The rooms in the order of venues and rooms that the programme has, and the column of each session by its code."""
    rooms: dict[UUID | None, list[SessionCard]] = {}
    for one in sessions:
        rooms.setdefault(one.place.id if one.place else None, []).append(one)
    columns: list[Column] = []
    lane_of: dict[str, int] = {}
    first = 2
    for some in sorted(rooms.values(), key=_order):
        lanes: list[list[SessionCard]] = []
        for one in some:
            free = next((lane for lane in lanes if not any(_over(one, other) for other in lane)), None)
            if free is None:
                free = []
                lanes.append(free)
            free.append(one)
        for n, lane in enumerate(lanes):
            lane_of.update({one.code: first + n for one in lane})
        columns.append(Column(some[0].place, first, len(lanes)))
        first += len(lanes)
    return columns, lane_of


def _order(sessions: list[SessionCard]) -> tuple[int, str, int, str]:
    """Venue by venue, the largest room first; then where only breaks are held, then what has no room."""
    place = sessions[0].place
    if place is None:
        return 2, "", 0, ""
    return int(all(one.is_pause for one in sessions)), place.venue.en, -place.capacity, place.code


def _over(one: SessionCard, other: SessionCard) -> bool:
    return overlap((one.starts_at, one.ends_at), (other.starts_at, other.ends_at))


def _line(at: datetime, begin: datetime, *, up: bool = False) -> int:
    """The line at or before a time; with ``up`` at or after it, so that nothing is without height."""
    return HEAD + (-((begin - at) // STEP) if up else (at - begin) // STEP)


def _hour_before(at: datetime, zone: str) -> datetime:
    """The full hour at or before, on the wall where the forum takes place."""
    return at.astimezone(ZoneInfo(zone)).replace(minute=0, second=0, microsecond=0)
