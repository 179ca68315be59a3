"""What changed on the programme since an earlier release, found once per published number."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from wcd.agenda.differences import REMOVED, difference
from wcd.agenda.facts import SessionFacts
from wcd.agenda.queries import published_sessions, released_sessions
from wcd.agenda.releases import PUBLISHED, ReleaseView, list_releases
from wcd.editions.queries import EditionView

MOST_KEPT = 24


class Changes(msgspec.Struct, frozen=True):
    """Against which release; how each session changed, by its code; what is there no more."""

    since: int
    kinds: Mapping[str, str]
    removed: list[SessionFacts]

    @property
    def count(self) -> int:
        """How many sessions changed."""
        return len(self.kinds) + len(self.removed)


class Standing(msgspec.Struct, frozen=True):
    """The release in force, and what changed since the one before it; ``asked``: since the one that was asked for."""

    number: int
    published_at: datetime | None
    latest: Changes | None
    asked: Changes | None


_kept: dict[tuple[UUID, int, UUID], Changes] = {}


async def standing(edition: EditionView, since: int = 0) -> Standing | None:
    """Where the programme of an edition stands; None before its first release."""
    published = [one for one in await list_releases(edition.id) if one.state == PUBLISHED]
    current = next((one for one in published if one.is_current), None)
    if current is None:
        return None
    earlier = sorted((one for one in published if one.number < current.number), key=lambda one: one.number)
    asked = next((one for one in earlier if one.number == since), None)
    latest = await _changes(edition, earlier[-1]) if earlier else None
    return Standing(
        current.number, current.published_at, latest, await _changes(edition, asked) if asked else None
    )


async def _changes(edition: EditionView, before: ReleaseView) -> Changes:
    key = (edition.id, edition.published, before.id)
    if key not in _kept:
        found = difference(await released_sessions(before.id), await published_sessions(edition.id))
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = Changes(
            before.number,
            {one.facts.code: one.kind for one in found if one.kind != REMOVED},
            [one.facts for one in found if one.kind == REMOVED],
        )
    return _kept[key]


def forget() -> None:
    """Compare again: for tests."""
    _kept.clear()
