"""Words that the guest's pages make of values."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_timedelta
from markupsafe import Markup

from wcd.core.clock import now
from wcd.core.i18n import get_locale
from wcd.core.i18n import gettext as _
from wcd.core.templating import country_choices
from wcd.editions.queries import EditionView
from wcd.paper.qr import QUIET, encode

MORNING, NOON, EVENING = 5, 12, 18
_OPTION = Markup('<option value="{}"{}>{}</option>')


def country_options(chosen: str) -> Markup:
    """Every country and region as options of a select; made once per language and choice, being 250."""
    # What is no code was typed by a machine: it is not chosen, and not kept.
    return _country_options(get_locale(), chosen if len(chosen) == len("CN") else "")


@lru_cache(maxsize=512)
def _country_options(locale: str, chosen: str) -> Markup:
    return Markup("").join(
        _OPTION.format(code, Markup(" selected") if code == chosen else "", name)
        for code, name in country_choices(locale)
    )


def date_range(edition: EditionView) -> str:
    """10月28日—31日, 28–31 October 2023."""
    first, last = edition.first_day, edition.last_day
    same = (first.year, first.month) == (last.year, last.month)
    if get_locale() == "zh":
        end = "" if first == last else f"—{last.day}日" if same else f"—{last.month}月{last.day}日"
        return f"{first.month}月{first.day}日{end}"
    end = format_date(last, "d MMMM y", locale="en")
    start = str(first.day) if same else f"{format_date(first, 'd MMMM', locale='en')} "
    return end if first == last else f"{start}–{end}"


def greeting(edition: EditionView) -> str:
    """By the clock of the forum's place."""
    hour = now().astimezone(ZoneInfo(edition.zone)).hour
    if MORNING <= hour < NOON:
        return _("Good morning")
    return _("Good afternoon") if NOON <= hour < EVENING else _("Good evening")


def until(at: datetime) -> str:
    """47分钟后, in 47 minutes."""
    return format_timedelta(at - now(), add_direction=True, locale=get_locale(), threshold=1.2)


def qr(code: str) -> Markup:
    """The badge's code as one path of SVG, with the quiet zone that scanners need."""
    rows = encode(code)
    size = len(rows) + 2 * QUIET
    runs = []
    for y, row in enumerate(rows):
        line = bytes(row) + b"\0"
        start = line.find(1)
        while start >= 0:
            end = line.find(0, start)
            runs.append(f"M{start + QUIET} {y + QUIET}h{end - start}v1h-{end - start}z")
            start = line.find(1, end)
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="qr" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" aria-hidden="true">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{"".join(runs)}"/></svg>'
    )


WORDS: dict[str, Any] = {
    "country_options": country_options,
    "date_range": date_range,
    "greeting": greeting,
    "until": until,
    "qr": qr,
    "now": now,
}
"""What every template of the guest's pages may call."""
