"""The data folder: whoever serves it holds its lock and writes down its children and their addresses."""

import contextlib
import fcntl
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from wcd.launch import processes
from wcd.launch.errors import LaunchError, unusable


class Folder:
    """A data folder that this process may, or may not, serve."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._lock: IO[str] | None = None
        try:
            if not home.exists():
                home.mkdir(parents=True)
                home.chmod(0o711)  # others may pass (PostgreSQL's user, when we are root) but not look
            (home / "log").mkdir(mode=0o700, exist_ok=True)
            if not os.access(home, os.W_OK | os.X_OK):
                raise PermissionError(13, "Permission denied", str(home))
        except OSError as wrong:
            raise unusable(wrong, f"The data folder {home}") from wrong

    def claim(self) -> bool:
        """Take the lock if it is free; then the children of a killed predecessor are gone."""
        try:
            lock = (self.home / "lock").open("a")
        except OSError as wrong:
            raise unusable(wrong, self.home / "lock") from wrong
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return False
        self._lock = lock
        processes.await_gone(self._read().get("children", {}))
        return True

    def must_claim(self) -> None:
        """Take the lock or say who has it."""
        if not self.claim():
            by = self._read().get("served_by")
            who = f"process {int(by[0])}" if by else "another command"
            raise LaunchError(
                f"The data folder {self.home} is already in use by {who}: stop that, or give another folder with --data."
            )

    def release(self) -> None:
        """Give the folder back; nobody shall attach to what is gone."""
        if self._lock is not None:
            (self.home / "children.json").unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def record(self, children: Mapping[str, int], env: Mapping[str, str] | None = None) -> None:
        """Write down who our children are; `env` only when others may attach to them."""
        known: dict[str, Any] = {
            "children": {name: processes.identity(pid) for name, pid in children.items()}
        }
        if env is not None:
            known |= {"served_by": processes.identity(os.getpid()), "env": dict(env)}
        with contextlib.suppress(FileNotFoundError):
            processes.write_json(self.home / "children.json", known)

    def addresses(self) -> dict[str, str] | None:
        """The environment of the process that serves this folder, once its servers are up."""
        known = self._read()
        by: Sequence[float] | None = known.get("served_by")
        return dict(known["env"]) if by and processes.alive(by) else None

    def _read(self) -> dict[str, Any]:
        try:
            known: dict[str, Any] = json.loads((self.home / "children.json").read_text())
        except (OSError, ValueError):
            return {}
        return known
