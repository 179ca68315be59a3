"""What an organiser must give to make or change an edition."""

import re
import zoneinfo
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.rules import is_readable_accent

Short = Annotated[str, Meta(max_length=60)]
Line = Annotated[str, Meta(max_length=200)]
LONGEST = timedelta(days=31)


class EditionDetails(msgspec.Struct, kw_only=True):
    """The names, days, zone and place of an edition, and how to reach its organisers."""

    code: Annotated[str, Meta(max_length=20)]
    name_zh: Line
    name_en: Annotated[str, Meta(max_length=300)]
    short_name_zh: Short
    short_name_en: Short
    theme_zh: Line = ""
    theme_en: Line = ""
    first_day: date
    last_day: date
    zone: Annotated[str, Meta(max_length=64)] = "Asia/Shanghai"
    place_zh: Annotated[str, Meta(max_length=120)]
    place_en: Annotated[str, Meta(max_length=120)]
    accent: Annotated[str, Meta(max_length=7)] = ""
    contact_mail: Annotated[str, Meta(max_length=254)] = ""
    contact_telephone: Annotated[str, Meta(max_length=40)] = ""
    filing_number: Annotated[str, Meta(max_length=80)] = ""
    filing_url: Annotated[str, Meta(max_length=300)] = ""
    registration_open: bool = False

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """What does not hold between the fields."""
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", self.code):
            yield "code", _("Use small letters, digits and dashes, such as wcd-2026.")
        if self.last_day < self.first_day:
            yield "last_day", _("The last day cannot be before the first day.")
        elif self.last_day - self.first_day > LONGEST:
            yield "last_day", _("A forum lasts at most 31 days.")
        if self.zone not in zoneinfo.available_timezones():
            yield "zone", _("This is not a time zone. Write it as in Asia/Shanghai.")
        if self.accent and not re.fullmatch(r"#[0-9a-fA-F]{6}", self.accent):
            yield "accent", _("Write the colour as # and six digits, such as #0B5CAD.")
        elif self.accent and not is_readable_accent(self.accent):
            yield "accent", _("White text on this colour would be hard to read. Choose a darker one.")
        if self.contact_mail and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", self.contact_mail):
            yield "contact_mail", _("This is not a mail address.")
        if self.filing_url and not re.fullmatch(r"https?://[^\s]+", self.filing_url):
            yield "filing_url", _("Write the whole address, with https:// at its beginning.")


class TextDetails(msgspec.Struct, frozen=True, kw_only=True):
    """A text in both languages; the bodies are Markdown."""

    title_zh: Annotated[str, Meta(max_length=120)]
    title_en: Annotated[str, Meta(max_length=120)]
    body_zh: Annotated[str, Meta(max_length=10_000)]
    body_en: Annotated[str, Meta(max_length=16_000)]
