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

Title = Annotated[str, Meta(max_length=300)]
Text = Annotated[str, Meta(max_length=6000)]
Line = Annotated[str, Meta(max_length=200)]
Code = Annotated[str, Meta(max_length=40)]
Clock = Annotated[str, Meta(max_length=5, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Language = Literal["zh", "en"]
Sdg = Annotated[int, Meta(ge=1, le=LAST_SDG)]


class SessionDetails(msgspec.Struct, kw_only=True, frozen=True):
    """A session as it is edited. Times are the clock of the place; seats are changed by a verb of their own."""

    title_zh: Title
    title_en: Title
    summary_zh: Text = ""
    summary_en: Text = ""
    day: date
    starts: Clock
    ends: Clock
    room: UUID | None = None
    booking: Literal["open", "booking", "invitation"] = "open"
    languages: tuple[Language, ...] = ()
    interpretation: tuple[Language, ...] = ()
    sdgs: tuple[Sdg, ...] = ()
    subjects: tuple[Code, ...] = ()
    meeting_point_zh: Line = ""
    meeting_point_en: Line = ""

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """What does not hold between the fields."""
        if self.ends <= self.starts:
            yield "ends", _("The end must come after the start, on the same day.")
        if bool(self.meeting_point_zh) != bool(self.meeting_point_en):
            missing = "meeting_point_en" if self.meeting_point_zh else "meeting_point_zh"
            yield missing, _("Please give the meeting point in both languages.")
