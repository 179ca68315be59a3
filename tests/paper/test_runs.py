import unicodedata

import pytest

from wcd.paper import faces
from wcd.paper.faces import BOLD, RARE, REGULAR
from wcd.paper.runs import set_line


def parts(document, text, weight=BOLD):
    return [(run.face.removeprefix("badgesans"), run.text) for run in document.line(text, weight).runs]


def test_each_script_has_its_face(document):
    assert parts(document, "李Li ญ") == [("cjk-bold", "李"), ("latin-bold", "Li "), ("thai-bold", "ญ")]


def test_punctuation_goes_with_the_text_around(document):
    assert parts(document, "迪丽娜尔·阿不都") == [("cjk-bold", "迪丽娜尔·阿不都")]
    assert parts(document, "Chen Yu’an") == [("latin-bold", "Chen Yu’an")]
    assert parts(document, "“城市”论坛") == [("cjk-bold", "“城市”论坛")]
    assert parts(document, "“City” forum") == [("latin-bold", "“City” forum")]


def test_numbers_in_chinese_are_latin(document):
    assert parts(document, "第3排", REGULAR) == [
        ("cjk-regular", "第"),
        ("latin-regular", "3"),
        ("cjk-regular", "排"),
    ]


def test_the_rare_font_is_thickened_in_bold_only(document):
    assert document.line("王𪚥", BOLD).thickened
    assert not document.line("王𪚥", REGULAR).thickened
    assert not document.line("王𬱖", BOLD).thickened
    assert " Tr " in document.shown(document.line("王𪚥", BOLD), 20)


def test_the_rare_font_is_loaded_only_when_needed(fonts):
    fresh = faces.Faces(fonts)
    set_line(fresh, "王小明 Wang", BOLD)
    assert RARE not in fresh._loaded
    set_line(fresh, "王𪚥", BOLD)
    assert RARE in fresh._loaded


def test_text_is_composed(document):
    assert document.line(unicodedata.normalize("NFD", "Nguyễn")).text == "Nguyễn"


def test_what_has_no_glyph_is_refused(document):
    with pytest.raises(ValueError, match=r"U\+2EBF0"):
        document.line("王\U0002ebf0")


def test_arabic_letters_join(document):
    (joined,) = document.line("محمد").runs
    apart = [glyph for letter in "محمد" for run in document.line(letter).runs for glyph in run.glyphs]
    assert len(joined.glyphs) == len(apart) == 4
    assert {glyph.char for glyph in joined.glyphs}.isdisjoint(glyph.char for glyph in apart)


@pytest.mark.parametrize(
    ("text", "rtl", "seen"),
    [
        ("خالد ABC عمر", True, ["عمر", "ABC", "خالد"]),
        ("ABC خالد عمر 12", False, ["ABC", "12", "خالد عمر"]),
        ("خالد 2023", True, ["2023", "خالد"]),
    ],
)
def test_mixed_directions_stand_in_the_order_seen(document, text, rtl, seen):
    line = document.line(text, BOLD)
    assert line.rtl == rtl
    assert [word for run in line.runs if (word := run.text.strip())] == seen


def test_thai_marks_stand_above_their_letter(document):
    (run,) = document.line("ที่").runs
    assert [glyph.advance > 0 for glyph in run.glyphs] == [True, False, False]
    assert run.width == document.line("ท").width
