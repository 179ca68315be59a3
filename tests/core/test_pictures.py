"""Pictures that people send: turned, made smaller, drawn anew; what is no picture is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.Image import Exif

from wcd.core import pictures
from wcd.core.pictures import NotAPicture, PictureTooLarge


def picture(form: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 0).save(out, form, **options)
    return out.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_phones_make_is_read(form: str) -> None:
    assert pictures.decode(picture(form), longest=100).size == (40, 30)


@pytest.mark.parametrize("mode", ["L", "1", "P", "I;16", "RGBA", "LA"])
def test_every_mode_becomes_plain(mode: str) -> None:
    assert pictures.decode(picture("PNG", mode=mode), longest=100).mode == "RGB"


def test_a_cameras_turn_is_followed_and_its_words_are_gone() -> None:
    exif = Exif()
    exif[0x0112] = 6  # hold it a quarter turn
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"  # where it was
    upright = pictures.decode(picture("JPEG", exif=exif, comment=b"secret"), longest=100)
    assert upright.size == (30, 40)
    drawn = pictures.as_jpeg(upright)
    with Image.open(io.BytesIO(drawn)) as again:
        assert (dict(again.getexif()), again.info.get("comment")) == ({}, None)
    assert b"secret" not in drawn


def test_it_is_made_smaller_and_never_larger() -> None:
    assert pictures.decode(picture("JPEG", (400, 200)), longest=100).size == (100, 50)
    assert pictures.decode(picture("JPEG", (40, 20)), longest=100).size == (40, 20)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        picture("GIF"),
        picture("BMP"),
        picture("TIFF"),
        picture("PNG", (200, 200))[:90],
        picture("JPEG", (300, 300))[:400],
        b"%PDF-1.7",
    ],
)
def test_what_is_no_picture_of_ours_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        pictures.decode(content, longest=100)


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (8_000, 6_000)])
def test_what_would_fill_the_memory_is_refused_before_it_is_read(width: int, height: int) -> None:
    with pytest.raises(PictureTooLarge):
        pictures.decode(png_that_says(width, height), longest=100)
