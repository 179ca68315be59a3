"""A session as plain values, as the working copy or a release has it: for differences, warnings and exchange."""

from datetime import datetime
from uuid import UUID

import msgspec

from wcd.core.i18n import Bilingual


class Host(msgspec.Struct, frozen=True):
    """A body that hosts a session, as it was called."""

    id: UUID
    zh: str
    en: str

    @property
    def name(self) -> Bilingual:
        """Both names."""
        return Bilingual(self.zh, self.en)


class ItemFacts(msgspec.Struct, frozen=True):
    """A part of a session; its time follows from the lengths of those before it."""

    id: UUID
    kind: str
    zh: str
    en: str
    minutes: int

    @property
    def title(self) -> Bilingual:
        """The title in both languages."""
        return Bilingual(self.zh, self.en)


class PartFacts(msgspec.Struct, frozen=True):
    """Somebody's part in a session, or in one item of it."""

    speaker: UUID
    role: str
    item: UUID | None


class SessionFacts(msgspec.Struct, frozen=True):
    """All of a session. Times are missing where it is not scheduled, which only the working copy knows.

    ``seats`` None is without limit and lives outside releases. ``minutes`` is the length, or the wished one.
    ``sequence`` and ``changed_in`` (a release's number) are 0 in the working copy.
    """

    id: UUID
    edition: UUID
    code: str
    kind: str
    state: str
    title: Bilingual
    summary: Bilingual
    meeting_point: Bilingual
    room: UUID | None
    starts_at: datetime | None
    ends_at: datetime | None
    minutes: int
    seats: int | None
    booking: str
    categories: list[str]
    languages: list[str]
    interpretation: list[str]
    sdgs: list[int]
    subjects: list[str]
    hosts: list[Host]
    items: list[ItemFacts]
    people: list[PartFacts]
    version: int
    sequence: int
    changed_in: int
    changed_at: datetime
