"""A line of text as runs of one font each: fall-back, shaping, direction, and what a reader of the PDF gets back.

How text comes out of the PDF again (tried with poppler's pdftotext):

- plain runs by the fonts' ToUnicode maps;
- shaped runs from left to right (Thai, Devanagari, combining marks) by `ActualText`, which holds the run as it went in;
- runs from right to left glyph by glyph in the order seen, each glyph standing for its own characters. Readers turn
  that round themselves; an `ActualText` in logical order they would turn round as well, and wrongly. Poppler turns the
  characters of one glyph round too, so a letter with its vowel signs is mapped in the order seen.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

import msgspec
import uharfbuzz
from bidi import algorithm
from reportlab.pdfgen.canvas import Canvas

from wcd.paper.faces import BOLD, RARE, Face, Faces, faces_with
from wcd.paper.reportlab_patches import code_for_glyph, encode

_COMPLEX = re.compile(
    "[\u0300-\u036f\u0590-\u109f\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufb1d-\ufdff\ufe20-\ufe2f\ufe70-\ufefc]"
)
_JOINERS = "\u200c\u200d"
_THICKER = 0.017  # stroke around the rare font's thin strokes in bold text, in em
_TALL = ("badgesansarabic", "badgesansthai", "badgesansdevanagari")


class Glyph(msgspec.Struct, frozen=True):
    """A shaped glyph: the character that draws it, where, and how far the pen then moves, in thousandths of an em."""

    char: str
    dx: float
    dy: float
    width: float
    advance: float


class Run(msgspec.Struct, frozen=True):
    """Text of one face in the order seen; `glyphs` only when shaped, `actual` only when `ActualText` must say it."""

    face: str
    text: str
    width: float
    glyphs: tuple[Glyph, ...] = ()
    actual: str = ""


class Line(msgspec.Struct, frozen=True):
    """A line ready to be drawn at any size; widths are in em."""

    text: str
    weight: str
    runs: tuple[Run, ...]
    width: float
    rtl: bool = False

    @property
    def tall(self) -> bool:
        """Whether a script is in it that reaches higher and deeper than Latin and Han."""
        return any(run.face.startswith(_TALL) for run in self.runs)

    @property
    def thickened(self) -> bool:
        """Whether a part is drawn with a stroke around, in the colour of strokes."""
        return self.weight == BOLD and any(run.face == RARE for run in self.runs)


def set_line(faces: Faces, text: str, weight: str) -> Line:
    """The line for a text (normalised to NFC). Raises ValueError when a character cannot be printed."""
    text = unicodedata.normalize("NFC", text)
    names = _face_names(text, weight)
    if not _COMPLEX.search(text):
        runs = tuple(_plain(faces.load(name), part) for name, part in _grouped(text, names))
        rtl = False
    else:
        runs = tuple(_directed(faces, text, names, _levels(text)))
        rtl = _base_level(text) == 1
    if text.endswith("-") and not rtl:
        runs = (*runs[:-1], _with_kept_hyphen(faces, runs[-1]))
    return Line(text, weight, runs, sum(run.width for run in runs), rtl)


def line_operators(canvas: Canvas, faces: Faces, line: Line, size: float) -> str:
    """The text operators that draw the line from the pen's place, between `BT` and `ET`."""
    parts = []
    for run in line.runs:
        face = faces.load(run.face)
        if not run.glyphs:
            parts_of_run = encode(canvas, face.font, run.text)
            shown = " ".join(f"{name} {size:.5g} Tf <{codes}> Tj" for name, codes in parts_of_run)
            if run.face == RARE and line.weight == BOLD:
                shown = f"2 Tr {_THICKER * size:.3g} w {shown} 0 Tr"
        else:
            shown = _shaped_operators(canvas, face, run, size)
        parts.append(
            f"/Span <</ActualText <FEFF{_utf16(run.actual)}>>> BDC {shown} EMC" if run.actual else shown
        )
    return " ".join(parts)


def _with_kept_hyphen(faces: Faces, run: Run) -> Run:
    """The run with a last hyphen that stands for itself and a space: poppler takes a bare hyphen at the end of a line
    for one that the line break brought in, and drops it.
    """
    if run.actual:
        return msgspec.structs.replace(run, actual=run.actual + " ")
    font = faces.load(run.face).font
    hyphen = code_for_glyph(font, font.face.charToGlyph[ord("-")], "- ")
    return msgspec.structs.replace(run, text=run.text[:-1] + hyphen)


def _face_names(text: str, weight: str) -> list[str]:
    """The face of each character. Marks, spaces and punctuation stay in the face of the text around them."""
    names: list[str] = []
    for place, char in enumerate(text):
        able = faces_with(char, weight)
        beside = names[-1] if names else ""
        if _leans(char):
            if not names or unicodedata.category(char) in ("Ps", "Pi"):
                beside = _next_face(text[place + 1 :], weight) or beside
            if beside in able or (beside and not able):
                names.append(beside)
                continue
        if not able:
            raise ValueError(f"cannot be printed: U+{ord(char):04X}")
        names.append(able[0])
    return names


