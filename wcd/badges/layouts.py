"""The A6 badge as data: its measures in millimetres, its inks, and the colour and pattern of each category."""

from typing import Literal

import msgspec

WIDTH, HEIGHT = 105.0, 148.0
MARGIN = 6.0
INNER = WIDTH - 2 * MARGIN

INK, INK_2, INK_3 = "#0d1b2a", "#3d4b58", "#5c6873"
ACCENT, HAIRLINE, DASHES, FAR_CITY = "#0b5cad", "#cdc8bc", "#9aa3ab", "#92989f"
WHITE = "#ffffff"

SLOT = (45.5, 2.4, 14.0, 3.0)  # where the lanyard is punched: x, y, width, height
HEAD_TITLE, HEAD_LINE = 13.3, 16.9  # baselines
SKYLINE_TOP, SKYLINE_HEIGHT = 18.1, 13.0
HEAD_HEIGHT = 32.2
NAMES_TOP, NAMES_BOTTOM = 34.0, 100.5
QR_SIDE, QR_LEFT, QR_TOP = 24.0, 75.0, 104.2  # four modules of white around
FOOT_BOTTOM, FOOT_WIDTH = 128.2, 62.0
BAND_TOP, BAND_HEIGHT = 132.0, 16.0

Pattern = Literal["plain", "upright", "rising", "level", "falling", "grid", "dots", "crosses"]


class Layout(msgspec.Struct, frozen=True):
    """How the band of a category looks. White on the colour has 4.5:1 or more; the pattern tells it apart in black and white."""

    colour: str
    pattern: Pattern


LAYOUTS = {
    "vip": Layout("#7a1a5c", "plain"),
    "speaker": Layout("#2a45a5", "upright"),
    "delegate": Layout("#117f7a", "rising"),
    "press": Layout("#a05802", "level"),
    "exhibitor": Layout("#8d53d1", "falling"),
    "escort": Layout("#3a4000", "grid"),
    "staff": Layout("#0d1730", "dots"),
    "volunteer": Layout("#5b6b7a", "crosses"),
}
OTHER = Layout("#3d4b58", "plain")  # a category that an organiser added


def layout_of(category: str) -> Layout:
    """The layout of a category by its code."""
    return LAYOUTS.get(category, OTHER)


def mixed(colour: str, share: float, other: str = WHITE) -> str:
    """The colour with a share of another in it; printers dislike transparency."""
    parts = [(int(colour[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)
