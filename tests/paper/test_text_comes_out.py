import unicodedata

import pytest

NAMES = [
    "欧阳靖霖",
    "𬱖𠅤𫍯𬭊",
    "王𪚥𨭎",
    "迪丽娜尔·阿不都热合曼",
    "佐々木　さくら",
    "김하늘",
    "María José Fernández-Guerrero",
    "Анна Шереметьева",
    "Γιώργος Παπαδόπουλος",
    "Nguyễn Thị Ánh",
    "Ọláwálé Ẹ̀kọ́",
    "ณัฐธิดา ศรีสุวรรณ",
    "กิตติพงษ์ วงศ์ใหญ่",
    "प्रियंका शर्मा",
    "सिद्धार्थ कृष्णमूर्ति",
    "مريم الهاشمي",
    "لا إله السلام",
    "علی‌رضا محمدی",
    "مُحَمَّد عَلِيّ",
    "ئابدۇرېھىم ئۆتكۈر",
    "Khalid خالد",
    "(天) [b] \\ 'c'",
]


@pytest.mark.parametrize("layout", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_out_as_it_went_in(text_out, name, layout):
    assert " ".join(text_out(name, layout=layout)).split() == name.split()


@pytest.mark.parametrize("name", ["Nguyễn Thị Ánh", "Łódź Ørsted", "が行"])
def test_decomposed_text_comes_out_composed(text_out, name):
    assert text_out(unicodedata.normalize("NFD", name)) == [name]


def test_many_characters_need_many_subsets_and_all_come_out(text_out):
    rows = ["".join(chr(0x4E00 + 40 * row + n) for n in range(40)) for row in range(20)]
    assert text_out(*rows) == rows


def test_a_hyphen_at_the_end_of_a_line_stays(text_out):
    assert text_out("Fernández-", "guerrero") == ["Fernández-", "guerrero"]
