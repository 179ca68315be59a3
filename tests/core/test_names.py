"""Names: cleaned, sorted, found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wcd.core.names import clean_name, clean_text, fold, needles, search_keys, sort_key


@pytest.mark.parametrize(
    ("native", "latin", "key"),
    [
        ("单田芳", "", "shan tian fang 单田芳"),
        ("尉迟恭", "", "yu chi gong 尉迟恭"),
        ("查理", "Charles Zha", "zha li 查理"),
        ("查理", "CHA Li", "cha li 查理"),
        ("查尔斯·李", "", "cha er si li 查尔斯·李"),
        ("歐陽靖霖", "Ouyang Jinglin", "ou yang jing lin 歐陽靖霖"),
        ("Zoë O'Neill-Łach", "", "zoe oneill lach Zoë O'Neill-Łach"),
        ("やまだ はなこ", "YAMADA Hanako", "yamada hanako やまだ はなこ"),
        ("", "Nguyễn Văn Đức", "nguyen van duc"),
        ("Нгуен", "", "нгуен Нгуен"),
    ],
)
def test_sort_key(native, latin, key):
    assert sort_key(native, latin) == key


def test_people_stand_in_the_order_of_their_sounds():
    people = [("周敏", ""), ("Adams", ""), ("李娜", ""), ("曾明", ""), ("林安", ""), ("Élodie", "")]
    assert [native for native, _ in sorted(people, key=lambda one: sort_key(*one))] == [
        "Adams",
        "Élodie",
        "李娜",
        "林安",
        "曾明",
        "周敏",
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "单",
        "小明",
        "shan",
        "danxiaoming",
        "shanxiaoming",
        "xiaoming",
        "sxm",
        "dxm",
        "xm",
        "shan xiao ming",
        "SHAN Xiaoming",
        "滨江",
        "urban stud",
    ],
)
def test_a_guest_is_found_as_people_type(typed):
    keys = search_keys("单小明", "Shan Xiaoming", "滨江城市研究院", "Riverside Urban Studies")
    assert all(needle in keys for needle in needles(typed))


@pytest.mark.parametrize("typed", ["ming li", "haoming", "xms", "北京", "iaoming"])
def test_a_guest_is_not_found_by_what_is_not_there(typed):
    keys = search_keys("单小明", "Shan Xiaoming", "滨江城市研究院")
    assert not all(needle in keys for needle in needles(typed))


@pytest.mark.parametrize("typed", ["lv", "lu", "lyu", "吕"])
def test_umlaut_is_found_as_people_type_it(typed):
    assert all(needle in search_keys("吕律", "") for needle in needles(typed))


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("  Ａｍｉｎａ　Odhiambo ", "Amina Odhiambo"),
        ("阿米娜•奥迪安博", "阿米娜·奥迪安博"),
        ("ジョン・スミス", "ジョン・スミス"),
        ("Li\u202e Ming\u200b\x00", "Li Ming"),
        ("e\u0301lodie", "élodie"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200db\u200c", "ab"),
        ("क्\u200dष", "क्\u200dष"),
        ("\U00020bb7田\ue000", "\U00020bb7田\ue000"),
        ("line\nbreak\ttab", "line break tab"),
    ],
)
def test_clean_name(given_name, kept):
    assert clean_name(given_name) == kept


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_name(clean_name(text)) == clean_name(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_name_has_keys(native, latin):
    assert len(sort_key(native, latin)) <= 400
    for needle in needles(latin)[:1]:
        assert needle in search_keys(native, latin)


def test_fold():
    assert fold("Straße ŁÓDŹ, Ærø (1)") == "strasse lodz aero 1"
