"""The people in the booklet: the speakers with biography and portrait, and the index of everybody on stage."""

from functools import partial
from itertools import groupby

import msgspec

from wcd.agenda.facts import SessionFacts
from wcd.agenda.printed import words
from wcd.agenda.printed.facts import Person, Programme
from wcd.agenda.printed.sessions import other_name, place_of_part, place_of_person, post_and_body
from wcd.agenda.printed.setting import HAIRLINE, INK_2, INK_3, Pictures, Setter, beside
from wcd.agenda.printed.words import said
from wcd.core.i18n import lazy_gettext as _
from wcd.core.names import fold
from wcd.paper.faces import BOLD, REGULAR
from wcd.paper.flow import Frame, PageOf, Row, after, hold_together, lead_to
from wcd.paper.pages import MM, Pen
from wcd.paper.paragraphs import Span

_PORTRAIT = 1.25
"""Its height, where its width is 1."""


def in_order(people: list[Person], locale: str) -> list[Person]:
    """By pinyin for Chinese readers, by Latin name for others."""
    if locale == "zh":
        return sorted(people, key=lambda person: (person.sort_key, person.code))
    return sorted(people, key=lambda person: (fold(person.latin_name or person.native_name), person.sort_key))


def initial(person: Person, locale: str) -> str:
    """The letter under which somebody stands."""
    key = person.sort_key if locale == "zh" else fold(person.latin_name or person.native_name)
    return key[:1].upper() if key[:1].isascii() and key[:1].isalpha() else "#"


def parts_of(programme: Programme) -> dict[str, list[SessionFacts]]:
    """For each person's code the sessions in which they appear."""
    found: dict[str, list[SessionFacts]] = {}
    for session in programme.sessions:
        if session.state == "called_off":
            continue
        for speaker in dict.fromkeys(part.speaker for part in session.people):
            if person := programme.people.get(speaker):
                found.setdefault(person.code, []).append(session)
    return found


def speaker_rows(setter: Setter, programme: Programme, portraits: Pictures) -> list[Row]:
    """Everybody on stage, with post, body, short biography, and the pages of their sessions."""
    rows = after(0, lead_to(setter.heading(lambda locale: said(_("Speakers"), locale))), ("speakers",))
    sessions = parts_of(programme)
    people = in_order([one for one in programme.on_stage if one.code in sessions], setter.locales[-1])
    indent = setter.sheet.spine if any(person.portrait for person in people) else 0.0
    for person in people:
        rows += _speaker(setter, person, sessions[person.code], indent, portraits)
    return rows


def _speaker(
    setter: Setter, person: Person, sessions: list[SessionFacts], indent: float, portraits: Pictures
) -> list[Row]:
    name = setter.field(partial(_name, person), 1.15, indent=indent, leading=1.35, even=False)
    does = setter.field(
        lambda locale: [Span(post_and_body(setter, person, locale), REGULAR, INK_2)],
        0.93,
        indent=indent,
        even=False,
    )
    told = setter.field(lambda locale: setter.text(person.biography, locale), indent=indent)
    pages = _pages_row(setter, person, sessions, indent)
    rows = [*lead_to([*name, *does]), *lead_to(told[-1:] if len(told) == 1 else hold_together(told)), pages]
    if len(told) > 1:
        rows[-2] = msgspec.structs.replace(rows[-2], with_next=True)
    if person.portrait and (jpeg := portraits(person.portrait)):
        rows = _with_portrait(setter, rows, person, jpeg, indent)
    rule = setter.rule(0.15, HAIRLINE, below=1.3)
    return after(2.2, [*lead_to([rule]), *rows], (place_of_person(person),))


def _name(person: Person, locale: str) -> list[Span]:
    first, second = person.names(locale)
    return [Span(first, BOLD), *other_name(second)]


def _pages_row(setter: Setter, person: Person, sessions: list[SessionFacts], indent: float) -> Row:
    """Where they appear; the numbers are known when the row is drawn."""
    height = setter.leading("zh") * 0.88 * setter.base / MM

    def draw(pen: Pen, x: float, y: float) -> None:
        marks = {
            setter.places[place_of_part(person.id, one)]: place_of_part(person.id, one) for one in sessions
        }
        for column in setter.columns(indent):
            pieces = setter.lines(_page_list(marks, column.locale), column.width, 0.88, even=False)
            pieces[0].draw(pen, x + column.x, y)

    return Row(height, draw)


