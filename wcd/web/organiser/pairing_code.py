"""A link as a QR, to be read from a screen by a phone's camera."""

from markupsafe import Markup

from wcd.paper.qr import QUIET, encode_text


def pairing_code(link: str) -> Markup:
    """The QR of a link as one path of SVG, with the quiet zone that cameras need."""
    rows = encode_text(link)
    size = len(rows) + 2 * QUIET
    dark = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return Markup(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{2}"/></svg>'
    ).format(size, "QR", dark)
