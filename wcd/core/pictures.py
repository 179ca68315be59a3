"""Pictures that people send: decoded within limits, turned as their camera held them, and drawn anew.

Nothing of the upload survives but what is seen: no place, no camera, no hidden text.
"""

import io
import warnings

from PIL import Image, ImageOps

from wcd.core.errors import Invalid, Refusal
from wcd.core.i18n import lazy_gettext as _

FORMATS = ("JPEG", "PNG", "WEBP")
"""What phones and scanners make (some phones' JPEG is called MPO inside). SVG is a program, not a picture."""
MOST_BYTES = 15_000_000
MOST_PIXELS = 40_000_000
MOST_PIXELS_OF_JPEG = 110_000_000
"""A JPEG can be decoded small: its limit is that of the largest cameras in phones."""


class NotAPicture(Invalid):
    """The file cannot be read as a picture."""

    code = "not_a_picture"
    says = _("This file cannot be read as a picture. Send a JPEG, PNG or WebP.")


class PictureTooLarge(Invalid):
    """The picture has more pixels than we decode."""

    code = "picture_too_large"
    says = _("This picture has too many pixels. Make it smaller and send it again.")


def decode(content: bytes, *, longest: int) -> Image.Image:
    """The picture, upright, in plain RGB, white where it was transparent, its sides at most ``longest``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                _refuse_too_large(opened)
                opened.draft("RGB", (longest, longest))
                turned = ImageOps.exif_transpose(opened)
                turned.thumbnail((longest, longest), Image.Resampling.LANCZOS)
                return _on_white(turned)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge from None
    except Refusal:
        raise
    except Exception:  # noqa: BLE001 - on broken files decoders raise whatever they happen to meet
        raise NotAPicture from None


def as_jpeg(picture: Image.Image, *, quality: int = 85) -> bytes:
    """The picture as a JPEG of its own, without anything that came with it."""
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _refuse_too_large(opened: Image.Image) -> None:
    width, height = opened.size
    most = MOST_PIXELS_OF_JPEG if opened.format in {"JPEG", "MPO"} else MOST_PIXELS
    if width * height > most:
        raise PictureTooLarge


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground = Image.new("RGB", clear.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    return picture.convert("RGB")
