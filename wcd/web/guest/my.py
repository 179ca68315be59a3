"""A guest's own pages: what is next, the badge; how they come in and leave."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.agenda import queries as agenda
from wcd.badges.personal import badge_pdf
from wcd.core.clock import now
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.queries import EditionView
from wcd.registration import clashes, guests, queries, rules
from wcd.registration.errors import LinkNoLongerHolds, NotApproved
from wcd.registration.inputs import LinkWanted
from wcd.registration.views import GuestFile, MySession
from wcd.web.cookies import GUEST, LANGUAGE, end_cookie, get_cookie, make_cookie
from wcd.web.editions import current_edition
from wcd.web.forms import LAPSED, read_form
from wcd.web.guest.register import address_of
from wcd.web.guest.who import guest_cookie
from wcd.web.guest.words import WORDS
from wcd.web.pages import AnyRequest, page, redirect

YEAR = 31_536_000


class Day(msgspec.Struct, frozen=True):
    """What a guest does on one day: today, else the next day on which there is something."""

    is_today: bool
    sessions: list[MySession]


@get("/")
async def today(
    request: AnyRequest, me: NamedDependency[GuestFile], edition: NamedDependency[EditionView]
) -> Response[str]:
    """State of the registration, or the day: next session, seats, clashes."""
    sessions = await queries.list_my_sessions(me.id)
    wishes = await _wished(me)
    coming = [one for one in sessions if one.ends_at > now()]
    kept = await clashes.kept_pairs(me.id)
    seats = [one for one in coming if one.state == rules.CONFIRMED]
    return page(
        request,
        "guest/my/show.html",
        me=me,
        edition=edition,
        tab="today",
        wishes=wishes,
        booked=len(sessions),
        next=seats[0] if seats else None,
        day=_day(sessions, edition),
        clashes=[pair for pair in rules.clashes(coming) if frozenset(one.id for one in pair) not in kept],
        **WORDS,
    )


@get("/badge")
async def badge(
    request: AnyRequest, me: NamedDependency[GuestFile], edition: NamedDependency[EditionView]
) -> Response[str]:
    """The code for the phone, and the way to the paper."""
    return page(request, "guest/my/badge.html", me=me, edition=edition, tab="badge", **WORDS)


@get("/badge.pdf")
async def badge_file(
    me: NamedDependency[GuestFile], edition: NamedDependency[EditionView]
) -> Response[bytes]:
    """The badge as it stands now."""
    if not me.is_approved:
        raise NotApproved
    headers = {
        "content-disposition": f'attachment; filename="{edition.code}-badge-{me.number}.pdf"',
        "cache-control": "no-store",
    }
    return Response(await badge_pdf(me.id), media_type="application/pdf", headers=headers)


@post("/leave")
async def leave(request: AnyRequest) -> Response[Any]:
    """Forget the link on this browser."""
    await read_form(request)
    response = redirect(
        "/my/link", said=_("This browser no longer opens your pages. The link in your mail still does.")
    )
    response.cookies.append(end_cookie(GUEST))
    return response


@get("/enter/{token:str}")
async def enter(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """The personal link: kept on this browser, in the guest's language unless another was chosen here."""
    try:
        me = await queries.guest_of_link(token)
    except LinkNoLongerHolds as refusal:
        return redirect("/my/link", said=str(refusal))
    response = redirect("/my")
    response.cookies.append(guest_cookie(me.id, me.link_version))
    if not get_cookie(request, LANGUAGE):
        response.cookies.append(make_cookie(LANGUAGE, me.language, seconds=YEAR))
    return response


@get("/link")
async def link(request: AnyRequest) -> Response[str]:
    """Where the personal link can be asked for again."""
    return await _link_page(request)


@post("/link")
async def send_link(request: AnyRequest) -> Response[Any]:
    """Mail it, if the address is registered; the answer is the same if it is not."""
    form = await read_form(request, may_lapse=True)
    wanted, errors = form.parse(LinkWanted)
    if form.lapsed or wanted is None:
        lapsed = LAPSED if form.lapsed else ""
        return await _link_page(
            request, 422, given=form.one("email"), errors={} if form.lapsed else errors, lapsed=lapsed
        )
    await guests.ask_link_again(await current_edition(), wanted.email, ip=address_of(request))
    return await _link_page(request, sent=wanted.email)


async def _link_page(request: AnyRequest, status: int = 200, **values: Any) -> Response[str]:
    known: dict[str, Any] = {"given": "", "errors": {}, "lapsed": "", "sent": ""}
    return page(
        request, "guest/my/link.html", status=status, edition=await current_edition(), **(known | values)
    )


async def _wished(me: GuestFile) -> Sequence[Any]:
    wished = await queries.list_wishes(me.id) if not me.is_approved else []
    return await agenda.list_sessions_by_id(wished) if wished else []


def _day(sessions: list[MySession], edition: EditionView) -> Day | None:
    zone = ZoneInfo(edition.zone)
    coming = [one for one in sessions if one.starts_at.astimezone(zone).date() >= edition.today]
    if not coming:
        return None
    first = coming[0].starts_at.astimezone(zone).date()
    same = [one for one in coming if one.starts_at.astimezone(zone).date() == first]
    return Day(first == edition.today, same)
