import io
import os
import subprocess
from pathlib import Path

import pytest

from tests.tools import tool
from wcd.paper import faces
from wcd.paper.faces import open_faces
from wcd.paper.pages import Document

DIRECTION_MARKS = dict.fromkeys(
    (0x202A, 0x202B, 0x202C)
)  # which poppler puts around lines from right to left


@pytest.fixture
def fonts():
    """Unpacked once for all workers."""
    return Path(os.environ["WCD_DATA"]) / "fonts"


@pytest.fixture
def document(fonts):
    with faces.drawing():
        yield Document(io.BytesIO(), open_faces(fonts), width=200, height=100, title="test")


@pytest.fixture
def text_out(tmp_path, fonts):
    """Draws each text on a line of a page, and answers what pdftotext finds, line by line."""

    def draw(*texts, weight=faces.BOLD, layout=False):
        path = tmp_path / "text.pdf"
        with path.open("wb") as out, faces.drawing():
            document = Document(out, open_faces(fonts), width=400, height=20 * len(texts) + 10, title="test")
            pen = document.pen()
            for n, text in enumerate(texts):
                pen.text(10, 15 + 20 * n, document.line(text, weight), 20, "#000000")
            document.add_page(pen)
            document.save()
        found = subprocess.run(
            [tool("pdftotext"), *(["-layout"] if layout else []), str(path), "-"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        plain = found.translate(DIRECTION_MARKS)
        return [line.strip() for line in plain.replace("\f", "").splitlines() if line.strip()]

    return draw
