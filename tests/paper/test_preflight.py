import pytest

from wcd.paper.preflight import CONTROL, NO_GLYPH, PRIVATE_USE, VARIATION_SELECTOR, Flaw, flaws, with_geta


@pytest.mark.parametrize(
    "name",
    [
        "王小明",
        "𬱖𠅤𫍯",
        "María José",
        "مريم",
        "علی‌رضا",
        "ณัฐ",
        "क्षत्रिय",
        "Ẹ̀kọ́",
        "佐々木　さくら",
        "O’Neil-Smith (Jr.)",
        "",
    ],
)
def test_names_that_can_be_printed(name):
    assert flaws(name) == ()


@pytest.mark.parametrize(
    ("text", "codepoint", "reason"),
    [
        ("王\U0002ebf0", "U+2EBF0", NO_GLYPH),
        ("王\U00031350", "U+31350", NO_GLYPH),
        ("王😀", "U+1F600", NO_GLYPH),
        ("דוד", "U+05D3", NO_GLYPH),
        ("王\ue81e", "U+E81E", PRIVATE_USE),
        ("王\U000f0000", "U+F0000", PRIVATE_USE),
        ("辻\U000e0100", "U+E0100", VARIATION_SELECTOR),
        ("王\ufe00", "U+FE00", VARIATION_SELECTOR),
        ("Li\u200bNa", "U+200B", CONTROL),
        ("Li\nNa", "U+000A", CONTROL),
        ("\u202eLi", "U+202E", CONTROL),
        ("\ufeffLi", "U+FEFF", CONTROL),
    ],
)
def test_names_that_cannot(text, codepoint, reason):
    found = flaws(text)[0]
    assert found == Flaw(text[[f"U+{ord(char):04X}" for char in text].index(codepoint)], codepoint, reason)


def test_each_character_is_told_once_in_order():
    assert [flaw.codepoint for flaw in flaws("\U0002ebf1王\U0002ebf0\U0002ebf1")] == ["U+2EBF1", "U+2EBF0"]


def test_what_stands_for_a_missing_character_is_seen():
    assert with_geta("庆典😀\u200b！") == "庆典〓！"
    assert with_geta("论坛") == "论坛"
