"""The front of a badge: head with the skyline, the name as large as it goes, seat and code, the category's band."""

import unicodedata
from functools import partial

from wcd.badges import layouts as a6
from wcd.badges.faces import BadgeFace, EditionFace
from wcd.badges.layouts import Pattern
from wcd.editions.skyline import GROUND, TALL, WIDE, skyline
from wcd.paper import qr
from wcd.paper.faces import BOLD, REGULAR
from wcd.paper.fitting import Block, fit_name, fit_text
from wcd.paper.pages import MM, Document, Pen
from wcd.paper.preflight import flaws, with_geta

RIGHT = a6.WIDTH - a6.MARGIN
ORGANISATION_SIZES = ((10.5, 9.5, 8.5, 7.5), (9.0, 8.2, 7.4, 6.6))


def draw_front(document: Document, edition: EditionFace, badge: BadgeFace) -> Pen:
    """The whole front as a pen's work; head and band are forms, drawn once in a document."""
    pen = document.pen()
    pen.form(document.form("head", lambda: _head(document, edition)), 0, 0)
    band = ("band", badge.category, badge.category_zh, badge.category_en)
    pen.form(document.form(band, lambda: _band(document, badge)), 0, a6.BAND_TOP)
    _names(document, pen, badge)
    _foot(document, pen, badge)
    pen.symbol(a6.QR_LEFT, a6.QR_TOP, a6.QR_SIDE, qr.encode(badge.code))
    return pen


def names_shown(badge: BadgeFace) -> tuple[str, str]:
    """The large name and the one under it; the second is empty where it would only say the first again."""
    native, latin = badge.native_name.strip(), badge.latin_name.strip()
    if (badge.print_latin_only and latin) or not native:
        return latin, ""
    return native, "" if _bare(native) == _bare(latin) else latin


def organisations_shown(badge: BadgeFace) -> tuple[str, str]:
    """The organisation in both languages; one that cannot be printed gives way to the other."""
    zh, en = badge.organisation_zh.strip(), badge.organisation_en.strip()
    if badge.print_latin_only:
        zh, en = ("" if flaws(zh) and en else zh), ("" if flaws(en) and zh else en)
    if not zh:
        return with_geta(en), ""
    return with_geta(zh), "" if _bare(zh) == _bare(en) else with_geta(en)


def line_of(
    document: Document, text: str, width: float, sizes: tuple[float, ...], weight: str = REGULAR
) -> Block:
    """A text on one line of so many millimetres; cut only if it does not fit at the last size."""
    return fit_text(
        with_geta(text), partial(document.line, weight=weight), width=width * MM, sizes=sizes, most_lines=1
    )


def draw_block(
    pen: Pen, block: Block, x: float, y: float, width: float, colour: str, *, align: str = "left"
) -> float:
    """Draws the lines from y downwards, those from right to left at the right edge; the answer is the height in mm."""
    for n, line in enumerate(block.lines):
        baseline = y + (n + (0.69 if line.tall else 0.815)) * block.leading * block.size / MM
        edge = "right" if line.rtl else align
        pen.text(x + width if edge == "right" else x, baseline, line, block.size, colour, align=edge)
    return block.height / MM


def _head(document: Document, edition: EditionFace) -> Pen:
    pen = Pen(document, a6.WIDTH, a6.HEAD_HEIGHT)
    x, y, width, height = a6.SLOT
    pen.raw(_slot(x * MM, (a6.HEAD_HEIGHT - y - height) * MM, width * MM, height * MM))
    title = line_of(document, edition.name_zh, 62, (12.5, 11.5, 10.5, 9.5, 8.5), BOLD)
    pen.text(a6.MARGIN, a6.HEAD_TITLE, title.lines[0], title.size, a6.INK)
    words = " · ".join(filter(None, (edition.name_en, edition.subtitle_en)))
    under = line_of(document, words, 64, (7.2, 6.6))
    if under.lines[0].text.endswith("…"):
        under = fit_text(with_geta(words), document.line, width=64 * MM, sizes=(6.6, 6.0, 5.5), most_lines=2)
    for n, line in enumerate(under.lines):
        pen.text(a6.MARGIN, a6.HEAD_LINE + n * 2.7, line, under.size, a6.INK_2)
    place = f"{edition.place_zh} {edition.place_en}".strip()
    beside = [text for text in (edition.dates_zh, edition.dates_en, place) if text]
    for n, text in enumerate(reversed(beside)):
        block = line_of(document, text, 29, (7.2, 6.6, 6.0, 5.5))
        pen.text(RIGHT, a6.HEAD_LINE - n * 3.3, block.lines[0], block.size, a6.INK_2, align="right")
    pen.raw(_skyline(edition))
    return pen


