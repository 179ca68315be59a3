"""Start everything and keep it running."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from wcd.core import clock
from wcd.core.config import CHECKOUT, DEMO_CLOCK, Settings, default_base_url, settings
from wcd.launch import attach, processes, street
from wcd.launch.embedded import Embedded
from wcd.launch.errors import LaunchError, full, no_room
from wcd.launch.folder import Folder
from wcd.launch.supervisor import Supervisor

PYTHON = [sys.executable, "-X", "utf8", "-m"]
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ROLES = ("web", "worker", "clock")
PROGRAMS = {"worker": ["wcd.worker"], "clock": ["wcd.worker.clock"]}


class Ended(BaseException):
    """Ctrl-C or SIGTERM: everything ends in order."""


@click.command()
@click.option(
    "--data", type=click.Path(path_type=Path), help="Data folder (or WCD_DATA; data/ in the checkout)."
)
@click.option("--host", help="Address to listen on (127.0.0.1).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (8000; 0 takes a free one).")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Web processes.")
@click.option("--demo", is_flag=True, help="With the sample edition wcd-2023, two days before it begins.")
@click.option("--only", type=click.Choice(ROLES), help="Only this part, as in a container.")
@click.option("--tls-cert", type=click.Path(path_type=Path), help="Certificate, for https without a proxy.")
@click.option("--tls-key", type=click.Path(path_type=Path), help="Its key.")
def command(
    data: Path | None,
    host: str | None,
    port: int | None,
    workers: int,
    demo: bool,
    only: str | None,
    tls_cert: Path | None,
    tls_key: Path | None,
) -> None:
    """Start everything: database, queue, web, worker and clock; and keep it running."""
    if (tls_cert is None) != (tls_key is None):
        raise click.UsageError("--tls-cert and --tls-key belong together.")
    os.umask(0o077)  # what we write is for nobody else on this machine
    given = {"WCD_DATA": data, "WCD_HOST": host, "WCD_PORT": port, "WCD_DEMO": "on" if demo else None}
    os.environ.update({name: str(value) for name, value in given.items() if value is not None})
    tls = (tls_cert.absolute(), tls_key.absolute()) if tls_cert and tls_key else None
    for number in ENDS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup means it
            signal.signal(number, _end)
    serving = Serving(ROLES if only is None else (only,), workers, tls)
    with contextlib.suppress(Ended):
        serving.run()


def _end(number: int, _frame: object) -> NoReturn:
    """Raise once; while things end in order the same signal again changes nothing."""
    for again in ENDS:
        signal.signal(again, signal.SIG_IGN)
    raise Ended(number)


@dataclass
class Serving:
    """One run of `serve`: what is started, in which order, and how it is reached."""

    roles: tuple[str, ...]
    workers: int
    tls: tuple[Path, Path] | None
    known: Settings = field(init=False)
    folder: Folder = field(init=False)
    supervisor: Supervisor = field(init=False)
    env: dict[str, str] = field(init=False)
    base_url: str = field(init=False)

    def run(self) -> None:
        """Start, say so, watch; whatever happens, nobody is left behind."""
        if self.tls:
            street.check_tls(*self.tls)
        self.known = _settings()
        self.folder = Folder(self.known.data)
        self.supervisor = Supervisor(self._record)
        with contextlib.ExitStack() as stack:
            stack.callback(self.folder.release)
            missing = self._claim()
            listening = street.listen(self.known.host, self.known.port) if "web" in self.roles else None
            self._say_who_we_are(listening)
            embedded = Embedded(self.known.data) if missing else None
            if embedded:
                self.env |= attach.addresses(embedded, missing)
                stack.callback(embedded.stop)
            stack.callback(self.supervisor.stop, within=2.5)
            opened, gate = os.pipe()
            if listening:
                self._start_web(listening, opened)
            if embedded:
                self._start_servers(embedded, missing)
            link = self._prepare()
            os.close(gate)
            self._finish(listening, link)
            self.supervisor.watch()

    @property
    def _whole(self) -> bool:
        """The whole system, not one part of it in a container."""
        return len(self.roles) == len(ROLES)

    def _claim(self) -> list[str]:
        """Which servers are ours to start; parts of one system in containers share a folder without its lock."""
        missing = attach.missing(self.known)
        if self._whole:
            self.folder.must_claim()
        elif missing and not self.folder.claim():
            found = self.folder.addresses()
            if found is None:
                raise LaunchError(f"Another command uses {self.known.data}: start again when it has ended.")
            os.environ.update(
                {name: found[name] for name in ("WCD_DATABASE_URL", "WCD_REDIS_URL") if name in found}
            )
            return []
        clock.set_up(self.known)
        return missing

    def _say_who_we_are(self, listening: socket.socket | None) -> None:
        port = listening.getsockname()[1] if listening else self.known.port
        by_itself = default_base_url(self.known.host, port, "https" if self.tls else "http")
        self.base_url = os.environ.get("WCD_BASE_URL") or by_itself
        os.environ |= {
            "WCD_DATA": str(self.known.data),
            "WCD_PORT": str(port),
            "WCD_BASE_URL": self.base_url.rstrip("/"),
        }
        self.base_url = self.base_url.rstrip("/")
        self.env = dict(os.environ)

    def _start_web(self, listening: socket.socket, gate: int) -> None:
        """The web gets ready while servers start and the database is migrated; it serves when the gate opens."""
        arguments = self._web_arguments(listening, gate)
        for number in range(1, self.workers + 1):
            name = "web" if number == 1 else f"web-{number}"
            self._start_part(name, arguments, (listening.fileno(), gate))

    def _start_servers(self, embedded: Embedded, names: list[str]) -> None:
        embedded.start(*names, launched=lambda pids: self._record(self.supervisor.pids | pids))
        for name in names:
            log = embedded.log / f"{name}.log"
            self.supervisor.adopt(name, partial(embedded.launch, name), log, embedded.children[name])

    def _finish(self, listening: socket.socket | None, link: str | None) -> None:
        """Worker and clock need not wait for anybody, nor anybody for them."""
        if listening:
            where = listening.getsockname()[:2]
            street.await_ready(where, tls=bool(self.tls), meanwhile=self.supervisor.must_live)
        for role in self.roles:
            if role in PROGRAMS:
                self._start_part(role, PROGRAMS[role])
        self._announce(link)

    def _start_part(self, name: str, arguments: list[str], passing: tuple[int, ...] = ()) -> None:
        log = self._log(name)
        self.supervisor.start(name, partial(self._spawn, arguments, log, pass_fds=passing), log)

    def _log(self, name: str) -> Path | None:
        """A file in the data folder; one part alone, as in a container, speaks to its own output."""
        return processes.fresh_log(self.folder.home / "log", name) if self._whole else None

    def _spawn(self, arguments: list[str], log: Path | None, **how: Any) -> subprocess.Popen[bytes]:
        return processes.spawn([*PYTHON, *arguments], log=log, env=self.env, cwd=CHECKOUT, **how)

    def _web_arguments(self, listening: socket.socket, gate: int) -> list[str]:
        proxies = ["--proxies", ",".join(self.known.trusted_proxies)] if self.known.trusted_proxies else []
        tls = ["--tls-cert", str(self.tls[0]), "--tls-key", str(self.tls[1])] if self.tls else []
        return ["wcd.launch.web", "--listen", str(listening.fileno()), "--gate", str(gate), *proxies, *tls]

    def _prepare(self) -> str | None:
        """Migrate, load the sample, ask for the first owner's link: in a process of its own."""
        log = self._log("prepare")
        link = ["--link"] if "web" in self.roles else []
        child = self._spawn(["wcd.cli.prepare", *link], log, stdout=subprocess.PIPE)
        try:
            while child.poll() is None:
                self.supervisor.must_live()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(0.02)
        finally:
            processes.end({child: signal.SIGTERM}, within=1)
        if child.returncode:
            words = processes.last_line(log) or "see above"
            raise (
                full(self.known.data)
                if no_room(words)
                else LaunchError(f"The database is not ready: {words}")
            )
        said: dict[str, str | None] = json.loads(child.communicate()[0])
        return said["owner_link"]

    def _record(self, pids: dict[str, int]) -> None:
        if self._whole:
            names = ("WCD_DATABASE_URL", "WCD_REDIS_URL", "WCD_BASE_URL")
            self.folder.record(pids, {name: self.env[name] for name in names if name in self.env})

    def _announce(self, link: str | None) -> None:
        pids = {"serve": os.getpid(), **self.supervisor.pids}
        places = {"public": "/", "organiser": "/organiser/", "door": "/door/"}
        found = {name: self.base_url + path for name, path in places.items()} if "web" in self.roles else {}
        for name, address in found.items():
            click.echo(f"  {name:<10} {address}")
        if link:
            click.echo(f"  {'owner':<10} {link}\n             (once: sets the first owner's password)")
        click.echo(
            f"  {'data':<10} {self.known.data}"
            + ("" if self.known.smtp_url else "  (mails as files in its mail/)")
        )
        click.echo("Ctrl-C ends it.")
        click.echo(
            "ready " + json.dumps({**dict.fromkeys(places), **found, "owner_link": link, "pids": pids})
        )
        sys.stdout.flush()


def _settings() -> Settings:
    """The settings; the sample's clock starts two days before its forum, unless there is one already."""
    known = settings()
    if known.demo and known.clock is None and not (known.data / "clock.json").exists():
        os.environ["WCD_CLOCK"] = DEMO_CLOCK
        settings.cache_clear()
    return settings()
