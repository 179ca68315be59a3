"""Setting a booklet's text: sheets and sizes, a column for each language side by side, a spine of times at their left."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import zip_longest

import msgspec

from wcd.agenda.printed.words import said, text_in
from wcd.core.i18n import Bilingual
from wcd.core.i18n import lazy_gettext as _
from wcd.paper.faces import BOLD, REGULAR
from wcd.paper.flow import Frame, Row
from wcd.paper.pages import MM, Document, Pen
from wcd.paper.paragraphs import SetLine, Span, set_paragraph

INK, INK_2, INK_3 = "#0d1b2a", "#3d4b58", "#5c6873"
HAIRLINE, FAINT, CARE = "#cdc8bc", "#92989f", "#b3341f"

_ONLY = {"zh": _("Only in Chinese"), "en": _("Only in English")}
_NOT_YET = {"zh": _("No Chinese text yet"), "en": _("No English text yet")}


class Sheet(msgspec.Struct, frozen=True):
    """A format: its size and margins in mm, the size of its text in points, the width of the spine of times."""

    code: str
    width: float
    height: float
    margin: float
    top: float
    bottom: float
    base: float
    spine: float
    gap: float

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin


SHEETS = {
    "a5": Sheet("a5", 148, 210, 13, 22, 194, 8.6, 15, 5),
    "a4": Sheet("a4", 210, 297, 20, 28, 276, 10.2, 20, 7),
}
_NARROW = {"a5": 7.7, "a4": 9.0}
"""The size of the text where two columns share the page."""


class Piece(msgspec.Struct, frozen=True):
    """A line in a column: its height in mm, and how it is drawn from its top left corner."""

    height: float
    draw: Callable[[Pen, float, float], None]


class Column(msgspec.Struct, frozen=True):
    """Where one language stands: from x, so wide; both in mm."""

    locale: str
    x: float
    width: float


Pictures = Callable[[str], bytes | None]
"""Reads a kept picture by its key as a JPEG; None where there is none."""
Says = Callable[[str], Sequence[Span] | str]
"""What is said in a language."""


class Setter:
    """Turns texts into rows for one sheet in one language, or in both side by side."""

    def __init__(self, document: Document, sheet: Sheet, locales: Sequence[str]) -> None:
        self.document, self.sheet, self.locales = document, sheet, tuple(locales)
        self.both = len(self.locales) == 2
        self.base = _NARROW[sheet.code] if self.both else sheet.base
        self.frame = Frame(sheet.top, sheet.bottom, (sheet.margin,))
        self.places: dict[str, int] = {}

    def columns(self, indent: float = 0.0, right: float = 0.0) -> list[Column]:
        """The columns between an indent at the left and a space kept free at the right."""
        count = len(self.locales)
        width = (self.sheet.inner - indent - right - (count - 1) * self.sheet.gap) / count
        return [
            Column(locale, indent + n * (width + self.sheet.gap), width)
            for n, locale in enumerate(self.locales)
        ]

    def lines(
        self,
        spans: Sequence[Span] | str,
        width: float,
        size: float,
        *,
        weight: str = REGULAR,
        leading: float = 1.5,
        align: str = "left",
        even: bool = True,
        struck: str = "",
    ) -> list[Piece]:
        """A paragraph as lines, sizes relative to the text's: 1 is its own; ``struck`` through in a colour."""
        points = size * self.base
        height = leading * points / MM
        lines = set_paragraph(self.document, spans, width=width, size=points, weight=weight, even=even)
        return [Piece(height, partial(_draw_line, line, width, height, align, struck)) for line in lines]

    def field(
        self,
        says: Says,
        size: float = 1.0,
        *,
        weight: str = REGULAR,
        indent: float = 0.0,
        right: float = 0.0,
        leading: float | None = None,
        more: Iterable[tuple[float, list[Piece]]] = (),
        even: bool = True,
    ) -> list[Row]:
        """One text in each language, side by side; ``more`` are other columns that go along, such as a time."""
        cells = [
            (
                column.x,
                self.lines(
                    says(column.locale),
                    column.width,
                    size,
                    weight=weight,
                    leading=leading or self.leading(column.locale),
                    even=even,
                ),
            )
            for column in self.columns(indent, right)
        ]
        return beside([*more, *cells])

    def leading(self, locale: str) -> float:
        """The distance of lines in em: Chinese needs more air; side by side both have the same."""
        return 1.5 if self.both else 1.62 if locale == "zh" else 1.42

    def text(self, text: Bilingual, locale: str, *, colour: str = INK, weight: str = REGULAR) -> list[Span]:
        """A text in a language. Where it is missing that is said: alone, with the other; side by side, without."""
        shown, foreign = text_in(text, locale)
        if not foreign:
            return [Span(shown, weight, colour)] if shown.strip() else []
        if self.both:
            return [Span(bracketed(said(_NOT_YET[locale], locale), locale), REGULAR, CARE)]
        other = "en" if locale == "zh" else "zh"
        mark = bracketed(said(_ONLY[other], locale), locale)
        return [Span(mark, REGULAR, CARE), Span(shown, weight, colour)]

    def heading(self, says: Says, size: float = 2.0, *, rule: bool = True) -> list[Row]:
        """The title of a section under an ink rule."""
        rows = self.field(says, size, weight=BOLD, leading=1.3, even=False)
        return [self.rule(0.5, INK, below=2.2), *rows] if rule else rows

    def page_number(self, name: str, width: float, size: float = 1.0) -> Piece:
        """The number of the page on which a place is, at the right of so many mm; it is known when it is drawn."""
        height = self.leading(self.locales[-1]) * size * self.base / MM

        def draw(pen: Pen, x: float, y: float) -> None:
            for piece in self.lines([Span(str(self.places[name]), link=name)], width, size, align="right"):
                piece.draw(pen, x, y)

        return Piece(height, draw)

    def rule(
        self, thickness: float, colour: str, *, above: float = 0.0, below: float = 1.2, indent: float = 0.0
    ) -> Row:
        """A horizontal line over the whole width."""

        def draw(pen: Pen, x: float, y: float) -> None:
            pen.rule(x + indent, y + above, self.sheet.inner - indent, thickness, colour)

        return Row(above + thickness + below, draw)

    def space(self, height: float) -> Row:
        """Nothing, so high."""
        return Row(height, lambda _pen, _x, _y: None)


