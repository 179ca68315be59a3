"""What a bench says: one JSON object a line, always beside the floor of the same run."""

import msgspec


class Result(msgspec.Struct, frozen=True):
    """A figure. ``ratio`` = value ÷ floor, both in ``unit``; processes: those of the peer and of the bench's load."""

    bench: str
    name: str
    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    peer_processes: int = 1
    workers: int = 0


def compared(bench: str, name: str, value: float, unit: str, floor: float, **processes: int) -> Result:
    """A figure with its floor."""
    return Result(bench, name, round(value, 4), unit, round(floor, 4), round(value / floor, 4), **processes)


def bare(bench: str, name: str, value: float, unit: str, **processes: int) -> Result:
    """A figure that has no floor."""
    return Result(bench, name, round(value, 4), unit, **processes)
