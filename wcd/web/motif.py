"""The edition's drawing: thirty-one buildings, one for each day of the month, mirrored in the river.

The days of the forum are lit. The edition's code is the seed, so each edition has its own skyline and always the
same one: strokes only, about 6 kB of SVG, no file.
"""

import hashlib
import math
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

import msgspec
from markupsafe import Markup

LAST_DAY = 31
_TALLEST = 0.98
_STEPS = 12


class Canvas(msgspec.Struct, frozen=True):
    """How large, how many lines of water, and whether the days are written below."""

    width: int = 1440
    height: int = 280
    base: float = 0.74
    river: int = 6
    labels: bool = True
    pad: int = 0
    """Clear space at the right end."""

    @property
    def pitch(self) -> float:
        """From one building to the next."""
        return (self.width - self.pad) / LAST_DAY

    @property
    def ground(self) -> int:
        """Where the buildings stand."""
        return round(self.height * self.base)

    def middle(self, day: int) -> float:
        """The middle of a day's building."""
        return (day - 0.5) * self.pitch


WIDE = Canvas(pad=114)
SMALL = Canvas(width=480, height=120, labels=False)


@lru_cache(maxsize=64)
def drawing(code: str, first_day: date, last_day: date, canvas: Canvas = WIDE) -> Markup:
    """The drawing of an edition as inline SVG. Days after the end of the first day's month are not lit."""
    end = last_day.day if last_day.month == first_day.month else LAST_DAY
    lit = range(first_day.day, end + 1)
    draw = _seeded(code)
    phase = draw(0, 6.28)
    quiet, bright = _city(draw, phase, lit, canvas)
    water, shimmer = _river(draw, phase, lit, canvas)
    days = "".join(f'<text x="{canvas.middle(day):.1f}" y="{canvas.ground + 23}">{day}</text>' for day in lit)
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="motif" viewBox="0 0 {canvas.width} {canvas.height}" preserveAspectRatio="xMaxYMax slice" '
        'aria-hidden="true" focusable="false"><g fill="none" stroke="currentColor">'
        f'<path class="m-city" d="{quiet}"/><path class="m-river" d="{water}"/>'
        f'<path class="m-bank" stroke-width="1.5" d="M0 {canvas.ground}H{canvas.width}"/>'
        f'<path class="m-lit" stroke-width="1.7" d="{bright}"/><path class="m-lit" stroke-width="1.7" d="{shimmer}"/></g>'
        + (f'<g class="m-day">{days}</g>' if canvas.labels else "")
        + "</svg>"
    )


def _seeded(code: str) -> Callable[..., float]:
    n = 0

    def draw(low: float = 0.0, high: float = 1.0) -> float:
        nonlocal n
        n += 1
        digest = hashlib.sha256(f"{code}:{n}".encode()).digest()
        return low + (high - low) * int.from_bytes(digest[:4], "big") / 2**32

    return draw


def _outline(form: float, t: float, *, inner: bool) -> float:
    """Height of a stroke at ``t`` (0 left, 1 right) as a share of its building."""
    if form < 0.20:
        return 1 if inner else 0.88
    if form < 0.45:
        return 1 if t < 0.55 else 0.74
    if form < 0.62:
        return 0.86 + 0.14 * math.sin(t * math.pi)
    if form < 0.80:
        return 1
    return 0.60 + 0.40 * math.pow(1 - abs(2 * t - 1), 1.7)  # a spire


def _city(draw: Callable[..., float], phase: float, lit: Sequence[int], canvas: Canvas) -> tuple[str, str]:
    """The strokes of all buildings: those of ordinary days, and those of the forum."""
    quiet: list[str] = []
    bright: list[str] = []
    gap = canvas.pitch / 8
    for day in range(1, LAST_DAY + 1):
        swell = 0.16 + 0.30 * (day / 31) ** 1.3 + 0.13 * math.sin(day / 31 * 9.4 + phase)
        tall = max(0.08, swell + draw(-0.10, 0.16))
        form, strokes, mirrored = draw(), 6 if draw() > 0.3 else 5, draw() > 0.5
        if day in lit:
            rank = lit.index(day) + 4 - len(lit)
            tall = _TALLEST if day == LAST_DAY else max(0.5, 0.60 + 0.09 * rank)
            form = 0.9 if day == LAST_DAY else (0.1, 0.5, 0.25, 0.9)[rank % 4]
            strokes, mirrored = 7, False
        left = canvas.middle(day) - (strokes - 1) * gap / 2
        for k in range(strokes):
            t = k / (strokes - 1)
            share = _outline(form, 1 - t if mirrored else t, inner=0 < k < strokes - 1)
            (bright if day in lit else quiet).append(
                f"M{left + k * gap:.1f} {canvas.ground}v{-tall * share * canvas.ground * 0.98:.1f}"
            )
    return "".join(quiet), "".join(bright)


def _river(draw: Callable[..., float], phase: float, lit: Sequence[int], canvas: Canvas) -> tuple[str, str]:
    """The lines of the water, and the light of the forum's days on them."""
    water, shimmer = [], []
    step, length = canvas.width / _STEPS, canvas.width / 1.7
    top = canvas.ground + (38 if canvas.labels else 12)
    for j in range(canvas.river):
        level = top + j * (canvas.height - top - 6) / max(1, canvas.river - 1)
        amp, shift = 0.8 + j * 0.55, phase + j * 0.45

        def y(x: float, level: float = level, amp: float = amp, shift: float = shift) -> float:
            return level + amp * math.sin(shift + x / length * 6.283)

        def slope(x: float, amp: float = amp, shift: float = shift) -> float:
            return amp * 6.283 / length * math.cos(shift + x / length * 6.283)

        path = f"M0 {y(0):.1f}"
        for k in range(_STEPS):
            a, b = k * step, (k + 1) * step
            path += (
                f"C{a + step / 3:.0f} {y(a) + slope(a) * step / 3:.1f} "
                f"{b - step / 3:.0f} {y(b) - slope(b) * step / 3:.1f} {b:.0f} {y(b):.1f}"
            )
        water.append(path)
        for day in lit:
            centre = canvas.middle(day) + draw(-0.18, 0.18) * canvas.pitch
            half = canvas.pitch * (0.34 - 0.035 * j) * (1.15 if day == LAST_DAY else 1)
            if half > 3 and draw() > 0.12:
                shimmer.append(
                    f"M{centre - half:.1f} {y(centre - half):.1f}L{centre + half:.1f} {y(centre + half):.1f}"
                )
    return "".join(water), "".join(shimmer)
