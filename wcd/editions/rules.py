"""Rules of an edition: its days, its accent."""

from datetime import date, timedelta

MIN_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text of ordinary size."""
_SUNKEN = "#f3f1eb"


def days(first: date, last: date) -> list[date]:
    """Every day of the forum."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def city_of(place: str) -> str:
    """The city of “上海　滨江会议中心” or “Riverside Convention Centre, Shanghai”; a bare city is itself."""
    return place.split("　", maxsplit=1)[0] if "　" in place else place.rsplit(", ", maxsplit=1)[-1]


def is_readable_accent(accent: str) -> bool:
    """White on it, and it on quiet areas, must both reach 4.5:1."""
    return min(contrast("#ffffff", accent), contrast(accent, _SUNKEN)) >= MIN_CONTRAST


def contrast(first: str, second: str) -> float:
    """Contrast of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
