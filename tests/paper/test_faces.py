import gc
import subprocess
import sys

import pytest

from wcd.paper import faces
from wcd.paper.faces import BOLD, PACKED, RARE, REGULAR, coverage, faces_with, has

THAI = "badgesansthai-bold"
GB18030_LEVEL_3 = [
    (0x3400, 0x4DB5),
    (0x4E00, 0x9FEF),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
    (0x2F00, 0x2FD5),
]


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_all_of_gb18030_level_3_can_be_printed(weight):
    wanted = [chr(code) for first, last in GB18030_LEVEL_3 for code in range(first, last + 1)]
    assert len(wanted) == 88_089
    assert [char for char in wanted if not faces_with(char, weight)] == []


@pytest.mark.parametrize("char", "㛃䶮𬱖𠅤𫍯𬭊")
def test_characters_of_names_have_a_bold_face_of_their_own(char):
    assert faces_with(char, BOLD) == ("badgesanscjk-bold",)


def test_the_rare_font_comes_last_for_han():
    assert faces_with("𪚥", BOLD) == (RARE,)


@pytest.mark.parametrize("name", [THAI, "badgesanslatin-regular", "badgesansarabic-bold", RARE])
def test_coverage_file_says_what_is_in_the_font(fonts, name):
    drawn = set(faces.Face(name, faces._unpack_one(PACKED / f"{name}.ttf.xz", fonts)).widths) - {0xA0}
    firsts, lasts = coverage()[name]
    said = {code for first, last in zip(firsts, lasts, strict=True) for code in range(first, last + 1)} - {
        0xA0
    }
    assert {code for code in drawn if code < 0xF0000 and code != 0xFFFF} == said  # FFFF ends a cmap


def test_coverage_ends_where_a_range_ends():
    assert has(THAI, "ก")
    assert not has(THAI, "\u0e00")
    assert not has(THAI, "\u0e3b")


def test_every_font_is_named_in_the_licence():
    licence = (PACKED / "OFL.txt").read_text()
    families = {path.name.split("-")[0] for path in PACKED.glob("*.ttf.xz")}
    assert len(families) == 6
    assert [family for family in families if f"({family}-" not in licence] == []


def test_two_processes_may_unpack_at_once(tmp_path):
    program = (
        "import sys; from pathlib import Path; from wcd.paper import faces;"
        f"faces._unpack_one(faces.PACKED / '{THAI}.ttf.xz', Path(sys.argv[1]))"
    )
    both = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "new")]) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    (only,) = (tmp_path / "new").iterdir()
    assert only.read_bytes()[:4] == b"\0\1\0\0"


def test_what_was_half_unpacked_is_taken_away(tmp_path, monkeypatch):
    def full(_packed):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lzma.decompress", full)
    with pytest.raises(OSError, match="No space left"):
        faces._unpack_one(PACKED / f"{THAI}.ttf.xz", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_collector_rests_while_drawing_and_works_again_after_a_mishap():
    def draw():
        with faces.drawing():
            assert not gc.isenabled()
            raise KeyError

    with pytest.raises(KeyError):
        draw()
    assert gc.isenabled()
