"""The list of warnings: all that does not fit in the working copy, by kind, with the way to each place."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from wcd.actors.actors import Actor
from wcd.core.i18n import LazyText
from wcd.editions.queries import EditionView
from wcd.registration import warned
from wcd.web.guards import requires
from wcd.web.organiser.frame import show
from wcd.web.organiser.warning_words import ADVICE, KIND_WORDS, WordedWarning, worded
from wcd.web.pages import AnyRequest

LIST = "/organiser/warnings"
SHOWN = 40
"""Of each kind; one kind alone is shown whole."""
NO_DAY = "none"
"""In the address: what has no time yet."""


class Group(msgspec.Struct, frozen=True):
    """The warnings of one kind; ``total`` counts those that are not shown, too."""

    kind: str
    word: LazyText
    advice: LazyText
    total: int
    blocks: bool
    shown: list[WordedWarning]
    href: str


class Filters(msgspec.Struct, frozen=True):
    """What the address asks for; what it misspells is not asked for."""

    kind: str
    day: str
    blocking: bool

    def link(self, **changes: Any) -> str:
        """The address of the list with some of it changed."""
        there = msgspec.structs.replace(self, **changes)
        asked = {"kind": there.kind, "day": there.day, "blocking": "1" if there.blocking else ""}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{LIST}?{query}" if query else LIST

    def passes(self, one: WordedWarning, *, but: str = "") -> bool:
        """Whether a warning is asked for; ``but`` leaves one filter aside, for the counts beside its choices."""
        return (
            (but == "kind" or not self.kind or one.kind == self.kind)
            and (but == "day" or not self.day or (one.day or NO_DAY) == self.day)
            and (but == "blocking" or not self.blocking or one.blocks)
        )


@get("/")
async def index(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    kind: FromQuery[str] = "",
    day: FromQuery[str] = "",
    blocking: FromQuery[str] = "",
) -> Response[Any]:
    """All warnings, or those of a kind, of a day, or those that block a release."""
    found = await warned.of_edition(edition.id)
    all_of_them = worded(found, edition.zone)
    known_days = sorted({one.day or NO_DAY for one in all_of_them})
    filters = Filters(kind if kind in KIND_WORDS else "", day if day in known_days else "", blocking == "1")
    kinds = Counter(one.kind for one in all_of_them if filters.passes(one, but="kind"))
    days = Counter(one.day or NO_DAY for one in all_of_them if filters.passes(one, but="day"))
    return await show(
        request,
        "organiser/warnings/index.html",
        actor=actor,
        edition=edition,
        current="agenda",
        groups=_groups(all_of_them, filters, found.policy.blocks),
        total=len(all_of_them),
        blocking=len(found.blocking),
        filters=filters,
        kinds=[(name, word, kinds[name]) for name, word in KIND_WORDS.items() if kinds[name] or name == kind],
        days=[(name, _date(name), days[name]) for name in known_days],
        fitting=sum(filters.passes(one) for one in all_of_them),
    )


def _groups(found: Sequence[WordedWarning], filters: Filters, blocks: frozenset[str]) -> list[Group]:
    groups = []
    for kind, word in KIND_WORDS.items():
        fitting = [one for one in found if one.kind == kind and filters.passes(one)]
        if fitting:
            shown = fitting if filters.kind else fitting[:SHOWN]
            href = filters.link(kind=kind)
            groups.append(Group(kind, word, ADVICE[kind], len(fitting), kind in blocks, shown, href))
    return groups


def _date(day: str) -> date | None:
    return None if day == NO_DAY else date.fromisoformat(day)


router = Router("/warnings", route_handlers=[index], guards=[requires("agenda.view")])
