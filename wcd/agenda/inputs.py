"""What an organiser must give for a session: texts in both languages, when and where, and for whom."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from wcd.agenda.rules import LAST_SDG
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import CLOCK

Title = Annotated[str, Meta(max_length=300)]
Text = Annotated[str, Meta(max_length=6000)]
Line = Annotated[str, Meta(max_length=200)]
Code = Annotated[str, Meta(max_length=40)]
Clock = Annotated[str, Meta(pattern=CLOCK)]
Language = Literal["zh", "en"]
Sdg = Annotated[int, Meta(ge=1, le=LAST_SDG)]

SessionKind = Literal["ceremony", "plenary", "forum", "side_event", "tour", "break", "meal"]
ItemKind = Literal["speech", "address", "panel", "discussion", "award", "launch", "video", "break"]
Layout = Literal["theatre", "classroom", "boardroom", "banquet", "cabaret", "u_shape", "standing"]
Minutes = Annotated[int, Meta(ge=1, le=1440)]
ItemMinutes = Annotated[int, Meta(ge=0, le=1440)]
Name = Annotated[str, Meta(max_length=200)]


class NewSession(msgspec.Struct, kw_only=True, frozen=True):
    """What a session begins with: an idea may have no time and one language only."""

    kind: SessionKind
    title_zh: Title = ""
    title_en: Title = ""
    day: date | None = None
    starts: Clock | None = None
    ends: Clock | None = None
    next_day: bool = False
    minutes: Minutes = 90

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """What does not hold between the fields."""
        if not self.title_zh and not self.title_en:
            yield "title_zh", NO_TITLE
        yield from _half_time(self.day, self.starts, self.ends)


class SessionTexts(msgspec.Struct, kw_only=True, frozen=True):
    """The texts in both languages. One language may wait for its translation."""

    title_zh: Title = ""
    title_en: Title = ""
    summary_zh: Text = ""
    summary_en: Text = ""

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """What does not hold between the fields."""
        if not self.title_zh and not self.title_en:
            yield "title_zh", NO_TITLE


class SessionTime(msgspec.Struct, kw_only=True, frozen=True):
    """When and where. Without a day it is not scheduled, and ``minutes`` says how long it would be."""

    day: date | None = None
    starts: Clock | None = None
    ends: Clock | None = None
    next_day: bool = False
    minutes: Minutes = 90
    room: UUID | None = None
    layout: Layout | None = None
    meeting_point_zh: Line = ""
    meeting_point_en: Line = ""

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """What does not hold between the fields."""
        yield from _half_time(self.day, self.starts, self.ends)


class SessionEntry(msgspec.Struct, kw_only=True, frozen=True):
    """How one gets in. ``categories``: whose guests, where that decides."""

    booking: Literal["open", "booking", "invitation", "category"] = "open"
    categories: tuple[Code, ...] = ()

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """What does not hold between the fields."""
        if self.booking == "category" and not self.categories:
            yield "categories", _("Please choose at least one category.")


class SessionMarks(msgspec.Struct, kw_only=True, frozen=True):
    """What kind of session it is, in which languages, and what about."""

    kind: SessionKind
    languages: tuple[Language, ...] = ()
    interpretation: tuple[Language, ...] = ()
    sdgs: tuple[Sdg, ...] = ()
    subjects: tuple[Code, ...] = ()


class SessionNotes(msgspec.Struct, kw_only=True, frozen=True):
    """What organisers tell each other; guests never see it."""

    notes: Text = ""


class ItemDetails(msgspec.Struct, kw_only=True, frozen=True):
    """A part of a session as it is edited. ``notes`` are for the stage manager."""

    kind: ItemKind
    title_zh: Title = ""
    title_en: Title = ""
    minutes: ItemMinutes
    notes: Text = ""

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """What does not hold between the fields."""
        if not self.title_zh and not self.title_en:
            yield "title_zh", NO_TITLE


def _half_time(day: date | None, starts: str | None, ends: str | None) -> Iterator[tuple[str, LazyText]]:
    """A time needs a day, a start and an end; without any of them it waits."""
    for name, value in (("day", day), ("starts", starts), ("ends", ends)):
        if value is None and (day or starts or ends):
            yield name, _("A time needs a day, a start and an end. Leave all three empty for none.")


NO_TITLE = _("Please give a title in at least one language.")
