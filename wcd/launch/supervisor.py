"""Watches over the processes: one that dies is started again; at the end all of them are gone."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wcd.launch import processes
from wcd.launch.errors import LaunchError

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.5  # it is back within two seconds
SETTLED = 10.0  # who has lived so long has not been dying again and again
SAY_EVERY = 10.0


@dataclass(slots=True)
class Part:
    """One process of the system and how it is started."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    log: Path | None
    process: subprocess.Popen[bytes]
    started: float
    ours: bool = True
    """Ours to end; the servers are ended by whoever started them, when nobody uses them any more."""
    pause: float = 0.0
    again_at: float | None = None
    said: float = 0.0


class Supervisor:
    """The processes of one `serve`, in the order in which they were started."""

    def __init__(self, changed: Callable[[dict[str, int]], None]) -> None:
        self.parts: list[Part] = []
        self._changed = changed

    @property
    def pids(self) -> dict[str, int]:
        """Numbers of the processes by name."""
        return {part.name: part.process.pid for part in self.parts}

    def start(self, name: str, start: Callable[[], subprocess.Popen[bytes]], log: Path | None) -> None:
        """Start a process and keep it running from now on."""
        self.parts.append(Part(name, start, log, start(), time.monotonic()))
        self._changed(self.pids)

    def adopt(
        self,
        name: str,
        start: Callable[[], subprocess.Popen[bytes]],
        log: Path | None,
        process: subprocess.Popen[bytes],
    ) -> None:
        """Keep a process running that is there already."""
        self.parts.append(Part(name, start, log, process, time.monotonic(), ours=False))
        self._changed(self.pids)

    def must_live(self) -> None:
        """While starting, a process that ends is a reason to give up, in its own last words."""
        for part in self.parts:
            if part.process.poll() is not None:
                more = f" (more in {part.log})" if part.log else ""
                raise LaunchError(f"{part.name} {_end_of(part)}{more}")

    def watch(self) -> None:
        """Start again whoever dies; never returns, a signal ends it."""
        while True:
            for part in self.parts:
                self._look_after(part, time.monotonic())
            time.sleep(0.1)

    def stop(self, within: float) -> None:
        """End all that are ours; who does not end in time is killed."""
        processes.end({part.process: signal.SIGTERM for part in self.parts if part.ours}, within)

    def _look_after(self, part: Part, now: float) -> None:
        if part.again_at is None and part.process.poll() is not None:
            quick = now - part.started < SETTLED
            part.pause = min(max(FIRST_PAUSE, part.pause * 2), LONGEST_PAUSE) if quick else FIRST_PAUSE
            part.again_at = now + part.pause
            if now - part.said > SAY_EVERY:
                part.said = now
                print(f"{part.name} {_end_of(part)}; it is started again.", file=sys.stderr, flush=True)  # noqa: T201
        if part.again_at is not None and now >= part.again_at:
            part.process, part.started, part.again_at = part.start(), now, None
            self._changed(self.pids)


def _end_of(part: Part) -> str:
    code = part.process.returncode
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with code {code}: {processes.last_line(part.log) or 'it said nothing'}"
