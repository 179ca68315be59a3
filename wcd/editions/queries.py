"""Reading editions and their pages."""

import hashlib
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.core import clock
from wcd.core.i18n import Bilingual
from wcd.editions.errors import NoSuchEdition
from wcd.editions.tables import Edition, Page


class EditionView(msgspec.Struct, frozen=True):
    """An edition as pages, mails and badges show it."""

    id: UUID
    code: str
    name: Bilingual
    short_name: Bilingual
    theme: Bilingual
    place: Bilingual
    hosts: list[Bilingual]
    first_day: date
    last_day: date
    zone: str
    accent: str
    contact_mail: str
    contact_telephone: str
    filing_number: str
    filing_url: str
    is_current: bool
    is_sample: bool
    registration_open: bool
    published: int

    @property
    def fingerprint(self) -> str:
        """Changes with every value that organisers may edit; a form carries it to see whether somebody was faster."""
        edited = msgspec.structs.replace(self, published=0, is_current=False)
        return hashlib.sha256(msgspec.json.encode(edited)).hexdigest()[:16]

    @property
    def today(self) -> date:
        """The date where the forum takes place."""
        return clock.today(self.zone)


class PageView(msgspec.Struct, frozen=True):
    """One text of the edition, in its newest version or a named one."""

    slug: str
    version: int
    title: Bilingual
    body: Bilingual
    position: int
    published_at: datetime


async def current_edition() -> EditionView:
    """The edition that public pages show."""
    return _one(await Edition.select().where(Edition.is_current.eq(True)).limit(1).output(load_json=True))


async def find_current_edition() -> EditionView | None:
    """The current edition, or None on a system that has none yet."""
    rows = await Edition.select().where(Edition.is_current.eq(True)).limit(1).output(load_json=True)
    return _view(rows[0]) if rows else None


async def edition_by_code(code: str) -> EditionView:
    """The edition of this code."""
    return _one(await Edition.select().where(Edition.code == code).limit(1).output(load_json=True))


async def edition_by_id(edition_id: UUID) -> EditionView:
    """The edition of this id."""
    return _one(await Edition.select().where(Edition.id == edition_id).limit(1).output(load_json=True))


async def list_editions() -> list[EditionView]:
    """All editions, newest first."""
    rows = await Edition.select().order_by(Edition.first_day, ascending=False).output(load_json=True)
    return [_view(row) for row in rows]


async def newest_page(edition: UUID, slug: str) -> PageView | None:
    """The newest version of a text."""
    rows = (
        await Page.select()
        .where((Page.edition == edition) & (Page.slug == slug))
        .order_by(Page.version, ascending=False)
        .limit(1)
    )
    return _page(rows[0]) if rows else None


async def page_version(edition: UUID, slug: str, version: int) -> PageView | None:
    """A text as it stood when somebody consented to it."""
    rows = await Page.select().where(
        (Page.edition == edition) & (Page.slug == slug) & (Page.version == version)
    )
    return _page(rows[0]) if rows else None


async def newest_pages(edition: UUID, slugs: list[str]) -> list[PageView]:
    """The newest versions of several texts, in the edition's order."""
    rows = (
        await Page.select().where((Page.edition == edition) & Page.slug.is_in(slugs)).order_by(Page.version)
    )
    newest = {row["slug"]: row for row in rows}
    return [_page(row) for row in sorted(newest.values(), key=lambda row: (row["position"], row["slug"]))]


async def list_pages(edition: UUID, prefix: str) -> list[PageView]:
    """The newest versions of all texts whose slug begins so, in the edition's order."""
    rows = (
        await Page.select()
        .where((Page.edition == edition) & Page.slug.like(f"{prefix}%"))
        .order_by(Page.version)
    )
    newest = {row["slug"]: row for row in rows}
    return [_page(row) for row in sorted(newest.values(), key=lambda row: (row["position"], row["slug"]))]


def _one(rows: list[dict[str, Any]]) -> EditionView:
    if not rows:
        raise NoSuchEdition
    return _view(rows[0])


def _view(row: dict[str, Any]) -> EditionView:
    return EditionView(
        name=Bilingual(row["name_zh"], row["name_en"]),
        short_name=Bilingual(row["short_name_zh"], row["short_name_en"]),
        theme=Bilingual(row["theme_zh"], row["theme_en"]),
        place=Bilingual(row["place_zh"], row["place_en"]),
        hosts=[Bilingual(host["zh"], host["en"]) for host in row["hosts"]],
        **{name: row[name] for name in _PLAIN},
    )


_PLAIN = (
    "id", "code", "first_day", "last_day", "zone", "accent", "contact_mail", "contact_telephone",
    "filing_number", "filing_url",
    "is_current", "is_sample", "registration_open", "published",
)  # fmt: skip


def _page(row: dict[str, Any]) -> PageView:
    return PageView(
        slug=row["slug"],
        version=row["version"],
        title=Bilingual(row["title_zh"], row["title_en"]),
        body=Bilingual(row["body_zh"], row["body_en"]),
        position=row["position"],
        published_at=row["published_at"],
    )
