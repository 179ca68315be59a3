import hashlib
import io
import os
import re
import subprocess
from pathlib import Path

import msgspec
import pypdf
import pytest
import zxingcpp
from PIL import Image

from tests.tools import tool
from wcd.badges.drawing import BadgeFace, EditionFace, ProgrammeLine, draw_badge, draw_badges, unprintable
from wcd.badges.layouts import LAYOUTS, OTHER
from wcd.editions.rules import contrast
from wcd.editions.skyline import skyline

EDITION = EditionFace(
    code="wcd-2023",
    name_zh="世界城市日 2023",
    name_en="World Cities Day",
    subtitle_en="China observance",
    dates_zh="10月28日至31日",
    dates_en="28–31 Oct 2023",
    place_zh="上海",
    place_en="Shanghai",
    days=(28, 29, 30, 31),
    release_note_zh="日程第4版，10月20日。",
    release_note_en="Release 4, 20 Oct.",
    desk_zh="一层东门",
    desk_en="ground floor, east gate",
    programme_url="https://forum.example/zh/programme",
)
ADA = BadgeFace(
    guest_id="ada",
    native_name="欧阳靖霖",
    latin_name="Ouyang Jinglin",
    organisation_zh="滨江城市研究院（示例）",
    organisation_en="Riverside Institute for Urban Studies",
    category="speaker",
    category_zh="主讲嘉宾",
    category_en="Speaker",
    code="0123456789ABCDEFGHJKMNPQRS",
    short_code="7K4M-2Q9D",
    seat_zh="B区 12排 07座",
    seat_en="Block B, row 12, seat 7",
)
NAMES = [
    ("𬱖𠅤𫍯", "Tui Zhao"),
    ("王𪚥𨭎", "Wang Zhexi"),
    ("María José Fernández-Guerrero de la Torre y Ruiz-Gallardón", "Maria Jose Fernandez Guerrero"),
    ("مريم الهاشمي", "Maryam Al-Hashimi"),
    ("عبد الرحمن بن محمد القحطاني", "Abdulrahman bin Mohammed Al-Qahtani"),
    ("迪丽娜尔·阿不都热合曼", "Dilnar Abdurahman"),
    ("จุฬาลักษณ์พรหมธิดา ศรีสุวรรณภูมิ", "Chulalak Phromthida Srisuwannaphum"),
    ("सिद्धार्थ कृष्णमूर्ति", "Siddharth Krishnamurthy"),
    ("Анна Шереметьева-Ольденбургская", "Anna Sheremetyeva-Oldenburgskaya"),
    ("Wolfeschlegelsteinhausenbergerdorffvoralternwarengewissenhaft", "Wolf"),
    ("", "Bartholomew Featherstonehaugh-Cholmondeley"),
    ("Ngozi Ẹ̀kọ́", ""),
]


def session(n, title="分论坛", day=28):
    return ProgrammeLine(
        day_label_zh=f"10月{day}日",
        day_label_en=f"{day} Oct",
        time=f"{9 + n % 9:02}:00–{9 + n % 9:02}:50",
        title_zh=f"{title}{n}",
        title_en=f"Forum number {n}",
        room_zh=f"{n}号厅",
        room_en=f"Hall {n}",
    )


def guest(n, **changed):
    code = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[(n * 7 + k * k) % 32] for k in range(26))
    return msgspec.structs.replace(ADA, guest_id=f"g{n}", code=code, **changed)


@pytest.fixture
def fonts():
    """Unpacked once for all workers."""
    return Path(os.environ["WCD_DATA"]) / "fonts"


@pytest.fixture
def drawn(tmp_path, fonts):
    def draw(*badges):
        path = tmp_path / "badges.pdf"
        with path.open("wb") as out:
            assert draw_badges(EDITION, badges, out, fonts=fonts) == len(badges)
        return path

    return draw


def run(name, *arguments):
    return subprocess.run([tool(name), *arguments], check=True, capture_output=True, text=True).stdout


