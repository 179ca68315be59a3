"""The picture that goes with a link to this site: the edition's name and theme over its skyline, as PNG."""

import re
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from wcd.core.i18n import get_locale
from wcd.editions.queries import EditionView
from wcd.paper.faces import font_file, has
from wcd.web.motif import Canvas, drawing
from wcd.web.public.words import day_range

WIDTH, HEIGHT = 1200, 630
PAPER, INK, QUIET, WATER, ACCENT = "#fbfaf7", "#0d1b2a", "#9aa1a6", "#d2d3d1", "#0b5cad"
MARGIN = 80
_SKYLINE = Canvas(width=WIDTH, height=260, base=0.8, river=3, labels=False)
_STROKE = re.compile(r"M([\d.]+) ([\d.]+)v(-[\d.]+)")
_PATHS = re.compile(r'class="(m-\w+)"[^>]* d="([^"]*)"')
_CJK, _LATIN = "badgesanscjk-bold", "badgesanslatin-bold"


def preview_png(edition: EditionView, fonts: Path) -> bytes:
    """The picture in the current language; a second of work, so in a thread."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    _city(pen, edition)
    y = 70.0
    y = _lines(pen, edition.short_name.local, 34, y, fonts, INK) + 18
    y = _lines(pen, edition.theme.local or edition.name.local, 62, y, fonts, INK) + 16
    said = f"{day_range(edition.first_day, edition.last_day)}　{edition.place.local}"
    _lines(pen, said if get_locale() == "zh" else said.replace("　", ", "), 30, y, fonts, ACCENT)
    out = BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _city(pen: ImageDraw.ImageDraw, edition: EditionView) -> None:
    top = HEIGHT - _SKYLINE.height
    ground = top + _SKYLINE.ground
    svg = str(drawing(edition.code, edition.first_day, edition.last_day, _SKYLINE))
    accent = edition.accent or ACCENT
    for name, path in _PATHS.findall(svg):
        colour, width = (accent, 3) if name == "m-lit" else (QUIET, 2)
        for x, _, up in _STROKE.findall(path):
            pen.line([(float(x), ground), (float(x), ground + float(up))], fill=colour, width=width)
    pen.line([(0, ground), (WIDTH, ground)], fill=INK, width=2)
    for n, level in enumerate((16, 30, 44)):
        pen.line([(0, ground + level), (WIDTH, ground + level)], fill=WATER, width=3 - n)


def _lines(pen: ImageDraw.ImageDraw, text: str, size: int, y: float, fonts: Path, colour: str) -> float:
    """Write a text in as many lines as it needs; where the next one begins."""
    for line in _broken(text, size, fonts):
        x = float(MARGIN)
        for run, font in _runs(line, size, fonts):
            pen.text((x, y + size), run, font=font, fill=colour, anchor="ls")
            x += font.getlength(run)
        y += size * 1.4
    return y


def _broken(text: str, size: int, fonts: Path) -> list[str]:
    """Lines that fit: broken at spaces, in Chinese after any character."""
    pieces = re.findall(r"[\u3000-\u9fff\uff00-\uffef]|\S+\s?|\s", text)
    lines = [""]
    for piece in pieces:
        wide = sum(font.getlength(run) for run, font in _runs(lines[-1] + piece, size, fonts))
        if lines[-1] and wide > WIDTH - 2 * MARGIN:
            lines.append("")
        lines[-1] += piece
    return lines


def _runs(text: str, size: int, fonts: Path) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    """Runs of one font each."""
    names = [_LATIN if has(_LATIN, char) else _CJK for char in text]
    edges = [0, *(n for n in range(1, len(text)) if names[n] != names[n - 1]), len(text)]
    return [(text[a:b], _font(names[a], size, fonts)) for a, b in pairwise(edges) if a < b]


@lru_cache(maxsize=16)
def _font(name: str, size: int, fonts: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(name, fonts)), size)
