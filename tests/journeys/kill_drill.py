"""Kill every part of a running house in the middle of many mails and of a storm, and look what is left.

``python -m tests.journeys.kill_drill --mails 1500 --rounds 3`` runs it at full size and prints the figures.
"""

import argparse
import asyncio
import contextlib
import json
import os
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import asyncpg
import httpx
import psutil

from tests.journeys.post_office import PostOffice, post_office
from tests.journeys.storm import Storm
from tests.real import House, house
from wcd.core.config import settings
from wcd.core.db import connection_arguments
from wcd.mail.carriers import CONNECTIONS

EDITION = "wcd-2023"
SEATS = 10
CLOCK = "2023-10-26T09:00:00+08:00"
ROUND = ("worker", "web", "valkey", "postgres", "backend", "clock", "serve", "ctrl-c")
"""``backend`` is one connection's process: PostgreSQL then restarts itself. ``serve`` is the parent of all."""
AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


@dataclass
class Found:
    """What the drill saw. The lists that should be empty say what was broken."""

    mails: int = 0
    handed_over: int = 0
    second_copies: int = 0
    perhaps_twice: int = 0
    tried_again: int = 0
    not_sent: list[str] = field(default_factory=list)
    foreign_ids: list[str] = field(default_factory=list)
    not_flagged: list[str] = field(default_factory=list)
    registrations: int = 0
    lost_registrations: list[str] = field(default_factory=list)
    bookings: int = 0
    moved_up: int = 0
    lost_bookings: list[str] = field(default_factory=list)
    looks: int = 0
    wrong_looks: list[str] = field(default_factory=list)
    troubles: dict[str, int] = field(default_factory=dict)
    kills: list[tuple[str, float]] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    accidents: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def most_in_flight(self) -> int:
        """So many mails can have been on their way when something was killed."""
        return CONNECTIONS * len(self.kills)


