"""Child processes: started so that they never outlive us, known again by number and start time."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

from wcd.launch.errors import LaunchError
from wcd.launch.kernel import die_with_parent

GONE_WITHIN = 10.0


def spawn(
    argv: Sequence[str | Path], *, log: Path | None, env: Mapping[str, str], **how: Any
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own (Ctrl-C comes to us alone) that dies with us.

    Without a log its words go where ours go: in a container.
    """
    how.setdefault("preexec_fn", die_with_parent())
    with log.open("ab") if log else contextlib.nullcontext() as out:
        how.setdefault("stdout", out or sys.stderr)
        return subprocess.Popen(
            [str(part) for part in argv],
            stdin=subprocess.DEVNULL,
            stderr=out,
            env=dict(env),
            start_new_session=True,
            **how,
        )


def fresh_log(folder: Path, name: str) -> Path:
    """A new log file; the one of the start before is kept beside it."""
    log = folder / f"{name}.log"
    if log.exists() and log.stat().st_size:
        log.replace(folder / f"{name}.log.1")
    log.touch()
    return log


def last_line(log: Path | None) -> str:
    """The last line that says something, for a sentence about why a child ended."""
    if log is None:
        return ""
    with contextlib.suppress(OSError), log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 4096))
        lines = [line.strip() for line in file.read().decode("utf-8", "replace").splitlines()]
        return next((line for line in reversed(lines) if line), "")[:300]
    return ""


def identity(pid: int) -> list[float]:
    """Number and start time: together they mean one process for ever."""
    with contextlib.suppress(psutil.Error):
        return [pid, psutil.Process(pid).create_time()]
    return [pid, 0]


def alive(known: Sequence[float]) -> bool:
    """Whether exactly this process still runs."""
    try:
        process = psutil.Process(int(known[0]))
        return bool(process.create_time() == known[1]) and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def await_gone(known: Mapping[str, Sequence[float]]) -> None:
    """Wait for the children of a killed predecessor: two database servers must never share a folder."""
    deadline = time.monotonic() + GONE_WITHIN
    while left := {name: who for name, who in known.items() if alive(who)}:
        if time.monotonic() > deadline:
            names = ", ".join(f"{name} (process {int(who[0])})" for name, who in left.items())
            raise LaunchError(
                f"An earlier start left {names} running, which does not end: end it and start again."
            )
        if time.monotonic() > deadline - GONE_WITHIN / 2:
            for who in left.values():
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(int(who[0]), signal.SIGKILL)
        time.sleep(0.02)


def end(children: Mapping[subprocess.Popen[bytes], signal.Signals], within: float) -> None:
    """Ask all of them at once to end; who does not in time is killed."""
    for child, how in children.items():
        if child.poll() is None:
            child.send_signal(how)
    deadline = time.monotonic() + within
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def write_json(path: Path, value: object) -> None:
    """Replace a small file at once, readable by its owner only."""
    new = path.with_name(f".{path.name}-{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(value, file)
    new.replace(path)
