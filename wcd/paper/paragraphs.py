"""Running text in lines: Chinese by its rules, Latin by words, spans of several weights and colours in one paragraph."""

from collections.abc import Sequence
from itertools import groupby
from weakref import WeakKeyDictionary

import msgspec

from wcd.paper.faces import REGULAR, Faces
from wcd.paper.fitting import clusters, text_pieces
from wcd.paper.pages import MM, Colour, Document, Pen
from wcd.paper.preflight import with_geta
from wcd.paper.runs import Line

HALF_BLANK = "，。、；：！？）》」』】〕"
"""Marks whose right half is blank: at the end of a line that half may stand in the margin."""
OPENING = "“‘（《「『【〔"
"""Marks whose left half is blank: at the beginning of a line that half stands in the margin."""
_LOOSEST = 0.085
"""Em between characters; with more, readers of the PDF see a space."""
_SHORTEST_LAST = 2.2
"""Em. A last line shorter than this gets more from the line before."""
_KEPT = 50_000

_widths: WeakKeyDictionary[Faces, dict[tuple[str, str], float]] = WeakKeyDictionary()


class Span(msgspec.Struct, frozen=True):
    """A stretch of text in one weight and colour; ``link`` is the place or address that it leads to.

    A line ends within one that is ``whole`` only where it is longer than a line.
    """

    text: str
    weight: str = REGULAR
    colour: Colour = "#0d1b2a"
    link: str = ""
    whole: bool = False


class Fragment(msgspec.Struct, frozen=True):
    """What one span has on a line."""

    line: Line
    colour: Colour
    link: str


