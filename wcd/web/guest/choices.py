"""What guests choose from while registering: categories, and sessions as a part of a page that is the same for all."""

from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from markupsafe import Markup

from wcd.agenda.queries import list_sessions
from wcd.agenda.rules import CONFIRMED
from wcd.core.clock import now, today
from wcd.core.i18n import get_locale
from wcd.editions.queries import EditionView, newest_page
from wcd.editions.texts import NOTICE
from wcd.registration.categories import CategoryView, list_categories
from wcd.registration.rules import has_begun
from wcd.web.pages import render

MOST_KEPT = 12


class Choices(msgspec.Struct, frozen=True):
    """The part of the page, and the version of the notice to which a guest consents (0: there is none)."""

    part: Markup
    notice: int


_kept: dict[tuple[UUID, int, str, str], Choices] = {}
_kept_categories: dict[tuple[UUID, int], list[CategoryView]] = {}


async def choices(edition: EditionView, chosen: list[str]) -> Choices:
    """Made once per published number, language and day; made anew for who has chosen something already."""
    key = (edition.id, edition.published, get_locale(), today(edition.zone).isoformat())
    kept = _kept.get(key)
    if kept is not None and not chosen:
        return kept
    made = await _make(edition, chosen)
    if not chosen:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = made
    return made


async def public_categories(edition: EditionView) -> list[CategoryView]:
    """What guests may register as; asked for once per published number."""
    key = (edition.id, edition.published)
    if key not in _kept_categories:
        if len(_kept_categories) >= MOST_KEPT:
            _kept_categories.clear()
        _kept_categories[key] = await list_categories(edition.id, public=True)
    return _kept_categories[key]


async def _make(edition: EditionView, chosen: list[str]) -> Choices:
    at = now()
    cards = [
        card
        for card in await list_sessions(edition.id)
        if card.is_bookable and card.state == CONFIRMED and not has_begun(card, at)
    ]
    zone = ZoneInfo(edition.zone)
    days = [
        (day, list(some)) for day, some in groupby(cards, lambda card: card.starts_at.astimezone(zone).date())
    ]
    notice = await newest_page(edition.id, NOTICE)
    part = render("guest/register/choices.html", edition=edition, days=days, chosen=set(chosen))
    return Choices(Markup(part), notice.version if notice else 0)  # noqa: S704 - our own template, escaped there


def forget() -> None:
    """Make everything anew: for tests."""
    _kept.clear()
    _kept_categories.clear()
