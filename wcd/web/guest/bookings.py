"""A guest's sessions: what there is, what they hold; take a seat, give it back."""

from itertools import groupby
from typing import Any
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.actors.actors import Actor
from wcd.agenda.queries import list_sessions
from wcd.agenda.views import SessionCard
from wcd.core.clock import now
from wcd.core.errors import Conflict
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.queries import EditionView
from wcd.registration import bookings, clashes, queries, rules
from wcd.registration.views import GuestFile, MySession, SeatCount
from wcd.web.forms import read_form
from wcd.web.guest.words import WORDS
from wcd.web.pages import AnyRequest, page, redirect


class SeatCard(msgspec.Struct, frozen=True):
    """A session with the seats left and what the guest holds of it."""

    card: SessionCard
    left: int | None
    waiting: int
    mine: MySession | None
    has_begun: bool

    @property
    def verb(self) -> str:
        """What the guest may do: book, wait, give_back, leave_line, or nothing."""
        if self.has_begun or self.card.is_called_off:
            return ""
        if self.mine:
            return "give_back" if self.mine.state == rules.CONFIRMED else "leave_line"
        if not self.card.is_bookable:
            return ""
        return "wait" if self.left == 0 else "book"


@get("/sessions")
async def sessions(
    request: AnyRequest, me: NamedDependency[GuestFile], edition: NamedDependency[EditionView]
) -> Response[str]:
    """The sessions that can be booked, by day."""
    return await _show(request, me, edition)


@post("/bookings/{session_id:uuid}")
async def book(
    request: AnyRequest,
    session_id: FromPath[UUID],
    me: NamedDependency[GuestFile],
    edition: NamedDependency[EditionView],
    actor: NamedDependency[Actor],
) -> Response[Any]:
    """Take a seat, or a place in line. What does not allow it is said beside the session."""
    form = await read_form(request)
    back = f"/my/stars?of={quote(form.one('stars'))}" if form.one("stars") else "/my/sessions"
    try:
        booked = await bookings.book_seat(me.id, session_id, by=actor)
    except Conflict as refusal:
        return await _show(request, me, edition, status=409, refused={session_id: str(refusal)})
    if booked.state == rules.CONFIRMED:
        return redirect(back, said=_("Your seat is booked."))
    line = str(_("You are number %(place)s in line. We write to you when a seat is yours."))
    return redirect(back, said=line % {"place": booked.place_in_line})


@post("/bookings/{session_id:uuid}/cancel")
async def give_back(
    request: AnyRequest,
    session_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    me: NamedDependency[GuestFile],
) -> Response[Any]:
    """Give a seat or a place in line back."""
    form = await read_form(request)
    await bookings.cancel_booking(me.id, session_id, by=actor)
    back = "/my" if form.one("back") == "today" else "/my/sessions"
    return redirect(back, said=_("Given back. A seat goes to the next in line."))


@post("/clashes/{one:uuid}/{other:uuid}/keep")
async def keep_both(
    request: AnyRequest, one: FromPath[UUID], other: FromPath[UUID], me: NamedDependency[GuestFile],
    actor: NamedDependency[Actor],
) -> Response[Any]:  # fmt: skip
    """Keep two seats that overlap since a release."""
    await read_form(request)
    await clashes.keep_both(me.id, one, other, by=actor)
    return redirect("/my", said=_("You keep both seats."))


async def _show(
    request: AnyRequest,
    me: GuestFile,
    edition: EditionView,
    *,
    status: int = 200,
    refused: dict[UUID, str] | None = None,
) -> Response[str]:
    shown = [
        one
        for one in await seat_cards(me, edition)
        if one.mine or (one.card.is_bookable and one.card.ends_at > now())
    ]
    zone = ZoneInfo(edition.zone)
    days = [
        (day, list(some))
        for day, some in groupby(shown, lambda one: one.card.starts_at.astimezone(zone).date())
    ]
    return page(
        request,
        "guest/my/sessions.html",
        status=status,
        me=me,
        edition=edition,
        tab="sessions",
        days=days,
        booked=sum(one.mine is not None for one in shown),
        refused=refused or {},
        **WORDS,
    )


async def seat_cards(me: GuestFile, edition: EditionView) -> list[SeatCard]:
    """Every session of the programme, with the seats left and what the guest holds of it."""
    counts = await queries.count_all_bookings(edition.id)
    mine = {one.id: one for one in await queries.list_my_sessions(me.id)}
    return [
        _seat_card(card, counts.get(card.id, SeatCount()), mine.get(card.id))
        for card in await list_sessions(edition.id)
    ]


def _seat_card(card: SessionCard, count: SeatCount, mine: MySession | None) -> SeatCard:
    return SeatCard(card, count.left(card.seats), count.waiting, mine, rules.has_begun(card, now()))
