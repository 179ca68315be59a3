"""Transactions: savepoints, what happens after the commit, deadlocks."""

import asyncio
import contextlib
from collections import Counter

import asyncpg
import pytest

from tests import make
from wcd.core.db import after_commit, engine, execute, fetch, in_transaction, is_away, transaction
from wcd.core.errors import Conflict


async def _codes() -> list[str]:
    return [row["code"] for row in await fetch("SELECT code FROM editions_edition ORDER BY code")]


async def test_refusal_inside_undoes_exactly_its_own_writes(db: None) -> None:
    await make.edition("outer")
    with contextlib.suppress(Conflict):
        async with transaction():
            await make.edition("inner", is_current=False)
            raise Conflict
    assert await _codes() == ["outer"]


async def test_unique_violation_in_a_savepoint_does_not_poison_the_rest(db: None) -> None:
    await make.edition("one")
    with pytest.raises(asyncpg.UniqueViolationError):
        async with transaction():
            await make.edition("one", is_current=False)
    await make.edition("two", is_current=False)
    assert await _codes() == ["one", "two"]


async def test_after_commit_waits_for_the_outermost_and_forgets_on_rollback(pool: None) -> None:
    happened: list[str] = []

    async def note() -> None:
        happened.append("done")

    async with transaction():
        async with transaction():
            await after_commit(note)
        assert happened == []
    assert happened == ["done"]
    with contextlib.suppress(Conflict):
        async with transaction():
            await after_commit(note)
            raise Conflict
    assert happened == ["done"]


async def test_failed_commits_do_not_lose_connections(pool: None) -> None:
    """Piccolo's own transaction loses one connection per failed COMMIT; twenty would empty this pool."""
    await execute("CREATE TABLE parent (id int PRIMARY KEY)")
    await execute("CREATE TABLE child (parent int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
    try:
        for _ in range(25):
            with pytest.raises(asyncpg.ForeignKeyViolationError):
                async with transaction():
                    await execute("INSERT INTO child VALUES (1)")
        assert await fetch("SELECT 1 AS one")
        assert engine().pool.get_idle_size() == engine().pool.get_size()  # type: ignore[union-attr]
    finally:
        await execute("DROP TABLE child; DROP TABLE parent")


async def test_use_case_is_tried_once_more_after_a_deadlock(pool: None) -> None:
    await execute("CREATE TABLE thing (id int PRIMARY KEY, n int); INSERT INTO thing VALUES (1, 0), (2, 0)")
    met = asyncio.Barrier(2)
    tries: list[int] = []

    @in_transaction
    async def add(first: int, second: int) -> None:
        tries.append(first)
        await execute("UPDATE thing SET n = n + 1 WHERE id = $1", first)
        if len(tries) <= 2:
            await met.wait()
        await execute("UPDATE thing SET n = n + 1 WHERE id = $1", second)

    try:
        await asyncio.gather(add(1, 2), add(2, 1))
        assert [row["n"] for row in await fetch("SELECT n FROM thing ORDER BY id")] == [2, 2]
        # The one that is tried again may take its first row before the other has woken; then the other is tried again.
        assert sorted(Counter(tries).values()) in ([1, 2], [2, 2]), "once more, never oftener"
    finally:
        await execute("DROP TABLE thing")


@pytest.mark.parametrize(
    ("wrong", "away"),
    [
        (ConnectionRefusedError(), True),
        (FileNotFoundError(2, "No such file or directory"), True),
        (asyncpg.ConnectionDoesNotExistError(), True),
        (asyncpg.CrashShutdownError(), True),
        (asyncpg.CannotConnectNowError(), True),
        (FileNotFoundError(2, "No such file or directory", "badge.pdf"), False),
        (asyncpg.InterfaceError("pool is closing"), True),
        (asyncpg.InternalClientError(), True),
        (asyncpg.exceptions._base.DataError("invalid input for query argument $1"), False),
        (asyncpg.exceptions._base.ClientConfigurationError("no such mode"), False),
        (asyncpg.UniqueViolationError(), False),
        (OSError(28, "No space left on device"), False),
        (ValueError(), False),
    ],
)
def test_a_database_that_is_away_is_told_from_other_faults(wrong: Exception, *, away: bool) -> None:
    assert is_away(wrong) is away
