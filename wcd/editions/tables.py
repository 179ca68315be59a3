"""Tables of the editions: the yearly forum and its pages."""

from piccolo.columns import Date
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from wcd.core.columns import belongs_to, count, flag, key, listed, long_text, moment, optional, required


class Edition(Table, tablename="editions_edition"):
    """One year's forum. ``published`` rises with every change that guests can see."""

    id = key()
    code = required(20)
    name_zh = required(200)
    name_en = required(300)
    short_name_zh = required(60)
    short_name_en = required(60)
    theme_zh = optional(200)
    theme_en = optional(200)
    first_day = Date(null=False, default=None)
    last_day = Date(null=False, default=None)
    zone = required(64)
    place_zh = required(120)
    place_en = required(120)
    hosts = listed()
    accent = optional(7)
    contact_mail = optional(254)
    contact_telephone = optional(40)
    filing_number = optional(80)
    filing_url = optional(300)
    is_current = flag()
    is_sample = flag()
    registration_open = flag(True)
    published = count(1)
    created_at = moment()
    editions_edition_code_key = Unique([code])
    editions_edition_days_check = Check("last_day >= first_day")


class Page(Table, tablename="editions_page"):
    """A text of the edition in both languages (Markdown). A new wording is a new version: consents refer to it."""

    id = key()
    edition = belongs_to(Edition)
    slug = required(40)
    version = count(1)
    title_zh = required(120)
    title_en = required(120)
    body_zh = long_text()
    body_en = long_text()
    position = count()
    published_at = moment()
    editions_page_slug_version_key = Unique([edition, slug, version])
