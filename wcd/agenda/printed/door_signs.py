"""Door signs: for each room and day a sheet with the room's name and what happens there, in both languages."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from wcd.agenda import rules
from wcd.agenda.facts import SessionFacts
from wcd.agenda.printed import words
from wcd.agenda.printed.cover import state_of
from wcd.agenda.printed.facts import Programme
from wcd.agenda.printed.setting import (
    CARE,
    HAIRLINE,
    INK,
    INK_2,
    INK_3,
    Piece,
    Setter,
    Sheet,
    in_cells,
    ruled,
)
from wcd.agenda.printed.words import in_both
from wcd.core.i18n import Bilingual
from wcd.core.i18n import lazy_gettext as _
from wcd.paper import faces
from wcd.paper.faces import BOLD, REGULAR
from wcd.paper.flow import Frame, Row, flow
from wcd.paper.pages import Document, Pen
from wcd.paper.paragraphs import Span
from wcd.venues.queries import RoomView

SHEETS = {
    "a4": Sheet("a4", 297, 210, 16, 0, 198, 12, 40, 0),
    "a3": Sheet("a3", 420, 297, 23, 0, 280, 17, 57, 0),
}
DOOR_SIGNS = _("Door signs")
SCALES = (1.7, 1.5, 1.3, 1.15, 1.0, 0.88, 0.77, 0.68, 0.6)
"""Tried one after another until a day fits on its sheet; at the last it flows on to another."""


class Sign(msgspec.Struct, frozen=True):
    """One room on one day."""

    room: RoomView
    day: date
    sessions: list[SessionFacts]


def signs_of(programme: Programme, *, day: date | None = None, room: object = None) -> list[Sign]:
    """The signs of all rooms and days on which something is planned there, or of one day, or of one room."""
    found = []
    for venue in programme.venues:
        for one in venue.rooms:
            for on, sessions in programme.days.items():
                there = [session for session in sessions if session.room == one.id]
                if there and day in (None, on) and room in (None, one.id):
                    found.append(Sign(one, on, there))
    return found


def draw_door_signs(
    programme: Programme,
    signs: Sequence[Sign],
    out: BinaryIO,
    *,
    sheet: str = "a4",
    fonts: Path,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Writes the signs as one PDF and answers how many sheets it has."""
    form = SHEETS[sheet]
    with faces.drawing():
        document = Document(
            out,
            faces.open_faces(fonts.resolve()),
            width=form.width,
            height=form.height,
            title=f"{programme.edition.short_name.zh}　{in_both(DOOR_SIGNS)}",
            language="zh-CN",
        )
        setter = Setter(document, form, ("zh",))
        outline = []
        count = 0
        for number, sign in enumerate(signs, start=1):
            pens = _sign(setter, programme, sign)
            name = f"sign-{number}"
            pens[0].mark(0, name)
            outline.append((0, f"{_both(sign.room.name)}　{words.short_day(sign.day, 'zh')}", name))
            for pen in pens:
                document.add_page(pen)
            count += len(pens)
            if progress:
                progress(number, len(signs))
        document.add_outline(outline)
        document.save()
    return count


def _sign(setter: Setter, programme: Programme, sign: Sign) -> list[Pen]:
    """The sheets of a sign: one, unless its sessions do not fit even when set small."""
    head = _head(setter, programme, sign)
    top = setter.sheet.margin * 0.8 + head.height
    frame = Frame(top, setter.sheet.bottom, (setter.sheet.margin,))
    for scale in SCALES:
        pages = flow([_session(setter, programme, one, scale) for one in sign.sessions], frame)
        if len(pages) == 1:
            break
    pens = []
    for number, placed in enumerate(pages, start=1):
        pen = setter.document.pen()
        head.draw(pen, setter.sheet.margin, setter.sheet.margin * 0.8)
        for one in placed:
            one.row.draw(pen, one.x, one.y)
        _foot(setter, programme, pen, f"{number}/{len(pages)}" if len(pages) > 1 else "")
        pens.append(pen)
    return pens


