"""The outbox: what became of each mail, the server's answer, the letter itself, sending again."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wcd.actors.actors import Actor
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.listing import Slice
from wcd.editions.queries import EditionView
from wcd.mail import outbox, queries
from wcd.mail.kinds import KINDS
from wcd.mail.rules import BOUNCED, DEFERRED, FAILED, HELD, QUEUED, SENDING, SENT, STATES
from wcd.web.forms import read_form
from wcd.web.guards import requires
from wcd.web.middleware import CSP
from wcd.web.organiser.addresses import Here
from wcd.web.organiser.frame import show
from wcd.web.pages import HTML, AnyRequest, redirect

STATE_WORDS: dict[str, tuple[str, LazyText]] = {
    QUEUED: ("", _("Waiting")),
    SENDING: ("half", _("Being sent")),
    SENT: ("good", _("Sent")),
    DEFERRED: ("care", _("Will be tried again")),
    FAILED: ("bad", _("Not delivered")),
    BOUNCED: ("bad", _("Came back")),
    HELD: ("care", _("Held back")),
}
KIND_WORDS: dict[str, LazyText] = {
    "address_to_confirm": _("Address to confirm"),
    "draft_link": _("Link to go on registering"),
    "received": _("Registration received"),
    "approved": _("Approved, with badge"),
    "declined": _("Declined"),
    "returned": _("Returned for details"),
    "link_again": _("Personal link again"),
    "seat_confirmed": _("Seat confirmed"),
    "seat_waiting": _("On the waiting list"),
    "seat_moved_up": _("Moved up"),
    "programme_changed_guest": _("Programme changed (guest)"),
    "programme_changed_speaker": _("Programme changed (speaker)"),
    "programme_changed_body": _("Programme changed (host)"),
    "reminder_forum": _("Reminder of the forum"),
    "reminder_session": _("Reminder of a session"),
    "proposal_received": _("Side event: received"),
    "proposal_question": _("Side event: question"),
    "proposal_accepted": _("Side event: accepted"),
    "proposal_declined": _("Side event: declined"),
    "proposal_withdrawn": _("Side event: withdrawn"),
    "speaker_asked": _("Speaker asked for what is missing"),
    "staff_invitation": _("Invitation of staff"),
    "password_reset": _("New password"),
}
FRAMED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox"
)


@get("/")
async def index(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    kind: FromQuery[str] = "",
    q: FromQuery[str] = "",
    page: FromQuery[str] = "",
    size: FromQuery[str] = "",
) -> Response[Any]:
    """All mails, newest first."""
    state = request.query_params.get("state", "")  # as an argument the word is Litestar's own
    state, kind = state if state in STATES else "", kind if kind in KINDS else ""
    q = q[:100].replace("\0", "")
    wanted = Slice.read(page, size)
    return await show(
        request,
        "organiser/mail/index.html",
        actor=actor,
        edition=edition,
        current="mail",
        found=await queries.list_mails(edition.id, state=state, kind=kind, search=q, wanted=wanted),
        counts=await queries.count_by_state(edition.id),
        here=Here("/organiser/mail", {"state": state, "kind": kind, "q": q, "page": page, "size": size}),
        state=state,
        kind=kind,
        q=q,
        states=STATE_WORDS,
        kinds=KIND_WORDS,
    )


@get("/{mail_id:uuid}")
async def one(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    mail_id: FromPath[UUID],
) -> Response[Any]:
    """One mail with everything that happened to it."""
    response = await show(
        request,
        "organiser/mail/show.html",
        actor=actor,
        edition=edition,
        current="mail",
        mail=await queries.get_mail(mail_id, edition.id),
        letter=await queries.preview(mail_id, edition.id),
        states=STATE_WORDS,
        kinds=KIND_WORDS,
    )
    response.headers["content-security-policy"] = f"{CSP}; frame-src 'self'"
    return response


@get("/{mail_id:uuid}/letter")
async def letter(edition: NamedDependency[EditionView], mail_id: FromPath[UUID]) -> Response[str]:
    """The letter by itself, for the frame: nothing in it can run or be sent."""
    rendered = await queries.preview(mail_id, edition.id)
    return Response(
        rendered.html,
        media_type=HTML,
        headers={"content-security-policy": FRAMED, "cache-control": "no-store"},
    )


@post("/{mail_id:uuid}/retry", status_code=200, guards=[requires("mail.edit")])
async def retry(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    mail_id: FromPath[UUID],
) -> Response[Any]:
    """Send it again."""
    await read_form(request)
    await queries.get_mail(mail_id, edition.id)
    done = await outbox.retry_mail(mail_id, by=actor)
    said = _("The mail is on its way again.") if done else _("This mail has gone already.")
    return redirect(f"/organiser/mail/{mail_id}", said=said)


router = Router("/mail", route_handlers=[index, one, letter, retry], guards=[requires("mail.view")])
