"""How old a translation is against its original. No database.

Either language may be the original. Whoever changes one makes the other older than it; whoever then changes the other
brings it up to date, so that it counts as just as new.
"""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

import msgspec

ONE_SITTING = timedelta(hours=1)
"""What two languages may lie apart without one being called older."""


class Older(msgspec.Struct, frozen=True):
    """The language whose texts are older, and by how much; None where it was never touched."""

    language: str
    by: timedelta | None

    @property
    def days(self) -> int:
        """Whole days; 0 is less than one."""
        return self.by.days if self.by else 0


def ages_after(
    zh: datetime | None, en: datetime | None, changed: AbstractSet[str], at: datetime
) -> tuple[datetime | None, datetime | None]:
    """As of when the texts of each language are, once some have changed."""
    if {"zh", "en"} <= changed:
        return at, at
    if "zh" in changed:
        return (en if en and (zh is None or zh < en) else at), en
    if "en" in changed:
        return zh, (zh if zh and (en is None or en < zh) else at)
    return zh, en


def older_language(zh: datetime | None, en: datetime | None) -> Older | None:
    """The language that has fallen behind, if one has."""
    if zh == en:
        return None
    if zh is None or en is None:
        return Older("zh" if zh is None else "en", None)
    apart = abs(zh - en)
    return Older("zh" if zh < en else "en", apart) if apart >= ONE_SITTING else None
