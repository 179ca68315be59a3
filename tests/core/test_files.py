from pathlib import Path

import pytest

from wcd.core import files
from wcd.core.config import settings
from wcd.core.errors import NotFound


def test_bytes_are_kept_and_forgotten() -> None:
    key = files.keep("badges.pdf", b"%PDF")
    assert files.path_of(key).read_bytes() == b"%PDF"
    assert files.path_of(key).parent == settings().data / "files"
    files.forget(key)
    files.forget(key)
    with pytest.raises(NotFound):
        files.path_of(key)


def test_a_file_is_copied(tmp_path: Path) -> None:
    (tmp_path / "drawn.pdf").write_bytes(b"%PDF")
    key = files.keep("drawn.pdf", tmp_path / "drawn.pdf")
    assert files.path_of(key).read_bytes() == b"%PDF"
    assert (tmp_path / "drawn.pdf").exists()


def test_the_same_name_twice_is_two_files() -> None:
    assert files.keep("a.txt", b"1") != files.keep("a.txt", b"2")


@pytest.mark.parametrize(
    "name", ["../../secret", "/etc/passwd", "证件.pdf", "", ".", "a" * 300, "x\0y", ".hidden"]
)
def test_any_name_stays_in_the_folder(name: str) -> None:
    path = files.path_of(files.keep(name, b"x"))
    assert path.parent == settings().data / "files"
    assert not path.name.startswith(".")


@pytest.mark.parametrize(
    "key", ["", ".", "..", "../secret", "/etc/passwd", "0" * 32 + "-../x", "0" * 32 + "-x\n"]
)
def test_no_key_leads_out(key: str) -> None:
    with pytest.raises(NotFound):
        files.path_of(key)


def test_what_could_not_be_kept_leaves_nothing(tmp_path: Path) -> None:
    before = set((settings().data / "files").glob(".*"))
    with pytest.raises(FileNotFoundError):
        files.keep("a.pdf", tmp_path / "missing")
    assert set((settings().data / "files").glob(".*")) == before
