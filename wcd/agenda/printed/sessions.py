"""The sessions of a day in the booklet: time in the spine, title, what a reader must know, summary, items with people."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

import msgspec

from wcd.agenda import rules
from wcd.agenda.facts import ItemFacts, PartFacts, SessionFacts
from wcd.agenda.printed import words
from wcd.agenda.printed.facts import Person, Programme
from wcd.agenda.printed.setting import CARE, HAIRLINE, INK, INK_2, INK_3, Piece, Setter, bracketed
from wcd.agenda.printed.words import said
from wcd.core.i18n import Bilingual
from wcd.core.i18n import lazy_gettext as _
from wcd.paper.faces import BOLD, REGULAR
from wcd.paper.flow import Row, after, hold_together, lead_to
from wcd.paper.pages import Pen
from wcd.paper.paragraphs import Span

PLAIN_ITEMS = ("speech", "address")
"""Items whose kind their title and their speaker tell."""


def place_of(session: SessionFacts) -> str:
    """The name of the place in the document where a session is."""
    return f"session-{session.code}"


def place_of_person(person: Person) -> str:
    """The name of the place where somebody is introduced."""
    return f"person-{person.code}"


def place_of_part(person: UUID, session: SessionFacts) -> str:
    """The name of the place where somebody stands in a session."""
    return f"part-{person}-{session.code}"


def day_rows(setter: Setter, programme: Programme, day: date, sessions: Sequence[SessionFacts]) -> list[Row]:
    """A day: its name, and its sessions one under the other."""
    heading = setter.heading(lambda locale: words.day_name(day, locale))
    rows = after(0, lead_to(heading), (f"day-{day}",))
    for session in sessions:
        rows += session_rows(setter, programme, session)
    return rows


def session_rows(setter: Setter, programme: Programme, session: SessionFacts) -> list[Row]:
    """One session, from its hairline to its last person."""
    indent = setter.sheet.spine
    head = setter.field(
        partial(_title, setter, session), 1.25, weight=BOLD, indent=indent, leading=1.32, even=False
    )
    head += setter.field(partial(_facts, setter, programme, session), 0.9, indent=indent, even=False)
    if session.hosts and session.state != rules.CALLED_OFF:
        head += setter.field(partial(_hosts, setter, session), 0.9, indent=indent, even=False)
    times = [
        *setter.lines([Span(words.clock(programme.start(session)), BOLD)], indent, 1.25, leading=1.32),
        *setter.lines([Span(words.clock(programme.end(session)), REGULAR, INK_3)], indent, 0.95),
    ]
    head = in_spine(head, times)
    rule = setter.rule(0.15, HAIRLINE, below=1.6)
    rows = after(2.6, lead_to([rule, *head]), (place_of(session),))
    if session.state == rules.CALLED_OFF:
        return [*rows[:-1], msgspec.structs.replace(rows[-1], with_next=False)]
    body = _body(setter, programme, session, indent)
    if not body:
        rows[-1] = msgspec.structs.replace(rows[-1], with_next=False)
    return rows + body


def in_spine(rows: list[Row], pieces: list[Piece], size: float = 0.0) -> list[Row]:
    """The rows with these lines at their left, each beside a row of its own."""
    found = list(rows)
    for n, piece in enumerate(pieces):
        if n < len(found):
            found[n] = _with_piece(found[n], piece)
        else:
            found.append(Row(max(piece.height, size), piece.draw))
    return found


def _with_piece(row: Row, piece: Piece) -> Row:
    def draw(pen: Pen, x: float, y: float) -> None:
        piece.draw(pen, x, y)
        row.draw(pen, x, y)

    return msgspec.structs.replace(row, height=max(row.height, piece.height), draw=draw)


def _title(setter: Setter, session: SessionFacts, locale: str) -> list[Span]:
    title = setter.text(session.title, locale, weight=BOLD)
    if session.state == rules.CALLED_OFF:
        return [Span(bracketed(said(words.CALLED_OFF, locale), locale), BOLD, CARE), *title]
    return title


def _facts(setter: Setter, programme: Programme, session: SessionFacts, locale: str) -> list[Span]:
    """Kind, place, languages, and how one gets in, in one paragraph of small type."""
    parts = [where(setter, programme, session, locale)]
    if session.kind not in rules.PAUSES:
        goals = f"SDG {words.listed(map(str, session.sdgs), locale)}" if session.sdgs else ""
        way_in = said(words.WAYS_IN[session.booking], locale)
        parts = [said(words.KINDS[session.kind], locale), *parts, *languages(session, locale), way_in, goals]
    return in_units(parts, locale)


def in_units(parts: Iterable[str], locale: str) -> list[Span]:
    """Things of different kinds in one paragraph; in Chinese a line ends between two of them."""
    gap = "　" if locale == "zh" else " · "
    there = [part for part in parts if part]
    return [
        Span(part + gap * (n < len(there) - 1), REGULAR, INK_2, "", locale == "zh")
        for n, part in enumerate(there)
    ]


def where(setter: Setter, programme: Programme, session: SessionFacts, locale: str) -> str:
    """The room with its floor, or the meeting point."""
    room = programme.rooms.get(session.room) if session.room else None
    if room is None:
        return plain(setter, session.meeting_point, locale)
    name, floor = plain(setter, room.name, locale), plain(setter, room.floor, locale)
    venue = programme.venue_of(room)
    parts = [name, floor]
    if venue is not programme.venues[0]:
        parts.append(plain(setter, venue.name, locale))
    return words.listed(parts, locale) if locale == "en" else "，".join(part for part in parts if part)


def plain(setter: Setter, text: Bilingual, locale: str) -> str:
    """A short text in a language, or the mark that it is missing and the other one."""
    return "".join(span.text for span in setter.text(text, locale))


def languages(session: SessionFacts, locale: str) -> list[str]:
    """What is spoken, and into what it is interpreted."""
    spoken = words.listed((said(words.LANGUAGES[code], locale) for code in session.languages), locale)
    into = words.listed((said(words.LANGUAGES[code], locale) for code in session.interpretation), locale)
    return [spoken, words.labelled(_("Interpretation"), into, locale)]


def _body(setter: Setter, programme: Programme, session: SessionFacts, indent: float) -> list[Row]:
    rows: list[Row] = []
    summary = setter.field(lambda locale: setter.text(session.summary, locale), indent=indent)
    rows += after(1.0, hold_together(summary))
    whole = [part for part in session.people if part.item is None]
    people = _people(setter, programme, session, whole, indent, with_role=True)
    rows += after(1.0, people)
    times = rules.item_times(programme.start(session), [item.minutes for item in session.items])
    for item, at in zip(session.items, times, strict=True):
        rows += after(1.3, _item(setter, programme, session, item, words.clock(at)))
    return rows


def _hosts(setter: Setter, session: SessionFacts, locale: str) -> list[Span]:
    names = words.listed((plain(setter, host.name, locale) for host in session.hosts), locale)
    return [Span(words.labelled(_("Hosts"), names, locale), REGULAR, INK_2)]


def _item(setter: Setter, programme: Programme, session: SessionFacts, item: ItemFacts, at: str) -> list[Row]:
    indent = setter.sheet.spine
    title = setter.field(partial(_item_title, setter, item), indent=indent)
    title = in_spine(title, setter.lines([Span(at, REGULAR, INK_3)], indent, 0.95))
    parts = [part for part in session.people if part.item == item.id]
    alone = item.kind in PLAIN_ITEMS and len(parts) == 1 and parts[0].role in (rules.SPEAKER, rules.ADDRESS)
    people = _people(setter, programme, session, parts, indent, with_role=not alone)
    rows = [*title, *people]
    return [*lead_to(rows[:-1]), rows[-1]] if len(rows) <= 6 else [*lead_to(title), *people]


def _item_title(setter: Setter, item: ItemFacts, locale: str) -> list[Span]:
    title = setter.text(item.title, locale)
    kind = said(words.ITEMS[item.kind], locale) if item.kind in words.ITEMS else ""
    said_already = kind.casefold() in "".join(span.text for span in title).casefold()
    if not kind or (title and (item.kind in PLAIN_ITEMS or said_already)):
        return title
    if not title:
        return [Span(kind)]
    return [Span(kind + ("　" if locale == "zh" else " · "), REGULAR, INK_3), *title]


def _people(
    setter: Setter,
    programme: Programme,
    session: SessionFacts,
    parts: Sequence[PartFacts],
    indent: float,
    *,
    with_role: bool,
) -> list[Row]:
    rows: list[Row] = []
    for part in parts:
        person = programme.people.get(part.speaker)
        if person is None:
            continue
        role = part.role if with_role else ""
        field = setter.field(partial(_person, setter, person, role), 0.93, indent=indent, even=False)
        rows += after(0, hold_together(field), (place_of_part(person.id, session),))
    return rows


def _person(setter: Setter, person: Person, role: str, locale: str) -> list[Span]:
    first, second = person.names(locale)
    spans = []
    if role:
        spans.append(
            Span(said(words.ROLES[role], locale) + ("　" if locale == "zh" else ": "), REGULAR, INK_3)
        )
    spans.append(Span(first, BOLD, INK, place_of_person(person)))
    spans += other_name(second)
    does = post_and_body(setter, person, locale)
    if does:
        spans.append(Span(("　" if locale == "zh" else ", ") + does, REGULAR, INK_2))
    return spans


def other_name(name: str) -> list[Span]:
    """A name after the first one. The space stands alone: within a name from right to left it would be at its end."""
    return [Span(" "), Span(name, REGULAR, INK_2)] if name else []


def post_and_body(setter: Setter, person: Person, locale: str) -> str:
    """滨江城市研究院研究员 or Research Fellow, Riverside Institute."""
    post, body = plain(setter, person.post, locale), plain(setter, person.body, locale)
    return "　".join(filter(None, (body, post))) if locale == "zh" else ", ".join(filter(None, (post, body)))
