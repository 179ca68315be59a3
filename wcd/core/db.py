"""The database: engine, pool, transactions with savepoints, what happens after the commit, migrations."""

import contextlib
import io
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
from piccolo.engine.postgres import PostgresEngine

from wcd.core.config import settings

P = ParamSpec("P")
T = TypeVar("T")
MIGRATION_LOCK = 727001
POOL_SIZE = 10
_AWAY = (
    ConnectionError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a connection that broke while it was given back to the pool
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.TooManyConnectionsError,
)

os.environ.setdefault("PICCOLO_CONF", "wcd.core.piccolo_conf")


@cache
def engine() -> PostgresEngine:
    """The one engine of the process. It connects lazily, so settings must be known before the first query."""
    return PostgresEngine(config=connection_arguments(settings().database_url), extensions=())


def connection_arguments(url: str) -> dict[str, Any]:
    """``postgresql://user:password@host:port/name?host=/socket/folder`` as asyncpg's arguments."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    arguments: dict[str, Any] = {
        "user": unquote(parts.username or "wcd"),
        "database": parts.path.lstrip("/") or "postgres",
        "host": query.get("host", [parts.hostname or "127.0.0.1"])[0],
        "port": parts.port or 5432,
    }
    if parts.password:
        arguments["password"] = unquote(parts.password)
    return arguments


def _pool() -> asyncpg.Pool:
    pool = engine().pool
    if pool is None:
        raise RuntimeError("Open wcd.core.db.lifespan() first.")
    return pool


def is_away(wrong: BaseException) -> bool:
    """Whether this is what a query raises while PostgreSQL stops, starts or is gone."""
    # Its socket is not there yet: unlike a file that is missing, this one is not named.
    no_socket = isinstance(wrong, FileNotFoundError) and wrong.filename is None
    # asyncpg counts values that it cannot encode among its InterfaceErrors; they are ValueErrors, too.
    return no_socket or (isinstance(wrong, _AWAY) and not isinstance(wrong, ValueError))


@asynccontextmanager
async def lifespan(*, pool_size: int = POOL_SIZE) -> AsyncIterator[None]:
    """Open the pool for as long as a web process, a worker or a command runs."""
    await engine().start_connection_pool(min_size=1, max_size=pool_size)
    try:
        yield
    finally:
        await engine().close_connection_pool()


_after: ContextVar[list[Callable[[], Awaitable[None]]] | None] = ContextVar("after_commit", default=None)


@asynccontextmanager
async def transaction() -> AsyncIterator[asyncpg.Connection]:
    """One unit of work. A nested block is a savepoint: a refusal inside undoes exactly its own writes.

    Piccolo's own ``DB.transaction()`` loses the pool's connection when COMMIT fails, and its nested blocks do
    nothing; so the connection is held here and only lent to Piccolo.
    """
    db = engine()
    outer = db.current_transaction.get()
    if outer is not None:
        async with outer.connection.transaction():
            yield outer.connection
        return
    after: list[Callable[[], Awaitable[None]]] = []
    marker = _after.set(after)
    try:
        async with _pool().acquire() as connection, connection.transaction():
            lent = db.transaction()
            lent.connection = connection
            token = db.current_transaction.set(lent)
            try:
                yield connection
            finally:
                db.current_transaction.reset(token)
    finally:
        _after.reset(marker)
    for act in after:
        await act()


def in_transaction(use_case: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """``transaction()`` around a use case. The outermost one is tried once more after a deadlock."""

    @wraps(use_case)
    async def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        outermost = engine().current_transaction.get() is None
        try:
            async with transaction():
                return await use_case(*args, **kwargs)
        except asyncpg.DeadlockDetectedError:
            if not outermost:
                raise
        async with transaction():
            return await use_case(*args, **kwargs)

    return wrapped


async def after_commit(act: Callable[[], Awaitable[None]]) -> None:
    """Do something when the outermost transaction has committed, never when it rolls back.

    Outside a transaction it is done at once. It is best effort: what must happen is a row.
    """
    pending = _after.get()
    if pending is None:
        await act()
    else:
        pending.append(act)


async def fetch(sql: str, *args: Any) -> list[asyncpg.Record]:
    """Rows of a hand-written statement, on the transaction's connection if there is one.

    For queries that Piccolo cannot say; $1, $2 … are parameters.
    """
    current = engine().current_transaction.get()
    if current is not None:
        return list(await current.connection.fetch(sql, *args))
    return list(await _pool().fetch(sql, *args))


async def execute(sql: str, *args: Any) -> int:
    """Run a hand-written statement; the number of rows it touched."""
    current = engine().current_transaction.get()
    status: str = await (current.connection if current is not None else _pool()).execute(sql, *args)
    last = status.rsplit(" ", 1)[-1]
    return int(last) if last.isdigit() else 0


async def migrate() -> None:
    """Bring the database to the newest migration; several processes may ask at once."""
    # Only here: it draws in a code formatter, a third of a second for every process.
    from piccolo.apps.migrations.commands.forwards import run_forwards  # noqa: PLC0415

    connection = await engine().get_new_connection()
    await connection.execute("SELECT pg_advisory_lock($1)", MIGRATION_LOCK)
    try:
        # Piccolo prints its progress with signs that not every console can show.
        with contextlib.redirect_stdout(io.StringIO()):
            result = await run_forwards("all")
        if not result.success:
            raise RuntimeError(result.message)
    finally:
        await connection.close()
