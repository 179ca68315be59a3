"""The back of a badge: the guest's own programme by day, and where to get help."""

import unicodedata
from functools import partial
from itertools import groupby

from wcd.badges import layouts as a6
from wcd.badges.faces import BadgeFace, EditionFace, ProgrammeLine
from wcd.badges.front import RIGHT, draw_block, line_of, names_shown
from wcd.paper import qr
from wcd.paper.faces import BOLD, REGULAR
from wcd.paper.fitting import Block, fit_name, fit_text
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
    left = _name(document, title, 56, 11, BOLD)
    draw_block(pen, left, a6.MARGIN, 12.2 - left.height / MM, 56, a6.INK)
    name = small if han else large
    if name:
        width = a6.INNER - max(line.width for line in left.lines) * left.size / MM - 4
        right = _name(document, name, width, 7.5, REGULAR)
        draw_block(pen, right, RIGHT - width, 12.2 - right.height / MM, width, a6.INK_2, align="right")
    pen.rule(a6.MARGIN, 13.2, a6.INNER, 0.35, a6.INK)


def _name(document: Document, text: str, width: float, largest: float, weight: str) -> Block:
    """A name in the head, on two lines if need be, never cut."""
    return fit_name(
        text,
        partial(document.line, weight=weight),
        width=width * MM,
        height=6.5 * MM,
        largest=largest,
        smallest=largest * 0.6,
        most_lines=2,
    )


def _programme(document: Document, pen: Pen, programme: tuple[ProgrammeLine, ...], bottom: float) -> None:
    """Every session, smaller if they are many; those beyond the smallest size are counted at the end."""
    kept, space = len(programme), bottom - TOP
    for scale in SCALES:
        forms = _forms(document, programme, scale)
        if _height(forms) <= space:
            break
    while kept > 1 and _height(forms) > space:
        kept, space = kept - 1, bottom - TOP - MORE * scale
        forms = _forms(document, programme[:kept], scale)
    y = TOP
    for form in forms:
        pen.form(form, 0, y)
        y += form.height
    if kept < len(programme):
        rest = len(programme) - kept
        more = document.line(f"另有 {rest} 场，见您的个人页面。 And {rest} more: see your page.", BOLD)
        pen.text(a6.MARGIN, y + 3.6 * scale, more, 8 * scale, a6.INK)


def _forms(document: Document, programme: tuple[ProgrammeLine, ...], scale: float) -> list[Form]:
    """A form for each day and for each of its sessions, in order; each is drawn once in a document."""
    forms = []
    for day, lines in groupby(programme, key=lambda line: (line.day_label_zh, line.day_label_en)):
        forms.append(document.form((day, scale), partial(_day, document, day, scale)))
        forms += [document.form((line, scale), partial(_row, document, line, scale)) for line in lines]
    return forms


def _height(forms: list[Form]) -> float:
    return sum(form.height for form in forms)


def _day(document: Document, day: tuple[str, str], scale: float) -> Pen:
    pen = Pen(document, a6.WIDTH, (DAY_GAP + DAY) * scale)
    baseline = (DAY_GAP + 3.0) * scale
    zh = line_of(document, day[0], 60, (8 * scale, 7 * scale), BOLD)
    width = pen.text(a6.MARGIN, baseline, zh.lines[0], zh.size, a6.INK)
    en = line_of(document, day[1], a6.INNER - width - 1.5, (8 * scale, 7 * scale))
    pen.text(a6.MARGIN + width + 1.2, baseline, en.lines[0], en.size, a6.INK_3)
    return pen


def _row(document: Document, line: ProgrammeLine, scale: float) -> Pen:
    """Time, title and room, each in both languages, under a hairline."""
    room = [
        _cell(document, text, ROOM_WIDTH, n, scale) for n, text in enumerate((line.room_zh, line.room_en))
    ]
    room_width = max((text.width * block.size / MM for block in room for text in block.lines), default=0.0)
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


def _help(document: Document, edition: EditionFace) -> Pen:
    """What is the same on every back: how new the programme is, where the desk is, whom the badge goes back to."""
    width = a6.INNER - (LINK_SIDE + 5 if edition.programme_url else 0)
    blocks = [
        fit_text(
            with_geta(text), document.line, width=width * MM, sizes=(7.2, 6.6), most_lines=2, leading=1.4
        )
        for text in _help_texts(edition)
    ]
    tall = 3.0 + sum(block.height for block in blocks) / MM
    pen = Pen(document, a6.WIDTH, max(tall, LINK_SIDE + 3.5) if edition.programme_url else tall)
    pen.rule(a6.MARGIN, 0, a6.INNER, 0.35, a6.INK)
    y = 2.0
    for block in blocks:
        y += draw_block(pen, block, a6.MARGIN, y, width, a6.INK_2)
    if edition.programme_url:
        rows = qr.encode_text(edition.programme_url)
        pen.symbol(RIGHT - LINK_SIDE, 3.2, LINK_SIDE, rows)
    return pen


def _help_texts(edition: EditionFace) -> list[str]:
    zh, en = edition.desk_zh, edition.desk_en
    texts = [
        edition.release_note_zh,
        edition.release_note_en,
        f"服务台：{zh}。拾获请交服务台。" if zh else "拾获请交服务台。",
        f"Desk: {en}. If found, please return it there." if en else "If found, please return it to the desk.",
    ]
    return [text for text in texts if text]