def _page_list(marks: dict[int, str], locale: str) -> list[Span]:
    """第12、24页 or Pages 12, 24, each number leading there."""
    spans = [Span("第" if locale == "zh" else "Page " if len(marks) == 1 else "Pages ", REGULAR, INK_3)]
    for n, (page, mark) in enumerate(sorted(marks.items())):
        if n:
            spans.append(Span("、" if locale == "zh" else ", ", REGULAR, INK_3))
        spans.append(Span(str(page), REGULAR, INK_3, mark))
    return [*spans, Span("页", REGULAR, INK_3)] if locale == "zh" else spans


def _with_portrait(setter: Setter, rows: list[Row], person: Person, jpeg: bytes, indent: float) -> list[Row]:
    """The portrait beside the first rows, which stay together as long as it is high."""
    wide = indent - 2.5
    tall = wide * _PORTRAIT
    first = rows[0]

    def draw(pen: Pen, x: float, y: float) -> None:
        name = setter.document.picture(("portrait", person.portrait), lambda: jpeg)
        pen.picture(name, x, y + 0.6, wide, tall)
        first.draw(pen, x, y)

    filled, rows = 0.0, [msgspec.structs.replace(first, draw=draw), *rows[1:]]
    for n, row in enumerate(rows):
        filled += row.height
        if filled < tall + 0.6 and n < len(rows) - 1:
            rows[n] = msgspec.structs.replace(row, with_next=True)
    if filled < tall + 0.6:
        rows[-1] = msgspec.structs.replace(rows[-1], height=rows[-1].height + tall + 0.6 - filled)
    return rows


def index_frame(setter: Setter) -> Frame:
    """Two columns, three where the sheet is wide."""
    count = 2 if setter.sheet.code == "a5" else 3
    width = index_width(setter)
    columns = tuple(setter.sheet.margin + n * (width + setter.sheet.gap) for n in range(count))
    return Frame(setter.sheet.top, setter.sheet.bottom, columns)


def index_width(setter: Setter) -> float:
    """The width of a column of the index."""
    count = 2 if setter.sheet.code == "a5" else 3
    return (setter.sheet.inner - (count - 1) * setter.sheet.gap) / count


def index_rows(setter: Setter, programme: Programme, page_of: PageOf) -> list[Row]:
    """Everybody on stage by letter, with the pages on which they appear and are introduced."""
    locale, width = setter.locales[-1], index_width(setter)
    rows: list[Row] = [*lead_to(_index_heading(setter, width))]
    sessions = parts_of(programme)
    people = in_order([one for one in programme.on_stage if one.code in sessions], locale)
    for letter, group in groupby(people, key=lambda person: initial(person, locale)):
        rows += after(
            2.4, lead_to(beside([(0, setter.lines(letter, width, 1.05, weight=BOLD, leading=1.5))]))
        )
        for person in group:
            places = [
                place_of_person(person),
                *(place_of_part(person.id, one) for one in sessions[person.code]),
            ]
            marks = {page_of(place): place for place in reversed(places)}
            first, second = person.names(locale)
            spans = [Span(first), *other_name(second), Span("  ", REGULAR, INK_3)]
            for n, (page, mark) in enumerate(sorted(marks.items())):
                spans += [Span(", ", REGULAR, INK_2)] * bool(n) + [Span(str(page), REGULAR, INK_2, mark)]
            rows += hold_together(
                beside([(0, setter.lines(spans, width, 0.9, leading=1.5, even=False))]), first=4, last=4
            )
    return rows


def _index_heading(setter: Setter, width: float) -> list[Row]:
    title = " ".join(said(_("Index of people"), locale) for locale in setter.locales)
    lines = beside([(0, setter.lines(title, width, 1.6, weight=BOLD, leading=1.3, even=False))])
    how = words.parted(
        (
            said(_("By pinyin") if setter.locales == ("zh",) else _("By Latin name"), one)
            for one in setter.locales
        ),
        setter.locales[-1],
    )
    return after(
        0, [*lines, *beside([(0, setter.lines([Span(how, REGULAR, INK_3)], width, 0.88))])], ("index",)
    )
