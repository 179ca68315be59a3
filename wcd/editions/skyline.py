"""The edition's drawing: a building for each day of the month, those of the forum lit; its code is the seed."""

import hashlib
import math
from collections.abc import Callable
from functools import lru_cache

import msgspec

WIDE, GROUND, TALL = 600, 62, 64  # of the drawing, in its own units
_PITCH = (WIDE - 20) / 31
_GAP = _PITCH / 8


class Skyline(msgspec.Struct, frozen=True):
    """Upright strokes on the ground as (x, height); `lit` are those of the forum's days."""

    quiet: tuple[tuple[float, float], ...]
    lit: tuple[tuple[float, float], ...]


@lru_cache(maxsize=16)
def skyline(code: str, days: tuple[int, ...]) -> Skyline:
    """The skyline of an edition: always the same for the same code and days."""
    draw = _seeded(code)
    quiet: list[tuple[float, float]] = []
    lit: list[tuple[float, float]] = []
    phase = draw(0, 6.28)
    for day in range(1, 32):
        swell = 0.16 + 0.30 * (day / 31) ** 1.3 + 0.13 * math.sin(day / 31 * 9.4 + phase)
        tall = max(0.08, swell + draw(-0.10, 0.16))
        form, strokes, mirrored = draw(0, 1), 6 if draw(0, 1) > 0.3 else 5, draw(0, 1) > 0.5
        if day in days:
            rank = days.index(day) + 4 - len(days)
            tall = 0.98 if day == max(days) else 0.60 + 0.09 * rank
            form = 0.9 if day == max(days) else (0.1, 0.5, 0.25, 0.9)[rank % 4]
            strokes, mirrored = 7, False
        left = (day - 1) * _PITCH + (_PITCH - (strokes - 1) * _GAP) / 2
        for n in range(strokes):
            t = n / (strokes - 1)
            share = _outline(form, 1 - t if mirrored else t, inner=0 < n < strokes - 1)
            (lit if day in days else quiet).append((left + n * _GAP, tall * share * GROUND * 0.98))
    return Skyline(tuple(quiet), tuple(lit))


def _seeded(code: str) -> Callable[[float, float], float]:
    count = 0

    def draw(low: float, high: float) -> float:
        nonlocal count
        count += 1
        digest = hashlib.sha256(f"{code}:{count}".encode()).digest()
        return low + (high - low) * int.from_bytes(digest[:4], "big") / 2**32

    return draw


def _outline(form: float, t: float, *, inner: bool) -> float:
    """Height of a stroke at t (0 left, 1 right) as a share of its building."""
    if form < 0.20:
        return 1 if inner else 0.88  # shoulders
    if form < 0.45:
        return 1 if t < 0.55 else 0.74  # a step
    if form < 0.62:
        return 0.86 + 0.14 * math.sin(t * math.pi)  # a dome
    if form < 0.80:
        return 1  # flat
    return 0.60 + 0.40 * math.pow(1 - abs(2 * t - 1), 1.7)  # a spire
