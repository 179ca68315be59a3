"""The timetable editor: what its first load weighs, and how soon the server has answered; signing in for it.

``sign-in bench-500`` is a process of its own: it prints the cookie of an organiser who works on that edition.
"""

import asyncio
import gzip
import http.client
import re
import sys
import time
from http import HTTPStatus

from wcd.accounts import sign_ins, staff
from wcd.accounts.inputs import Person
from wcd.accounts.queries import list_staff
from wcd.actors.actors import system
from wcd.actors.permissions import ORGANISER
from wcd.cli.bench.ground import Ground, run
from wcd.cli.bench.results import Result, bare
from wcd.core.db import lifespan
from wcd.editions.queries import edition_by_code

MAIL = "bench@staff.example"
COOKIE = "wcd_staff"
"""As `wcd.web.cookies` calls it over http; commands know nothing of the web."""
DAY = "/organiser/timetable?day=2023-10-29"
QUIET = "/organiser/timetable/changes?since=2"
"""What every open window asks each second; nothing has changed since the edition was loaded."""
_LOADED = re.compile(
    rb'<(?:link|script)[^>]*(?:href|src)="(/static/[^"]+)"|(?:href|data-icons)="(/static/icons[^"#]+)'
)
TIMES = 9


def editor(here: Ground, port: int, size: int) -> list[Result]:
    """Kilobytes of a day of ``bench-<size>``: page with its data, sheets, scripts, icons, packed by gzip; and seconds."""
    cookie = run(here, "-m", "wcd.cli.bench.agenda_editor", "sign-in", f"bench-{size}").strip()
    page, _seconds = _get(port, DAY, cookie)
    assets = {(one or other).decode() for one, other in _LOADED.findall(page)}
    parts = {path: _packed(_get(port, path, cookie)[0]) for path in (DAY, *sorted(assets))}
    times = sorted(_get(port, DAY, cookie)[1] for _ in range(TIMES))
    quiet = sorted(_get(port, QUIET, cookie)[1] for _ in range(TIMES))
    return [
        bare("agenda", f"editor_{size}_gzip", sum(parts.values()) / 1000, "kB"),
        bare("agenda", f"editor_{size}_page_gzip", parts[DAY] / 1000, "kB"),
        bare("agenda", f"editor_{size}_page", times[TIMES // 2], "s"),
        bare("agenda", f"editor_{size}_nothing_new", quiet[TIMES // 2], "s"),
    ]


def _get(port: int, path: str, cookie: str) -> tuple[bytes, float]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    started = time.perf_counter()
    line.request("GET", path, headers={"cookie": cookie, "accept-language": "zh"})
    answer = line.getresponse()
    body, took = answer.read(), time.perf_counter() - started
    line.close()
    if answer.status not in {HTTPStatus.OK, HTTPStatus.NO_CONTENT}:
        raise RuntimeError(f"{path}: {answer.status}")
    return body, took


def _packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


async def _sign_in(code: str) -> str:
    async with lifespan():
        edition = await edition_by_code(code)
        person = Person(mail=MAIL, name="Bench")
        await staff.add_by_command(person, ORGANISER, None, by=system("bench"))
        who = next(one for one in await list_staff() if one.mail == MAIL)
        token = await sign_ins.begin(who.id)
        signed_in = await sign_ins.find_signed_in(token)
        if signed_in is None:
            raise RuntimeError("Nobody is signed in.")
        await sign_ins.choose_edition(token, edition.id, by=signed_in)
        return f"{COOKIE}={token}"


if __name__ == "__main__":
    print(asyncio.run(_sign_in(sys.argv[2])))
