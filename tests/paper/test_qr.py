import re

import pytest
import zxingcpp
from PIL import Image
from qrcode.exceptions import DataOverflowError

from wcd.paper import qr

CODE = "0123456789ABCDEFGHJKMNPQRS"


def picture(rows):
    side = len(rows)
    image = Image.new("L", (side + 2 * qr.QUIET,) * 2, 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + qr.QUIET, y + qr.QUIET), 0)
    return image.resize((image.width * 4, image.height * 4), Image.Resampling.NEAREST)


@pytest.mark.parametrize("code", [CODE, "ZZZZZZZZZZZZZZZZZZZZZZZZZZ", "00000000000000000000000000"])
def test_a_code_is_read_back(code):
    (read,) = zxingcpp.read_barcodes(picture(qr.encode(code)))
    assert read.text == code
    assert read.ec_level == "Q"
    assert len(qr.encode(code)) == 25


def test_an_address_is_read_back():
    (read,) = zxingcpp.read_barcodes(picture(qr.encode_text("https://forum.example/zh/programme")))
    assert read.text == "https://forum.example/zh/programme"


def test_a_code_of_another_length_does_not_fit():
    with pytest.raises(DataOverflowError):
        qr.encode(CODE * 2)


def test_the_path_is_the_dark_modules():
    rows = qr.encode(CODE)
    filled = [[False] * 25 for _ in range(25)]
    for x, y, width in re.findall(r"(\d+) (\d+) (\d+) 1 re", qr.path(rows)):
        for n in range(int(width)):
            filled[24 - int(y)][int(x) + n] = True
    assert filled == rows