def _head(setter: Setter, programme: Programme, sign: Sign) -> Row:
    """The room as large as it goes, the day at the right."""
    inner = setter.sheet.inner
    side = inner * 0.30
    venue = programme.venue_of(sign.room)
    wide = inner - side - 6
    names = [
        *_fitted(setter, sign.room.name.zh or sign.room.name.en, wide, (5.2, 4.4, 3.6, 3.0), BOLD),
        *(_fitted(setter, sign.room.name.en, wide, (2.7, 2.3, 1.9), REGULAR) if sign.room.name.zh else []),
        *setter.lines(
            [
                Span(
                    "　".join(_both(text) for text in (sign.room.floor, venue.name) if text.zh or text.en),
                    REGULAR,
                    INK_2,
                )
            ],
            inner - side - 6,
            1.0,
            even=False,
        ),
    ]
    day = [
        *setter.lines([Span(words.short_day(sign.day, "zh"), BOLD)], side, 2.3, align="right", leading=1.45),
        *setter.lines(words.short_day(sign.day, "en"), side, 1.7, align="right", leading=1.45),
    ]
    row = in_cells([(0, names), (inner - side, day)], below=4)

    def draw(pen: Pen, x: float, y: float) -> None:
        row.draw(pen, x, y)
        pen.rule(x, y + row.height - 1, inner, 0.9, programme.edition.accent or INK)

    return Row(row.height, draw)


def _fitted(setter: Setter, text: str, width: float, sizes: Sequence[float], weight: str) -> list[Piece]:
    """A name on one line at the largest size that allows it, else on several at the smallest."""
    for size in sizes:
        pieces = setter.lines([Span(text, weight)], width, size, leading=1.25, even=False)
        if len(pieces) == 1:
            break
    return pieces


def _session(setter: Setter, programme: Programme, session: SessionFacts, scale: float) -> Row:
    spine = setter.sheet.spine * scale
    wide = setter.sheet.inner - spine
    off = session.state == rules.CALLED_OFF
    pause = session.kind in rules.PAUSES
    colour = INK_3 if off else INK
    weight = REGULAR if pause else BOLD
    struck = CARE if off else ""
    times = words.span(programme.start(session), programme.end(session), "zh")
    titles = [
        *(setter.lines([Span(in_both(words.CALLED_OFF), BOLD, CARE)], wide, 1.5 * scale) if off else []),
        *setter.lines(
            [Span(session.title.zh, weight, colour)],
            wide,
            2.0 * scale,
            leading=1.35,
            even=False,
            struck=struck,
        ),
        *setter.lines(
            [Span(session.title.en, REGULAR if session.title.zh else weight, colour)],
            wide,
            (1.5 if session.title.zh else 2.0) * scale,
            leading=1.35,
            even=False,
            struck=struck,
        ),
    ]
    hosts = "　".join(_both(host.name) for host in session.hosts)
    if hosts and not pause and not off:
        titles += setter.lines([Span(hosts, REGULAR, INK_2)], wide, 0.9 * scale, even=False)[:2]
    clock = setter.lines([Span(times, weight, colour)], spine, 1.35 * scale, leading=2.0, struck=struck)
    row = in_cells([(0, clock), (spine, titles)], above=2.6 * scale, below=2.6 * scale)
    return ruled(row, setter.sheet.inner, 0.2, HAIRLINE)


def _foot(setter: Setter, programme: Programme, pen: Pen, number: str) -> None:
    sheet = setter.sheet
    edition = _both(programme.edition.short_name)
    state = f"{state_of(programme, 'zh')} {state_of(programme, 'en')}"
    colour = CARE if programme.is_working else INK_3
    y = sheet.bottom + (sheet.height - sheet.bottom) * 0.25
    for text, align, ink in ((edition, "left", INK_3), (f"{state} {number}".strip(), "right", colour)):
        for piece in setter.lines([Span(text, REGULAR, ink)], sheet.inner, 0.8, align=align)[:1]:
            piece.draw(pen, sheet.margin, y)


def _both(text: Bilingual) -> str:
    return " ".join(part for part in (text.zh, text.en) if part)
