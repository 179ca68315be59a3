"""The fonts that come with us: unpacking them once, loading one when it is needed, which characters each has."""

import gc
import lzma
import os
import tempfile
import threading
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property, lru_cache
from pathlib import Path

import uharfbuzz
from reportlab.pdfbase.ttfonts import TTFont

from wcd.paper import reportlab_patches

PACKED = Path(__file__).with_name("fonts")
REGULAR, BOLD = "regular", "bold"
RARE = "badgerarehan-regular"  # one weight only
_CHAIN = ("badgesanslatin", "badgesanscjk", RARE, "badgesansarabic", "badgesansthai", "badgesansdevanagari")

_LOCK = threading.RLock()


@contextmanager
def drawing() -> Iterator[None]:
    """Everything between the first line set and the document written happens in this, in one thread at a time:
    ReportLab reads a font through one cursor and keeps a document's subsets in the font.

    The garbage collector rests meanwhile: fonts and pages are a million objects that stay until the end, and it would look
    through them over and over (a tenth of the time of a batch).
    """
    with _LOCK:
        was_on = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if was_on:
                gc.enable()


class Face:
    """A loaded font, for ReportLab and for HarfBuzz."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.font: TTFont = reportlab_patches.load_font(name, str(path))
        self.widths: dict[int, float] = self.font.face.charWidths  # by character, in thousandths

    @cached_property
    def shaper(self) -> uharfbuzz.Font:
        """The font for HarfBuzz, which wants a copy of its own: made for those that are shaped."""
        return uharfbuzz.Font(self.font.hbFace)


class Faces:
    """The fonts unpacked in one folder; each is loaded when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loaded: dict[str, Face] = {}

    def load(self, name: str) -> Face:
        """The face of this name, unpacked and read if that has not happened yet."""
        if name not in self._loaded:
            self._loaded[name] = Face(name, _unpack_one(PACKED / f"{name}.ttf.xz", self.folder))
        return self._loaded[name]


@cache
def open_faces(folder: Path) -> Faces:
    """The faces of a folder, the same object each time, since loading costs 0.2 s and 50 MB."""
    return Faces(folder)


def unpack(folder: Path) -> None:
    """Unpacks every font into the folder (66 MB, about 2 s), so that no badge waits for it later."""
    for packed in sorted(PACKED.glob("*.ttf.xz")):
        _unpack_one(packed, folder)


def font_file(name: str, folder: Path) -> Path:
    """The unpacked file of a font, for what draws pictures."""
    return _unpack_one(PACKED / f"{name}.ttf.xz", folder)


@cache
def coverage() -> dict[str, tuple[list[int], list[int]]]:
    """For each font the first and the last characters of its ranges, in order."""
    table = {}
    for line in (PACKED / "coverage.txt").read_text("ascii").splitlines():
        name, _, ranges = line.partition(" ")
        pairs = [entry.partition("-") for entry in ranges.split(",")]
        table[name] = ([int(a, 16) for a, _, _ in pairs], [int(b or a, 16) for a, _, b in pairs])
    return table


def has(name: str, char: str) -> bool:
    """Whether the font of this name draws this character."""
    firsts, lasts = coverage()[name]
    place = bisect_right(firsts, ord(char)) - 1
    return place >= 0 and ord(char) <= lasts[place]


@lru_cache(maxsize=1 << 16)
def faces_with(char: str, weight: str) -> tuple[str, ...]:
    """Names of the fonts that draw the character, best first; empty when it cannot be printed."""
    names = [name if name == RARE else f"{name}-{weight}" for name in _CHAIN]
    return tuple(name for name in names if has(name, char))


def _unpack_one(packed: Path, folder: Path) -> Path:
    """The unpacked font. Its name carries the size of the packed one, so that a newer font is not taken for an old.

    Two processes may do this at once: each writes a file of its own and moves it into place when it is whole.
    """
    target = folder / f"{packed.name.removesuffix('.ttf.xz')}-{packed.stat().st_size}.ttf"
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(lzma.decompress(packed.read_bytes()))
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return target
