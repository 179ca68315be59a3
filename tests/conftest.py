"""Servers once per run, one database per worker cloned from a migrated template, rolled back after each test."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio

from tests import make
from tests.browser_like import Visitor

SERVERS: dict[str, Any] = {}
FIRST_MORNING = datetime.fromisoformat("2023-10-26T09:00:00+08:00")


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers in the process that starts the workers; they inherit the addresses."""
    if hasattr(config, "workerinput") or "TEST_SERVERS" in os.environ:
        _aim_at_own_database(config)
        return
    for name in [name for name in os.environ if name.startswith("WCD_")]:
        del os.environ[name]
    from wcd.launch.embedded import Embedded  # noqa: PLC0415 - after the environment is clean
    from wcd.launch.folder import Folder  # noqa: PLC0415

    home = Path(tempfile.mkdtemp(prefix="wcd-tests-"))
    servers = Embedded(Folder(home / "servers").home, durable=False)
    servers.start("postgres", "valkey")
    SERVERS.update(servers=servers, home=home)
    os.environ.update(
        TEST_SERVERS=f"{servers.run}",
        WCD_DATA=str(home / "data"),
        WCD_SECRET="only-for-tests-only-for-tests-0123",
        WCD_DATABASE_URL=servers.database_url,
        WCD_REDIS_URL=servers.redis_url,
        WCD_RATE_LIMITS="off",
        PICCOLO_CONF="wcd.core.piccolo_conf",
    )
    migrate = "import asyncio; from wcd.core import db; asyncio.run(db.migrate())"
    subprocess.run([sys.executable, "-c", migrate], check=True)
    _aim_at_own_database(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers and take everything away."""
    if not hasattr(config, "workerinput") and SERVERS:
        SERVERS["servers"].stop()
        shutil.rmtree(SERVERS["home"], ignore_errors=True)
        SERVERS.clear()


def _aim_at_own_database(config: pytest.Config) -> None:
    worker = getattr(config, "workerinput", {}).get("workerid", "main")
    os.environ["WCD_DATABASE_URL"] = _address(f"test_{worker}")
    os.environ["WCD_DATA"] = f"{os.environ['WCD_DATA'].removesuffix(f'-{worker}')}-{worker}"
    Path(os.environ["WCD_DATA"]).mkdir(parents=True, exist_ok=True)
    asyncio.run(clone_database(f"test_{worker}"))


def _address(database: str) -> str:
    return f"postgresql://wcd@/{database}?host={os.environ['TEST_SERVERS']}"


async def clone_database(name: str) -> str:
    """A fresh database like the migrated one; returns its address."""
    connection = await asyncpg.connect(user="wcd", database="postgres", host=os.environ["TEST_SERVERS"])
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE wcd STRATEGY file_copy')
    finally:
        await connection.close()
    return _address(name)


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Iterator[None]:
    """Connections elsewhere are a mistake in a test."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test wanted to connect to {address}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def pool() -> AsyncIterator[None]:
    """The pool of this worker's database, for tests with several connections; they clean up themselves."""
    from wcd.core import db  # noqa: PLC0415 - settings are known only now

    async with db.lifespan(pool_size=20):
        yield


class _Undo(Exception):
    pass


@pytest_asyncio.fixture(loop_scope="session")
async def db(pool: None) -> AsyncIterator[None]:
    """A transaction around the test that is rolled back at its end."""
    from wcd.core.db import transaction  # noqa: PLC0415

    try:
        async with transaction():
            yield
            raise _Undo  # noqa: TRY301 - the block's own way to roll back
    except _Undo:
        pass


@pytest.fixture
def clock() -> Iterator[Callable[[str], datetime]]:
    """Time stands still at the demo's first morning; ``clock("2023-10-28T08:30+08:00")`` moves it."""
    from wcd.core.clock import freeze  # noqa: PLC0415

    with ExitStack() as stack:
        stack.enter_context(freeze(FIRST_MORNING))

        def move(to: str) -> datetime:
            at = datetime.fromisoformat(to)
            stack.enter_context(freeze(at))
            return at

        yield move


@pytest.fixture(scope="session")
def application() -> Any:
    """The application, built once per worker."""
    from wcd.app import make_app  # noqa: PLC0415

    return make_app()


@pytest_asyncio.fixture(loop_scope="session")
async def client(db: None, application: Any) -> AsyncIterator[Visitor]:
    """Anybody's browser, inside the test's transaction; public pages remember nothing of other tests."""
    from wcd.web.editions import EDITIONS  # noqa: PLC0415
    from wcd.web.public import changes, live, seats  # noqa: PLC0415
    from wcd.web.public.memory import MEMORY  # noqa: PLC0415

    for one in (EDITIONS.forget, MEMORY.forget, changes.forget, live.forget, seats.forget):
        one()
    async with Visitor(application) as visitor:
        yield visitor


@pytest_asyncio.fixture(loop_scope="session")
async def as_staff(db: None, application: Any) -> AsyncIterator[Callable[..., Awaitable[Visitor]]]:
    """``await as_staff("reader")``: the browser of somebody with that role in all editions."""
    opened: list[Visitor] = []

    async def sign_in(role: str, *, edition: UUID | None = None) -> Visitor:
        visitor = Visitor(application)
        opened.append(visitor)
        visitor.remember("wcd_staff", await make.signed_in(role, edition=edition))
        return visitor

    yield sign_in
    for visitor in opened:
        await visitor.aclose()


@pytest_asyncio.fixture(loop_scope="session")
async def as_guest(db: None, application: Any) -> AsyncIterator[Callable[..., Awaitable[Visitor]]]:
    """``await as_guest(guest_id)``: the browser of a guest who followed their personal link."""
    from wcd.core.signing import sign  # noqa: PLC0415

    opened: list[Visitor] = []

    async def enter(guest: UUID, *, link_version: int = 1) -> Visitor:
        visitor = Visitor(application)
        opened.append(visitor)
        visitor.remember("wcd_guest", sign("my", guest, link_version))
        return visitor

    yield enter
    for visitor in opened:
        await visitor.aclose()


@pytest.fixture
def count_queries(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many statements have been sent since the fixture was asked for."""
    sent = [0]
    for name in ("fetch", "fetchrow", "fetchval", "execute", "executemany"):
        real = getattr(asyncpg.Connection, name)

        def counted(self: Any, *args: Any, _real: Any = real, **kwargs: Any) -> Any:
            sent[0] += 1
            return _real(self, *args, **kwargs)

        monkeypatch.setattr(asyncpg.Connection, name, counted)
    return lambda: sent[0]
