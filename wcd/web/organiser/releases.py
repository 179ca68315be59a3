"""Releases: what differs, whom it concerns, proposing, a second pair of eyes, publishing now or at a time, going back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wcd.actors.actors import Actor
from wcd.agenda import releases, rules
from wcd.agenda.differences import CHANGED, IS_CALLED_OFF, MOVED, NEW, REMOVED, SessionChange
from wcd.agenda.errors import NoSuchRelease
from wcd.agenda.releases import ReleaseView
from wcd.core.i18n import LazyText, ngettext
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.queries import EditionView
from wcd.editions.rules import days
from wcd.registration import publishing, warned
from wcd.venues.queries import list_venues
from wcd.web.forms import Form, read_form
from wcd.web.guards import requires
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest, redirect

LIST = "/organiser/releases"
LONGEST_NOTE = 2000
STATE_WORDS: dict[str, tuple[str, LazyText]] = {
    releases.PROPOSED: ("half", _("Waits for approval")),
    releases.APPROVED: ("half", _("Approved")),
    releases.PUBLISHED: ("good", _("Published")),
    releases.DECLINED: ("off", _("Declined")),
    releases.WITHDRAWN: ("off", _("Taken back")),
}
CHANGE_WORDS: dict[str, tuple[str, LazyText]] = {
    NEW: ("good", _("New")),
    MOVED: ("care", _("Moved")),
    CHANGED: ("half", _("Changed")),
    IS_CALLED_OFF: ("bad", _("Called off")),
    REMOVED: ("bad", _("Off the programme")),
}
FIELD_WORDS: dict[str, LazyText] = {
    "starts_at": _("start"),
    "ends_at": _("end"),
    "room": _("room"),
    "meeting_point": _("meeting point"),
    "title": _("title"),
    "summary": _("summary"),
    "kind": _("kind"),
    "booking": _("how one gets in"),
    "categories": _("categories"),
    "languages": _("languages spoken"),
    "interpretation": _("interpretation"),
    "hosts": _("hosts"),
    "people": _("people"),
    "items": _("items"),
    "sdgs": _("SDGs"),
    "subjects": _("subjects"),
    "code": _("address of the page"),
}


class ReleaseNote(msgspec.Struct, frozen=True):
    """What an organiser writes with a release, or the reason against it."""

    note: str = ""


@get("/")
async def index(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """What a release made now would change and whom it would concern, and all releases."""
    return await _index(request, actor, edition)


@post("/", status_code=200, guards=[requires("agenda.edit")])
async def propose(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Freeze the working copy; with ``publish`` at once, where the edition does without a second person."""
    given = await read_form(request, may_lapse=True)
    note = given.one("note")
    if given.lapsed or len(note) > LONGEST_NOTE:
        return await _index(request, actor, edition, given)
    if given.one("publish"):
        told = await publishing.publish_at_once(edition.id, note, by=actor)
        return redirect(LIST, said=_said(told))
    release_id = await publishing.propose_release(edition.id, note, by=actor)
    return redirect(
        f"{LIST}/{release_id}",
        said=_("Proposed. The working copy may be edited on; this release stays as it is."),
    )


@get("/{release_id:uuid}")
async def one(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    release_id: FromPath[UUID],
) -> Response[Any]:
    """One release: its difference, whom it concerns, and what may be done with it."""
    return await _one(request, actor, edition, release_id)


@post("/{release_id:uuid}/approve", status_code=200, guards=[requires("agenda.release")])
async def approve(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    release_id: FromPath[UUID],
) -> Response[Any]:
    """Say yes: publish now, or at a day and time of the edition's zone."""
    await _found(edition, release_id)
    given = await read_form(request, may_lapse=True)
    at, error = _moment(given, edition)
    if given.lapsed or error:
        return await _one(request, actor, edition, release_id, given, error)
    await releases.approve_release(release_id, publish_at=at, by=actor)
    if at is not None:
        return redirect(f"{LIST}/{release_id}", said=_("Approved. It is published by the clock."))
    told = await publishing.publish_release(release_id, by=actor)
    return redirect(f"{LIST}/{release_id}", said=_said(told))


@post("/{release_id:uuid}/publish", status_code=200, guards=[requires("agenda.release")])
async def publish(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    release_id: FromPath[UUID],
) -> Response[Any]:
    """Publish an approved release before its time."""
    await read_form(request)
    await _found(edition, release_id)
    told = await publishing.publish_release(release_id, by=actor)
    return redirect(f"{LIST}/{release_id}", said=_said(told))


@post("/{release_id:uuid}/decline", status_code=200, guards=[requires("agenda.release")])
async def decline(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    release_id: FromPath[UUID],
) -> Response[Any]:
    """Say no, and why."""
    await _found(edition, release_id)
    given = await read_form(request, may_lapse=True)
    reason = given.one("reason")
    if given.lapsed or not reason.strip() or len(reason) > LONGEST_NOTE:
        error = (
            _("Say in a sentence what must change first.") if not reason.strip() else _("This is too long.")
        )
        return await _one(request, actor, edition, release_id, given, error, field="reason")
    await releases.decline_release(release_id, reason, by=actor)
    return redirect(f"{LIST}/{release_id}", said=_("Declined. The working copy stays as it is."))


