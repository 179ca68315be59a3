"""Pages made of operator strings: a pen that draws in millimetres from the top left, and the document it draws for."""

from collections.abc import Callable, Hashable, Sequence
from typing import BinaryIO
from weakref import WeakKeyDictionary

import msgspec

from wcd.paper import qr
from wcd.paper.faces import REGULAR, Faces
from wcd.paper.reportlab_patches import (
    Leads,
    add_form,
    add_outline,
    add_page,
    add_picture,
    label_pages,
    new_canvas,
    save,
)
from wcd.paper.runs import Line, line_operators, set_line

MM = 72 / 25.4
_KEPT = 5_000

Colour = str  # "#0d1b2a"


class Form(msgspec.Struct, frozen=True):
    """A drawing kept in a document, to be shown on many pages; its height is in millimetres."""

    name: str
    height: float


_lines: WeakKeyDictionary[Faces, dict[tuple[str, str], Line]] = WeakKeyDictionary()


class Document:
    """A PDF with pages of one size. Made, filled and saved within `faces.drawing()`."""

    def __init__(
        self, out: BinaryIO, faces: Faces, *, width: float, height: float, title: str, language: str = ""
    ) -> None:
        self.width, self.height = width, height
        self.faces = faces
        first = faces.load(f"badgesanslatin-{REGULAR}")
        self.canvas = new_canvas(out, width * MM, height * MM, first.name, title, language)
        self._forms: dict[Hashable, Form] = {}
        self._pictures: dict[Hashable, str] = {}
        self._shown: dict[tuple[str, str, float], str] = {}

    def line(self, text: str, weight: str = REGULAR) -> Line:
        """The text as a line of this weight; remembered, since fitting asks for the same line again and again.

        It is remembered with the faces, so that badges drawn one by one (for mails) gain from each other, too.
        """
        known = _lines.setdefault(self.faces, {})
        line = known.get((text, weight))
        if line is None:
            if len(known) >= _KEPT:
                known.clear()
            line = known[text, weight] = set_line(self.faces, text, weight)
        return line

    def shown(self, line: Line, size: float) -> str:
        """The line's operators at this size; remembered, since most lines of a batch come again."""
        key = (line.text, line.weight, size)
        operators = self._shown.get(key)
        if operators is None:
            if len(self._shown) >= _KEPT:
                self._shown.clear()
            operators = self._shown[key] = line_operators(self.canvas, self.faces, line, size)
        return operators

    def pen(self) -> "Pen":
        """A pen for a whole page."""
        return Pen(self, self.width, self.height)

    def form(self, key: Hashable, draw: Callable[[], "Pen"]) -> "Form":
        """The drawing known by this key, drawn and kept in the document when first asked for."""
        if key not in self._forms:
            pen = draw()
            form = Form(f"f{len(self._forms)}", pen.height)
            add_form(self.canvas, form.name, (0, 0, pen.width * MM, pen.height * MM), pen.operators())
            self._forms[key] = form
        return self._forms[key]

    def picture(self, key: Hashable, read: Callable[[], bytes]) -> str:
        """The name of the JPEG known by this key, read and kept in the document when first asked for."""
        if key not in self._pictures:
            name = self._pictures[key] = f"p{len(self._pictures)}"
            add_picture(self.canvas, name, read())
        return self._pictures[key]

    def add_page(self, pen: "Pen") -> None:
        """Ends a page with what the pen drew."""
        add_page(self.canvas, pen.operators(), pen.leads)

    def add_outline(self, entries: Sequence[tuple[int, str, str]]) -> None:
        """The table of contents that readers show beside the pages: level, words, name of a place."""
        add_outline(self.canvas, entries)

    def label_pages(self, labels: Sequence[tuple[int, str]]) -> None:
        """From the page of this index on, pages are called so; an empty word: by their number."""
        label_pages(self.canvas, labels)

    def save(self) -> None:
        """Writes the document out."""
        save(self.canvas, [*(form.name for form in self._forms.values()), *self._pictures.values()])


