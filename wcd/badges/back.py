"""The back of a badge: the guest's own programme by day, and where to get help."""

import unicodedata
from itertools import groupby

from wcd.badges import layouts as a6
from wcd.badges.faces import BadgeFace, EditionFace, ProgrammeLine
from wcd.badges.front import RIGHT, line_of, names_shown
from wcd.paper import qr
from wcd.paper.faces import BOLD, REGULAR
from wcd.paper.fitting import Block, fit_text
from wcd.paper.pages import MM, Document, Form, Pen
from wcd.paper.preflight import with_geta

SCALES = (1.0, 0.9, 0.8, 0.7)
TOP, BOTTOM = 15.2, 143.0
DAY, DAY_GAP, MORE = 4.2, 1.7, 5.0  # heights at full size
TIME_WIDTH, ROOM_WIDTH, GAP = 19.0, 29.0, 2.0
LINE_ZH, LINE_EN, PADDING = 3.8, 3.2, 0.8
LINK_SIDE = 15.0


def draw_back(document: Document, edition: EditionFace, badge: BadgeFace) -> Pen:
    """The whole back as a pen's work; the help and each session's row are forms, drawn once in a document."""
    pen = document.pen()
    help_form = document.form("help", lambda: _help(document, edition))
    top = BOTTOM - help_form.height
    pen.form(help_form, 0, top)
    _heading(document, pen, badge)
    if badge.programme:
        _programme(document, pen, badge.programme, top - 2)
    else:
        empty = "尚未预约活动 No sessions booked yet"
        pen.text(a6.MARGIN, TOP + 6, document.line(empty), 9, a6.INK_2)
    return pen


def _heading(document: Document, pen: Pen, badge: BadgeFace) -> None:
    large, small = names_shown(badge)
    han = all(unicodedata.name(char, "").startswith("CJK") for char in large if char.isalpha())
    title = f"{large}的日程" if han else "我的日程 My programme"
    left = line_of(document, title, 56, (11, 10, 9, 8), BOLD)
    width = pen.text(a6.MARGIN, 11, left.lines[0], left.size, a6.INK)
    name = small if han else large
    if name:
        right = line_of(document, name, a6.INNER - width - 3, (7.5, 7, 6.5, 6, 5.5))
        pen.text(RIGHT, 11, right.lines[0], right.size, a6.INK_2, align="right")
    pen.rule(a6.MARGIN, 13.2, a6.INNER, 0.35, a6.INK)


def _programme(document: Document, pen: Pen, programme: tuple[ProgrammeLine, ...], bottom: float) -> None:
    """Every session, smaller if they are many; those beyond the smallest size are counted at the end."""
    for scale in SCALES:
        kept = len(programme)
        if _height(document, programme, scale) <= bottom - TOP:
            break
    else:
        while kept > 1 and _height(document, programme[:kept], scale) > bottom - TOP - MORE * scale:
            kept -= 1
    y = TOP
    for day, lines in groupby(programme[:kept], key=lambda line: (line.day_label_zh, line.day_label_en)):
        y += DAY_GAP * scale
        _day(document, pen, day, y, scale)
        y += DAY * scale
        for line in lines:
            row = _row_form(document, line, scale)
            pen.form(row, 0, y)
            y += row.height
    if kept < len(programme):
        rest = len(programme) - kept
        more = document.line(f"另有 {rest} 场，见您的个人页面。 And {rest} more: see your page.", BOLD)
        pen.text(a6.MARGIN, y + 3.6 * scale, more, 8 * scale, a6.INK)


def _height(document: Document, programme: tuple[ProgrammeLine, ...], scale: float) -> float:
    days = len(
        [day for day, _ in groupby(programme, key=lambda line: (line.day_label_zh, line.day_label_en))]
    )
    rows = sum(_row_form(document, line, scale).height for line in programme)
    return days * (DAY_GAP + DAY) * scale + rows


