"""Who comes: the guest of a personal link, kept in a cookie, or somebody with a registration begun."""

from typing import Any
from uuid import UUID

from litestar import Response
from litestar.datastructures import Cookie
from litestar.di import NamedDependency

from wcd.actors.actors import Actor
from wcd.actors.actors import guest as guest_actor
from wcd.core import signing
from wcd.core.errors import Refusal
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.queries import EditionView, edition_by_id
from wcd.registration.errors import LinkNoLongerHolds
from wcd.registration.queries import find_draft, guest_of_link
from wcd.registration.views import Draft, GuestFile
from wcd.web.cookies import DRAFT, GUEST, get_cookie, make_cookie
from wcd.web.pages import AnyRequest, redirect

DRAFT_SECONDS = 30 * 86_400
GUEST_SECONDS = 180 * 86_400


class LinkNeeded(Refusal):
    """The page is a guest's own, and no personal link was followed on this browser."""

    code = "link_needed"
    says = _("These pages open with your personal link.")


async def signed_guest(request: AnyRequest) -> GuestFile:
    """The guest whose link was followed on this browser."""
    try:
        return await guest_of_link(get_cookie(request, GUEST))
    except LinkNoLongerHolds:
        raise LinkNeeded from None


async def own_edition(me: NamedDependency[GuestFile]) -> EditionView:
    """The edition for which the guest is registered. Depends on ``me``: both ask the database."""
    return await edition_by_id(me.edition)


async def acting_guest(me: NamedDependency[GuestFile]) -> Actor:
    """The guest as the one who acts."""
    return guest_actor(me.id)


def to_link(_request: AnyRequest, _refusal: LinkNeeded) -> Response[Any]:
    """Where a link can be asked for."""
    return redirect("/my/link")


def guest_cookie(guest_id: UUID, link_version: int) -> Cookie:
    """Keeps the personal link on this browser."""
    return make_cookie(GUEST, signing.sign("my", guest_id, link_version), seconds=GUEST_SECONDS)


def draft_token(guest_id: UUID, link_version: int = 1) -> str:
    """What says whose registration is being filled in: in the cookie, and in each form for those without it."""
    return signing.sign("draft", guest_id, link_version)


def draft_cookie(token: str) -> Cookie:
    """Keeps the registration begun on this browser."""
    return make_cookie(DRAFT, token, seconds=DRAFT_SECONDS)


def meant_draft(request: AnyRequest, token: str) -> tuple[UUID, int] | None:
    """Whose registration a form is about, and by which version of the link; None for what is no token of ours.

    Where another tab has changed the mail address since, the browser's cookie is newer than the form.
    """
    named, kept = signing.read("draft", token), signing.read("draft", get_cookie(request, DRAFT))
    if named and kept and named[0] == kept[0]:
        return max(named, kept)
    return named or kept


async def begun(request: AnyRequest, edition: EditionView, token: str = "") -> Draft | None:
    """The registration begun on this browser (or named by a form's token), in whatever state it is by now."""
    meant = signing.read("draft", token or get_cookie(request, DRAFT))
    draft = await find_draft(meant[0]) if meant else None
    if draft is None or draft.edition != edition.id or (meant and draft.link_version != meant[1]):
        return None
    return draft