def _slot(x: float, y: float, width: float, height: float) -> str:
    """A dashed outline with round ends, in points from the bottom left."""
    r, k = height / 2, height / 2 * 0.4477  # a quarter of a circle as one curve
    right, top = x + width, y + height
    return (
        f"q {_ink(a6.DASHES)} RG 0.7 w [2.2 1.6] 0 d {x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l "
        f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + r:.2f} c "
        f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c {x + r:.2f} {top:.2f} l "
        f"{x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - r:.2f} c "
        f"{x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c S Q"
    )


def _skyline(edition: EditionFace) -> str:
    """The strokes at the right edge, cut off at the left, with the bank under them across the page."""
    scale = a6.SKYLINE_HEIGHT / TALL * MM
    left = a6.WIDTH * MM - WIDE * scale
    ground = (a6.HEAD_HEIGHT - a6.SKYLINE_TOP) * MM - GROUND * scale
    drawing = skyline(edition.code, edition.days)
    parts = [f"q 1 0 0 1 0 {ground:.2f} cm"]
    for strokes, colour, thick in ((drawing.quiet, a6.FAR_CITY, 0.6), (drawing.lit, a6.ACCENT, 0.83)):
        lines = [
            f"{left + x * scale:.2f} 0 m {left + x * scale:.2f} {tall * scale:.2f} l" for x, tall in strokes
        ]
        parts.append(
            f"{_ink(colour)} RG {thick} w {' '.join(line for line in lines if not line.startswith('-'))} S"
        )
    parts.append(f"{_ink(a6.INK)} RG 1.1 w 0 0 m {a6.WIDTH * MM:.2f} 0 l S Q")
    return "\n".join(parts)


def _names(document: Document, pen: Pen, badge: BadgeFace) -> None:
    """Names and organisation, in the middle of their area; what is under the large name takes its room first."""
    large, small = names_shown(badge)
    width, area = a6.INNER * MM, (a6.NAMES_BOTTOM - a6.NAMES_TOP) * MM
    under = [
        fit_text(text, partial(document.line, weight=weight), width=width, sizes=sizes, most_lines=2)
        for text, weight, sizes in zip(
            organisations_shown(badge), (BOLD, REGULAR), ORGANISATION_SIZES, strict=True
        )
        if text
    ]
    taken = sum(block.height for block in under) + (3 * MM if under else 0)
    second = _second(document, small, width, largest=27) if small else None
    left = area - taken - (second.height + 1.5 * MM if second else 0)
    first = fit_name(
        large, partial(document.line, weight=BOLD), width=width, height=left, largest=80, smallest=15
    )
    if second:
        if (limit := max(13, first.size * 0.5)) < second.size:
            second = _second(document, small, width, largest=limit)
        taken += second.height + 1.5 * MM
    y = a6.NAMES_TOP + (area - taken - first.height) / 2 / MM
    y += draw_block(pen, first, a6.MARGIN, y, a6.INNER, a6.INK)
    if second:
        y += 1.5 + draw_block(pen, second, a6.MARGIN, y + 1.5, a6.INNER, a6.INK)
    y += 3
    for n, block in enumerate(under):
        y += draw_block(pen, block, a6.MARGIN, y, a6.INNER, a6.INK_2 if n else a6.INK)


def _second(document: Document, name: str, width: float, *, largest: float) -> Block:
    return fit_name(
        name, document.line, width=width, height=20 * MM, largest=largest, smallest=9, most_lines=2
    )