def words(path, page):
    """The text of a page without the spaces and line breaks that the layout brings in."""
    text = run("pdftotext", "-f", str(page), "-l", str(page), str(path), "-")
    return re.sub(r"[\s\u202a-\u202c]", "", text)


def test_the_symbol_on_the_front_says_the_code_alone(drawn, tmp_path):
    badges = [guest(n, category=category) for n, category in enumerate(LAYOUTS)]
    path = drawn(*badges)
    run("pdftoppm", "-r", "150", "-gray", "-png", str(path), str(tmp_path / "page"))
    read = [
        [found.text for found in zxingcpp.read_barcodes(Image.open(picture))]
        for picture in sorted(tmp_path.glob("page-*.png"))
    ]
    assert read[0::2] == [[badge.code] for badge in badges]
    assert read[1::2] == [[EDITION.programme_url]] * len(badges)


def test_no_name_is_cut_or_garbled(drawn):
    badges = [guest(n, native_name=native, latin_name=latin) for n, (native, latin) in enumerate(NAMES)]
    path = drawn(*badges)
    for n, (native, latin) in enumerate(NAMES):
        front = words(path, 2 * n + 1)
        assert (native or latin).replace(" ", "") in front
        assert "…" not in front + words(path, 2 * n + 2)
        if native and latin and n != 2:
            assert latin.replace(" ", "") in front


def test_front_says_who_from_where_and_which_seat(drawn):
    front = words(drawn(ADA), 1)
    for text in (
        "世界城市日2023",
        "WorldCitiesDay·Chinaobservance",
        "10月28日至31日",
        "28–31Oct2023",
        "上海Shanghai",
        "滨江城市研究院（示例）",
        "RiversideInstituteforUrbanStudies",
        "B区12排07座BlockB,row12,seat7",
        "7K4M-2Q9D",
        "主讲嘉宾",
        "Speaker",
    ):
        assert text in front


@pytest.mark.parametrize(
    ("native", "latin", "shown"),
    [
        ("", "Ada Byron", 1),
        ("Ada Byron", "Ada Byron", 1),
        ("José Núñez", "JOSE NUNEZ", 0),
        ("李娜", "Li Na", 1),
    ],
)
def test_a_name_is_not_said_twice(drawn, native, latin, shown):
    front = words(drawn(guest(1, native_name=native, latin_name=latin)), 1)
    assert front.count(latin.replace(" ", "")) == shown
    assert native.replace(" ", "") in front


