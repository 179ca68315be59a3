"""What stands on paper in either language: dates, times, kinds, roles; each word asked for with its language."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from wcd.agenda import rules
from wcd.core.i18n import Bilingual, LazyText, use_locale
from wcd.core.i18n import lazy_gettext as _

KINDS = {
    rules.CEREMONY: _("Ceremony"),
    rules.PLENARY: _("Plenary"),
    rules.FORUM: _("Sub-forum"),
    rules.SIDE_EVENT: _("Side event"),
    rules.TOUR: _("Theme tour"),
    rules.BREAK: _("Break"),
    rules.MEAL: _("Meal"),
}
ROLES = {
    rules.SPEAKER: _("Speaker"),
    rules.MODERATOR: _("Moderator"),
    rules.DISCUSSANT: _("Discussant"),
    rules.ADDRESS: _("Giving an address"),
}
ITEMS = {
    "speech": _("Speech"),
    "address": _("Giving an address"),
    "panel": _("Panel"),
    "discussion": _("Discussion"),
    "award": _("Award"),
    "launch": _("Launch"),
    "video": _("Film"),
    "break": _("Break"),
}
LANGUAGES = {"zh": _("Chinese"), "en": _("English")}
WAYS_IN = {
    "open": _("Open to all"),
    "booking": _("By booking"),
    "invitation": _("By invitation"),
    "category": _("For some categories of guests"),
}
CALLED_OFF = _("Called off")
WORKING_COPY = _("Working copy")


def said(message: LazyText, locale: str, **values: Any) -> str:
    """A message in this language."""
    with use_locale(locale):
        return str(message) % values if values else str(message)


def in_both(message: LazyText, **values: Any) -> str:
    """A message in Chinese, and in English after it: for sheets that everybody reads."""
    zh, en = said(message, "zh", **values), said(message, "en", **values)
    return zh if zh == en else f"{zh} {en}"


def listed(words: Iterable[str], locale: str) -> str:
    """A、B、C or A, B, C."""
    return ("、" if locale == "zh" else ", ").join(word for word in words if word)


def parted(words: Iterable[str], locale: str) -> str:
    """Things of different kinds in one line."""
    return ("　" if locale == "zh" else " · ").join(word for word in words if word)


def labelled(label: LazyText, text: str, locale: str) -> str:
    """主办：… or Hosts: …; empty without a text."""
    return f"{said(label, locale)}{'：' if locale == 'zh' else ': '}{text}" if text else ""


def clock(moment: datetime) -> str:
    """09:00."""
    return f"{moment:%H:%M}"


def span(start: datetime, end: datetime, locale: str) -> str:
    """09:00—10:15 or 09:00–10:15."""
    return f"{clock(start)}{'—' if locale == 'zh' else '–'}{clock(end)}"


def day_name(day: date, locale: str) -> str:
    """10月28日（周六） or Saturday 28 October."""
    pattern = "M月d日（EEE）" if locale == "zh" else "EEEE d MMMM"
    return format_date(day, pattern, locale=locale)


def short_day(day: date, locale: str) -> str:
    """10月28日（周六） or Sat 28 Oct."""
    return format_date(day, "M月d日（EEE）" if locale == "zh" else "EEE d MMM", locale=locale)


def full_date(day: date, locale: str) -> str:
    """2023年10月20日 or 20 October 2023."""
    return format_date(day, "y年M月d日" if locale == "zh" else "d MMMM y", locale=locale)


def days_of(first: date, last: date, locale: str) -> str:
    """2023年10月28—31日 or 28–31 October 2023."""
    if first == last:
        return full_date(first, locale)
    same = (first.year, first.month) == (last.year, last.month)
    if locale == "zh":
        end = f"{last.day}日" if same else f"{last.month}月{last.day}日"
        return f"{first.year}年{first.month}月{first.day}{'' if same else '日'}—{end}"
    begin = f"{first.day}" if same else format_date(first, "d MMMM", locale="en")
    return f"{begin}{'–' if same else ' – '}{full_date(last, 'en')}"


def text_in(text: Bilingual, locale: str) -> tuple[str, bool]:
    """The text in this language, or the other one and that it is; a reader is told."""
    own, other = (text.zh, text.en) if locale == "zh" else (text.en, text.zh)
    return (own, False) if own.strip() or not other.strip() else (other, True)
