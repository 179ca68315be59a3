"""The days at a glance: for each day a table of times, titles, rooms and pages."""

from functools import partial

from wcd.agenda import rules
from wcd.agenda.facts import SessionFacts
from wcd.agenda.printed import words
from wcd.agenda.printed.facts import Programme
from wcd.agenda.printed.sessions import place_of, plain
from wcd.agenda.printed.setting import CARE, HAIRLINE, INK, INK_2, INK_3, Piece, Setter, beside, bracketed
from wcd.agenda.printed.words import said
from wcd.core.i18n import lazy_gettext as _
from wcd.paper.faces import BOLD, REGULAR
from wcd.paper.flow import Row, after, hold_together, lead_to
from wcd.paper.pages import Pen
from wcd.paper.paragraphs import Span

GLANCE = _("Days at a glance")
_TIME, _ROOM, _PAGE, _GAP = 0.165, 0.27, 0.06, 2.5
"""Shares of the width; the title takes the rest."""


def glance_rows(setter: Setter, programme: Programme) -> list[Row]:
    """All days, each under its name; a reader finds the page of a session here."""
    rows = after(0, lead_to(setter.heading(lambda locale: said(GLANCE, locale))), ("glance",))
    for day, sessions in programme.days.items():
        name = setter.field(
            partial(words.day_name, day),
            1.25,
            weight=BOLD,
            leading=1.5,
            even=False,
        )
        table = [_row(setter, programme, session) for session in sessions]
        rows += after(5.0, lead_to(name))
        rows += hold_together(table, first=3, last=3)
    return rows


def _row(setter: Setter, programme: Programme, session: SessionFacts) -> Row:
    """One session: everything about it on one height, under a hairline."""
    inner = setter.sheet.inner
    title_x = _TIME * inner
    room_x, page_x = (1 - _ROOM - _PAGE) * inner, (1 - _PAGE) * inner
    quiet = session.kind in rules.PAUSES
    titles: list[Piece] = []
    rooms: list[Piece] = []
    for n, locale in enumerate(setter.locales):
        size = 0.97 if n == 0 else 0.9
        colour = INK_3 if quiet else INK if n == 0 else INK_2
        spans = setter.text(session.title, locale, colour=colour)
        if session.state == rules.CALLED_OFF:
            spans = [Span(bracketed(said(words.CALLED_OFF, locale), locale), REGULAR, CARE), *spans]
        spans = [Span(span.text, span.weight, span.colour, place_of(session)) for span in spans]
        titles += setter.lines(spans, room_x - title_x - _GAP, size, leading=1.4, even=False)
        room = programme.rooms.get(session.room) if session.room else None
        text = plain(setter, room.name if room else session.meeting_point, locale)
        rooms += setter.lines(
            [Span(text, REGULAR, INK_2)],
            page_x - room_x,
            size - 0.06,
            leading=1.4 * size / (size - 0.06),
            even=False,
        )
    time = [Span(words.span(programme.start(session), programme.end(session), setter.locales[-1]))]
    cells = [
        (0.0, setter.lines(time, title_x, 0.97, leading=1.4, even=False)),
        (title_x, titles),
        (room_x, rooms),
        (page_x, [setter.page_number(place_of(session), _PAGE * inner, 0.9)]),
    ]
    return _framed(setter, beside(cells))


def _framed(setter: Setter, rows: list[Row]) -> Row:
    height = sum(row.height for row in rows) + 1.7

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.rule(x, y, setter.sheet.inner, 0.12, HAIRLINE)
        y += 0.9
        for row in rows:
            row.draw(pen, x, y)
            y += row.height

    return Row(height, draw)
