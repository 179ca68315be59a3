"""A real house for a test: `serve` with its servers, worker and clock, in a folder of its own."""

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wcd.core.config import CHECKOUT

PATIENCE = 90.0


class House:
    """One `python -m wcd serve` and the commands beside it."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.data = data
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("WCD_", "PICCOLO_", "COV_"))
        }
        self.environment = kept | {"WCD_NO_BOOTSTRAP": "1", "WCD_DATA": str(data), **settings}
        self.process: subprocess.Popen[str] | None = None
        self.ready: dict[str, Any] = {}
        self.said: list[str] = []

    def start(self, *arguments: str, port: int = 0) -> dict[str, Any]:
        """Start and wait for the `ready` line; what it says."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "wcd", "serve", "--port", str(port), *arguments],
            env=self.environment,
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        lines: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=_read, args=(self.process, lines), daemon=True)
        self._reader.start()
        end = time.monotonic() + PATIENCE
        while True:
            line = lines.get(timeout=max(0.1, end - time.monotonic()))
            if line is None:
                raise AssertionError("serve ended:\n" + "".join(self.said))
            self.said.append(line)
            if line.startswith("ready "):
                self.ready = json.loads(line.removeprefix("ready "))
                return self.ready

    def set_clock(self, at: str) -> None:
        """The clock of the demo comes to another time: the house starts again with it, at the same address."""
        port = self.port
        self.stop()
        self.environment["WCD_CLOCK"] = at
        self.start("--demo", port=port)

    @property
    def port(self) -> int:
        """Where the web listens."""
        return int(str(self.ready["public"]).split(":")[2].split("/")[0])

    @property
    def base(self) -> str:
        """The address without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str, check: bool = True, typed: str = "") -> subprocess.CompletedProcess[str]:
        """A command of ours beside the running servers."""
        done = subprocess.run(
            [sys.executable, "-m", "wcd", *arguments],
            env=self.environment,
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
            input=typed,
        )
        if check and done.returncode:
            raise AssertionError(f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it, and wait until it is gone."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process is not None and self.process.stdout is not None:
            self._reader.join(5)
            self.process.stdout.close()

    def mails(self) -> list[Path]:
        """What the folder mode has written."""
        return sorted((self.data / "mail").glob("*.eml"))


def _read(process: subprocess.Popen[str], lines: "queue.Queue[str | None]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put(None)


@contextlib.contextmanager
def house(*arguments: str, **settings: str) -> Iterator[House]:
    """A running house that is taken away afterwards."""
    place = Path(tempfile.mkdtemp(prefix="wcd-house-"))
    here = House(place / "data", **settings)
    try:
        here.start(*arguments)
        yield here
    finally:
        here.stop()
        shutil.rmtree(place, ignore_errors=True)


def wait_for(what: Any, *, seconds: float = PATIENCE, every: float = 0.1) -> Any:
    """Ask again until the answer is truthy; the answer."""
    end = time.monotonic() + seconds
    while not (answer := what()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:.0f} s in vain")
        time.sleep(every)
    return answer