class Drill:
    """One drill in one house."""

    def __init__(self, here: House, office: PostOffice, storm: Storm) -> None:
        self.here, self.office, self.storm, self.found = here, office, storm, Found()

    async def run(self, mails: int, plan: list[str], at_once: int) -> Found:
        """Import guests, let the storm rage, kill by the plan, let everything come to rest, count."""
        began = time.monotonic()
        await asyncio.to_thread(self._import, mails)
        guests = await self.ask(
            "SELECT id FROM registration_guest WHERE email LIKE '%@mails.example' ORDER BY number"
        )
        # Few seats, so that there is always a line. Nobody has booked yet.
        halls = await self.ask(
            "UPDATE agenda_session SET seats = $1 WHERE id IN (SELECT id FROM agenda_session"
            " WHERE booking = 'booking' AND state = 'confirmed' ORDER BY code LIMIT 2) RETURNING id",
            SEATS,
        )
        assert len(guests) == mails
        assert len(halls) == 2
        self.storm.invite([row["id"] for row in guests[: 6 * at_once * 4]], [row["id"] for row in halls])
        watching = asyncio.create_task(self._watch())
        async with asyncio.TaskGroup() as group:
            group.create_task(self.storm.rage(at_once=at_once))
            await self._kill_all(plan, mails)
            self.storm.stopped.set()
        await self._until(self._all_at_rest, 150)
        watching.cancel()
        await self._count()
        await self._end()
        self.found.seconds = round(time.monotonic() - began, 1)
        return self.found

    def _import(self, mails: int) -> None:
        rows = "".join(
            f"欧阳靖霖,Ouyang Jinglin,{'zh' if n % 2 else 'en'},guest{n}@mails.example,CN\n"
            for n in range(mails)
        )
        file = self.here.data / "guests.csv"
        file.write_text("native_name,latin_name,language,email,country\n" + rows, encoding="utf-8")
        self.here.run("guests", "import", str(file), "--edition", EDITION, "--approve")

    # ── Killing ────────────────────────────────────────────────────────────────────────────────────────────────

    async def _kill_all(self, plan: list[str], mails: int) -> None:
        acts = {"serve": self._kill_serve, "ctrl-c": self._ctrl_c, "backend": self._kill_backend}
        for number, name in enumerate(plan, 1):
            enough = mails * number // (len(plan) + 2)
            await self._until(lambda enough=enough: _true(len(self.office.mails) >= enough), 90)
            began = time.monotonic()
            await acts.get(name, lambda name=name: self._kill_part(name))()
            await self._until(self._ready, 30)
            self.found.kills.append((name, round(time.monotonic() - began, 2)))

    async def _kill_part(self, name: str) -> None:
        before = self._pids()[name]
        os.kill(before, signal.SIGKILL)
        await self._until(lambda: _true(self._pids().get(name, before) != before), 10)

    async def _kill_backend(self) -> None:
        found = await self.ask(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            " ORDER BY state = 'active' DESC, random() LIMIT 1"
        )
        os.kill(found[0]["pid"], signal.SIGKILL)

    async def _kill_serve(self) -> None:
        """The parent dies, and an operator starts it again at once."""
        children, port = self._children(), self.here.port
        await asyncio.to_thread(self.here.stop, signal.SIGKILL)
        self._read_log()
        await asyncio.to_thread(self.here.start, port=port)
        self._must_be_gone(children)

    async def _ctrl_c(self) -> None:
        port = self.here.port
        await self._end()
        await asyncio.to_thread(self.here.start, port=port)

    async def _end(self) -> None:
        """Ctrl-C: how long it takes, and who is left."""
        children, began = self._children(), time.monotonic()
        await asyncio.to_thread(self.here.stop, signal.SIGINT)
        self.found.ends.append(round(time.monotonic() - began, 2))
        assert self.here.process
        assert self.here.process.returncode == 0
        self._read_log()
        self._must_be_gone(children)

    def _children(self) -> list[psutil.Process]:
        assert self.here.process
        return psutil.Process(self.here.process.pid).children(recursive=True)

    def _must_be_gone(self, children: list[psutil.Process]) -> None:
        for one in psutil.wait_procs(children, timeout=0.5)[1]:
            with contextlib.suppress(psutil.NoSuchProcess):
                self.found.orphans.append(" ".join(one.cmdline()))

    def _read_log(self) -> None:
        """What the web takes for its own mistake: a part that is away must be none."""
        entries = re.split(
            r"^(?=\d{4}-\d\d-\d\d )", (self.here.data / "log" / "web.log").read_text(), flags=re.MULTILINE
        )
        self.found.accidents += [entry for entry in entries if " ERROR " in entry.partition("\n")[0]]

    def _pids(self) -> dict[str, int]:
        try:
            known = json.loads((self.here.data / "children.json").read_text())
        except FileNotFoundError:
            return {}
        return {name: int(who[0]) for name, who in known["children"].items()}

    async def _ready(self) -> bool:
        async with httpx.AsyncClient(timeout=2) as client:
            with contextlib.suppress(httpx.TransportError):
                return (await client.get(f"{self.here.base}/readyz")).is_success
        return False

    # ── Looking ────────────────────────────────────────────────────────────────────────────────────────────────

    async def connect(self) -> asyncpg.Connection:
        known = json.loads((self.here.data / "children.json").read_text())
        return await asyncpg.connect(**connection_arguments(known["env"]["WCD_DATABASE_URL"]), timeout=5)

    async def ask(self, sql: str, *args: Any) -> list[asyncpg.Record]:
        connection = await self.connect()
        try:
            return list(await connection.fetch(sql, *args))
        finally:
            await connection.close()

    async def _watch(self) -> None:
        """All the while: never above capacity, never a free seat with people waiting."""
        while True:
            with contextlib.suppress(*AWAY):
                connection = await self.connect()
                try:
                    while True:
                        await self._look(connection)
                        await asyncio.sleep(0.05)
                finally:
                    connection.terminate()
            await asyncio.sleep(0.05)

    async def _look(self, connection: asyncpg.Connection) -> None:
        wrong = await connection.fetch(
            "SELECT s.code, s.seats, count(*) FILTER (WHERE b.state = 'confirmed') AS taken,"
            " count(*) FILTER (WHERE b.state = 'waiting') AS waiting FROM agenda_session s"
            " JOIN registration_booking b ON b.session = s.id WHERE s.seats IS NOT NULL GROUP BY s.id"
            " HAVING count(*) FILTER (WHERE b.state = 'confirmed') > s.seats"
            " OR count(*) FILTER (WHERE b.state = 'confirmed') < s.seats AND bool_or(b.state = 'waiting')"
        )
        self.found.looks += 1
        self.found.wrong_looks += [str(dict(row)) for row in wrong]

    async def _all_at_rest(self) -> bool:
        rows = await self.ask(
            "SELECT (SELECT count(*) FROM mail_mail WHERE state <> 'sent')"
            " + (SELECT count(*) FROM core_job WHERE state <> 'done') AS open"
        )
        return int(rows[0]["open"]) == 0

    async def _count(self) -> None:
        found, storm = self.found, self.storm
        await self._look_once()
        rows = await self.ask("SELECT id, kind, state, attempts, perhaps_twice FROM mail_mail")
        copies = Counter(str(mail["message-id"]).strip("<>").split("@")[0] for mail in self.office.mails)
        found.mails, found.handed_over = len(rows), copies.total()
        found.second_copies = copies.total() - len(copies)
        found.perhaps_twice = sum(row["perhaps_twice"] for row in rows)
        found.tried_again = sum(row["attempts"] > 1 for row in rows)
        found.not_sent = [f"{row['id']} {row['kind']}" for row in rows if not copies[str(row["id"])]]
        found.foreign_ids = sorted(set(copies) - {str(row["id"]) for row in rows})
        found.not_flagged = [
            str(row["id"]) for row in rows if copies[str(row["id"])] > 1 and not row["perhaps_twice"]
        ]
        found.registrations, found.bookings = storm.done["registrations"], storm.done["bookings"]
        found.moved_up = sum(row["kind"] == "seat_moved_up" for row in rows)
        found.lost_registrations = await self._lost_registrations()
        found.lost_bookings = await self._lost_bookings()
        found.troubles = dict(storm.troubles)

    async def _look_once(self) -> None:
        connection = await self.connect()
        await self._look(connection)
        await connection.close()

    async def _lost_registrations(self) -> list[str]:
        """Each that was acknowledged is there once, confirmed, with consent, wish and both of its letters."""
        rows = await self.ask(
            "SELECT g.email, g.native_name, g.number,"
            " (SELECT count(*) FROM registration_consent c WHERE c.guest = g.id) AS consents,"
            " (SELECT count(*) FROM registration_wish w WHERE w.guest = g.id) AS wishes,"
            " (SELECT array_agg(m.kind ORDER BY m.kind) FROM mail_mail m WHERE m.address = g.email) AS letters"
            " FROM registration_guest g WHERE g.email LIKE '%@storm.example' AND g.state = 'submitted'"
        )
        whole = [
            row["email"]
            for row in rows
            if row["native_name"] == "欧阳靖霖" and row["number"] and row["consents"] and row["wishes"]
            and row["letters"] == ["address_to_confirm", "received"]
        ]  # fmt: skip
        there = Counter(whole)
        return [mail for mail in self.storm.registered if there[mail] != 1]

    async def _lost_bookings(self) -> list[str]:
        """What a guest was told last is so."""
        rows = await self.ask("SELECT guest, session FROM registration_booking WHERE state <> 'cancelled'")
        held = {(row["guest"], row["session"]) for row in rows}
        return [
            f"{one.guest} holds={one.holds}"
            for one in self.storm.guests
            if one.holds != ((one.guest, one.session) in held)
        ]

    async def _until(self, happened: Callable[[], Awaitable[bool]], within: float) -> None:
        end = time.monotonic() + within
        while True:
            with contextlib.suppress(*AWAY):
                if await happened():
                    return
            assert time.monotonic() < end, f"waited {within:.0f} s in vain; {await self._state()}"
            await asyncio.sleep(0.05)

    async def _state(self) -> str:
        rows = await self.ask(
            "SELECT 'mail' AS what, state, max(answer) AS said, count(*) FROM mail_mail GROUP BY state"
            " UNION ALL SELECT 'job', state, max(message), count(*) FROM core_job GROUP BY state"
        )
        return (
            f"{[tuple(row) for row in rows]}, {len(self.office.mails)} handed over, kills {self.found.kills}"
        )


