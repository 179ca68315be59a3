"""The one Jinja environment: pages, mails, letters. Filters for dates, numbers, countries and two languages."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone_location
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context
from markdown_it import MarkdownIt
from markupsafe import Markup

from wcd.core.clock import now, set_to
from wcd.core.i18n import Bilingual, catalogue, get_locale
from wcd.core.names import language_of

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
DEFAULT_ZONE = "Asia/Shanghai"

# Labels that hosts in China use; all other names are CLDR's (docs/glossary.md).
_COUNTRY_LABELS = {
    "HK": Bilingual("中国香港", "Hong Kong, China"),
    "MO": Bilingual("中国澳门", "Macao, China"),
    "TW": Bilingual("中国台湾", "Taiwan, China"),
}
# CLDR's territories that are no place a guest comes from.
_NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "XK"}

_ZONES = {"Asia/Shanghai": Bilingual("北京", "Shanghai")}
"""Where people say the zone otherwise than by its city."""

_DAY = {"zh": "M月d日（EEE）", "en": "EEE d MMM"}
_LONG_DAY = {"zh": "y年M月d日（EEE）", "en": "EEE d MMM y"}
_SHORT = {"zh": "M月d日 HH:mm", "en": "d MMM HH:mm"}


@cache
def environment() -> Environment:
    """The environment, made once per process. A misspelt variable is an error, not an empty string."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html", "svg"]),
        undefined=StrictUndefined,
        auto_reload=False,  # a look at the file for each template of each request; a start reads them anew
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined] # added by the i18n extension
        lambda message: catalogue(get_locale()).ugettext(message),
        lambda one, many, n: catalogue(get_locale()).ungettext(one, many, n),
        newstyle=True,
    )
    env.filters.update(
        local=local,
        other=other,
        voiced=voiced,
        lang_attribute=lang_attribute,
        day=_in_zone(day),
        long_day=_in_zone(long_day),
        clock=_in_zone(lambda moment: moment.strftime("%H:%M")),
        short_datetime=_in_zone(
            lambda moment: format_datetime(moment, _SHORT[get_locale()], locale=get_locale())
        ),
        iso=_in_zone(
            lambda moment: (
                moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()
            )
        ),
        weekday=_in_zone(lambda moment: format_date(moment, "EEE", locale=get_locale())),
        thousands=lambda value: format_decimal(value, locale=get_locale()),
        country=country_name,
        zone=zone_name,
        markdown=markdown,
    )
    env.globals.update(get_locale=get_locale, clock_set_to=set_to)
    return env


def local(text: Bilingual) -> Markup:
    """The text in the reader's language, else in the other and marked as such."""
    if text.lang == get_locale():
        return Markup(Markup.escape(text.local))  # noqa: S704 - escaped here
    return Markup('<span lang="{}">{}</span>').format(text.lang, text.local)


def other(text: Bilingual) -> Markup:
    """The text in the language that is not the reader's, marked; empty where there is none."""
    return (
        Markup('<span lang="{}">{}</span>').format(text.other_lang, text.other) if text.other else Markup("")
    )


def voiced(text: str) -> Markup:
    """A name, or what somebody typed, marked with the language that its script tells where the page has another."""
    return (
        Markup("<span{}>{}</span>").format(lang_attribute(text), text)
        if lang_attribute(text)
        else Markup.escape(text)
    )


def lang_attribute(text: str) -> Markup:
    """The same for an element that is there anyway; empty where the language is the page's."""
    language = language_of(text)
    return Markup("") if language == get_locale() else Markup(' lang="{}"').format(language)


def day(moment: date) -> str:
    """10月29日（周日） or Sun 29 Oct."""
    return format_date(moment, _DAY[get_locale()], locale=get_locale())


def long_day(moment: date) -> str:
    """2023年10月29日（周日） or Sun 29 Oct 2023."""
    return format_date(moment, _LONG_DAY[get_locale()], locale=get_locale())


def country_name(code: str) -> str:
    """The name of a country or region in the reader's language; the code itself where it is unknown."""
    if code in _COUNTRY_LABELS:
        return _COUNTRY_LABELS[code].local
    return str(_territories(get_locale()).get(code, code))


def zone_name(zone: str) -> str:
    """北京时间（UTC+8） or Shanghai time (UTC+8): how times are said to be meant."""
    locale = get_locale()
    offset = now().astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    hours, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
    said = f"UTC{'-' if offset < timedelta() else '+'}{hours}" + (f":{minutes:02}" if minutes else "")
    place = _ZONES.get(zone) or Bilingual(
        *(get_timezone_location(zone, locale=name, return_city=True) for name in ("zh", "en"))
    )
    return f"{place.zh}时间（{said}）" if locale == "zh" else f"{place.en} time ({said})"


@cache
def country_choices(locale: str) -> list[tuple[str, str]]:
    """Code and name of every country and region, China first, then by name as the language sorts."""
    names = {
        code: name
        for code, name in _territories(locale).items()
        if len(code) == 2 and code not in _NO_COUNTRIES
    }
    names |= {code: getattr(label, locale) for code, label in _COUNTRY_LABELS.items()}
    return sorted(names.items(), key=lambda pair: (pair[0] != "CN", _sort_key(locale, pair[1])))


def _sort_key(locale: str, name: str) -> str:
    return name.encode("gb18030").hex() if locale == "zh" else name


@cache
def _territories(locale: str) -> dict[str, str]:
    return dict(Locale.parse({"zh": "zh_Hans_CN", "en": "en_GB"}[locale]).territories)


@cache
def _markdown() -> MarkdownIt:
    # Organisers write these texts; raw HTML in them is shown as text, not run.
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


def markdown(text: str) -> Markup:
    """Organisers' Markdown as HTML; HTML in it is escaped and dangerous links are dropped by the library."""
    return Markup(_markdown().render(text))  # noqa: S704 - html is off


def _in_zone(show: Callable[[Any], str]) -> Callable[[Context, date], str]:
    """A filter that shows a moment in the zone of the edition at hand."""

    @pass_context
    def shown(context: Context, moment: date) -> str:
        if isinstance(moment, datetime):
            edition = context.get("edition")
            zone = getattr(edition, "zone", None) or DEFAULT_ZONE
            moment = moment.astimezone(ZoneInfo(zone))
        return show(moment)

    return shown
