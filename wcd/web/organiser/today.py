"""The first page: what needs somebody now, numbers, what colleagues did."""

from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.editions.queries import EditionView
from wcd.reports import agenda, today
from wcd.web.organiser import history
from wcd.web.organiser.frame import show
from wcd.web.pages import AnyRequest


@get("/")
async def page(
    request: AnyRequest, actor: NamedDependency[Actor], edition: NamedDependency[EditionView]
) -> Response[Any]:
    """Today."""
    numbers = await today.numbers(edition)
    until = (edition.first_day - edition.today).days
    return await show(
        request,
        "organiser/today/show.html",
        actor=actor,
        edition=edition,
        current="today",
        numbers=numbers,
        agenda=await agenda.numbers(edition.id) if actor.may("agenda.view") else None,
        tasks=await today.list_tasks(edition.id),
        ready=await today.is_set_up(edition.id),
        until=until,
        is_over=edition.today > edition.last_day,
        entries=await history.worded(await audit.recent(edition.id, limit=200), together=True)
        if actor.may("audit.view")
        else [],
    )


router = Router("/", route_handlers=[page])
