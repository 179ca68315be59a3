"""QR symbols as one path, and as the bare call that makes them."""

from functools import lru_cache

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode
from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

CODE_LENGTH = 26  # characters of a badge's code: they fill version 2 (25 × 25 modules) at level Q
CODE_VERSION = 2
MASK = 3  # fixed: trying all eight costs 1.6 ms a symbol and scans no better (measured)
QUIET = 4  # modules of white around, as the standard asks

Rows = list[list[bool]]


def encode(code: str) -> Rows:
    """The modules of a badge's code: digits and capitals, level Q, fixed mask and version."""
    symbol: QRCode[object] = QRCode(version=CODE_VERSION, error_correction=ERROR_CORRECT_Q, mask_pattern=MASK)
    symbol.add_data(QRData(code, mode=MODE_ALPHA_NUM), optimize=0)
    symbol.make(fit=False)
    rows: Rows = symbol.modules
    return rows


@lru_cache(maxsize=16)
def encode_text(text: str) -> Rows:
    """The modules of any text, such as an address, in the smallest version that holds it at level Q.

    Remembered: it is the same address on every badge of an edition.
    """
    symbol: QRCode[object] = QRCode(error_correction=ERROR_CORRECT_Q, mask_pattern=MASK)
    symbol.add_data(QRData(text.encode(), mode=MODE_8BIT_BYTE), optimize=0)
    symbol.make(fit=True)
    rows: Rows = symbol.modules
    return rows


def path(rows: Rows) -> str:
    """The dark modules as one path of rectangles, in whole modules, top row first; `f` fills it.

    One path has no seams between modules, and whole numbers keep it small: about half a kilobyte.
    """
    size = len(rows)
    parts = []
    for y, row in enumerate(reversed(rows)):
        line = bytes(row)
        start = line.find(1)
        while start >= 0:
            end = line.find(0, start)
            if end < 0:
                end = size
            parts.append(f"{start} {y} {end - start} 1 re")
            start = line.find(1, end)
    return "\n".join(parts)
