from functools import partial

import pytest

from wcd.paper.faces import BOLD
from wcd.paper.fitting import fit_name, fit_text, wrap

LONGEST = [
    "María José Fernández-Guerrero de la Torre y Ruiz-Gallardón",
    "Bartholomew Featherstonehaugh-Cholmondeley",
    "Wolfeschlegelsteinhausenbergerdorffvoralternwarengewissenhaftschaferswessen",
    "迪丽娜尔·阿不都热合曼·买买提依明·吾买尔江",
    "寿限无寿限无五劫之切断海砂利水鱼之水行末云来末风来末",
    "Анна Шереметьева-Ольденбургская-Багратионовская",
    "จุฬาลักษณ์พรหมธิดาทองประเสริฐวงศ์สกุลไพบูลย์ ศรีสุวรรณภูมิ",
    "عبد الرحمن بن محمد بن عبد العزيز القحطاني الهاشمي",
    "Х",
    "Lê Nguyễn Thị Hoàng-Anh",
]


def fitted(document, name, **box):
    box = {"width": 263, "height": 120, "largest": 80, "smallest": 15} | box
    return fit_name(name, partial(document.line, weight=BOLD), **box)


@pytest.mark.parametrize("height", [30, 120, 190])
@pytest.mark.parametrize("name", LONGEST)
def test_a_name_is_never_cut_and_stays_in_its_box(document, name, height):
    block = fitted(document, name, height=height)
    assert "".join(line.text for line in block.lines).replace(" ", "") == name.replace(" ", "")
    assert max(line.width for line in block.lines) * block.size <= 263.001
    assert block.height <= height + 0.001
    assert block.size <= 80


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("欧阳靖霖", ["欧阳靖霖"]),
        ("Li Na", ["Li Na"]),
        ("迪丽娜尔·阿不都热合曼", ["迪丽娜尔·", "阿不都热合曼"]),
        ("Bartholomew Featherstonehaugh-Cholmondeley", ["Bartholomew", "Featherstonehaugh-", "Cholmondeley"]),
        ("Anna Maria Bianchi Rossi", ["Anna Maria", "Bianchi Rossi"]),
        ("佐々木　さくら", ["佐々木", "さくら"]),
    ],
)
def test_names_break_where_a_reader_breaks_them(document, name, lines):
    assert [line.text for line in fitted(document, name).lines] == lines


def test_a_short_name_is_as_large_as_allowed(document):
    assert fitted(document, "李娜").size == 80


def test_text_becomes_smaller_before_it_is_cut(document):
    def org(text):
        return fit_text(text, document.line, width=200, sizes=(10, 9, 8), most_lines=2)

    text = "上海市城市规划设计研究院"
    assert [(block.size, len(block.lines)) for block in (org(text), org(text * 3))] == [(10, 1), (10, 2)]
    assert "".join(line.text for line in org(text * 4).lines) == text * 4
    assert org(text * 4).size == 8
    cut = org(text * 5)
    assert cut.size == 8
    assert cut.lines[-1].text.endswith("…")
    assert max(line.width for line in cut.lines) * 8 <= 200


def test_chinese_punctuation_does_not_begin_a_line(document):
    lines = [line.text for line in wrap("一二三四五，六七八九十（一）", document.line, 5)]
    assert lines == ["一二三四", "五，六七八", "九十（一）"]


def test_english_wraps_at_spaces_and_a_longer_word_anywhere(document):
    lines = [line.text for line in wrap("urban renewal and communitycommunitycommunity", document.line, 8)]
    assert lines[:2] == ["urban renewal", "and communityco"[: len(lines[1])]]
    assert "".join(lines).replace(" ", "") == "urbanrenewalandcommunitycommunitycommunity"
