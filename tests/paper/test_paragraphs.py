"""Running text: where lines may end, spans, even edges."""

from itertools import pairwise

import pytest

from wcd.paper.faces import BOLD
from wcd.paper.fitting import text_pieces
from wcd.paper.paragraphs import Span, set_paragraph

NEVER_FIRST = "，。、；：？！）》」』】”’…"
NEVER_LAST = "（《「『【“‘"
TEXT = (
    "每年10月31日是世界城市日。今年的中国主场活动以“汇聚资源，共建可持续的城市未来”为主题（详见《上海手册》）。"
    "开幕式由一座城市的一天讲起，邀请主办方致辞，并请来自不同大洲的城市代表谈谈各自最想与大家一起办成的一件事。"
)


@pytest.mark.parametrize("width", range(18, 90, 3))
def test_chinese_lines_end_by_their_rules_and_nothing_is_lost(document, width):
    lines = [line.text for line in set_paragraph(document, TEXT, width=width, size=9)]
    assert "".join(lines) == TEXT
    assert not [line for line in lines if line[0] in NEVER_FIRST]
    assert not [line for line in lines if line[-1] in NEVER_LAST]
    assert not [a + b for a, b in pairwise(lines) if a[-1].isdigit() and b[0] in "年月日"]


@pytest.mark.parametrize("width", [20, 35, 60, 103])
def test_no_line_is_wider_than_its_column_but_for_a_mark_in_the_margin(document, width):
    for line in set_paragraph(document, TEXT, width=width, size=9):
        shifted = 0.45 * 9 if line.text[0] in NEVER_LAST else 0
        filled = line.width * 9 + line.spacing * (len(line.text) - 1) - shifted
        assert filled <= width * 72 / 25.4 + 0.5 * 9 + 0.01


def test_lines_of_han_end_at_one_edge(document):
    *most, _last = set_paragraph(document, TEXT, width=100, size=9)
    limit = 100 * 72 / 25.4
    ends = []
    for line in most:
        hangs = 4.5 if line.text[-1] in "，。、）" else 0
        shifted = 0.45 * 9 if line.text[0] in NEVER_LAST else 0
        ends.append(line.width * 9 + line.spacing * (len(line.text) - 1) - hangs - shifted)
    assert ends == pytest.approx([limit] * len(ends), abs=0.05)


def test_no_single_character_stays_alone_on_the_last_line(document):
    for width in range(30, 100):
        lines = set_paragraph(document, TEXT, width=width, size=9)
        assert len(lines[-1].text) >= 3


def test_english_is_parted_between_words_only(document):
    text = "A walk of about 2.5 km along the waterfront: former factories, old rails and the new riverside."
    lines = [line.text for line in set_paragraph(document, text, width=40, size=9)]
    assert len(lines) > 2
    assert " ".join(lines) == text
    assert not any(line.spacing for line in set_paragraph(document, text, width=40, size=9))


def test_spans_keep_weight_colour_and_link_across_lines(document):
    spans = [
        Span("陈望舒", BOLD, "#000000", "person-chen"),
        Span(" "),
        Span("Chen Wangshu", link="person-chen"),
    ]
    lines = set_paragraph(document, [*spans, Span("，滨江城市研究院研究员")], width=30, size=9)
    assert len(lines) > 1
    first = lines[0].fragments[0]
    assert (first.line.text, first.line.weight, first.link) == ("陈望舒", BOLD, "person-chen")
    assert "".join(line.text for line in lines).replace(" ", "") == "陈望舒ChenWangshu，滨江城市研究院研究员"


def test_what_is_whole_is_not_parted_while_it_fits(document):
    parts = ["分论坛　", "浦江厅，二层，出电梯左转　", "同声传译：中文、英文　", "SDG 11、17"]
    spans = [Span(part, whole=True) for part in parts]
    lines = [line.text for line in set_paragraph(document, spans, width=45, size=9, even=False)]
    assert lines == ["分论坛", "浦江厅，二层，出电梯左转", "同声传译：中文、英文", "SDG 11、17"]
    narrow = [line.text for line in set_paragraph(document, spans, width=15, size=9, even=False)]
    assert "".join(narrow).replace("　", "") == "".join(parts).replace("　", "")


def test_line_breaks_are_kept_and_empty_lines_are_not(document):
    assert [line.text for line in set_paragraph(document, "一\n\n二\n 三", width=50, size=9)] == [
        "一",
        "二",
        "三",
    ]
    assert set_paragraph(document, " \n", width=50, size=9) == []


def test_characters_without_a_glyph_are_seen(document):
    assert [line.text for line in set_paragraph(document, "天\U0002ebf0地", width=50, size=9)] == ["天〓地"]


def test_a_word_longer_than_the_line_breaks(document):
    lines = set_paragraph(document, "Wolfeschlegelsteinhausenbergerdorff", width=20, size=9)
    assert len(lines) > 1
    assert "".join(line.text for line in lines) == "Wolfeschlegelsteinhausenbergerdorff"


def test_pieces_are_the_whole_text():
    assert "".join(text_pieces(TEXT)) == TEXT
    assert text_pieces("10月28日") == ["10月", "28日"]


def test_only_what_is_wholly_from_right_to_left_stands_at_the_right(document):
    arabic = set_paragraph(document, "مريم الهاشمي", width=80, size=9)
    mixed = set_paragraph(
        document, [Span("مريم الهاشمي"), Span(" "), Span("Mariam Al-Hashimi")], width=80, size=9
    )
    assert [line.rtl for line in (*arabic, *mixed)] == [True, False]
