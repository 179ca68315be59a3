"""The agenda: programme, calendar and schedules of 64 and of 500 sessions in twenty rooms, and releasing them."""

import gzip
import json
import urllib.request

from wcd.cli.bench import load, phone
from wcd.cli.bench.agenda_editor import editor
from wcd.cli.bench.ground import Ground, ground, run, web
from wcd.cli.bench.results import Result, bare, compared

SIZES = (64, 500)
TIMES_RELEASED = 5
PATHS = {
    "programme": "/programme",
    "programme_grid": "/programme?view=grid",
    "calendar": "/programme.ics",
    "schedule_xml": "/schedule.xml",
    "schedule_json": "/schedule.json",
}


def measure() -> list[Result]:
    """Requests per second at 8 connections between two runs of the floor; seconds of a release; bytes of a page."""
    found = []
    with ground() as here:
        for size in SIZES:
            run(here, "-m", "wcd.cli.bench.forums", "load", str(size))
        with web(here) as port:
            for size in SIZES:
                found += _pages(port, size)
                found += editor(here, port, size)
            found += _phone(port)
        for size in SIZES:
            found += _release(here, size)
    return found


def _pages(port: int, size: int) -> list[Result]:
    plain = [load.get("/floor/plain", port)]
    load.run(port, plain, seconds=1)
    found = []
    for name, path in PATHS.items():
        address = f"/en/editions/bench-{size}{path}"
        # As browsers and other programs ask: they unpack.
        request = load.get(address, port, accept_encoding="gzip")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}") as answer:
            packed = len(gzip.compress(answer.read(), 6))
        before = load.run(port, plain, seconds=2)
        pages = load.run(port, [request], seconds=3)
        after = load.run(port, plain, seconds=2)
        if pages.bad:
            raise RuntimeError(f"{address}: {pages.bad} of {pages.requests} answers were refusals")
        floor = (before.rate + after.rate) / 2
        found.append(compared("agenda", f"{name}_{size}", pages.rate, "1/s", floor, peer_processes=2))
        found.append(bare("agenda", f"{name}_{size}_gzip", packed / 1000, "kB"))
    return found


def _phone(port: int) -> list[Result]:
    """When the first session can be read on a slow phone, with a few sessions and with many."""
    addresses = [f"http://127.0.0.1:{port}/zh/editions/bench-{size}/programme" for size in SIZES]
    return [
        bare("agenda", f"phone_{size}", taken, "ms")
        for size, taken in zip(SIZES, phone.first_session(addresses), strict=False)
    ]


def _release(here: Ground, size: int) -> list[Result]:
    """The middle one of several releases, each moving ten sessions."""
    rounds = [
        json.loads(run(here, "-m", "wcd.cli.bench.forums", "release", str(size)))
        for _ in range(TIMES_RELEASED)
    ]
    middle = sorted(rounds, key=lambda one: one["seconds"])[TIMES_RELEASED // 2]
    return [
        bare("agenda", f"release_{size}", middle["seconds"], "s"),
        bare(
            "agenda",
            f"release_{size}_told",
            middle["guests"] + middle["speakers"] + middle["bodies"],
            "people",
        ),
    ]
