"""Languages: the locale of the moment, gettext, and texts that exist in both languages."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LOCALES = ("zh", "en")
LOCALES_FOLDER = Path(__file__).resolve().parents[2] / "locales"
_LOCALE: ContextVar[str] = ContextVar("locale", default="zh")


def get_locale() -> str:
    """The language in which this request, mail or badge speaks: ``zh`` or ``en``."""
    return _LOCALE.get()


@contextmanager
def use_locale(locale: str) -> Iterator[None]:
    """Speak another language for a while: mails, badges, and the web's outermost middleware."""
    token = _LOCALE.set(locale if locale in LOCALES else "zh")
    try:
        yield
    finally:
        _LOCALE.reset(token)


@cache
def catalogue(locale: str) -> NullTranslations:
    """The catalogue of a language, compiled from its ``.po`` when a process first speaks it."""
    compiled = io.BytesIO()
    with (LOCALES_FOLDER / locale / "LC_MESSAGES" / "messages.po").open("rb") as written:
        write_mo(compiled, read_po(written, locale=locale))
    compiled.seek(0)
    return Translations(compiled)


def gettext(message: str, **values: Any) -> str:
    """The message in the current language, with its named values."""
    text = str(catalogue(get_locale()).ugettext(message))
    return text % values if values else text


def ngettext(singular: str, plural: str, n: int, **values: Any) -> str:
    """The message in the form that ``n`` needs; ``n`` is one of its values."""
    text = str(catalogue(get_locale()).ungettext(singular, plural, n))
    return text % {"n": n, **values}


class LazyText:
    """A message that is translated when it is shown, not when it is written down."""

    __slots__ = ("message",)

    def __init__(self, message: str) -> None:
        self.message = message

    def __str__(self) -> str:
        return gettext(self.message)

    def __mod__(self, values: Any) -> str:
        return str(str(self) % values)

    def __repr__(self) -> str:
        return f"LazyText({self.message!r})"


def lazy_gettext(message: str) -> LazyText:
    """Mark a message for translation now, translate it later."""
    return LazyText(message)


class Bilingual(msgspec.Struct, frozen=True):
    """One text in both languages. Either may be empty; reading falls back to the other."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.local

    @property
    def local(self) -> str:
        """The text in the current language, else in the other."""
        first, second = (self.zh, self.en) if get_locale() == "zh" else (self.en, self.zh)
        return first or second

    @property
    def other(self) -> str:
        """The text in the language that is not the current one; empty where it would repeat the first."""
        first, second = (self.zh, self.en) if get_locale() == "zh" else (self.en, self.zh)
        return second if first and first != second else ""

    @property
    def lang(self) -> str:
        """The language in which ``local`` is written."""
        wanted = get_locale()
        return wanted if getattr(self, wanted) else ("en" if wanted == "zh" else "zh")

    @property
    def other_lang(self) -> str:
        """The language of ``other``."""
        return "en" if self.lang == "zh" else "zh"
