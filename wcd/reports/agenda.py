"""The agenda in numbers, for today's page: what waits, what lacks, what does not fit, how far guests' release is behind."""

from datetime import datetime
from uuid import UUID

import msgspec

from wcd.agenda.proposals.queries import count_by_state
from wcd.agenda.proposals.rules import ASKED, SUBMITTED
from wcd.agenda.releases import PROPOSED, list_releases
from wcd.agenda.texts import list_behind, list_gaps
from wcd.core.db import fetch
from wcd.registration import publishing, warned


class ReleaseOnItsWay(msgspec.Struct, frozen=True):
    """A release that waits for a second person, or for its time."""

    number: int
    waits_for_approval: bool
    proposed_by_name: str
    publish_at: datetime | None


class AgendaNumbers(msgspec.Struct, frozen=True):
    """The agenda as it stands. ``release``: the number of the one in force, 0 before the first."""

    proposals: int
    asked: int
    oldest_proposal: datetime | None
    gaps: int
    behind: int
    warnings: int
    blocking: int
    release: int
    published_at: datetime | None
    differs: int
    on_its_way: ReleaseOnItsWay | None


async def numbers(edition: UUID) -> AgendaNumbers:
    """The numbers of an edition's agenda; their number of queries does not grow with it."""
    states = await count_by_state(edition)
    oldest = await fetch(
        "SELECT min(submitted_at) AS at FROM agenda_proposal WHERE edition = $1 AND state = $2",
        edition, SUBMITTED,
    )  # fmt: skip
    found = await warned.of_edition(edition)
    releases = await list_releases(edition)
    current = next((one for one in releases if one.is_current), None)
    coming = next((one for one in releases if one.is_on_its_way), None)
    return AgendaNumbers(
        proposals=states[SUBMITTED],
        asked=states[ASKED],
        oldest_proposal=oldest[0]["at"],
        gaps=len(await list_gaps(edition)),
        behind=len(await list_behind(edition)),
        warnings=len(found.found),
        blocking=len(found.blocking),
        release=current.number if current else 0,
        published_at=current.published_at if current else None,
        differs=len(await publishing.working_difference(edition)),
        on_its_way=ReleaseOnItsWay(
            number=coming.number,
            waits_for_approval=coming.state == PROPOSED,
            proposed_by_name=coming.proposed_by_name,
            publish_at=coming.publish_at,
        )
        if coming
        else None,
    )
