"""What one release changes against another: new, moved, changed, called off, removed. No database."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from wcd.agenda.facts import SessionFacts
from wcd.agenda.rules import CALLED_OFF

NEW = "new"
MOVED = "moved"
CHANGED = "changed"
IS_CALLED_OFF = "called_off"
REMOVED = "removed"
KINDS = (NEW, MOVED, CHANGED, IS_CALLED_OFF, REMOVED)
"""In the order in which lists name them."""

PLACE_AND_TIME = frozenset({"starts_at", "ends_at", "room", "meeting_point"})
FIELDS = (
    "starts_at", "ends_at", "room", "meeting_point", "title", "summary", "kind", "booking", "categories",
    "languages", "interpretation", "hosts", "people", "items", "sdgs", "subjects", "code",
)  # fmt: skip
"""What is compared: all that a release freezes but the state, which has kinds of its own."""
WORTH_A_LETTER = PLACE_AND_TIME | {"title", "languages", "interpretation", "people", "items"}
"""What those concerned are told of; a comma mended in a summary sends nobody a letter."""


class SessionChange(msgspec.Struct, frozen=True):
    """What happens to one session. ``before`` is missing of a new one, ``after`` of a removed one."""

    kind: str
    before: SessionFacts | None
    after: SessionFacts | None
    fields: tuple[str, ...] = ()

    @property
    def session(self) -> UUID:
        """Which session."""
        return self.facts.id

    @property
    def facts(self) -> SessionFacts:
        """As it is now, or as it last was."""
        facts = self.after or self.before
        if facts is None:
            raise ValueError("A change has a before or an after.")
        return facts

    @property
    def ends_bookings(self) -> bool:
        """Whether nobody can sit in it any more."""
        return self.kind in {IS_CALLED_OFF, REMOVED}

    @property
    def is_told(self) -> bool:
        """Whether those concerned get a letter."""
        return self.kind != CHANGED or bool(WORTH_A_LETTER & set(self.fields))


def difference(before: Sequence[SessionFacts], after: Sequence[SessionFacts]) -> list[SessionChange]:
    """What changes for readers of ``before`` who read ``after``: in the order of the new times, removed ones last."""
    known = {one.id: one for one in before}
    changes = [_change(known.pop(one.id, None), one) for one in after]
    changes += [_removed(one) for one in known.values()]
    return [change for change in changes if change is not None]


def _change(before: SessionFacts | None, after: SessionFacts) -> SessionChange | None:
    if before is None:
        return SessionChange(IS_CALLED_OFF if after.state == CALLED_OFF else NEW, None, after)
    fields = tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))
    if before.state != after.state:
        return SessionChange(IS_CALLED_OFF if after.state == CALLED_OFF else NEW, before, after, fields)
    if not fields:
        return None
    return SessionChange(MOVED if PLACE_AND_TIME & set(fields) else CHANGED, before, after, fields)


def _removed(before: SessionFacts) -> SessionChange | None:
    """One that was called off leaves without a word: everybody knows already."""
    return None if before.state == CALLED_OFF else SessionChange(REMOVED, before, None)
