"""Rules of the places: what rooms may have, how they may be laid out, which may be parts of which. No database."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

LAYOUTS = ("theatre", "classroom", "boardroom", "banquet", "cabaret", "u_shape", "standing")
"""How a room may be set up; each holds its own number of people."""
EQUIPMENT = (
    "projector",
    "screen",
    "stage",
    "lectern",
    "microphones",
    "recording",
    "streaming",
    "hearing_loop",
    "step_free",
    "daylight",
)
Span = tuple[datetime, datetime]


def holds(capacity: int, layouts: Mapping[str, int], layout: str) -> int:
    """How many people a room holds in a layout: as it is usually set up, where nothing is said of this one."""
    return layouts.get(layout, capacity)


def may_be_whole(room: UUID, whole: UUID, wholes: Mapping[UUID, UUID | None]) -> bool:
    """Whether ``room`` may become a part of ``whole``; ``wholes`` are the venue's rooms and what each is a part of.

    One level only: what has parts is no part, and what is a part has none. So there is no circle.
    """
    if whole == room or whole not in wholes or wholes[whole] is not None:
        return False
    return room not in wholes.values()


def joined(spans: Collection[Span]) -> list[Span]:
    """Spans in the order of time, those that touch or overlap made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
