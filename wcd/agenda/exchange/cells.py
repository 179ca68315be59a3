"""Single values of a table: from what stands in a cell to what is meant, or ``Wrong`` with the reason."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from wcd.agenda.exchange.findings import Wrong
from wcd.core.i18n import Bilingual
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import FIRST_YEAR, LAST_YEAR, has_piled_marks

FORMULA = "\0formula"
"""What a reader puts in place of a formula."""
TOO_LONG = _("This is too long: %(found)s characters, %(limit)s at most.")
UNSTORABLE = _("This contains characters that cannot be stored.")
A_FORMULA = _("This cell holds a formula. Replace it by its value.")
NOT_ONE_OF = _("“%(found)s” is none of the possible values: %(values)s.")
NO_NUMBER = _("“%(found)s” is no whole number.")
OUT_OF_RANGE = _("%(found)s is not between %(least)s and %(most)s.")
NO_DATE = _("“%(found)s” is no date. Write it as 2023-10-28.")
NO_TIME = _("“%(found)s” is no time. Write it as 14:30.")
ODD_YEAR = _("The year %(year)s cannot be meant.")
_PARTS = re.compile(r"[;；、,，\n]")
_NAMES = re.compile(r"[;；\n]")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"(\d{1,2})\s*[:：]\s*(\d{2})(?:\s*[:：]\s*(\d{2}))?")
_MOMENT = re.compile(rf"({_DATE.pattern})[\sT]+({_TIME.pattern})\s*(Z|[+-]\d{{2}}:\d{{2}})?")


def is_empty(value: Any) -> bool:
    """Whether nothing stands in a cell."""
    return value is None or (isinstance(value, str) and not value.strip())


def text(value: Any, limit: int = 6000) -> str:
    """Text as forms keep it: NFC, LF, no space around it."""
    if isinstance(value, bool):
        value = str(value).upper()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value == FORMULA:
        raise Wrong(A_FORMULA)
    found = str(value) if value is not None else ""
    if has_piled_marks(found):
        raise Wrong(UNSTORABLE)
    found = unicodedata.normalize("NFC", found.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t" for sign in found):
        raise Wrong(UNSTORABLE)
    if len(found) > limit:
        raise Wrong(TOO_LONG % {"found": len(found), "limit": limit})
    return found


def shown(value: Any) -> str:
    """A value as a sentence quotes it."""
    if value == FORMULA:
        raise Wrong(A_FORMULA)
    found = " ".join(str(value).split())
    return found if len(found) <= 60 else found[:59] + "…"


def word(value: Any, possible: Mapping[str, Bilingual]) -> str:
    """The code of a value that is given as its code, or in words of either language, or both."""
    given = text(value).casefold()
    for code, names in possible.items():
        both = f"{names.zh} / {names.en}"
        if given in {code, names.zh.casefold(), names.en.casefold(), both.casefold()}:
            return code
    values = ", ".join(f"{code} {names.zh}" for code, names in possible.items())
    raise Wrong(NOT_ONE_OF % {"found": shown(value), "values": values})


def parts(value: Any, *, names: bool = False) -> list[str]:
    """A list in one cell: parted by semicolons, commas or lines, in the width of either script.

    Names have commas in them; they are parted by semicolons and lines only.
    """
    sign = _NAMES if names else _PARTS
    return list(dict.fromkeys(one.strip() for one in sign.split(text(value)) if one.strip()))


def number(value: Any, least: int, most: int) -> int:
    """A whole number."""
    found = value
    if isinstance(value, str):
        digits = unicodedata.normalize("NFKC", value).strip()
        found = int(digits) if re.fullmatch(r"-?\d{1,9}(\.0+)?", digits) and "." not in digits else None
    elif isinstance(value, float):
        found = int(value) if value.is_integer() and abs(value) < 10**9 else None
    if not isinstance(found, int) or isinstance(found, bool):
        raise Wrong(NO_NUMBER % {"found": shown(value)})
    if not least <= found <= most:
        raise Wrong(OUT_OF_RANGE % {"found": found, "least": least, "most": most})
    return found


def day(value: Any) -> date:
    """A date, as such or as text that can be read in one way only."""
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        match = _DATE.fullmatch(text(value)) if isinstance(value, str) else None
        value = _date(match) if match else _no_date(value)
    return _usual(value)


def clock(value: Any) -> time | datetime:
    """A time, or a day and a time; text may carry an offset (``2023-10-29T01:30+08:00``)."""
    if isinstance(value, timedelta) and timedelta() <= value < timedelta(days=1):
        value = datetime(2000, 1, 1) + value  # noqa: DTZ001 - only its time is read
        return _whole(value).time()
    if isinstance(value, datetime):
        whole = _whole(value)
        return whole.time() if whole.year < FIRST_YEAR else whole
    if isinstance(value, time):
        return _whole(datetime.combine(date(2000, 1, 1), value)).time()
    given = text(value) if isinstance(value, str) else ""
    if match := _TIME.fullmatch(given):
        return _time(match.groups(), value)
    if match := _MOMENT.fullmatch(given):
        on = _usual(_date(match, 2))
        at = datetime.combine(on, _time(match.groups()[5:8], value))
        zone = match.groups()[-1]
        return datetime.fromisoformat(at.isoformat() + zone.replace("Z", "+00:00")) if zone else at
    raise Wrong(NO_TIME % {"found": shown(value)})


def _date(match: re.Match[str], first: int = 1) -> date:
    year, month, day_of = (int(match.group(first + n)) for n in range(3))
    try:
        return date(year, month, day_of)
    except ValueError:
        return _no_date(match.group(0))


def _time(groups: tuple[str | None, ...], given: Any) -> time:
    try:
        hour, minute, second = (int(part or 0) for part in groups)
        return time(hour, minute, second)
    except ValueError:
        raise Wrong(NO_TIME % {"found": shown(given)}) from None


def _no_date(value: Any) -> date:
    raise Wrong(NO_DATE % {"found": shown(value)})


def _usual(found: date) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Wrong(ODD_YEAR % {"year": found.year})
    return found


def _whole(at: datetime) -> datetime:
    """To the second: spreadsheets keep times as fractions of a day."""
    return (at + timedelta(milliseconds=500)).replace(microsecond=0)
