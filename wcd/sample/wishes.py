"""Who books what: as many for each session as `demand.json` says, nobody in two places at once."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from wcd.sample import Session, load
from wcd.sample.draw import Draw
from wcd.sample.people import SampleGuest, read_demand

BOOKERS = {"vip", "speaker", "delegate", "press", "exhibitor"}
NOT_DECIDED = {"unconfirmed", "submitted", "returned"}
WISHES = 3

Times = list[tuple[datetime, datetime]]


def clashes(session: Session, held: Times) -> bool:
    """True where the session overlaps one of the times."""
    return any(session.starts < end and start < session.ends for start, end in held)


def own_times(guest: SampleGuest, sessions: Sequence[Session]) -> Times:
    """When the guest is on the programme."""
    return [
        (session.starts, session.ends)
        for session in sessions
        if any(appearance.speaker == guest.speaker for appearance in session.people)
    ]


def rank(guest: SampleGuest) -> int:
    """Whom the hosts invite first."""
    order = (
        guest.category == "vip",
        guest.category == "speaker",
        guest.is_head,
        guest.country != "CN",
        guest.delegation is not None,
        guest.category == "press",
    )
    return next((place for place, holds in enumerate(order) if holds), len(order))


def with_bookings(guests: Sequence[SampleGuest]) -> list[SampleGuest]:
    """Give the guests their bookings; those not decided on get wishes, which take no seat."""
    draw = Draw("wcd-2023 bookings")
    sessions, demand = load().sessions, read_demand()
    held = [own_times(guest, sessions) for guest in guests]
    asked: list[list[str]] = [[] for _ in guests]
    wanted = [session for session in sessions if session.code in demand]

    def give(place: int, session: Session) -> None:
        asked[place].append(session.code)
        held[place].append((session.starts, session.ends))

    for session in wanted:
        free = [
            place
            for place, guest in enumerate(guests)
            if guest.state == "approved" and guest.category in BOOKERS and not clashes(session, held[place])
        ]
        drawn = draw.some(free, len(free))
        if session.booking == "invitation":
            drawn.sort(key=lambda place: rank(guests[place]))
        for place in drawn[: demand[session.code]]:
            give(place, session)

    for place, guest in enumerate(guests):
        if guest.state in NOT_DECIDED:
            for session in draw.some([one for one in wanted if one.booking == "booking"], WISHES):
                if not clashes(session, held[place]):
                    give(place, session)
    return [replace(guest, bookings=tuple(codes)) for guest, codes in zip(guests, asked, strict=True)]
