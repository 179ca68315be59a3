"""Registrations: every GET and POST of the four steps and of the confirmation, against bare committed inserts.

Each connection is one visitor after another, with cookies of their own, as browsers without scripts would send them.
"""

import multiprocessing
import os
import re
import selectors
import time
from collections.abc import Generator
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from wcd.cli.bench import load
from wcd.cli.bench.ground import Ground, ground, run, web
from wcd.cli.bench.load import Line
from wcd.cli.bench.results import Result, bare, compared

CONNECTIONS = 8
PROCESSES = 2
SECONDS = 10.0
FORM = "application/x-www-form-urlencoded"
SEE_OTHER = 303
COUNT = """
import asyncio
from wcd.core.db import fetch, lifespan
async def count():
    async with lifespan():
        sql = "SELECT count(*) AS n FROM registration_guest WHERE state = 'submitted' AND email LIKE '%@storm.example'"
        print((await fetch(sql))[0]["n"])
asyncio.run(count())
"""
_COOKIE = re.compile(rb"set-cookie: ([^=]+)=([^;\r]*)", re.IGNORECASE)
_HIDDEN = re.compile(rb'name="(csrf|once|draft|notice)" value="([^"]*)"')
_SESSION = re.compile(rb'name="session" value="([^"]+)"')

Answer = tuple[int, bytes]
Walk = Generator[bytes, Answer, str]


class Storm(msgspec.Struct, frozen=True):
    """What a run measured: whole registrations, single requests and their times in seconds."""

    registrations: int
    seconds: float
    bad: int
    times: list[float]


def measure() -> list[Result]:
    """Complete registrations per second, and the floor measured before and after them."""
    with ground() as here, web(here) as port:
        insert = [load.post("/floor/insert", port, b"", FORM)]
        load.run(port, insert, connections=CONNECTIONS, seconds=1)
        before = load.run(port, insert, connections=CONNECTIONS, seconds=4)
        storm = _storm(here, port)
        after = load.run(port, insert, connections=CONNECTIONS, seconds=4)
        stored = int(run(here, "-c", COUNT))
    if storm.bad or not storm.registrations <= stored <= storm.registrations + CONNECTIONS:
        raise RuntimeError(f"{storm.bad} requests failed; {storm.registrations} counted, {stored} stored")
    rate, floor = storm.registrations / storm.seconds, (before.rate + after.rate) / 2
    ordered = sorted(storm.times)
    return [
        compared("storm", "registrations", rate, "1/s", floor, peer_processes=PROCESSES, workers=1),
        bare("storm", "requests", len(ordered) / storm.seconds, "1/s", peer_processes=PROCESSES, workers=1),
        bare(
            "storm",
            "p99",
            ordered[int(0.99 * len(ordered))] * 1000,
            "ms",
            peer_processes=PROCESSES,
            workers=1,
        ),
    ]


def _storm(here: Ground, port: int) -> Storm:
    begin = time.time() + 1
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        share = CONNECTIONS // PROCESSES
        parts = pool.starmap(_drive, [(here.environment, port, n, share, begin) for n in range(PROCESSES)])
    return Storm(
        registrations=sum(part.registrations for part in parts),
        seconds=max(part.seconds for part in parts),
        bad=sum(part.bad for part in parts),
        times=[taken for part in parts for taken in part.times],
    )


def _drive(environment: dict[str, str], port: int, process: int, connections: int, begin: float) -> Storm:
    """One client process: visitors on kept connections until the time is over."""
    os.environ.update(environment)  # the secret with which confirmation links are signed
    chosen = selectors.DefaultSelector()
    visitors = _visitors(port, process)
    time.sleep(max(0.0, begin - time.time()))
    done = bad = 0
    times: list[float] = []
    walks: dict[int, Walk] = {}
    for _ in range(connections):
        line = Line(port)
        chosen.register(line.socket, selectors.EVENT_READ, line)
        walks[line.socket.fileno()] = walk = next(visitors)
        line.send(next(walk))
    started = clock = time.perf_counter()
    while clock < started + SECONDS:
        for key, _ in chosen.select(timeout=0.1):
            line = key.data
            status = line.answered()
            if not status:
                continue
            times.append(time.perf_counter() - line.sent_at)
            try:
                request = walks[key.fd].send((status, line.buffer))
            except StopIteration as end:
                bad += bool(end.value)
                done += not end.value
                walks[key.fd] = next(visitors)
                request = next(walks[key.fd])
            line.send(request)
        clock = time.perf_counter()
    for key in list(chosen.get_map().values()):
        key.data.socket.close()
    return Storm(done, clock - started, bad, times)


def _visitors(port: int, process: int) -> Generator[Walk]:
    number = 0
    while True:
        number += 1
        yield _visitor(port, f"guest{process}-{number}@storm.example", ("zh", "en")[number % 2])


def _visitor(port: int, mail: str, locale: str) -> Generator[bytes, Answer, str]:
    """One registration as requests; returns what went wrong, or nothing."""
    cookies: dict[str, str] = {}
    base = f"/{locale}/register"

    def head() -> dict[str, str]:
        return {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}

    def keep(body: bytes) -> dict[str, str]:
        cookies.update(
            {name.decode(): value.decode() for name, value in _COOKIE.findall(body.split(b"\r\n\r\n")[0])}
        )
        return {name.decode(): value.decode() for name, value in _HIDDEN.findall(body)}

    for path, given in _steps(mail, locale):
        status, body = yield load.get(base + path, port, **head())
        if status != 200:
            return f"GET {path} {status}"
        fields = list((keep(body) | given).items())
        if path == "/sessions":
            fields += [("session", found.decode()) for found in _SESSION.findall(body)[:2]]
        status, body = yield load.post(base + path, port, urlencode(fields).encode(), FORM, **head())
        if status != SEE_OTHER:
            return f"POST {path} {status}"
        keep(body)
    status, body = yield load.get(f"{base}/done", port, **head())
    link = f"{base}/confirm/{_confirm_token(cookies['wcd_draft'])}"
    status, body = yield load.get(link, port, **head())
    status, body = yield load.post(link, port, urlencode(keep(body)).encode(), FORM, **head())
    return "" if status == SEE_OTHER else f"POST confirm {status}"


def _steps(mail: str, locale: str) -> list[tuple[str, dict[str, str]]]:
    about = {
        "native_name": "欧阳靖霖",
        "latin_name": "Ouyang Jinglin",
        "organisation_zh": "滨江城市研究院（示例）",
        "organisation_en": "Riverside Institute (sample)",
        "post": "研究员",
        "country": "CN",
        "email": mail,
        "telephone": "+86 138 0000 0000",
    }
    return [
        ("", {"category": "delegate"}),
        ("/about", about),
        ("/needs", {"language": locale, "diet": "vegetarian"}),
        ("/sessions", {"consent": "1"}),
    ]


def _confirm_token(draft: str) -> str:
    """The link that the mail would bring, made with the bench's own secret."""
    from wcd.core.signing import read, sign  # noqa: PLC0415 - reads the settings of the server

    meant = read("draft", draft)
    return sign("confirm", *(meant or (UUID(int=0), 0)))
