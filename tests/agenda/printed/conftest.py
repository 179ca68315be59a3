import io
import os
import re
import subprocess
from pathlib import Path

import pypdf
import pytest

from tests.tools import tool
from wcd.agenda.printed.booklet import Form, draw_booklet


@pytest.fixture(scope="session")
def fonts():
    """Unpacked once for all workers."""
    return Path(os.environ["WCD_DATA"]) / "fonts"


class Drawn:
    """A drawn paper, and what readers find in it."""

    def __init__(self, content, path):
        self.path = path
        path.write_bytes(content)
        self.reader = pypdf.PdfReader(io.BytesIO(content))
        self.texts = self.extract()

    def extract(self, *options):
        """The text of each page; with "-raw" in the order in which it was drawn."""
        found = subprocess.run(
            [tool("pdftotext"), *options, str(self.path), "-"], check=True, capture_output=True, text=True
        ).stdout
        return [page.translate(dict.fromkeys((0x202A, 0x202B, 0x202C))) for page in found.split("\f")[:-1]]

    @property
    def text(self):
        return "\n".join(self.texts)

    def bare(self, page):
        """The text of a page (from 1) without the spaces and line breaks that the layout brings in."""
        return re.sub(r"\s", "", self.texts[page - 1])

    def sizes(self):
        """The sizes of the pages in whole millimetres."""
        boxes = [page.mediabox for page in self.reader.pages]
        return {(round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) for box in boxes}


@pytest.fixture(scope="session")
def keep(tmp_path_factory):
    """Draws with a function that writes into a file."""

    def draw(function, *arguments, **values):
        out = io.BytesIO()
        function(*arguments, out, **values)
        return Drawn(out.getvalue(), tmp_path_factory.mktemp("paper") / "drawn.pdf")

    return draw


@pytest.fixture(scope="session")
def booklet(keep, fonts):
    """Draws a booklet once for each form and programme."""
    known = {}

    def draw(programme, language="both", sheet="a5", *, folded=False, **values):
        key = (id(programme), language, sheet, folded, tuple(sorted(values)))
        if key not in known:
            form = Form(language, sheet, folded)
            known[key] = programme, keep(draw_booklet, programme, form, fonts=fonts, **values)
        return known[key][1]

    return draw
