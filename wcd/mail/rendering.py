"""A letter's words: subject, text and HTML in the reader's language, the last two from one template."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from babel.dates import get_timezone_location
from jinja2 import Environment, Template

from wcd.core.config import settings
from wcd.core.i18n import Bilingual, get_locale, gettext, use_locale
from wcd.core.templating import environment
from wcd.editions.queries import EditionView
from wcd.mail import links
from wcd.mail.kinds import KINDS

_ACCENT = "#0b5cad"
_MAKERS: dict[str, Callable[[UUID, int], str]] = {
    "address_to_confirm": links.confirm_link,
    "draft_link": links.draft_link,
}
"""Kinds whose link is not the one to the guest's pages."""


class Rendered(msgspec.Struct, frozen=True):
    """A letter ready to be sent. Text and HTML say the same."""

    subject: str
    text: str
    html: str


class LetterSession(msgspec.Struct, frozen=True):
    """A session as letters speak of it."""

    title_zh: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    place_zh: str = ""
    place_en: str = ""
    state: str = ""

    @property
    def title(self) -> Bilingual:
        """Its title in both languages."""
        return Bilingual(self.title_zh, self.title_en)

    @property
    def place(self) -> Bilingual:
        """Where it is held, or where it leaves from."""
        return Bilingual(self.place_zh, self.place_en)


class LetterChange(LetterSession, frozen=True):
    """What a release did to a session: ``what``, how it was where that changed, and what else changed."""

    what: str = ""
    was_starts_at: datetime | None = None
    was_ends_at: datetime | None = None
    was_place_zh: str = ""
    was_place_en: str = ""
    was_title_zh: str = ""
    was_title_en: str = ""
    also: tuple[str, ...] = ()

    @property
    def was_place(self) -> Bilingual:
        """Where it was to be held."""
        return Bilingual(self.was_place_zh, self.was_place_en)

    @property
    def was_title(self) -> Bilingual:
        """What it was called."""
        return Bilingual(self.was_title_zh, self.was_title_en)


class LetterGuest(msgspec.Struct, frozen=True):
    """One of several registrations on one address, with its own link."""

    name: str
    state: str
    link: str


_SHAPES: dict[str, Any] = {
    "session": LetterSession,
    "wishes": list[LetterSession],
    "changes": list[LetterChange],
    "clashes": list[tuple[LetterSession, LetterSession]],
}
"""Values of a context that are more than text, and what the templates see of them."""


def render(
    kind: str,
    context: Mapping[str, Any],
    *,
    locale: str,
    edition: EditionView | None,
    attached: bool = False,
    with_links: bool = True,
) -> Rendered:
    """The letter of this kind. ``with_links`` off: as organisers may see it, without the reader's personal link."""
    with use_locale(locale):
        values = _values(kind, context, edition, with_links=with_links) | {"attached": attached}
        html = environment().get_template(f"mail/{kind}.html")
        text = _plain().get_template(f"mail/{kind}.html")
        return Rendered(
            subject=" ".join(_block(text, "subject", values).split()),
            text=_tidy(text.render(values, layout="mail/layouts/letter.txt", parts="mail/layouts/parts.txt")),
            html=html.render(values, layout="mail/layouts/letter.html", parts="mail/layouts/parts.html"),
        )


@cache
def _plain() -> Environment:
    """The same templates for plain text: nothing is escaped."""
    return environment().overlay(autoescape=False)


def _block(template: Template, name: str, values: dict[str, Any]) -> str:
    return "".join(template.blocks[name](template.new_context(values)))


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def _values(
    kind: str, context: Mapping[str, Any], edition: EditionView | None, *, with_links: bool
) -> dict[str, Any]:
    """What the template sees: the context with times and links made, what is left out as empty, and the forum."""
    known = KINDS[kind]
    values: dict[str, Any] = dict.fromkeys(known.may, "") | dict(context)
    values["name"] = values.get("name", "")
    for word, shape in _SHAPES.items():
        if word in values:
            values[word] = msgspec.convert(values[word] or [], shape)
    if "starts_at" in values:
        values["starts_at"] = datetime.fromisoformat(values["starts_at"])
    if "guests" in values:
        values["guests"] = [
            LetterGuest(one["name"], one.get("state", ""), _shown(_guest_link(kind, one), with_links))
            for one in values["guests"]
        ]
    elif "guest_id" in values:
        values["link"] = _shown(_guest_link(kind, values), with_links)
    if "proposal_id" in values:
        made = links.proposal_link(UUID(values["proposal_id"]), values["link_version"])
        values["link"] = _shown(made, with_links)
        values["title"] = Bilingual(values["title_zh"], values["title_en"])
    if "speaker_id" in values:
        made = links.speaker_link(UUID(values["speaker_id"]), values["link_version"])
        values["link"] = _shown(made, with_links)
        values["sessions"] = [Bilingual(one["title_zh"], one["title_en"]) for one in values["sessions"]]
    if "link_id" in values:
        values["link"] = _shown(links.staff_link(UUID(values["link_id"])), with_links)
    return values | _forum(edition)


def _guest_link(kind: str, values: Mapping[str, Any]) -> str:
    return _MAKERS.get(kind, links.personal_link)(UUID(values["guest_id"]), values["link_version"])


def _shown(link: str, with_links: bool) -> str:
    """An organiser who looks at a letter must not get the way into a guest's pages."""
    return link if with_links else link.rsplit("/", 1)[0] + "/…"


def _forum(edition: EditionView | None) -> dict[str, Any]:
    if edition is None:
        name = gettext("World Cities Day Forum")
        return {"edition": None, "forum": name, "forum_short": name, "accent": _ACCENT, "home": _home(None)}
    return {
        "edition": edition,
        "forum": edition.name.local,
        "forum_short": edition.short_name.local,
        "accent": edition.accent or _ACCENT,
        "home": _home(edition),
        "zone_words": zone_words(edition.zone),
    }


def _home(edition: EditionView | None) -> str:
    start = f"{settings().base_url}/{get_locale()}"
    return f"{start}/" if edition is None or edition.is_current else f"{start}/editions/{edition.code}/"


def zone_words(zone: str) -> str:
    """Whose time it is: Shanghai time, 上海时间."""
    return gettext(
        "%(city)s time", city=get_timezone_location(ZoneInfo(zone), locale=get_locale(), return_city=True)
    )
