import pytest
import reportlab
from reportlab.pdfbase import ttfonts

from wcd.paper import faces, reportlab_patches
from wcd.paper.quick_face import QuickFace


def test_reportlab_is_of_the_version_these_patches_were_tried_with():
    said = "another ReportLab: read wcd/paper/reportlab_patches.py against it, look at a badge, then change TRIED"
    assert reportlab.Version.startswith(reportlab_patches.TRIED), said


@pytest.mark.parametrize(
    "name", ["badgesanscjk-regular", "badgesanslatin-bold", "badgesansthai-bold", faces.RARE]
)
def test_a_face_read_in_bulk_is_the_same(fonts, name):
    path = faces._unpack_one(faces.PACKED / f"{name}.ttf.xz", fonts)
    theirs, ours = QuickFace.__mro__[1](str(path)), QuickFace(str(path))
    for field in ("charToGlyph", "charWidths", "defaultWidth", "glyphPos", "numGlyphs", "name", "bbox"):
        assert getattr(ours, field) == getattr(theirs, field), field
    if (
        ours.unitsPerEm == 1000
    ):  # in other fonts ReportLab scales the widths that the table leaves out, and only those
        assert ours.hmetrics == theirs.hmetrics
        wanted = list(theirs.charToGlyph)[40:80]
        assert ours.makeSubset(wanted) == theirs.makeSubset(wanted)


def test_reportlab_uses_our_map():
    assert ttfonts.makeToUnicodeCMap is reportlab_patches._to_unicode


def test_the_map_has_utf16_and_blocks_of_a_hundred():
    told = ttfonts.makeToUnicodeCMap("F", [0, 0x41, 0x2CC56, *range(0x4E00, 0x4E96)])
    assert "<01> <0041>" in told
    assert "<02> <D873DC56>" in told
    assert [line for line in told.splitlines() if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "52 beginbfchar",
    ]
    assert "<00> <0000>" not in told
