"""Mails: approvals with each guest's own badge, against sending the same mails, made beforehand, on one connection.

The receiving server is aiosmtpd in a process of its own, for both. Alone: `python -m wcd.cli.bench.mail`.
"""

import asyncio
import contextlib
import json
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import aiosmtplib

from wcd.badges.queries import approved_guests
from wcd.cli.bench.ground import Ground, ground, process, run
from wcd.cli.bench.results import Result, compared
from wcd.core import jobs
from wcd.core.db import lifespan
from wcd.editions.queries import current_edition
from wcd.mail.outbox import Letter, queue_many

MODULE = "wcd.cli.bench.mail"
MAILS = 1500
WORKERS = 2
LONGEST = 300


def measure() -> list[Result]:
    """Mails per second from the commit that queues them until the server has taken the last."""
    with ground() as here, _server(here) as (server, port):
        here.environment["WCD_SMTP_URL"] = f"smtp://127.0.0.1:{port}?starttls=off"
        with contextlib.ExitStack() as stack:
            for _ in range(WORKERS):
                stack.enter_context(process(here, "-m", "wcd.worker"))
            time.sleep(2)
            begun = float(run(here, "-m", MODULE, "--queue"))
            ended = float(_say(server))
        floor = float(run(here, "-m", MODULE, "--floor", str(port), str(_kept(here))))
    rate = MAILS / (ended - begun)
    return [
        compared("mail", f"{MAILS} with their badge", rate, "1/s", floor, peer_processes=1, workers=WORKERS)
    ]


@contextlib.contextmanager
def _server(here: Ground) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The receiving server and its port."""
    command = [sys.executable, "-m", MODULE, "--server", str(_kept(here))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=here.environment) as server:
        try:
            yield server, int(_say(server))
        finally:
            server.kill()


def _kept(here: Ground) -> Path:
    """Where the server leaves the mails it took, for the floor."""
    return here.data / "taken.pickle"


def _say(server: subprocess.Popen[str]) -> str:
    line = server.stdout.readline() if server.stdout else ""
    if not line:
        raise RuntimeError("The bench's mail server ended before it had taken all mails.")
    return line


class _Taken:
    """Counts what comes; after the last of them says when, and keeps all."""

    def __init__(self, kept: Path) -> None:
        self.kept = kept
        self.mails: list[tuple[str, list[str], bytes]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a mail."""
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        if len(self.mails) == MAILS:
            at = time.time()
            self.kept.write_bytes(pickle.dumps(self.mails))
            print(at, flush=True)
        return "250 OK"


async def _serve(kept: Path) -> None:
    from aiosmtpd.smtp import SMTP  # noqa: PLC0415 - for developers only; `serve` runs without it

    make = partial(SMTP, _Taken(kept), hostname="bench.example")
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.sleep(LONGEST)


async def _queue() -> None:
    """Approvals for the sample's guests, in one transaction, as an organiser's approval of many writes them."""
    async with lifespan():
        edition = await current_edition()
        guests = (await approved_guests(edition.id))[:MAILS]
        await queue_many(
            [
                Letter(
                    kind="approved",
                    address=f"guest{number}@bench.example",
                    name=f"Guest {number}",
                    locale=("zh", "en")[number % 2],
                    context={"guest_id": str(guest), "link_version": 1, "name": f"Guest {number}"},
                    edition=edition.id,
                    about=guest,
                    attachment=("badge_pdf", guest),
                )
                for number, guest in enumerate(guests * (MAILS // len(guests) + 1))
            ][:MAILS]
        )
        print(time.time())
        await jobs.close()


async def _floor(port: int, kept: Path) -> None:
    """The same mails, ready as bytes, one after the other on one connection."""
    mails = pickle.loads(kept.read_bytes())  # noqa: S301 - written by the bench itself
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as smtp:
        start = time.perf_counter()
        for sender, recipients, content in mails:
            await smtp.sendmail(sender, recipients, content)
        print(len(mails) / (time.perf_counter() - start))


def main() -> None:
    """The report, one JSON object a line; or one part of the bench in a process of its own."""
    part, *given = sys.argv[1:] or ["--report"]
    if part == "--server":
        asyncio.run(_serve(Path(given[0])))
    elif part == "--queue":
        asyncio.run(_queue())
    elif part == "--floor":
        asyncio.run(_floor(int(given[0]), Path(given[1])))
    else:
        for result in measure():
            print(json.dumps({name: getattr(result, name) for name in result.__struct_fields__}))


if __name__ == "__main__":
    main()
