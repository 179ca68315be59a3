"""The list of guests: search, filters with counts, sort, choose many and decide, export what is shown."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency

from wcd.actors.actors import Actor
from wcd.core.clock import now
from wcd.core.i18n import LazyText, ngettext
from wcd.core.i18n import lazy_gettext as _
from wcd.core.listing import PAGE_SIZES, Slice
from wcd.editions.queries import EditionView
from wcd.registration import approvals, rules
from wcd.registration.approvals import Decided, Seen
from wcd.registration.categories import list_categories
from wcd.registration.lists import GuestFilter, count_facets, list_guest_ids, list_guests
from wcd.reports import guests as reports
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser.addresses import Here
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

AT_ONCE = 500
"""Guests decided on in one go."""
MOVES = {"approve": "approve", "return": "return", "decline": "decline"}
TABS: tuple[tuple[str, LazyText], ...] = (
    ("", _("All")),
    (rules.SUBMITTED, _("Waiting for approval")),
    (rules.RETURNED, _("Returned")),
    (rules.APPROVED, _("Approved")),
    (rules.DECLINED, _("Declined")),
    (rules.CANCELLED, _("Cancelled")),
    (rules.UNCONFIRMED, _("Address not confirmed")),
    (rules.DRAFT, _("Begun")),
)
NOTHING_CHOSEN = _("Choose at least one guest.")
TOO_MANY = _("Choose at most %(limit)s guests at once.")
QUESTION_NEEDED = _("Write what the guest shall add or answer.")
LONGEST = 2000


@get("/")
async def index(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """One page of the list. The address bar says what is shown."""
    wanted, piece, here = _wanted(request)
    return await show(
        request,
        "organiser/guests/index.html",
        actor=actor,
        edition=edition,
        current="guests",
        found=await list_guests(edition.id, wanted, piece),
        facets=await count_facets(edition.id, wanted),
        categories=await list_categories(edition.id),
        wanted=wanted,
        here=here,
        tabs=TABS,
        sizes=PAGE_SIZES,
        now=now(),
    )


@get("/guests.csv", guards=[requires("guests.export")])
async def export(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[bytes]:
    """The list as it is shown, all pages of it."""
    wanted, _piece, _here = _wanted(request)
    name = f"guests-{edition.code}-{now():%Y%m%d-%H%M}.csv"
    return Response(
        await reports.export_list(edition, wanted, by=actor),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


@post("/decide", status_code=200, guards=[requires("guests.approve")])
async def ask(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """What deciding on the chosen ones would do, in numbers."""
    given = await read_form(request)
    move = MOVES.get(given.one("move"), "approve")
    ids = _ids(given.all("pick"))
    if given.one("all"):
        wanted, _piece, _here = _wanted(request)
        ids = await list_guest_ids(edition.id, wanted)
    back = _back(given.one("back"))
    if not ids:
        return redirect(back, said=NOTHING_CHOSEN)
    if len(ids) > AT_ONCE:
        return redirect(back, said=TOO_MANY % {"limit": AT_ONCE})
    return await confirm_page(request, actor, edition, move, ids, back)


@post("/decided", status_code=200, guards=[requires("guests.approve")])
async def decide(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Do it, and say how many were done and who was not."""
    given = await read_form(request, may_lapse=True)
    move, back = MOVES.get(given.one("move"), "approve"), _back(given.one("back"))
    chosen = await reports.list_chosen(edition.id, _ids(given.one("ids").split(","))[:AT_ONCE])
    ids, text = [one.id for one in chosen], given.one("text").strip()
    error = QUESTION_NEEDED if move == "return" and not text else None
    if error or given.lapsed or len(text) > LONGEST:
        return await confirm_page(request, actor, edition, move, ids, back, given=given, error=error)
    seen = dict(zip(_ids(given.one("ids").split(",")), given.one("seen").split(","), strict=False))
    done = await _do(move, ids, text, actor, seen)
    if not done.refused:
        return redirect(back, said=_said(move, done.done))
    names = {one.id: one for one in chosen}
    return await show(
        request,
        "organiser/guests/decided.html",
        actor=actor,
        edition=edition,
        current="guests",
        said_done=_said(move, done.done),
        refused=[(names[guest_id], str(refusal)) for guest_id, refusal in done.refused],
        back=back,
    )


async def confirm_page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    move: str,
    ids: list[UUID],
    back: str,
    *,
    given: Form | None = None,
    error: LazyText | None = None,
) -> Response[Any]:
    """The page that says in numbers what will happen. Only guests of this edition are on it."""
    chosen = await reports.list_chosen(edition.id, ids)
    able = [one for one in chosen if rules.next_state(one.state, move)]
    return await show(
        request,
        "organiser/guests/confirm.html",
        status=422 if error or (given and given.lapsed) else 200,
        actor=actor,
        edition=edition,
        current="guests",
        move=move,
        able=able,
        unable=[one for one in chosen if one not in able],
        ids=",".join(str(one.id) for one in able),
        seen=",".join(one.state for one in able),
        back=back,
        text=given.one("text") if given else "",
        error=error,
        lapsed=bool(given and given.lapsed),
    )


async def _do(move: str, ids: list[UUID], text: str, actor: Actor, seen: Seen) -> Decided:
    if move == "approve":
        return await approvals.approve_guests(ids, by=actor, seen=seen)
    if move == "return":
        return await approvals.return_guests(ids, question=text, by=actor, seen=seen)
    return await approvals.decline_guests(ids, note=text, by=actor, seen=seen)


def _said(move: str, number: int) -> str:
    if move == "approve":
        return ngettext(
            "%(n)d guest is approved and gets a mail with the badge.",
            "%(n)d guests are approved; each gets a mail with the badge.",
            number,
        )
    if move == "return":
        return ngettext(
            "%(n)d guest is asked by mail.",
            "%(n)d guests are asked; each gets a mail with the question.",
            number,
        )
    return ngettext(
        "%(n)d guest is declined and told by mail.",
        "%(n)d guests are declined; each is told by mail.",
        number,
    )


def _wanted(request: AnyRequest) -> tuple[GuestFilter, Slice, Here]:
    """What the address asks for; odd values find nobody rather than fail."""
    query = request.query_params
    values = {
        name: str(query.get(name, "")).replace("\0", "")[:100] for name in GuestFilter.__struct_fields__
    }
    values["sort"] = values["sort"] or "-submitted"
    piece = Slice.read(query.get("page", ""), query.get("size", ""))
    shown = values | {
        "sort": query.get("sort", ""),
        "page": query.get("page", ""),
        "size": query.get("size", ""),
    }
    return GuestFilter(**values), piece, Here("/organiser/guests", shown)


def _ids(texts: list[str]) -> list[UUID]:
    """Those that are ids; anything else was never one of ours."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _back(wanted: str) -> str:
    """Back to the list as it was; never elsewhere."""
    good = (
        wanted.startswith(("/organiser/guests?", "/organiser/guests/"))
        and wanted.isprintable()
        and "\\" not in wanted
    )
    return wanted if good and "//" not in wanted else "/organiser/guests"


router = Router("/guests", route_handlers=[index, export, ask, decide], guards=[requires("guests.view")])
