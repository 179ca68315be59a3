"""Portraits: cut to 4 by 5 where the face is, drawn anew in two sizes."""

import pytest
from PIL import Image

from tests.agenda.files import picture
from wcd.agenda import portrait_files
from wcd.agenda.portrait_files import PortraitTooSmall
from wcd.core import files
from wcd.core.errors import NotFound
from wcd.core.pictures import NotAPicture

RED, GREEN, BLUE = (200, 0, 0), (0, 160, 0), (0, 0, 200)


def nearest(colour: object) -> tuple[int, int, int]:
    return min(
        (RED, GREEN, BLUE),
        key=lambda one: sum(abs(a - b) for a, b in zip(one, colour, strict=True)),  # type: ignore[call-overload]
    )


@pytest.mark.parametrize(
    ("size", "crop", "corners"),
    [
        ((900, 2700), "start", (RED, GREEN)),
        ((900, 2700), "middle", (RED, GREEN)),
        ((900, 2700), "end", (GREEN, BLUE)),
        ((2700, 900), "start", (RED, RED)),
        ((2700, 900), "middle", (GREEN, GREEN)),
        ((2700, 900), "end", (BLUE, BLUE)),
        ((800, 1000), "nonsense", (RED, BLUE)),
    ],
)
def test_three_places_to_cut(size: tuple[int, int], crop: str, corners: object) -> None:
    key = portrait_files.make(picture(*size), crop)
    with Image.open(files.path_of(key)) as large:
        assert large.size == (640, 800) if min(size) > 700 else (0, 0)
        ends = (nearest(large.getpixel((3, 3))), nearest(large.getpixel((636, 796))))
    with Image.open(files.path_of(portrait_files.small_of(key))) as small:
        assert small.size == (200, 250)
    assert ends == corners


def test_a_small_picture_is_not_blown_up() -> None:
    with Image.open(files.path_of(portrait_files.make(picture(300, 400)))) as large:
        assert large.size == (300, 375)
    with pytest.raises(PortraitTooSmall):
        portrait_files.make(picture(240, 200))


@pytest.mark.parametrize("content", [b"", b"<svg/>", picture(form="GIF")])
def test_what_is_no_picture(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        portrait_files.make(content)


def test_copies_and_ends() -> None:
    key = portrait_files.make(picture())
    other = portrait_files.copy(key)
    portrait_files.forget(key)
    assert files.path_of(portrait_files.small_of(other)).is_file()
    for gone in (key, portrait_files.small_of(key)):
        with pytest.raises(NotFound):
            files.path_of(gone)
    assert portrait_files.copy(key) == ""