def _next_face(text: str, weight: str) -> str:
    """The face of the next character that chooses for itself."""
    able = next((faces_with(char, weight) for char in text if not _leans(char)), ())
    return able[0] if able else ""


def _leans(char: str) -> bool:
    """Whether the character has no face of its own mind: space, marks, punctuation and joiners beyond ASCII."""
    return char == " " or char in _JOINERS or (ord(char) > 127 and unicodedata.category(char)[0] in "MPSZ")


def _grouped(text: str, names: list[str]) -> Iterator[tuple[str, str]]:
    for name, group in groupby(zip(names, text, strict=True), key=lambda pair: pair[0]):
        yield name, "".join(char for _, char in group)


def _plain(face: Face, text: str) -> Run:
    widths = face.widths
    return Run(face.name, text, sum(widths[ord(char)] for char in text) / 1000)


def _base_level(text: str) -> int:
    """1 when the first letter with a direction runs from right to left."""
    level: int = algorithm.get_base_level(text)
    return level


def _levels(text: str) -> list[int]:
    """The embedding level of each character by the Unicode bidirectional algorithm; odd runs from right to left."""
    base = _base_level(text)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    joiners = [n for n, char in enumerate(text) if char in _JOINERS]
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    levels = [int(char["level"]) for char in storage["chars"]]
    for place in joiners:  # the algorithm takes them out; they belong to the letter before
        levels.insert(place, levels[place - 1] if place else base)
    return levels


def _directed(faces: Faces, text: str, names: list[str], levels: list[int]) -> Iterator[Run]:
    """Runs in the order seen: pieces of one level, from the highest level down turned round (rule L2)."""
    pieces = [
        (level, [place for place, _ in group])
        for level, group in groupby(enumerate(levels), key=lambda pair: pair[1])
    ]
    for turned in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(pieces):
            end = start
            while end < len(pieces) and pieces[end][0] >= turned:
                end += 1
            pieces[start:end] = reversed(pieces[start:end])
            start = end + 1
    for level, places in pieces:
        part = text[places[0] : places[-1] + 1]
        groups = list(_grouped(part, names[places[0] : places[-1] + 1]))
        for name, group in reversed(groups) if level % 2 else groups:
            face = faces.load(name)
            rtl = level % 2 == 1
            yield _shape(face, group, rtl=rtl) if rtl or _COMPLEX.search(group) else _plain(face, group)


def _shape(face: Face, text: str, *, rtl: bool) -> Run:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    uharfbuzz.shape(face.shaper, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    metrics = face.font.face.hmetrics
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    bearers = _bearers([(info.cluster, metrics[info.codepoint][0]) for info in infos])
    glyphs = []
    for n, (info, pos) in enumerate(zip(infos, positions, strict=True)):
        said = text[info.cluster : ends[info.cluster]] if bearers[info.cluster] == n else ""
        char = code_for_glyph(face.font, info.codepoint, said[::-1] if rtl else said)
        width = float(metrics[info.codepoint][0])
        glyphs.append(Glyph(char, float(pos.x_offset), float(pos.y_offset), width, float(pos.x_advance)))
    width = sum(glyph.advance for glyph in glyphs) / 1000
    return Run(face.name, text, width, tuple(glyphs), "" if rtl else text)


def _bearers(glyphs: list[tuple[int, int]]) -> dict[int, int]:
    """For each cluster its widest glyph, which stands for the text: dots and marks without width mislead readers."""
    best: dict[int, int] = {}
    for n, (cluster, width) in enumerate(glyphs):
        if cluster not in best or width > glyphs[best[cluster]][1]:
            best[cluster] = n
    return best


def _shaped_operators(canvas: Canvas, face: Face, run: Run, size: float) -> str:
    """Glyph by glyph: move to its offset, draw, and move to where the next begins."""
    shown: list[tuple[str, float, list[str]]] = []  # subset, rise, what to show
    owed = 0.0
    for glyph in run.glyphs:
        ((subset, codes),) = encode(canvas, face.font, glyph.char)
        if not shown or shown[-1][:2] != (subset, glyph.dy):
            shown.append((subset, glyph.dy, []))
        if move := owed - glyph.dx:
            shown[-1][2].append(f"{move:.5g}")
        shown[-1][2].append(f"<{codes}>")
        owed = glyph.dx + glyph.width - glyph.advance
    if owed:
        shown[-1][2].append(f"{owed:.5g}")
    return " ".join(
        f"{subset} {size:.5g} Tf {rise * size / 1000:.4g} Ts [{' '.join(parts)}] TJ"
        for subset, rise, parts in shown
    ) + (" 0 Ts" if shown[-1][1] else "")


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()