def _day(document: Document, pen: Pen, day: tuple[str, str], y: float, scale: float) -> None:
    baseline = y + 3.0 * scale
    zh = line_of(document, day[0], 60, (8 * scale, 7 * scale), BOLD)
    width = pen.text(a6.MARGIN, baseline, zh.lines[0], zh.size, a6.INK)
    en = line_of(document, day[1], a6.INNER - width - 1.5, (8 * scale, 7 * scale))
    pen.text(a6.MARGIN + width + 1.2, baseline, en.lines[0], en.size, a6.INK_3)


def _row_form(document: Document, line: ProgrammeLine, scale: float) -> Form:
    return document.form((line, scale), lambda: _row(document, line, scale))


def _row(document: Document, line: ProgrammeLine, scale: float) -> Pen:
    """Time, title and room, each in both languages, under a hairline."""
    room = [
        _cell(document, text, ROOM_WIDTH, n, scale) for n, text in enumerate((line.room_zh, line.room_en))
    ]
    room_width = max(text.width * block.size / MM for block in room for text in block.lines)
    space = a6.INNER - (TIME_WIDTH + GAP) * scale - GAP - room_width
    title = [_cell(document, text, space, n, scale) for n, text in enumerate((line.title_zh, line.title_en))]
    leads = (LINE_ZH * scale, LINE_EN * scale)
    tall = max(
        sum(len(b.lines) * lead for b, lead in zip(cell, leads, strict=True)) for cell in (title, room)
    )
    pen = Pen(document, a6.WIDTH, tall + 2 * PADDING * scale)
    pen.rule(a6.MARGIN, 0, a6.INNER, 0.15, a6.HAIRLINE)
    first = PADDING * scale + 2.85 * scale
    pen.text(a6.MARGIN, first, document.line(with_geta(line.time)), 8 * scale, a6.INK)
    for cell, x, align in ((title, a6.MARGIN + (TIME_WIDTH + GAP) * scale, "left"), (room, RIGHT, "right")):
        y = first
        for block, lead, colour in zip(cell, leads, (a6.INK, a6.INK_2), strict=True):
            for text in block.lines:
                pen.text(x, y, text, block.size, colour, align=align)
                y += lead
    return pen


def _cell(document: Document, text: str, width: float, n: int, scale: float) -> Block:
    """Chinese (n = 0) at 8 points or English at 6.8, on up to three lines."""
    size = (8.0, 6.8)[n] * scale
    if not text.strip():
        return Block((), size, 1)
    return fit_text(with_geta(text), document.line, width=width * MM, sizes=(size, size * 0.85), most_lines=3)


def _help_lines(edition: EditionFace) -> list[str]:
    zh, en = edition.desk_zh, edition.desk_en
    lines = [
        edition.release_note_zh,
        edition.release_note_en,
        f"服务台：{zh}。拾获请交服务台。" if zh else "拾获请交服务台。",
        f"Desk: {en}. If found, please return it there." if en else "If found, please return it to the desk.",
    ]
    return [line for line in lines if line]


def _help_height(edition: EditionFace) -> float:
    lines = 2.4 + len(_help_lines(edition)) * 3.7
    return max(lines, LINK_SIDE + 4.5) if edition.programme_url else lines


def _help(document: Document, edition: EditionFace) -> Pen:
    pen = Pen(document, a6.WIDTH, _help_height(edition))
    pen.rule(a6.MARGIN, 0, a6.INNER, 0.35, a6.INK)
    width = a6.INNER - (LINK_SIDE + 5 if edition.programme_url else 0)
    y = 2.4 + 2.4
    for text in _help_lines(edition):
        block = line_of(document, text, width, (7.2, 6.6, 6.0, 5.4), REGULAR)
        pen.text(a6.MARGIN, y, block.lines[0], block.size, a6.INK_2)
        y += 3.7
    if edition.programme_url:
        rows = qr.encode_text(edition.programme_url)
        pen.symbol(RIGHT - LINK_SIDE, 3.2, LINK_SIDE, rows)
    return pen
