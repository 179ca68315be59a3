"""Sets up `.venv` from the hashed lock and runs inside it; standard library only.

The environment is made aside and put in place when it is whole, so nobody ever runs half of one.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from wcd.launch.errors import LaunchError, full, no_room
from wcd.launch.kernel import die_with_parent

CHECKOUT = Path(__file__).resolve().parents[2]
VENV = CHECKOUT / ".venv"
LOCKS = {"run": "requirements-embedded.lock", "dev": "requirements-dev.lock"}
FOR_DEVELOPERS = {"bench", "check", "test"}  # a bench receives its mails with aiosmtpd
INSTALL = ["install", "--quiet", "--require-hashes", "--only-binary", ":all:"]
PIP_QUIET = ["--disable-pip-version-check", "--no-input"]
OLDEST_PIP = (22, 3)  # knows --python


def enter(arguments: list[str]) -> None:
    """Make sure that we run inside a complete `.venv`: sets it up and starts the program again if need be."""
    wanted = "dev" if arguments and arguments[0] in FOR_DEVELOPERS else "run"
    try:
        if not _satisfies(wanted):
            set_up(wanted)
        if Path(sys.prefix).resolve() != VENV.resolve():
            sys.stdout.flush()
            python = str(VENV / "bin" / "python")
            inside = os.environ | {
                "WCD_NO_BOOTSTRAP": "1"
            }  # a broken environment must not start itself for ever
            os.execve(python, [python, "-X", "utf8", "-m", "wcd", *arguments], inside)  # noqa: S606
    except LaunchError as refused:
        sys.exit(str(refused))
    except OSError as wrong:
        where = wrong.filename or VENV
        sys.exit(str(full(where)) if no_room(wrong) else f"{where} cannot be used: {wrong.strerror}.")
    except KeyboardInterrupt:
        sys.exit(130)


def set_up(wanted: str) -> None:
    """Install what the lock names; of two processes at once one works and the other waits."""
    with _alone():
        if _satisfies(wanted):
            return
        print("Setting up .venv from the lock file, once …", file=sys.stderr, flush=True)  # noqa: T201
        for left in CHECKOUT.glob(".venv.*-*"):
            shutil.rmtree(left, ignore_errors=True)
        new = CHECKOUT / f".venv.new-{os.getpid()}"
        try:
            _install(new, CHECKOUT / LOCKS[wanted])
            (new / "wcd-stamp").write_text(_stamp(wanted, new))
            _put_in_place(new)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def _stamp(kind: str, venv: Path) -> str:
    """What an environment is for, from which lock and with which Python it was made."""
    lock = hashlib.sha256((CHECKOUT / LOCKS[kind]).read_bytes()).hexdigest()
    return f"{kind} {lock} {(venv / 'bin' / 'python').resolve()}"


def _satisfies(wanted: str) -> bool:
    """Whether `.venv` is whole and made from today's lock and Python; the developers' one serves for running too."""
    try:
        found = (VENV / "wcd-stamp").read_text()
    except (FileNotFoundError, NotADirectoryError):
        return False
    whole = (VENV / "bin" / "python").exists()
    return whole and any(found == _stamp(kind, VENV) for kind in (wanted, "dev"))


def _install(new: Path, lock: Path) -> None:
    """With uv if it is there (a second instead of half a minute), else with pip, else with ensurepip's pip."""
    uv, python = shutil.which("uv"), new / "bin" / "python"
    if uv and _quietly([uv, "venv", "--quiet", "--python", sys.executable, new]):
        if _quietly([uv, "pip", *INSTALL, "--python", python, "-r", lock]):
            return
        shutil.rmtree(new)  # what uv could not, pip may; if not, its words are said
    if _pip_version() >= OLDEST_PIP:
        _run([sys.executable, "-m", "venv", "--without-pip", new])
        _run([sys.executable, "-m", "pip", "--python", python, *INSTALL, *PIP_QUIET, "-r", lock])
    elif find_spec("ensurepip"):
        _run([sys.executable, "-m", "venv", new])
        _run([python, "-m", "pip", *INSTALL, *PIP_QUIET, "-r", lock])
    else:
        raise LaunchError(
            f"{sys.executable} has neither pip nor ensurepip, one of which is needed once: "
            "install it (Debian, Ubuntu: “apt install python3-venv”) and start again."
        )


def _pip_version() -> tuple[int, ...]:
    if not find_spec("pip"):
        return (0,)
    said = subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, text=True, check=False
    ).stdout
    return (
        tuple(int(part) for part in said.split(" ")[1].split(".")[:2] if part.isdecimal()) if said else (0,)
    )


def _run(argv: list[str | Path]) -> None:
    done = subprocess.run(argv, capture_output=True, text=True, check=False, preexec_fn=die_with_parent())
    if done.returncode:
        raise _why(done.stdout + done.stderr)


def _quietly(argv: list[str | Path]) -> bool:
    return not subprocess.run(argv, capture_output=True, check=False, preexec_fn=die_with_parent()).returncode


def _why(said: str) -> LaunchError:
    if no_room(said):
        return full(CHECKOUT)
    if "DO NOT MATCH THE HASHES" in said:
        return LaunchError(
            "A downloaded package does not match its hash in the lock file: nothing was installed. "
            "Check where your pip downloads from; if the lock was changed, make it anew with scripts/lock."
        )
    if "No matching distribution" in said or "Could not find a version" in said:
        missing = next(
            line for line in said.splitlines() if "No matching" in line or "Could not find" in line
        )
        return LaunchError(
            f"A package of the lock file cannot be fetched ({missing.strip()}): check the network and pip's settings."
        )
    lines = [line for line in said.splitlines() if line.strip()]
    return LaunchError(f"Setting up .venv failed: {lines[-1] if lines else 'no reason was given'}")


def _put_in_place(new: Path) -> None:
    """Scripts in bin/ name their folder; tell them the final one, then swap."""
    for script in (new / "bin").iterdir():
        if script.is_file() and not script.is_symlink():
            text = script.read_bytes()
            if str(new).encode() in text:
                script.write_bytes(text.replace(str(new).encode(), str(VENV).encode()))
    old = CHECKOUT / f".venv.old-{os.getpid()}"
    with contextlib.suppress(FileNotFoundError):
        VENV.rename(old)
    new.rename(VENV)
    shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    with (CHECKOUT / ".venv.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