@post("/{release_id:uuid}/withdraw", status_code=200, guards=[requires("agenda.edit")])
async def withdraw(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    release_id: FromPath[UUID],
) -> Response[Any]:
    """Take it back."""
    await read_form(request)
    await _found(edition, release_id)
    await releases.withdraw_release(release_id, by=actor)
    return redirect(LIST, said=_("Taken back. Another release can be proposed."))


@post("/{release_id:uuid}/revert", status_code=200, guards=[requires("agenda.edit")])
async def revert(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    release_id: FromPath[UUID],
) -> Response[Any]:
    """Copy it into the working copy."""
    await read_form(request)
    await _found(edition, release_id)
    await releases.revert_to(release_id, by=actor)
    return redirect(
        LIST,
        said=_("The working copy is as it was in that release. Guests see it once you release it again."),
    )


async def _index(
    request: AnyRequest, actor: Actor, edition: EditionView, given: Form | None = None
) -> Response[Any]:
    all_releases = await releases.list_releases(edition.id)
    changes = await publishing.working_difference(edition.id)
    note = given.one("note") if given else ""
    return await show(
        request,
        "organiser/releases/index.html",
        status=422 if given else 200,
        actor=actor,
        edition=edition,
        current="agenda",
        releases=all_releases,
        in_force=next((one for one in all_releases if one.is_current), None),
        on_its_way=next((one for one in all_releases if one.is_on_its_way), None),
        changes=changes,
        told=await publishing.preview(edition.id, changes),
        standing=len(await warned.blocking(edition.id)),
        needs_second=await releases.needs_second(edition.id),
        note=note,
        lapsed=bool(given and given.lapsed),
        too_long=len(note) > LONGEST_NOTE,
        longest=LONGEST_NOTE,
        states=STATE_WORDS,
        **await _words(edition),
    )


async def _one(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    release_id: UUID,
    given: Form | None = None,
    error: LazyText | None = None,
    *,
    field: str = "at",
) -> Response[Any]:
    release = await _found(edition, release_id)
    changes = await publishing.release_difference(release)
    needs_second = await releases.needs_second(edition.id)
    return await show(
        request,
        "organiser/releases/show.html",
        status=422 if given else 200,
        actor=actor,
        edition=edition,
        current="agenda",
        release=release,
        changes=changes,
        told=await publishing.preview(edition.id, changes) if release.is_on_its_way else None,
        own=needs_second and actor.id == release.proposed_by,
        given={name: given.one(name) if given else "" for name in ("day", "clock", "reason")},
        errors={field: error} if error else {},
        lapsed=bool(given and given.lapsed),
        days=days(edition.today, edition.last_day)[:60]
        if edition.today <= edition.last_day
        else [edition.today],
        states=STATE_WORDS,
        **await _words(edition),
    )


async def _words(edition: EditionView) -> dict[str, Any]:
    """What the list of changes needs: words of its kinds and fields, and the names of rooms."""
    rooms = {room.id: room.name for venue in await list_venues(edition.id) for room in venue.rooms}
    return {"kinds": CHANGE_WORDS, "fields": FIELD_WORDS, "rooms": rooms, "grouped": grouped}


def grouped(changes: Sequence[SessionChange]) -> Mapping[str, list[SessionChange]]:
    """The changes by kind, in the order in which kinds are named."""
    return {kind: some for kind in CHANGE_WORDS if (some := [one for one in changes if one.kind == kind])}


async def _found(edition: EditionView, release_id: UUID) -> ReleaseView:
    """A release of the chosen edition; those of others are not found."""
    release = await releases.get_release(release_id)
    if release.edition != edition.id:
        raise NoSuchRelease
    return release


def _moment(given: Form, edition: EditionView) -> tuple[datetime | None, LazyText | None]:
    """The time of publication, None for now; or what is wrong with it."""
    if given.one("when") != "later":
        return None, None
    try:
        day = date.fromisoformat(given.one("day"))
        return rules.moment(day, given.one("clock"), edition.zone), None
    except (ValueError, OverflowError):
        return None, _("Give a day and a time, such as 18:00.")


def _said(told: publishing.Told) -> str:
    sessions = ngettext("%(n)d session changed", "%(n)d sessions changed", told.sessions)
    people = ngettext("%(n)d person is told", "%(n)d people are told", told.people)
    return str(_("Published: %(sessions)s, %(people)s.")) % {"sessions": sessions, "people": people}


router = Router(
    "/releases",
    route_handlers=[index, propose, one, approve, publish, decline, withdraw, revert],
    guards=[requires("agenda.view")],
)
