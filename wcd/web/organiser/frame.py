"""What every organiser page has: who is signed in, the edition at hand, the menu with what this person may open."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response
from litestar.di import NamedDependency

from wcd.actors.actors import Actor
from wcd.core.errors import Refusal
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.queries import EditionView, edition_by_id
from wcd.reports import today
from wcd.web.guards import Connection, staff
from wcd.web.pages import AnyRequest, is_htmx, page, redirect


class Entry(msgspec.Struct, frozen=True):
    """A line of the menu."""

    name: str
    href: str
    icon: str
    word: LazyText
    needs: str
    waiting: int = 0


MENU = (
    Entry("today", "/organiser", "sun-high", _("Today"), ""),
    Entry("agenda", "/organiser/sessions", "calendar", _("Programme"), "agenda.view"),
    Entry("guests", "/organiser/guests", "users", _("Guests"), "guests.view"),
    Entry("badges", "/organiser/badges", "id-badge-2", _("Badges"), "badges.view"),
    Entry("mail", "/organiser/mail", "mail", _("Mail"), "mail.view"),
    Entry("door", "/organiser/door", "door-enter", _("Door"), "door.view"),
    Entry("audit", "/organiser/audit", "clock", _("History"), "audit.view"),
    Entry("staff", "/organiser/staff", "user-circle", _("Staff"), "staff.manage"),
    Entry("edition", "/organiser/edition", "settings", _("Settings"), "edition.edit"),
)


class NoEditionYet(Refusal):
    """Whoever is signed in has no edition to work on: the answer leads to making one, or says so."""

    code = "no_edition_yet"
    says = _("There is no edition yet in which you have a role. Ask an owner for one.")


async def provide_actor(request: AnyRequest) -> Actor:
    """Who is signed in."""
    return await staff(request)


async def provide_edition(actor: NamedDependency[Actor]) -> EditionView:
    """The edition that was chosen with the sign-in. It waits for the actor: both ask the same connection."""
    if actor.edition_id is None:
        raise NoEditionYet
    return await edition_by_id(actor.edition_id)


async def must_be_signed_in(connection: Connection, _handler: Any) -> None:
    """A guard: somebody is signed in, whatever their roles."""
    await staff(connection)


def on_no_edition(_request: AnyRequest, _refusal: NoEditionYet) -> Response[Any]:
    """Where there is no edition yet, the way is to make one."""
    return redirect("/organiser/editions/new")


async def show(
    request: AnyRequest,
    template: str,
    *,
    actor: Actor,
    edition: EditionView | None,
    current: str,
    status: int = 200,
    **values: Any,
) -> Response[str]:
    """A page of the console with its menu; the menu is not asked for where only a part is swapped."""
    menu = [] if is_htmx(request) or edition is None else await menu_of(actor, edition.id)
    return page(
        request,
        template,
        status=status,
        menu=menu,
        actor=actor,
        edition=edition,
        current=current,
        **values,
    )


async def menu_of(actor: Actor, edition_id: UUID) -> list[Entry]:
    """Only what works, and only what this person may open; with numbers where somebody waits."""
    waiting = await today.count_waiting(edition_id)
    numbers = {"guests": waiting.approvals, "mail": waiting.mails, "door": waiting.conflicts}
    return [
        msgspec.structs.replace(entry, waiting=numbers.get(entry.name, 0))
        for entry in MENU
        if not entry.needs or actor.may(entry.needs)
    ]
