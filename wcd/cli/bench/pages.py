"""Pages: the programme of the sample edition against a plain-text route of the same process."""

from wcd.cli.bench import load
from wcd.cli.bench.ground import ground, web
from wcd.cli.bench.results import Result, compared

PAGES = {
    "programme_zh": "/zh/programme",
    "programme_en_gzip": "/en/programme",
    "home_zh": "/zh/",
    "session_page": "/en/programme?day=2023-10-29",
}


def measure() -> list[Result]:
    """Requests per second at 8 connections, each page between two runs of the floor."""
    found = []
    with ground() as here, web(here) as port:
        plain = [load.get("/floor/plain", port)]
        load.run(port, plain, seconds=1)
        for name, path in PAGES.items():
            request = load.get(path, port, accept_encoding="gzip") if "gzip" in name else load.get(path, port)
            before = load.run(port, plain, seconds=3)
            pages = load.run(port, [request], seconds=4)
            after = load.run(port, plain, seconds=3)
            if pages.bad:
                raise RuntimeError(f"{path}: {pages.bad} of {pages.requests} answers were refusals")
            floor = (before.rate + after.rate) / 2
            found.append(compared("pages", name, pages.rate, "1/s", floor, peer_processes=2))
    return found