class Pen:
    """Collects operators. Places and lengths are millimetres from the top left; sizes of text are points."""

    def __init__(self, document: Document, width: float, height: float) -> None:
        self.document = document
        self.width, self.height = width, height
        self.leads = Leads()
        self._parts: list[str] = []
        self._colour = ""

    def operators(self) -> str:
        """All that was drawn."""
        return "\n".join(self._parts)

    def raw(self, operators: str) -> None:
        """Operators in points from the bottom left, which must leave the state as they found it."""
        self._parts.append(operators)

    def text(
        self,
        x: float,
        y: float,
        line: Line,
        size: float,
        colour: Colour,
        *,
        align: str = "left",
        spacing: float = 0,
    ) -> float:
        """Draws the line with its baseline at y, from x or (align "right") up to x; the answer is its width in mm.

        `spacing` in points is added after each character; for plain lines only.
        """
        width = line.width * size / MM + spacing * len(line.text) / MM
        left = x - width + spacing / MM if align == "right" else x
        self._fill(colour)
        shown = self.document.shown(line, size)
        if spacing:
            shown = f"{spacing:.3g} Tc {shown} 0 Tc"
        drawn = f"BT {left * MM:.2f} {(self.height - y) * MM:.2f} Td {shown} ET"
        self._parts.append(f"q {_rgb(colour)} RG {drawn} Q" if line.thickened else drawn)
        return width

    def rectangle(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fills a rectangle whose top left corner is at x, y."""
        self._fill(colour)
        box = f"{x * MM:.2f} {(self.height - y - height) * MM:.2f} {width * MM:.2f} {height * MM:.2f}"
        self._parts.append(f"{box} re f")

    def rule(self, x: float, y: float, width: float, thickness: float, colour: Colour) -> None:
        """Fills a horizontal rule whose upper edge is at y."""
        self.rectangle(x, y, width, thickness, colour)

    def symbol(self, x: float, y: float, side: float, rows: qr.Rows) -> None:
        """Draws a QR symbol without its quiet zone, in black ink only, its top left corner at x, y."""
        module = side / len(rows) * MM
        place = f"{module:.5f} 0 0 {module:.5f} {x * MM:.2f} {(self.height - y - side) * MM:.2f}"
        self._parts.append(f"q 0 g {place} cm\n{qr.path(rows)}\nf Q")

    def form(self, form: Form, x: float, y: float) -> None:
        """Shows a drawing kept in the document, its top left corner at x, y."""
        self._parts.append(
            f"q 1 0 0 1 {x * MM:.2f} {(self.height - y - form.height) * MM:.2f} cm /{form.name} Do Q"
        )

    def picture(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """Shows a picture kept in the document, its top left corner at x, y."""
        place = f"{width * MM:.2f} 0 0 {height * MM:.2f} {x * MM:.2f} {(self.height - y - height) * MM:.2f}"
        self._parts.append(f"q {place} cm /{name} Do Q")

    def link(self, x: float, y: float, width: float, height: float, target: str) -> None:
        """What lies in this rectangle leads to a place of the document, or to an address with a scheme."""
        top, bottom = (self.height - y) * MM, (self.height - y - height) * MM
        self.leads.links.append((target, (x * MM, bottom, (x + width) * MM, top)))

    def mark(self, y: float, name: str) -> None:
        """Makes this height of the page a place that links and the outline lead to."""
        self.leads.marks.append((name, (self.height - y) * MM))

    def _fill(self, colour: Colour) -> None:
        if colour != self._colour:
            self._colour = colour
            self._parts.append(f"{_rgb(colour)} rg")


def _rgb(colour: Colour) -> str:
    return " ".join(f"{int(colour[n : n + 2], 16) / 255:.3g}" for n in (1, 3, 5))