def test_back_has_the_programme_by_day(drawn):
    programme = tuple(session(n, day=28 + n // 2) for n in range(6))
    back = words(drawn(guest(1, programme=programme)), 2)
    assert "欧阳靖霖的日程" in back
    assert [back.count(f"10月{day}日") for day in (28, 29, 30)] == [1, 1, 1]
    for n in range(6):
        assert f"分论坛{n}" in back
        assert f"Forumnumber{n}" in back
        assert f"{n}号厅" in back


@pytest.mark.parametrize("count", [14, 40, 80])
def test_no_session_is_dropped_silently(drawn, count):
    back = words(drawn(guest(1, programme=tuple(session(n) for n in range(count)))), 2)
    shown = len(set(re.findall(r"Forumnumber\d+", back)))
    told = re.search(r"另有(\d+)场.*And(\d+)more", back)
    assert shown + (int(told[1]) if told else 0) == count
    assert shown >= min(count, 14)


def test_long_texts_stay_whole_where_there_is_room(drawn):
    zh, en = (
        "上海市城市规划设计研究院城乡融合与国际交流中心" * 2,
        "International Institute for Urban Studies " * 3,
    )
    front = words(drawn(guest(1, organisation_zh=zh, organisation_en=en)), 1)
    assert zh in front
    assert en.replace(" ", "") in front
    assert "…" not in front


def test_the_file_is_sound_and_carries_its_fonts(drawn):
    path = drawn(*(guest(n, native_name=native, latin_name=latin) for n, (native, latin) in enumerate(NAMES)))
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", str(path))
    fonts = run("pdffonts", str(path)).splitlines()[2:]
    assert len(fonts) >= 9
    # name, type, encoding, emb, sub, uni, object, generation
    assert {tuple(line.split()[-5:-2]) for line in fonts} == {("yes", "yes", "yes")}


def test_every_drawing_shown_is_there_and_every_page_is_a6(drawn):
    reader = pypdf.PdfReader(drawn(ADA, guest(1, programme=(session(1),)), guest(2, category="vip")))
    assert len(reader.pages) == 6
    for page in reader.pages:
        assert [round(float(side) / 72 * 25.4, 1) for side in page.mediabox[2:]] == [105, 148]
        shown = re.findall(rb"/(f\d+) Do", page.get_contents().get_data())
        assert shown
        assert {name.decode() for name in shown} <= {name[1:] for name in page["/Resources"]["/XObject"]}


def test_the_same_badges_give_the_same_bytes(fonts):
    def digest():
        out = io.BytesIO()
        draw_badges(
            EDITION, [guest(n, native_name=name) for n, (name, _) in enumerate(NAMES)], out, fonts=fonts
        )
        return hashlib.sha256(out.getvalue()).hexdigest()

    first = digest()
    draw_badge(
        EDITION, guest(99, native_name="ئابدۇرېھىم"), fonts=fonts
    )  # leaves other glyphs behind in the fonts
    assert digest() == first


def test_unprintable_names_are_listed_with_their_characters():
    bad = guest(1, native_name="王\U0002ebf0\ue000", latin_name="Wang\u200b")
    assert [
        (one.guest_id, one.field, [flaw.codepoint for flaw in one.characters]) for one in unprintable(bad)
    ] == [
        ("g1", "native_name", ["U+2EBF0", "U+E000"]),
        ("g1", "latin_name", ["U+200B"]),
    ]
    assert unprintable(ADA) == ()


def test_unprintable_badges_are_not_drawn_and_the_fonts_stay_usable(fonts):
    with pytest.raises(ValueError, match="g1"):
        draw_badge(EDITION, guest(1, native_name="王\U0002ebf0"), fonts=fonts)
    assert draw_badge(EDITION, ADA, fonts=fonts).startswith(b"%PDF-")


def test_printed_by_latin_name_when_a_person_says_so(drawn):
    badge = guest(1, native_name="王\U0002ebf0", latin_name="Wang Xi", print_latin_only=True)
    assert unprintable(badge) == ()
    path = drawn(badge)
    assert "WangXi" in words(path, 1)
    assert "王" not in words(path, 1) + words(path, 2)


def test_latin_only_does_not_help_who_has_no_latin_name():
    assert unprintable(guest(1, native_name="王\U0002ebf0", latin_name="", print_latin_only=True))


def test_a_hole_in_another_text_is_seen(drawn):
    back = words(drawn(guest(1, programme=(session(1, title="庆典😀"),))), 2)
    assert "庆典〓1" in back


def test_progress_is_told_and_nothing_is_written_for_none(fonts):
    told, out = [], io.BytesIO()
    assert draw_badges(EDITION, (guest(n) for n in range(60)), out, fonts=fonts, progress=told.append) == 60
    assert told == [25, 50, 60]
    empty = io.BytesIO()
    assert draw_badges(EDITION, [], empty, fonts=fonts) == 0
    assert empty.getvalue() == b""


@pytest.mark.parametrize("layout", [*LAYOUTS.values(), OTHER], ids=[*LAYOUTS, "other"])
def test_white_is_read_on_every_band(layout):
    assert contrast("#ffffff", layout.colour) >= 4.5


def test_categories_differ_without_colour():
    assert len({layout.pattern for layout in LAYOUTS.values()}) == len(LAYOUTS) == 8


def test_the_skyline_is_that_of_its_edition():
    one = skyline("wcd-2023", (28, 29, 30, 31))
    assert one == skyline("wcd-2023", (28, 29, 30, 31)) != skyline("wcd-2024", (28, 29, 30, 31))
    assert len(one.lit) == 28
    assert max(height for _, height in one.quiet) < max(height for _, height in one.lit) <= 62
