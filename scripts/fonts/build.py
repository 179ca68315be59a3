"""Makes the fonts in `wcd/paper/fonts` out of Noto Sans and Hanazono; see docs/fonts.md for how to run it.

Needs fontTools, which the program itself does not: run it in an environment of its own.

    python scripts/fonts/build.py NODE_MODULES HANAMINB.TTF OUT
"""

from __future__ import annotations

import io
import lzma
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont, newTable

WEIGHTS = {"Regular": "400Regular", "Bold": "700Bold"}
LAYOUT = ["GSUB", "GPOS", "GDEF", "BASE"]
UNWANTED = [
    "vhea",
    "vmtx",
    "VORG",
    "prep",
    "fpgm",
    "cvt ",
    "gasp",
    "STAT",
    "FFTM",
    "DSIG",
    "hdmx",
    "VDMX",
    "LTSH",
]
DEVANAGARI = set(range(0x900, 0x980))  # Noto Sans has these letters, but not what joins them
OFL = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
OFL_URL = "https://openfontlicense.org"
EPOCH = 3786912000  # 2024-01-01 in the time of `head`: the same input gives the same bytes

ADOBE = "(c) 2014-2021 Adobe (http://www.adobe.com/)"
NOTO = "Copyright 2022 The Noto Project Authors (https://github.com/notofonts/{})"
GLYPHWIKI = "Copyright 2011 GlyphWiki Project (http://glyphwiki.org/)"


def main(node_modules: Path, hanamin: Path, out: Path) -> None:
    """Builds every face of every weight, then the file that says which face has which characters."""
    out.mkdir(parents=True, exist_ok=True)
    coverage: dict[str, list[int]] = {}
    small = {
        "latin": ("noto-sans", "latin-greek-cyrillic"),
        "arabic": ("noto-sans-arabic", "arabic"),
        "thai": ("noto-sans-thai", "thai"),
        "devanagari": ("noto-sans-devanagari", "devanagari"),
    }
    for weight in WEIGHTS:
        for script, (package, project) in small.items():
            source = _find(node_modules, package, weight)
            chars = _wanted(source) - (DEVANAGARI if script == "latin" else set())
            font = _cut(source, unicodes=sorted(chars), layout=True)
            family = f"Badge Sans {script.title()}"
            _write(font, out, family, weight, NOTO.format(project), coverage)
        _write(_cjk(node_modules, weight), out, "Badge Sans CJK", weight, ADOBE, coverage)

    core = {char for chars in coverage.values() for char in chars}
    rare = _cut(hanamin, unicodes=sorted(_wanted(hanamin) - core), layout=False)
    _write(rare, out, "Badge Rare Han", "Regular", GLYPHWIKI, coverage)
    lines = [f"{name} {','.join(_ranges(chars))}" for name, chars in sorted(coverage.items())]
    (out / "coverage.txt").write_text("\n".join(lines) + "\n", encoding="ascii")


def _cjk(node_modules: Path, weight: str) -> TTFont:
    """Simplified forms first; what they lack from Hong Kong, then Japan, then Korea."""
    have: set[int] = set()
    parts = []
    for region in ("sc", "hk", "jp", "kr"):
        source = _find(node_modules, f"noto-sans-{region}", weight)
        extra = _wanted(source) - have
        have |= extra
        part = io.BytesIO()
        _cut(source, unicodes=sorted(extra), layout=False).save(part)
        part.seek(0)
        parts.append(part)
    return merge.Merger(options=merge.Options(drop_tables=LAYOUT)).merge(parts)


def _find(node_modules: Path, package: str, weight: str) -> Path:
    return next((node_modules / "@expo-google-fonts" / package / WEIGHTS[weight]).glob("*.ttf"))


def _wanted(source: Path) -> set[int]:
    """Characters of the font but for private use and variation selectors, which are never printed."""
    return {c for c in TTFont(source, lazy=True).getBestCmap() if not _unwanted(c)}


def _unwanted(char: int) -> bool:
    private = 0xE000 <= char <= 0xF8FF or char >= 0xF0000
    selector = 0xFE00 <= char <= 0xFE0F or 0xE0000 <= char <= 0xE01FF
    return private or selector or char < 0x20


def _cut(source: Path, *, unicodes: list[int], layout: bool) -> TTFont:
    """The font with only these characters, without hinting, and without layout where it is not needed."""
    options = subset.Options()
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = []
    options.layout_features = ["*"] if layout else []
    options.drop_tables += UNWANTED + ([] if layout else LAYOUT)
    font = subset.load_font(source, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=unicodes)
    cutter.subset(font)
    return font


def _write(
    font: TTFont, out: Path, family: str, weight: str, copyright_line: str, coverage: dict[str, list[int]]
) -> None:
    name = newTable("name")
    name.names = []
    postscript = f"{family.replace(' ', '')}-{weight}"
    words = {
        0: copyright_line,
        1: family,
        2: weight,
        4: f"{family} {weight}",
        6: postscript,
        13: OFL,
        14: OFL_URL,
    }
    for key, word in words.items():
        name.setName(word, key, 3, 1, 0x409)
    font["name"] = name
    font["head"].created = font["head"].modified = EPOCH
    font["post"].formatType = 3.0
    font["OS/2"].fsType = 0
    font.recalcTimestamp = False
    raw = io.BytesIO()
    font.save(raw, reorderTables=True)
    stem = postscript.lower()
    packed = lzma.compress(raw.getvalue(), preset=9 | lzma.PRESET_EXTREME)
    (out / f"{stem}.ttf.xz").write_bytes(packed)
    coverage[stem] = sorted(TTFont(io.BytesIO(raw.getvalue()), lazy=True).getBestCmap())
    print(f"{stem}: {len(coverage[stem])} characters, {len(raw.getvalue())} bytes, packed {len(packed)}")


def _ranges(chars: Iterable[int]) -> Iterable[str]:
    start = last = None
    for char in [*chars, None]:
        if last is not None and char == last + 1:
            last = char
            continue
        if start is not None and last is not None:
            yield f"{start:x}" if start == last else f"{start:x}-{last:x}"
        start = last = char


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
