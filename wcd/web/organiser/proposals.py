"""Side events that partners propose: the list with filters, some side by side, several declined, the list to take along."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency

from wcd.actors.actors import Actor
from wcd.agenda.proposals import deciding, queries, rules
from wcd.agenda.proposals.call import get_call
from wcd.agenda.proposals.deciding import Read
from wcd.agenda.proposals.inputs import Refusal
from wcd.agenda.proposals.queries import Wanted
from wcd.agenda.queries import list_subjects
from wcd.core.clock import now
from wcd.core.i18n import lazy_gettext as _
from wcd.core.i18n import ngettext
from wcd.core.inputs import Errors
from wcd.core.listing import Slice
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.reports import proposals as reports
from wcd.venues.words import LAYOUT_WORDS
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser.addresses import Here
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect
from wcd.web.side_events import FIELDS, PART_WORDS, SDGS, STATE_WORDS

LIST = "/organiser/proposals"
LANGUAGES = (("zh", _("Chinese")), ("en", _("English")))
COMPARED = (2, 4)
AT_ONCE = 200
CHOOSE = _("Choose two to four proposals to compare.")
CHOOSE_ONE = _("Choose at least one proposal.")


@get("/")
async def index(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """One page of the list. The address bar says what is shown."""
    wanted, piece, here = _wanted(request, edition)
    return await show(
        request,
        "organiser/proposals/index.html",
        actor=actor,
        edition=edition,
        current="agenda",
        found=await queries.list_proposals(edition.id, wanted, piece, staff=actor.id),
        counts=await queries.count_by_state(edition.id),
        call=await get_call(edition),
        wanted=wanted,
        here=here,
        **await words(edition),
    )


@get("/compare")
async def compare(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Two to four proposals side by side."""
    picked = _picked(request)
    if not COMPARED[0] <= len(picked) <= COMPARED[1]:
        return redirect(LIST, said=CHOOSE)
    return await show(
        request,
        "organiser/proposals/compare.html",
        actor=actor,
        edition=edition,
        current="agenda",
        proposals=await queries.get_several(edition.id, picked),
        **await words(edition),
    )


@get("/proposals.csv", guards=[requires("agenda.edit")])
async def export(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[bytes]:
    """The list as it is shown, as CSV."""
    wanted, _piece, _here = _wanted(request, edition)
    name = f"proposals-{edition.code}-{now():%Y%m%d-%H%M}.csv"
    return Response(
        await reports.export_list(edition, wanted, by=actor),
        media_type="text/csv",
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


@get("/decline", guards=[requires("agenda.edit")])
async def ask_decline(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Whom it would concern, and the reason that all of them get."""
    picked = _picked(request)[:AT_ONCE]
    if not picked:
        return redirect(LIST, said=CHOOSE_ONE)
    return await _decline_page(request, actor, edition, picked, Form({}, lapsed=False))


@post("/decline", status_code=200, guards=[requires("agenda.edit")])
async def decline(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Decline those; who was changed or decided meanwhile is left, and named."""
    form = await read_form(request, may_lapse=True)
    read = [one for one in map(_read, form.all("read")[:AT_ONCE]) if one is not None]
    given, errors = form.parse(Refusal)
    if given is None or form.lapsed or not read:
        picked = [one.id for one in read]
        return await _decline_page(request, actor, edition, picked, form, errors, 403 if form.lapsed else 422)
    done = await deciding.decline_many(read, given, by=actor)
    said = ngettext(
        "%(n)d proposal is declined, and the partner told.",
        "%(n)d proposals are declined, and the partners told.",
        done.done,
    )
    if done.left:
        numbers = str(_(", ")).join(str(number) for number in done.left)
        said += " " + _("Changed meanwhile, and left as they are: %(numbers)s.") % {"numbers": numbers}
    return redirect(LIST, said=said)


async def words(edition: EditionView) -> dict[str, Any]:
    """What the pages of proposals name things by."""
    return {
        "states": STATE_WORDS,
        "all_days": days(edition.first_day, edition.last_day),
        "subjects": await list_subjects(edition.id),
        "parts_of_day": PART_WORDS,
        "layouts": LAYOUT_WORDS,
        "languages": LANGUAGES,
        "fields": FIELDS,
        "sdg_words": SDGS,
    }


async def _decline_page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    picked: list[UUID],
    form: Form,
    errors: Errors | None = None,
    status: int = 200,
) -> Response[Any]:
    rows = await queries.list_by_id(edition.id, picked)
    return await show(
        request,
        "organiser/proposals/decline.html",
        status=status,
        actor=actor,
        edition=edition,
        current="agenda",
        able=[row for row in rows if rules.may(row.state, rules.DECLINE)],
        unable=[row for row in rows if not rules.may(row.state, rules.DECLINE)],
        reason=form.one("reason"),
        errors=errors or {},
        lapsed=form.lapsed,
        states=STATE_WORDS,
    )


def _wanted(request: AnyRequest, edition: EditionView) -> tuple[Wanted, Slice, Here]:
    """What the address asks for; anything odd is left out."""
    asked = request.query_params
    state, day, sort = asked.get("state", ""), asked.get("day", ""), asked.get("sort", "")
    wanted = Wanted(
        state=state if state in rules.STATES else "",
        day=day if day in {one.isoformat() for one in days(edition.first_day, edition.last_day)} else "",
        subject=asked.get("subject", "")[:40].replace("\0", ""),
        q=asked.get("q", "")[:100].replace("\0", ""),
        sort=sort if sort.removeprefix("-") in queries.SORTS else "",
    )
    values = {name: getattr(wanted, name) for name in Wanted.__struct_fields__}
    page, size = asked.get("page", ""), asked.get("size", "")
    return wanted, Slice.read(page, size), Here(LIST, values | {"page": page, "size": size})


def _picked(request: AnyRequest) -> list[UUID]:
    """The proposals that an address names, each once."""
    return list(dict.fromkeys(one for one in map(_uuid, request.query_params.getall("pick", [])) if one))


def _read(text: str) -> Read | None:
    proposal, _colon, version = text.partition(":")
    found = _uuid(proposal)
    return Read(found, int(version)) if found and version.isdecimal() and len(version) < 10 else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


router = Router(
    "/proposals",
    route_handlers=[index, compare, export, ask_decline, decline],
    guards=[requires("agenda.view")],
)
