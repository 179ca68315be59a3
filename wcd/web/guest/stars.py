"""What a guest starred before they had an account: each star may become a seat."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from wcd.editions.queries import EditionView
from wcd.registration.views import GuestFile
from wcd.web.guest.bookings import seat_cards
from wcd.web.guest.words import WORDS
from wcd.web.pages import AnyRequest, page

MOST_STARS = 60


@get("/stars")
async def stars(
    request: AnyRequest,
    me: NamedDependency[GuestFile],
    edition: NamedDependency[EditionView],
    of: FromQuery[str] = "",
) -> Response[str]:
    """The starred sessions, each with what can be done. A script puts the stars of this device into the address."""
    codes = set(of[:4000].split(",")[:MOST_STARS])
    cards = [one for one in await seat_cards(me, edition) if one.card.code in codes]
    return page(
        request,
        "guest/my/stars.html",
        me=me,
        edition=edition,
        tab="sessions",
        cards=cards,
        asked=bool(of),
        of=",".join(one.card.code for one in cards),
        **WORDS,
    )
