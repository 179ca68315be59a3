"""From a form or JSON to a struct, with all field errors at once."""

import unicodedata
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Generic, TypeVar, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo

from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _

S = TypeVar("S", bound=msgspec.Struct)
Errors = dict[str, LazyText | str]

REQUIRED = _("Please fill in this field.")
TOO_LONG = _("This is too long: at most %(limit)s characters.")
TOO_SHORT = _("This is too short: at least %(limit)s characters.")
NOT_ALLOWED = _("Please choose one of the given values.")
NOT_A_NUMBER = _("Please enter a whole number.")
OUT_OF_RANGE = _("This number is outside the possible range.")
NOT_A_DATE = _("Please enter a date, such as 2023-10-31.")
NOT_A_TIME = _("Please enter a time, such as 14:30.")
NOT_A_MOMENT = _("Please enter a day and a time, such as 2023-10-31 14:30.")
CONTROL_CHARACTERS = _("This contains characters that cannot be stored.")
CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
"""``14:30``; said of a text that has to fit it is that it is no time."""
NOT_VALID = _("This value cannot be used.")
MOST_MARKS = 30
"""On one letter: Unicode's Stream-Safe Text Format (UAX 15)."""
FIRST_YEAR, LAST_YEAR = 1990, 2999
"""Of dates that people give: at the edges of the calendar a time zone leads out of it."""


class Parsed(msgspec.Struct, Generic[S], frozen=True):
    """Either a ``value`` or ``errors``, one sentence for each field that does not hold."""

    value: S | None
    errors: Errors


def parse(shape: type[S], given: Mapping[str, list[str]]) -> Parsed[S]:
    """Read a struct from the raw values of a form. Names that the struct does not have are ignored.

    Text is normalised to NFC, stripped, and its line ends made LF. An empty value counts as not given.
    A struct may have a method ``problems()`` that yields field and sentence of what does not hold between fields.
    """
    errors: Errors = {}
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(shape):
        try:
            value = _read(field, [_clean(text) for text in given.get(field.encode_name, [])])
        except _Wrong as wrong:
            errors[field.encode_name] = wrong.sentence
            continue
        if value is not msgspec.UNSET:
            found[field.name] = value
    if errors:
        return Parsed(None, errors)
    value = shape(**found)
    errors = dict(problems()) if (problems := getattr(value, "problems", None)) else {}
    return Parsed(None if errors else value, errors)


class _Wrong(Exception):
    def __init__(self, sentence: LazyText | str) -> None:
        super().__init__()
        self.sentence = sentence


def has_piled_marks(text: str) -> bool:
    """Whether so many marks stand on one letter that no language needs them.

    Normalising takes the square of their number: 128,000 would hold the process up for a quarter of a minute.
    """
    run = 0
    for sign in text if not text.isascii() else "":
        run = run + 1 if unicodedata.combining(sign) else 0
        if run > MOST_MARKS:
            return True
    return False


def _clean(text: str) -> str:
    if has_piled_marks(text):
        return "\0"
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t" for sign in text):
        return "\0"
    return text


def _read(field: FieldInfo, texts: list[str]) -> Any:
    if "\0" in texts:
        raise _Wrong(CONTROL_CHARACTERS)
    kind = _bare(field.type)
    if kind is bool:
        return bool(texts) and texts[-1] not in {"", "0", "false", "off"}
    texts = [text for text in texts if text]
    if get_origin(kind) in {list, tuple, frozenset, set}:
        return _convert(texts, field.type)
    if not texts:
        if field.required:
            raise _Wrong(REQUIRED)
        return msgspec.UNSET
    return _convert(texts[-1], field.type)


def _bare(kind: Any) -> Any:
    """``Annotated[T, …]`` and ``T | None`` without their wrappings."""
    if hasattr(kind, "__metadata__"):
        return _bare(kind.__origin__)
    inner = [part for part in get_args(kind) if part is not type(None)]
    if type(None) in get_args(kind) and len(inner) == 1:
        return _bare(inner[0])
    return kind


def _convert(value: Any, kind: Any) -> Any:
    if _bare(kind) is time and isinstance(value, str) and len(value) == len("14:30"):
        value += ":00"  # browsers leave out the seconds, msgspec wants them
    try:
        found = msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _Wrong(_sentence(str(error))) from None
    for one in found if isinstance(found, list | tuple) else (found,):
        if isinstance(one, date) and not FIRST_YEAR <= one.year <= LAST_YEAR:
            raise _Wrong(NOT_A_DATE)
    return found


def _sentence(said: str) -> LazyText | str:
    """Our sentence for what msgspec says; its words are for developers."""
    for words, sentence in _SENTENCES:
        if words in said:
            digits = "".join(sign for sign in said.rsplit("length", maxsplit=1)[-1] if sign.isdigit())
            return sentence % {"limit": digits} if "%(limit)s" in sentence.message else sentence
    return NOT_VALID


_SENTENCES: tuple[tuple[str, LazyText], ...] = (
    ("of length <=", TOO_LONG),
    ("of length >=", TOO_SHORT),
    ("Invalid enum value", NOT_ALLOWED),
    ("Invalid RFC3339 encoded time", NOT_A_TIME),
    ("Invalid RFC3339 encoded datetime", NOT_A_MOMENT),
    ("Invalid RFC3339 encoded date", NOT_A_DATE),
    ("Expected `date`", NOT_A_DATE),
    (CLOCK, NOT_A_TIME),
    ("Expected `int` <=", OUT_OF_RANGE),
    ("Expected `int` >=", OUT_OF_RANGE),
    ("Integer value out of range", OUT_OF_RANGE),
    ("Expected `int`", NOT_A_NUMBER),
    ("Expected `int | null`", NOT_A_NUMBER),
)
