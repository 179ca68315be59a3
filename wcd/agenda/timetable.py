"""Reading the timetable that organisers lay out: every session as one small tile, or those that changed since."""

from datetime import datetime
from uuid import UUID

import msgspec

from wcd.agenda.working import working_number
from wcd.core.db import fetch
from wcd.core.i18n import Bilingual


class Tile(msgspec.Struct, frozen=True):
    """A session as the timetable shows it. ``people`` counts who appears; ``changed_by`` is who changed it last."""

    id: UUID
    kind: str
    state: str
    title: Bilingual
    room: UUID | None
    starts_at: datetime | None
    ends_at: datetime | None
    minutes: int
    seats: int | None
    people: int
    version: int
    changed_by: UUID | None

    @property
    def is_untranslated(self) -> bool:
        """Whether one of its two titles is missing."""
        return not (self.title.zh and self.title.en)


class Tiles(msgspec.Struct, frozen=True):
    """The tiles that changed after a working number; ``total`` tells who reads on whether any have gone."""

    working: int
    total: int
    tiles: list[Tile]


async def tiles_since(edition: UUID, since: int = 0) -> Tiles | None:
    """What changed after ``since``, in the order of time; None where nothing did."""
    # The number first: what is committed in between is told a second time, never left out.
    working = await working_number(edition)
    if working == since:
        return None
    rows = await fetch(
        """SELECT s.*, (SELECT count(DISTINCT speaker) FROM agenda_appearance WHERE session = s.id) AS people
           FROM agenda_session s WHERE s.edition = $1 AND s.touched > $2
           ORDER BY s.starts_at NULLS LAST, s.kind, s.code""",
        edition,
        since,
    )
    total = (await fetch("SELECT count(*) AS n FROM agenda_session WHERE edition = $1", edition))[0]["n"]
    plain = [name for name in Tile.__struct_fields__ if name != "title"]
    tiles = [
        Tile(**{name: row[name] for name in plain}, title=Bilingual(row["title_zh"], row["title_en"]))
        for row in rows
    ]
    return Tiles(working, total, tiles)
