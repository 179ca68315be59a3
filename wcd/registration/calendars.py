"""A guest's own sessions for their calendar: what they hold, and what a release took from them."""

from uuid import UUID

import msgspec

from wcd.agenda.queries import list_in_release
from wcd.agenda.releases import ReleaseView, current_release
from wcd.agenda.views import SessionCard
from wcd.core import signing
from wcd.core.config import settings
from wcd.core.db import fetch
from wcd.registration.errors import LinkNoLongerHolds
from wcd.registration.queries import get_guest
from wcd.registration.views import GuestFile

PURPOSE = "calendar"


class OwnCalendar(msgspec.Struct, frozen=True):
    """Seats held, and sessions lost by a release, which a calendar is told of; under which release that stands."""

    held: list[SessionCard]
    lost: list[SessionCard]
    release: ReleaseView | None


def calendar_address(guest: UUID, link_version: int) -> str:
    """Where a calendar program fetches a guest's sessions: nobody guesses it, and a new link makes it worthless."""
    return f"{settings().base_url}/my/calendar/{signing.sign(PURPOSE, guest, link_version)}.ics"


async def guest_of_calendar(token: str) -> GuestFile:
    """Whose calendar it is; the address of a replaced link no longer holds."""
    meant = signing.read(PURPOSE, token)
    if meant is None:
        raise LinkNoLongerHolds
    guest = await get_guest(meant[0])
    if guest.link_version != meant[1] or guest.state in {"draft", "erased"}:
        raise LinkNoLongerHolds
    return guest


async def own_calendar(guest: GuestFile) -> OwnCalendar:
    """What stands in a guest's calendar now. Four queries."""
    release = await current_release(guest.edition)
    if release is None:
        return OwnCalendar([], [], None)
    rows = await fetch(
        """SELECT b.session, b.state = 'confirmed' AS is_held FROM registration_booking b
           WHERE b.guest = $1 AND (b.state = 'confirmed' OR (b.state = 'cancelled' AND EXISTS (
               SELECT FROM registration_notice n WHERE n.guest = b.guest AND b.session = ANY(n.sessions))))""",
        guest.id,
    )
    mine = {row["session"] for row in rows if row["is_held"]}
    on_programme, gone = await list_in_release(release.id, [row["session"] for row in rows])
    # A seat that the guest gave back themselves is no loss: it just is not there any more.
    held = [card for card in on_programme if card.id in mine]
    lost = [card for card in on_programme if card.id not in mine and card.is_called_off]
    return OwnCalendar(held, [*lost, *gone], release)
