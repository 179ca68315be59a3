"""Which characters of a text cannot be printed, and why; asks the coverage file only, no font is opened."""

import unicodedata
from functools import lru_cache

import msgspec

from wcd.paper.faces import REGULAR, faces_with

NO_GLYPH = "no_glyph"
PRIVATE_USE = "private_use"
VARIATION_SELECTOR = "variation_selector"
CONTROL = "control"

_JOINERS = "\u200c\u200d"  # belong to the spelling of Persian and of Indic scripts
GETA = "〓"  # the printer's mark for type that is missing


class Flaw(msgspec.Struct, frozen=True):
    """A character that cannot be printed, its code point as `U+20164`, and one of the four reasons above."""

    character: str
    codepoint: str
    reason: str


def flaws(text: str) -> tuple[Flaw, ...]:
    """Each character of the text (in NFC) that cannot be printed, once, in order of appearance."""
    chars = dict.fromkeys(unicodedata.normalize("NFC", text))
    return tuple(Flaw(char, f"U+{ord(char):04X}", reason) for char in chars if (reason := _reason(char)))


def with_geta(text: str) -> str:
    """The text with 〓 in place of what has no glyph; for texts that are not names, whose holes must be seen."""
    for flaw in flaws(text):
        text = unicodedata.normalize("NFC", text).replace(
            flaw.character, "" if flaw.reason in (CONTROL, VARIATION_SELECTOR) else GETA
        )
    return text


@lru_cache(maxsize=1 << 16)
def _reason(char: str) -> str:
    code = ord(char)
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180F:
        return VARIATION_SELECTOR
    kind = unicodedata.category(char)
    if kind == "Co":
        return PRIVATE_USE
    if kind in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in _JOINERS:
        return CONTROL
    return "" if char in _JOINERS or faces_with(char, REGULAR) else NO_GLYPH