def bracketed(words: str, locale: str) -> str:
    """Words of ours among those of the organisers."""
    return f"［{words}］" if locale == "zh" else f"[{words}] "


def beside(cells: Sequence[tuple[float, list[Piece]]]) -> list[Row]:
    """Columns of lines as rows: the n-th lines of all of them stand on one height."""
    rows = []
    for level in zip_longest(*(pieces for _x, pieces in cells)):
        there = [(x, piece) for (x, _all), piece in zip(cells, level, strict=True) if piece is not None]
        rows.append(Row(max(piece.height for _x, piece in there), partial(_draw, there)))
    return rows


def in_cells(
    cells: Sequence[tuple[float, Sequence[Piece]]], *, above: float = 0.0, below: float = 0.0
) -> Row:
    """Columns of lines as one row that is never parted; each column keeps the heights of its own lines."""
    tall = max((sum(piece.height for piece in pieces) for _x, pieces in cells), default=0.0)

    def draw(pen: Pen, x: float, y: float) -> None:
        for shift, pieces in cells:
            top = y + above
            for piece in pieces:
                piece.draw(pen, x + shift, top)
                top += piece.height

    return Row(above + tall + below, draw)


def ruled(row: Row, width: float, thickness: float, colour: str) -> Row:
    """The row with a line along its upper edge."""

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.rule(x, y, width, thickness, colour)
        row.draw(pen, x, y)

    return msgspec.structs.replace(row, draw=draw)


def _draw_line(
    line: SetLine, width: float, height: float, align: str, struck: str, pen: Pen, x: float, y: float
) -> None:
    """The line in the middle of its height, as wide as a column."""
    left = width - line.width * line.size / MM
    shift = left if align == "right" or line.rtl else left / 2 if align == "middle" else 0.0
    base = y + height / 2 + 0.36 * line.size / MM
    line.draw(pen, x + shift, base)
    if struck:
        tall = line.size / MM
        pen.rule(x + shift, base - 0.36 * tall, line.width * tall, max(0.06 * tall, 0.2), struck)


def _draw(there: list[tuple[float, Piece]], pen: Pen, x: float, y: float) -> None:
    for shift, piece in there:
        piece.draw(pen, x + shift, y)
