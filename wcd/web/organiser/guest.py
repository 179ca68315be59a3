"""One guest: facts, state and decisions, seats, mails, scans, everything that happened."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from markupsafe import Markup

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.badges.preflight import find_unprintable
from wcd.badges.queries import latin_only_guests
from wcd.checkin.queries import ScanRow, scans_of_guest
from wcd.core.errors import Conflict, NotFound
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.queries import EditionView
from wcd.mail.queries import MailRow, list_mails_about
from wcd.paper.qr import encode
from wcd.registration import codes, guests
from wcd.registration.categories import list_categories
from wcd.registration.inputs import ACCESS, DIETS
from wcd.registration.queries import guest_in_edition, list_my_sessions
from wcd.registration.views import GuestFile
from wcd.web.forms import read_form
from wcd.web.guards import requires
from wcd.web.organiser import history
from wcd.web.organiser.frame import show
from wcd.web.organiser.guests import MOVES, confirm_page
from wcd.web.organiser.mail import KIND_WORDS, STATE_WORDS
from wcd.web.organiser.scans import VERDICT_WORDS
from wcd.web.pages import AnyRequest, redirect

TABS = ("", "sessions", "mails", "scans")


class Happened(msgspec.Struct, frozen=True):
    """One line of everything that happened to a guest."""

    at: datetime
    tone: str
    title: str
    notes: tuple[str, ...]
    href: str = ""


@get("/{guest_id:uuid}")
async def one(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    guest_id: FromPath[UUID],
    tab: FromQuery[str] = "",
) -> Response[Any]:
    """Everything about one guest."""
    return await _page(request, actor, edition, await guest_in_edition(edition.id, guest_id), tab)


@get("/{guest_id:uuid}/decide", guards=[requires("guests.approve")])
async def decide(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    guest_id: FromPath[UUID],
    move: FromQuery[str] = "approve",
) -> Response[Any]:
    """The same page as for many, for one."""
    guest = await guest_in_edition(edition.id, guest_id)
    back = f"/organiser/guests/{guest_id}"
    return await confirm_page(request, actor, edition, MOVES.get(move, "approve"), [guest.id], back)


@post("/{guest_id:uuid}/category", status_code=200, guards=[requires("guests.edit")])
async def change_category(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    guest_id: FromPath[UUID],
) -> Response[Any]:
    """Let the guest come as something else."""
    given = await read_form(request)
    await guest_in_edition(edition.id, guest_id)
    await guests.change_category(guest_id, given.one("category")[:12], by=actor)
    return redirect(f"/organiser/guests/{guest_id}", said=_("The category is changed."))


@get("/{guest_id:uuid}/cancel", guards=[requires("guests.edit")])
async def ask_cancel(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    guest_id: FromPath[UUID],
) -> Response[Any]:
    """What cancelling would do, in numbers."""
    guest = await guest_in_edition(edition.id, guest_id)
    return await show(
        request,
        "organiser/guests/cancel.html",
        actor=actor,
        edition=edition,
        current="guests",
        guest=guest,
        seats=await list_my_sessions(guest_id),
    )


@post("/{guest_id:uuid}/cancel", status_code=200, guards=[requires("guests.edit")])
async def cancel(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    guest_id: FromPath[UUID],
) -> Response[Any]:
    """The guest does not come: seats are given on, the code ends."""
    await read_form(request)
    await guest_in_edition(edition.id, guest_id)
    await guests.cancel_registration(guest_id, by=actor)
    return redirect(
        f"/organiser/guests/{guest_id}", said=_("The registration is cancelled; seats were given on.")
    )


@post("/{guest_id:uuid}/code", status_code=200, guards=[requires("badges.print")])
async def replace_code(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    guest_id: FromPath[UUID],
) -> Response[Any]:
    """A badge is lost: the old code ends, a new one begins."""
    await read_form(request)
    guest = await guest_in_edition(edition.id, guest_id)
    try:
        await codes.replace_code(guest_id, by=actor)
    except Conflict as refused:
        return await _page(request, actor, edition, guest, "", refused=str(refused))
    return redirect(
        f"/organiser/guests/{guest_id}", said=_("The badge has a new code; the old one opens no gate.")
    )


async def _page(
    request: AnyRequest, actor: Actor, edition: EditionView, guest: GuestFile, tab: str, *, refused: str = ""
) -> Response[Any]:
    if tab not in TABS:
        raise NotFound
    seats = await list_my_sessions(guest.id)
    mails = await list_mails_about(guest.id)
    scans = await scans_of_guest(guest.id)
    return await show(
        request,
        "organiser/guests/show.html",
        status=409 if refused else 200,
        actor=actor,
        edition=edition,
        current="guests",
        guest=guest,
        tab=tab,
        seats=seats,
        mails=mails if actor.may("mail.view") else [],
        scans=scans,
        happened=await _happened(guest.id, mails, scans, with_mails=actor.may("mail.view")),
        categories=await list_categories(edition.id),
        unprintable=await find_unprintable([guest.id]) if guest.code else [],
        latin_only=guest.id in {found[0] for found in await latin_only_guests(edition.id)},
        qr=qr_svg(guest.code) if guest.code else "",
        diets=DIETS,
        access_words=ACCESS,
        mail_states=STATE_WORDS,
        mail_kinds=KIND_WORDS,
        verdicts=VERDICT_WORDS,
        refused=refused,
    )


async def _happened(
    guest_id: UUID, mails: list[MailRow], scans: list[ScanRow], *, with_mails: bool
) -> list[Happened]:
    """Audit, mails and scans in one line of time, newest first."""
    lines = [
        Happened(entry.at, entry.tone, entry.text, (*entry.notes, entry.who))
        for entry in await history.worded(await audit.history_of(guest_id), about=guest_id)
    ]
    if with_mails:
        for mail in mails:
            tone, word = STATE_WORDS[mail.state]
            lines.append(
                Happened(
                    mail.sent_at or mail.changed_at,
                    tone if tone in {"good", "care", "bad"} else "",
                    f"{_('Mail')}{_(': ')}{KIND_WORDS.get(mail.kind, mail.kind)}",
                    (str(word),),
                    f"/organiser/mail/{mail.id}",
                )
            )
    for scan in scans:
        tone, verdict = VERDICT_WORDS[scan.verdict]
        lines.append(Happened(scan.happened_at, tone, str(scan.gate), (str(verdict), scan.device)))
    return sorted(lines, key=lambda line: line.at, reverse=True)


def qr_svg(code: str) -> Markup:
    """The symbol of a badge, as it is printed: one path, four modules of white around."""
    rows = encode(code)
    size = len(rows) + 8
    path = "".join(
        f"M{x + 4} {y + 4}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return Markup(
        '<svg class="qr" viewBox="0 0 {0} {0}" shape-rendering="crispEdges" role="img" aria-label="{1}">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{2}"/></svg>'
    ).format(size, _("QR code of the badge"), path)


router = Router(
    "/guests",
    route_handlers=[one, decide, change_category, ask_cancel, cancel, replace_code],
    guards=[requires("guests.view")],
)
