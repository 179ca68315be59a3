"""What a person gives to set up a gate."""

from collections.abc import Iterator
from datetime import date, time
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _

_Clock = Annotated[time, msgspec.Meta(tz=False)]
"""On the wall of the place: with an offset it could be neither compared nor stored."""
_Name = Annotated[str, msgspec.Meta(max_length=80)]


class GateDetails(msgspec.Struct, frozen=True, kw_only=True):
    """A gate: an entrance on days and between hours, or the door of sessions."""

    code: Annotated[str, msgspec.Meta(max_length=20)]
    name_zh: _Name
    name_en: _Name
    kind: Literal["entrance", "session"]
    days: tuple[date, ...] = ()
    opens: _Clock | None = None
    closes: _Clock | None = None
    minutes_before: Annotated[int, msgspec.Meta(ge=0, le=600)] = 60
    categories: tuple[Annotated[str, msgspec.Meta(max_length=12)], ...] = ()
    sessions: tuple[UUID, ...] = ()
    re_entry: bool = False

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """What does not hold between the fields."""
        if self.opens is not None and self.closes is not None and self.closes <= self.opens:
            yield "closes", _("The gate must close after it opens.")
        if self.kind == "session" and not self.sessions:
            yield "sessions", _("Choose at least one session to which this gate leads.")