class SetLine(msgspec.Struct, frozen=True):
    """A line of a paragraph, set: its fragments, their width in em, and points to add after each character."""

    fragments: tuple[Fragment, ...]
    width: float
    size: float
    spacing: float = 0.0

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(fragment.line.text for fragment in self.fragments)

    @property
    def rtl(self) -> bool:
        """Whether all of it runs from right to left, and so stands at the right edge."""
        return all(fragment.line.rtl for fragment in self.fragments)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its baseline at y, from x."""
        x -= _lead_in(self.fragments) * self.size / MM
        for fragment in self.fragments:
            wide = pen.text(x, y, fragment.line, self.size, fragment.colour, spacing=self.spacing)
            if fragment.link:
                tall = self.size / MM
                pen.link(x, y - 0.85 * tall, wide, 1.1 * tall, fragment.link)
            x += wide


def set_paragraph(
    document: Document,
    spans: Sequence[Span] | str,
    *,
    width: float,
    size: float,
    weight: str = REGULAR,
    even: bool = True,
) -> list[SetLine]:
    """The text in lines no wider than so many millimetres; none for an empty text.

    Lines that are mostly Han are spaced out to the full width where ``even``, as Chinese is set. Characters without a glyph
    become 〓. Line breaks in the text are kept, empty lines are not.
    """
    given = [Span(spans, weight)] if isinstance(spans, str) else list(spans)
    lines: list[SetLine] = []
    for paragraph in _paragraphs(given):
        lines += _set(document, paragraph, width * MM / size, size, even=even)
    return lines


def width_of(document: Document, text: str, weight: str = REGULAR) -> float:
    """The width of a text in em; remembered, since the same words come again and again."""
    known = _widths.setdefault(document.faces, {})
    width = known.get((text, weight))
    if width is None:
        if len(known) >= _KEPT:
            known.clear()
        width = known[text, weight] = document.line(text, weight).width
    return width


_Piece = tuple[str, Span]


def _paragraphs(spans: list[Span]) -> list[list[Span]]:
    """The spans parted at line breaks."""
    found: list[list[Span]] = [[]]
    for span in spans:
        first, *rest = span.text.split("\n")
        found[-1].append(msgspec.structs.replace(span, text=with_geta(first)))
        found += [[msgspec.structs.replace(span, text=with_geta(text))] for text in rest]
    return [
        paragraph for paragraph in found if any(span.text and not span.text.isspace() for span in paragraph)
    ]


def _set(document: Document, spans: list[Span], limit: float, size: float, *, even: bool) -> list[SetLine]:
    pieces = _in_spans(spans)
    lines = _greedy(document, pieces, limit)
    _feed_last(document, lines)
    done = []
    for number, line in enumerate(lines):
        fragments = _fragments(document, line)
        width = sum(fragment.line.width for fragment in fragments)
        spacing = 0.0
        if even and number < len(lines) - 1:
            spacing = _spacing(fragments, limit - width + _hang(line) + _lead_in(fragments))
        done.append(SetLine(fragments, width, size, spacing * size))
    return done


def _in_spans(spans: list[Span]) -> list[list[_Piece]]:
    """The pieces between which a line may end, each in the parts that its spans have of it."""
    text = "".join(span.text for span in spans)
    owners = [n for n, span in enumerate(spans) for _ in span.text]
    at = len(text) - len(text.lstrip())
    found: list[list[_Piece]] = []
    before = -1
    for piece in text_pieces(text):
        owned = owners[at : at + len(piece)]
        parts = [
            ("".join(char for char, _ in group), spans[number])
            for number, group in groupby(zip(piece, owned, strict=True), key=lambda pair: pair[1])
        ]
        if before == owned[0] and spans[before].whole:
            found[-1] += parts
        else:
            found.append(parts)
        at += len(piece)
        before = owned[-1]
    return found


def _greedy(document: Document, pieces: list[list[_Piece]], limit: float) -> list[list[_Piece]]:
    """Fill line after line; a piece that is wider than a line is broken where it must be."""
    lines: list[list[_Piece]] = [[]]
    filled = 0.0
    for piece in pieces:
        bare = _bare(document, piece)
        if filled and filled + bare - _hang(piece) > limit:
            lines.append([])
            filled = 0.0
        if bare - _hang(piece) <= limit:
            lines[-1] += piece
            filled += sum(width_of(document, text, span.weight) for text, span in piece)
            continue
        for text, span in piece:
            for part in _smaller(text, span):
                wide = width_of(document, part, span.weight)
                if filled and filled + wide > limit:
                    lines.append([])
                    filled = 0.0
                lines[-1].append((part, span))
                filled += wide
    return lines


def _smaller(text: str, span: Span) -> list[str]:
    """What is too long for a line in smaller pieces: of what should stay whole its words, of a word its characters."""
    return text_pieces(text) if span.whole and len(text_pieces(text)) > 1 else clusters(text)


def _bare(document: Document, piece: list[_Piece]) -> float:
    """The width of a piece without the spaces at its end."""
    *most, (text, span) = piece
    width = sum(width_of(document, part, owner.weight) for part, owner in most)
    return width + (width_of(document, stripped, span.weight) if (stripped := text.rstrip()) else 0.0)


def _hang(line: list[_Piece]) -> float:
    """What a mark at the end may stand out into the margin."""
    return 0.5 if line and line[-1][0].rstrip()[-1:] in HALF_BLANK else 0.0


def _lead_in(fragments: tuple[Fragment, ...]) -> float:
    """What an opening mark at the beginning may stand out into the margin."""
    first = fragments[0].line
    is_wide = first.text[:1] in OPENING and first.runs[0].face.startswith("badgesanscjk")
    return 0.45 if is_wide else 0.0


def _feed_last(document: Document, lines: list[list[_Piece]]) -> None:
    """No single character or short word alone on the last line: pieces of the line before come down to it."""
    if len(lines) < 2:
        return
    last, before = lines[-1], lines[-2]
    while len(before) > 2 and _bare(document, last) < _SHORTEST_LAST:
        last.insert(0, before.pop())


def _fragments(document: Document, line: list[_Piece]) -> tuple[Fragment, ...]:
    found = []
    for span, group in groupby(line, key=lambda pair: pair[1]):
        text = "".join(part for part, _ in group)
        found.append((text, span))
    while found and not found[-1][0].strip():
        found.pop()
    if found:
        found[-1] = (found[-1][0].rstrip(), found[-1][1])
    return tuple(
        Fragment(document.line(text, span.weight), span.colour, span.link) for text, span in found if text
    )


def _spacing(fragments: tuple[Fragment, ...], missing: float) -> float:
    """Em to add between characters so that the line ends at the edge; none where it is no line of Han."""
    text = "".join(fragment.line.text for fragment in fragments)
    if any(run.glyphs for fragment in fragments for run in fragment.line.runs):
        return 0.0
    han = sum(1 for char in text if char >= "⺀")
    if han * 2 < len(text) or missing <= 0 or len(text) < 2:
        return 0.0
    spacing = missing / (len(text) - 1)
    return spacing if spacing <= _LOOSEST else 0.0
