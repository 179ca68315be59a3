"""Who comes in: the staff member of a request, and what they may do."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from wcd.accounts.sign_ins import find_signed_in
from wcd.actors.actors import Actor
from wcd.core.errors import Forbidden, Refusal
from wcd.core.i18n import lazy_gettext as _
from wcd.web.cookies import STAFF, get_cookie

Connection = ASGIConnection[Any, Any, Any, Any]


class SignInNeeded(Refusal):
    """The page is for staff, and nobody is signed in: the answer is a way to sign in."""

    code = "sign_in_needed"
    says = _("Please sign in.")


async def signed_in(connection: Connection) -> Actor | None:
    """Who is signed in on this browser; asked once per request."""
    state = connection.scope["state"]
    if "signed_in" not in state:
        token = get_cookie(connection, STAFF)
        state["signed_in"] = await find_signed_in(token) if token else None
    found: Actor | None = state["signed_in"]
    return found


async def staff(connection: Connection) -> Actor:
    """Who is signed in, or a refusal that leads to the sign-in page."""
    found = await signed_in(connection)
    if found is None:
        raise SignInNeeded
    return found


def requires(*permissions: str) -> Guard:
    """A guard: the signed-in staff member needs every one of these."""

    async def guard(connection: Connection, _handler: BaseRouteHandler) -> None:
        actor = await staff(connection)
        if not all(actor.may(permission) for permission in permissions):
            raise Forbidden

    return guard
