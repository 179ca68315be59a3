"""Scans: one fact per request from eight paired phones, against a route that commits one bare insert."""

import json
import uuid

from wcd.cli.bench import load
from wcd.cli.bench.ground import FORUM_MORNING, ground, run, web
from wcd.cli.bench.results import Result, bare, compared

CONNECTIONS = 8
FACTS = 6000
JSON = "application/json"


def measure() -> list[Result]:
    """Scans per second at 8 connections, the time within which 99 of 100 are answered, and the floor around them."""
    with ground() as here, web(here) as port:
        known = json.loads(run(here, "-m", "wcd.cli.bench.setting", str(CONNECTIONS)))
        insert = [load.post("/floor/insert", port, b"{}", JSON)]
        scans = [
            load.post("/door/scans", port, _fact(known["codes"][n % len(known["codes"])]), JSON,
                      cookie=f"wcd_door={known['tokens'][n % CONNECTIONS]}")
            for n in range(FACTS)
        ]  # fmt: skip
        load.run(port, insert, connections=CONNECTIONS, seconds=1)
        before = load.run(port, insert, connections=CONNECTIONS, seconds=4)
        done = load.run(port, scans, connections=CONNECTIONS, seconds=6)
        after = load.run(port, insert, connections=CONNECTIONS, seconds=4)
    if done.bad:
        raise RuntimeError(f"{done.bad} of {done.requests} scans were refused")
    if done.requests > FACTS:
        raise RuntimeError("more scans were sent than were made: some were sent twice, which costs less")
    floor = (before.rate + after.rate) / 2
    return [
        compared("scans", "scans", done.rate, "1/s", floor, peer_processes=2),
        bare("scans", "p50", done.percentile(0.50) * 1000, "ms", peer_processes=2),
        bare("scans", "p99", done.percentile(0.99) * 1000, "ms", peer_processes=2),
    ]


def _fact(code: str) -> bytes:
    fact = {
        "id": str(uuid.uuid4()), "kind": "scan", "about": None, "code": code, "short_code": None,
        "scanned_at": FORUM_MORNING, "offset_ms": 0, "verdict": None, "entered_by": "camera",
    }  # fmt: skip
    return json.dumps({"scans": [fact]}).encode()
