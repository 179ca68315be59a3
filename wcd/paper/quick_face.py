"""Reads a font's characters, widths and places in bulk: ReportLab's own way, number by number, takes three times as long."""

from struct import unpack, unpack_from
from typing import Any

from reportlab.pdfbase import ttfonts

_SEGMENTED_32 = 12  # the cmap format that our large fonts have
_NO_BREAK_SPACE, _SPACE = 0xA0, 0x20


class QuickFace(ttfonts.TTFontFace):  # type: ignore[misc]  # ReportLab brings no types
    """ReportLab's face with the same contents, but for `glyphToChar`, which only ReportLab's own shaping reads."""

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 - ReportLab's names
        """Fills the face. Fonts without a table in the format of ours are read ReportLab's way."""
        super().extractInfo(0)
        if not charInfo:
            return
        groups = _groups(self.get_table("cmap"))
        if not groups:
            super().extractInfo(charInfo)
            return
        self.charToGlyph: dict[int, int] = {}
        self.glyphToChar: dict[int, list[int]] = {}
        for first, last, glyph in groups:
            self.charToGlyph.update(
                zip(range(first, last + 1), range(glyph, glyph + last + 1 - first), strict=True)
            )
        if _SPACE in self.charToGlyph:
            self.charToGlyph[_NO_BREAK_SPACE] = self.charToGlyph[_SPACE]
        self.hmetrics = self._metrics()
        self.glyphPos = self._places()
        scaled = {width: self._pdfScale(width) for width in {width for width, _ in self.hmetrics}}
        self.defaultWidth = scaled[self.hmetrics[0][0]]
        self.charWidths = {char: scaled[self.hmetrics[glyph][0]] for char, glyph in self.charToGlyph.items()}

    def get_table(self, tag: str) -> Any:
        """A table of the font. Of the outlines each subset takes a few kilobytes: those 10 MB are not copied first."""
        if tag == "glyf":
            return _Window(self._ttf_data, self.get_table_pos(tag)[0])
        return super().get_table(tag)

    def _metrics(self) -> list[tuple[int, int]]:
        """Width and left bearing of each glyph; the last width holds for all after it."""
        (full,) = unpack_from(">H", self.get_table("hhea"), 34)
        numbers = unpack(f">{full + self.numGlyphs}H", self.get_table("hmtx")[: 2 * (full + self.numGlyphs)])
        pairs = list(zip(numbers[0 : 2 * full : 2], numbers[1 : 2 * full : 2], strict=True))
        return pairs + [(pairs[-1][0], bearing) for bearing in numbers[2 * full :]]

    def _places(self) -> list[int]:
        """Where each glyph's outline begins in `glyf`, and where the last one ends."""
        (wide,) = unpack_from(">H", self.get_table("head"), 50)
        count = self.numGlyphs + 1
        if wide:
            return list(unpack(f">{count}L", self.get_table("loca")[: 4 * count]))
        return [2 * half for half in unpack(f">{count}H", self.get_table("loca")[: 2 * count])]


class _Window:
    """A part of the font's file, read only where it is asked for."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._start = data, start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


def _groups(cmap: bytes) -> list[tuple[int, int, int]]:
    """First character, last character and first glyph of each group of the format 12 table; none if there is no such table."""
    (tables,) = unpack_from(">H", cmap, 2)
    for n in range(tables):
        _platform, _encoding, offset = unpack_from(">HHL", cmap, 4 + 8 * n)
        if unpack_from(">H", cmap, offset) == (_SEGMENTED_32,):
            (count,) = unpack_from(">L", cmap, offset + 12)
            numbers = unpack_from(f">{3 * count}L", cmap, offset + 16)
            return list(zip(numbers[0::3], numbers[1::3], numbers[2::3], strict=True))
    return []
