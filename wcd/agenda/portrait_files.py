"""The files of a portrait: cut to 4 by 5, drawn anew in two sizes that share their number."""

from PIL import Image

from wcd.core import files, pictures
from wcd.core.errors import Invalid, NotFound
from wcd.core.i18n import lazy_gettext as _
from wcd.core.ids import uuid7

LARGE, SMALL = (640, 800), (200, 250)
LARGE_NAME, SMALL_NAME = "portrait-640.jpg", "portrait-200.jpg"
DECODED = 2400
"""The longest side to which a picture is decoded before it is cut."""
_ACROSS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_DOWN = {"start": 0.0, "middle": 0.3, "end": 1.0}
"""Faces are in the upper third of tall pictures."""


class PortraitTooSmall(Invalid):
    """There is too little to be seen."""

    code = "portrait_too_small"
    says = _("This picture is too small: at least 200 by 250 pixels are needed.")


def make(content: bytes, crop: str = "middle") -> str:
    """Keep a portrait made of somebody's picture; the key of the large one. It takes a moment: call it in a thread."""
    cut = _cut(pictures.decode(content, longest=DECODED), crop)
    if cut.width < SMALL[0] or cut.height < SMALL[1]:
        raise PortraitTooSmall
    number = uuid7()
    files.keep(SMALL_NAME, pictures.as_jpeg(cut.resize(SMALL, Image.Resampling.LANCZOS)), number=number)
    large = cut.resize(LARGE, Image.Resampling.LANCZOS) if cut.width > LARGE[0] else cut
    return files.keep(LARGE_NAME, pictures.as_jpeg(large), number=number)


def small_of(key: str) -> str:
    """The key of the small portrait that belongs to a large one."""
    return key.replace(LARGE_NAME, SMALL_NAME)


def copy(key: str) -> str:
    """The same portrait under another key; empty where its file is gone."""
    number = uuid7()
    try:
        files.keep(SMALL_NAME, files.path_of(small_of(key)), number=number)
        return files.keep(LARGE_NAME, files.path_of(key), number=number)
    except NotFound:
        return ""


def forget(key: str) -> None:
    """Remove both sizes."""
    if key:
        files.forget(key)
        files.forget(small_of(key))


def _cut(picture: Image.Image, crop: str) -> Image.Image:
    """The largest part of 4 by 5, at one of three places along the side that is too long."""
    width, height = picture.size
    wanted_width, wanted_height = min(width, height * 4 // 5), min(height, width * 5 // 4)
    left = round((width - wanted_width) * _ACROSS.get(crop, 0.5))
    top = round((height - wanted_height) * _DOWN.get(crop, 0.3))
    return picture.crop((left, top, left + wanted_width, top + wanted_height))
