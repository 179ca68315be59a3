"""Words that public pages make of values: spans of days, lengths of time, first sentences."""

import re
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from markupsafe import Markup

from wcd.agenda.rules import local_day
from wcd.core.i18n import Bilingual, get_locale, ngettext

_AFTER_PAUSE = re.compile(r"(?<=[，。：；、！？])")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SENTENCE = re.compile(r".*?(?:[。！？]|[.!?](?=\s|$))", re.DOTALL)
_NOT_PROSE = ("#", "|", "-", "*  ", ">", "1.")


def day_range(first: date, last: date) -> str:
    """10月28日—31日; 28–31 October 2023; with both months where they differ."""
    one_month = (first.year, first.month) == (last.year, last.month)
    if get_locale() == "zh":
        end = f"{last.day}日" if one_month else f"{last.month}月{last.day}日"
        start = f"{first.month}月{first.day}日"
        return start if first == last else f"{start}—{end}"
    end = format_date(last, "d MMMM y", locale="en")
    if first == last:
        return end
    return f"{first.day}–{end}" if one_month else f"{format_date(first, 'd MMMM', locale='en')} – {end}"


def weekday(day: date) -> str:
    """周六, Saturday."""
    return format_date(day, "EEE" if get_locale() == "zh" else "EEEE", locale=get_locale())


def weekday_range(first: date, last: date) -> str:
    """周六至周二, Saturday to Tuesday."""
    if first == last:
        return weekday(first)
    return f"{weekday(first)}{'至' if get_locale() == 'zh' else ' to '}{weekday(last)}"


def short_day(at: date) -> str:
    """10月20日, 20 Oct."""
    return format_date(at, "M月d日" if get_locale() == "zh" else "d MMM", locale=get_locale())


def duration(starts_at: datetime, ends_at: datetime) -> str:
    """3小时15分钟, 3 hours 15 minutes."""
    hours, minutes = divmod(int((ends_at - starts_at).total_seconds()) // 60, 60)
    said = [ngettext("%(num)d hour", "%(num)d hours", hours, num=hours)] if hours else []
    if minutes:
        said.append(ngettext("%(num)d minute", "%(num)d minutes", minutes, num=minutes))
    return ("" if get_locale() == "zh" else " ").join(said)


def phrases(title: Bilingual) -> Markup:
    """A large title whose lines break after its pauses, not inside a phrase."""
    parts = [part for part in _AFTER_PAUSE.split(title.local) if part]
    if title.lang != "zh" or len(parts) == 1:
        return Markup.escape(title.local)
    return Markup("").join(Markup("<span>{}</span>").format(part) for part in parts)


def first_sentence(text: str) -> str:
    """The first sentence of a Markdown text: what a list says about it."""
    for paragraph in text.split("\n\n"):
        if paragraph and not paragraph.startswith(_NOT_PROSE):
            plain = _LINK.sub(r"\1", paragraph).replace("**", "").replace("\n", " ")
            found = _SENTENCE.match(plain)
            return (found.group() if found else plain).strip()
    return ""


WORDS: dict[str, Any] = {
    "day_range": day_range,
    "weekday": weekday,
    "weekday_range": weekday_range,
    "short_day": short_day,
    "duration": duration,
    "phrases": phrases,
    "first_sentence": first_sentence,
    "local_day": local_day,
}
"""What every public template may call."""