async def _true(what: bool) -> bool:
    return what


async def drill(mails: int, plan: list[str], *, registrations: int, bookings: int, at_once: int = 4) -> Found:
    """A house of its own, the sample without its guests, and the drill in it."""
    with post_office() as (office, smtp):
        more = {
            "WCD_SMTP_URL": smtp,
            "WCD_CLOCK": CLOCK,
            "WCD_RATE_LIMITS": "off",
            "WCD_SECRET": settings().secret,
        }
        with house(**more) as here:
            here.run("demo", "--empty")
            storm = Storm(here.base, registrations=registrations, bookings=bookings)
            return await Drill(here, office, storm).run(mails, plan, at_once)


def main() -> None:
    """Run it at full size; the exit code says whether anything was broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mails", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--registrations", type=int, default=200)
    parser.add_argument("--bookings", type=int, default=600)
    given = parser.parse_args()
    os.environ["WCD_SECRET"] = "only-for-drills-only-for-drills-0"
    plan = list(ROUND) * given.rounds
    found = asyncio.run(drill(given.mails, plan, registrations=given.registrations, bookings=given.bookings))
    for name, value in asdict(found).items():
        print(f"{name:<20} {value}")  # noqa: T201
    print(*found.accidents, sep="\n")  # noqa: T201
    print(f"{'most in flight':<20} {found.most_in_flight}")  # noqa: T201
    sys.exit(1 if broken(found) else 0)


def broken(found: Found) -> dict[str, Any]:
    """What must not be, by name; empty when all is well."""
    lists = (
        "not_sent", "foreign_ids", "not_flagged", "lost_registrations", "lost_bookings", "wrong_looks", "orphans", "accidents",
    )  # fmt: skip
    wrong: dict[str, Any] = {name: getattr(found, name) for name in lists if getattr(found, name)}
    if not found.moved_up:
        wrong["moved_up"] = "nobody ever waited: the looks at the seats say nothing"
    if found.perhaps_twice > found.most_in_flight:
        wrong["perhaps_twice"] = found.perhaps_twice
    if max(found.ends) > 5:
        wrong["ends"] = found.ends
    return wrong


if __name__ == "__main__":
    main()
