"""The set-up of `.venv`, with a package made here, so that nothing is fetched."""

import ast
import base64
import hashlib
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from wcd import __main__ as entry
from wcd.launch import bootstrap
from wcd.launch.errors import LaunchError

PYTHON = getattr(sys, "_base_executable", sys.executable)
SET_UP = """
import sys
from pathlib import Path
from wcd.launch import bootstrap
bootstrap.CHECKOUT = Path(sys.argv[1])
bootstrap.VENV = bootstrap.CHECKOUT / ".venv"
try:
    bootstrap.set_up("run")
except bootstrap.LaunchError as refused:
    sys.exit(str(refused))
"""


@pytest.fixture
def checkout(tmp_path):
    """A checkout whose lock names one package, which lies in a folder beside it."""
    folder = tmp_path / "主 checkout"
    folder.mkdir()
    (tmp_path / "wheels").mkdir()  # pip splits its setting at spaces
    wheel = tmp_path / "wheels" / "gate-1.0-py3-none-any.whl"
    files = {
        "gate.py": "OPEN = True\n",
        "gate-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: gate\nVersion: 1.0\n",
        "gate-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "gate-1.0.dist-info/entry_points.txt": "[console_scripts]\ngate = gate:open\n",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        record = ""
        for name, text in files.items():
            archive.writestr(name, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{name},sha256={digest},{len(text)}\n"
        archive.writestr("gate-1.0.dist-info/RECORD", record + "gate-1.0.dist-info/RECORD,,\n")
    write_lock(folder, hashlib.sha256(wheel.read_bytes()).hexdigest())
    return folder


def write_lock(folder, digest):
    (folder / "requirements-embedded.lock").write_text(f"gate==1.0 --hash=sha256:{digest}\n")
    (folder / "requirements-dev.lock").write_text("")


def start(folder):
    env = {
        "PATH": "/usr/bin:/bin",  # without uv
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(folder.parent / "wheels"),
        "PYTHONPATH": str(Path(bootstrap.__file__).parents[2]),
        "HOME": str(folder),
    }
    argv = [PYTHON, "-c", SET_UP, str(folder)]
    return subprocess.Popen(argv, env=env, stderr=subprocess.PIPE, text=True, start_new_session=True)


def works(folder):
    asked = [folder / ".venv/bin/python", "-c", "import gate; print(gate.OPEN)"]
    return subprocess.run(asked, capture_output=True, check=False).stdout == b"True\n"


def test_two_at_once_make_one_environment_and_later_starts_none(checkout):
    both = [start(checkout), start(checkout)]
    said = sorted(process.communicate()[1] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said == ["", "Setting up .venv from the lock file, once …\n"]
    assert works(checkout)
    assert str(checkout / ".venv/bin/python") in (checkout / ".venv/bin/gate").read_text()
    assert start(checkout).communicate()[1] == ""
    assert sorted(path.name for path in checkout.glob(".venv*")) == [".venv", ".venv.lock"]


def test_one_killed_half_way_is_made_anew(checkout):
    first = start(checkout)
    while not list(checkout.glob(".venv.new-*")):
        assert first.poll() is None
        time.sleep(0.01)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    assert not (checkout / ".venv").exists()
    again = start(checkout)
    assert "Setting up" in again.communicate()[1]
    assert works(checkout)
    assert sorted(path.name for path in checkout.glob(".venv*")) == [".venv", ".venv.lock"]


def test_a_package_that_does_not_match_its_hash_is_refused(checkout):
    write_lock(checkout, "0" * 64)
    refused = start(checkout)
    said = refused.communicate()[1]
    assert refused.returncode == 1
    assert "does not match its hash in the lock file: nothing was installed" in said
    assert "Traceback" not in said
    assert not (checkout / ".venv").exists()


def test_a_package_that_cannot_be_had_is_named(checkout):
    (checkout.parent / "wheels" / "gate-1.0-py3-none-any.whl").unlink()
    said = start(checkout).communicate()[1]
    assert "cannot be fetched" in said
    assert "gate==1.0" in said


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "is full: make room there"),
        ("x\nERROR: something else\n\n", "Setting up .venv failed: ERROR: something else"),
    ],
)
def test_what_pip_says_becomes_one_sentence(said, sentence):
    assert sentence in str(bootstrap._why(said))


def test_without_pip_and_ensurepip_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "find_spec", lambda _name: None)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: None)
    with pytest.raises(LaunchError, match=r"neither pip nor ensurepip.*apt install python3-venv"):
        bootstrap._install(tmp_path / "new", tmp_path / "lock")


def test_the_developers_environment_serves_for_running_until_lock_or_python_change(checkout, monkeypatch):
    venv = checkout / ".venv"
    monkeypatch.setattr(bootstrap, "CHECKOUT", checkout)
    monkeypatch.setattr(bootstrap, "VENV", venv)
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    assert not bootstrap._satisfies("run")
    (venv / "wcd-stamp").write_text(bootstrap._stamp("run", venv))
    assert bootstrap._satisfies("run")
    assert not bootstrap._satisfies("dev")
    (venv / "wcd-stamp").write_text(bootstrap._stamp("dev", venv))
    assert bootstrap._satisfies("run")
    assert bootstrap._satisfies("dev")
    (venv / "bin" / "python").unlink()
    assert not bootstrap._satisfies("dev")
    (venv / "bin" / "python").symlink_to("/bin/sh")
    assert not bootstrap._satisfies("dev")
    (venv / "bin" / "python").unlink()
    (venv / "bin" / "python").symlink_to(sys.executable)
    (checkout / "requirements-dev.lock").write_text("gate==2.0\n")
    assert not bootstrap._satisfies("run")


def test_an_old_python_gets_a_sentence(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer and this is 3\.9"):
        entry.main()


@pytest.mark.parametrize("module", ["__init__.py", "__main__.py"])
def test_an_old_python_can_read_that_far(module):
    ast.parse((Path(entry.__file__).parent / module).read_text(), feature_version=(3, 6))