def _foot(document: Document, pen: Pen, badge: BadgeFace) -> None:
    """Seat and short code at the left of the symbol, from the bottom up."""
    y = a6.FOOT_BOTTOM
    code = document.line(badge.short_code, BOLD)
    pen.text(a6.MARGIN, y, code, 12, a6.INK, spacing=0.9)
    pen.text(a6.MARGIN, y - 5.0, document.line("编号 Code"), 6.8, a6.INK_3)
    zh, en = badge.seat_zh or "", badge.seat_en or ""
    if not zh and not en:
        return
    y -= 9.4
    seat = line_of(document, zh or en, a6.FOOT_WIDTH, (12, 11, 10, 9, 8), BOLD)
    also = line_of(document, en if zh else "", a6.FOOT_WIDTH, (7.5, 6.8, 6.0))
    beside = seat.lines[0].width * seat.size / MM + 1.5
    if beside + also.lines[0].width * also.size / MM <= a6.FOOT_WIDTH:
        pen.text(a6.MARGIN + beside, y, also.lines[0], also.size, a6.INK_2)
    else:
        pen.text(a6.MARGIN, y, also.lines[0], also.size, a6.INK_2)
        y -= 3.4
    pen.text(a6.MARGIN, y, seat.lines[0], seat.size, a6.INK)
    pen.text(a6.MARGIN, y - 5.0, document.line("座位 Seat"), 6.8, a6.INK_3)


def _band(document: Document, badge: BadgeFace) -> Pen:
    """The category's band; the words stand on plain colour, so that the pattern never touches them."""
    layout = a6.layout_of(badge.category)
    pen = Pen(document, a6.WIDTH, a6.BAND_HEIGHT)
    pen.rectangle(0, 0, a6.WIDTH, a6.BAND_HEIGHT, layout.colour)
    pen.raw(_pattern(layout.pattern, a6.mixed(layout.colour, 0.22)))
    middle = a6.BAND_HEIGHT / 2
    zh = line_of(document, badge.category_zh, 52, (22, 20, 18, 16, 14, 12), BOLD)
    spacing = zh.size * 0.06
    width = zh.lines[0].width * zh.size / MM + spacing * len(zh.lines[0].text) / MM
    pen.rectangle(a6.MARGIN, middle - 5, width + 1.5, 10, layout.colour)
    pen.text(a6.MARGIN, middle + zh.size * 0.355 / MM, zh.lines[0], zh.size, a6.WHITE, spacing=spacing)
    en = line_of(document, badge.category_en, 36, (14, 13, 12, 11, 10, 9), BOLD)
    width = en.lines[0].width * en.size / MM
    pen.rectangle(RIGHT - width - 2, middle - 3.6, width + 2, 7.2, layout.colour)
    pen.text(RIGHT, middle + en.size * 0.355 / MM, en.lines[0], en.size, a6.WHITE, align="right")
    return pen


def _pattern(pattern: Pattern, colour: str) -> str:
    """The band's pattern as strokes, in points from the band's bottom left."""
    wide, tall = a6.WIDTH * MM, a6.BAND_HEIGHT * MM
    step, shift = 2.2 * MM, a6.BAND_HEIGHT * MM

    def across(lean: float) -> list[str]:
        """Parallel strokes from bottom to top; `lean` is how far they go to the right, in heights of the band."""
        first, last = int(-shift / step) - 1, int((wide + shift) / step) + 1
        return [f"{n * step:.2f} 0 m {n * step + lean * tall:.2f} {tall:.2f} l" for n in range(first, last)]

    levels = [f"0 {n * step:.2f} m {wide:.2f} {n * step:.2f} l" for n in range(1, int(tall / step) + 1)]
    dots = [
        f"{(x + (y % 2) / 2) * step:.2f} {y * step:.2f} m {(x + (y % 2) / 2) * step:.2f} {y * step:.2f} l"
        for y in range(1, int(tall / step) + 1)
        for x in range(int(wide / step) + 1)
    ]
    strokes = {
        "plain": [],
        "upright": across(0),
        "rising": across(1),
        "falling": across(-1),
        "level": levels,
        "grid": across(0) + levels,
        "dots": dots,
        "crosses": across(1) + across(-1),
    }[pattern]
    cap = "1 J 2.4 w" if pattern == "dots" else "1.2 w"
    box = f"0 0 {wide:.2f} {tall:.2f} re W n"
    return f"q {box} {_ink(colour)} RG {cap} {' '.join(strokes)} S Q" if strokes else ""


def _ink(colour: str) -> str:
    return " ".join(f"{int(colour[n : n + 2], 16) / 255:.3g}" for n in (1, 3, 5))


def _bare(name: str) -> str:
    """A name without accents, case, spaces and punctuation, to see whether two say the same."""
    split = unicodedata.normalize("NFD", name.casefold())
    return "".join(char for char in split if unicodedata.category(char)[0] in "LN")
