"""The ground of a bench: a data folder of its own, durable servers, the sample edition, one web process."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import msgspec

from wcd.core.config import CHECKOUT
from wcd.launch.attach import addresses, started
from wcd.launch.folder import Folder

SECRET = "for-benches-only-for-benches-only-0"  # noqa: S105 - guards a folder that is gone after the bench
FORUM_MORNING = "2023-10-28T08:30:00+08:00"


class Ground(msgspec.Struct, frozen=True):
    """Where a bench stands."""

    data: Path
    environment: dict[str, str]


@contextlib.contextmanager
def ground(*, clock: str = FORUM_MORNING) -> Iterator[Ground]:
    """Servers with durable commits in a folder that goes afterwards; migrated, with the sample edition."""
    with tempfile.TemporaryDirectory(prefix="wcd-bench-", ignore_cleanup_errors=True) as place:
        folder = Folder(Path(place) / "data")
        folder.must_claim()
        try:
            with started(folder, ["postgres", "valkey"]) as embedded:
                kept = {name: value for name, value in os.environ.items() if not name.startswith("WCD_")}
                environment = kept | {
                    **addresses(embedded, ["postgres", "valkey"]),
                    "WCD_DATA": str(folder.home),
                    "WCD_SECRET": SECRET,
                    "WCD_RATE_LIMITS": "off",
                    "WCD_CLOCK": clock,
                    "WCD_NO_BOOTSTRAP": "1",
                    "PICCOLO_CONF": "wcd.core.piccolo_conf",
                }
                here = Ground(folder.home, environment)
                run(here, "-m", "wcd", "migrate")
                run(here, "-m", "wcd", "demo")
                yield here
        finally:
            folder.release()


def run(here: Ground, *arguments: str) -> str:
    """Run a Python of this environment to its end; what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env=here.environment,
        cwd=CHECKOUT,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


@contextlib.contextmanager
def process(here: Ground, *arguments: str, **passed: tuple[int, ...]) -> Iterator[subprocess.Popen[bytes]]:
    """A process of this environment that ends with the block; its log is kept in the data folder."""
    with (here.data / "log" / "bench.log").open("ab") as log:
        child = subprocess.Popen(
            [sys.executable, *arguments],
            env=here.environment,
            cwd=CHECKOUT,
            stdout=log,
            stderr=log,
            pass_fds=passed.get("pass_fds", ()),
        )
        try:
            yield child
        finally:
            child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(5)
            child.kill()
            child.wait()


@contextlib.contextmanager
def web(here: Ground) -> Iterator[int]:
    """One web process with the bench's floors; its port."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        port: int = listening.getsockname()[1]
        listening.set_inheritable(True)
        opened, gate = os.pipe()
        here.environment["WCD_PORT"] = str(port)
        here.environment["WCD_BASE_URL"] = f"http://127.0.0.1:{port}"
        words = [
            "-m",
            "wcd.launch.web",
            "--app",
            "wcd.floor:make_app",
            "--listen",
            str(listening.fileno()),
            "--gate",
            str(opened),
        ]
        with process(here, *words, pass_fds=(listening.fileno(), opened)):
            os.close(opened)
            os.close(gate)
            _await_ready(port)
            yield port


def _await_ready(port: int) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError("The bench's server did not become ready; see bench.log in its data folder.")
