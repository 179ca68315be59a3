"""What blocks a release: whether a second person approves, and for each kind of warning whether it must be gone."""

from typing import Any

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency

from wcd.actors.actors import Actor
from wcd.agenda import policy
from wcd.agenda.policy import Policy
from wcd.agenda.warnings.kinds import KINDS
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.queries import EditionView
from wcd.registration import warned
from wcd.web.forms import read_form
from wcd.web.guards import requires
from wcd.web.organiser.frame import show
from wcd.web.organiser.warning_words import KIND_WORDS
from wcd.web.pages import AnyRequest, redirect

PAGE = "/organiser/agenda-settings"


@get("/")
async def settings(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """What the edition has decided, and how many warnings of each kind there are now."""
    return await _page(request, actor, edition, await policy.policy_of(edition.id))


@post("/", status_code=200)
async def change(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Decide anew."""
    given = await read_form(request, may_lapse=True)
    wanted = Policy(given.one("needs_second") == "1", frozenset(KINDS) & frozenset(given.all("blocks")))
    if given.lapsed:
        return await _page(request, actor, edition, wanted, lapsed=True)
    await policy.change_policy(edition.id, wanted, by=actor)
    return redirect(PAGE, said=_("It is saved."))


async def _page(
    request: AnyRequest, actor: Actor, edition: EditionView, chosen: Policy, *, lapsed: bool = False
) -> Response[Any]:
    found = msgspec.structs.replace(await warned.of_edition(edition.id), policy=chosen)
    return await show(
        request,
        "organiser/warnings/settings.html",
        status=422 if lapsed else 200,
        actor=actor,
        edition=edition,
        current="agenda",
        chosen=chosen,
        kinds=KIND_WORDS,
        counts={kind: sum(one.kind == kind and one.in_release for one in found.found) for kind in KINDS},
        standing=len(found.blocking),
        lapsed=lapsed,
    )


router = Router("/agenda-settings", route_handlers=[settings, change], guards=[requires("agenda.release")])
