"""Durable jobs: a row in the caller's transaction, claimed with a lease, done at least once. arq only wakes workers."""

import asyncio
import contextvars
import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import msgspec
from arq.connections import ArqRedis, RedisSettings, create_pool
from arq.constants import default_queue_name, job_key_prefix
from arq.jobs import serialize_job
from redis.exceptions import RedisError

from wcd.core.clock import now
from wcd.core.config import settings
from wcd.core.db import after_commit, execute, fetch
from wcd.core.errors import NotFound
from wcd.core.ids import uuid7

log = logging.getLogger(__name__)

QUEUED = "queued"
RUNNING = "running"
DONE = "done"
FAILED = "failed"
CANCELLED = "cancelled"

LEASE = timedelta(seconds=10)
"""How long a claim holds without a sign of life. A killed worker's jobs begin again after it."""
WAKE_EACH = 50
"""More new jobs than this at once are not nudged one by one: one sweep by a worker finds them all."""
_BUCKET = 10
"""Seconds. Within this time two nudges for one job have the same id in arq, and are one."""
_GROUPS = 64
"""Into so many nudges many jobs are put, always the same job into the same one."""
_FORGOTTEN = 3_600_000
"""Milliseconds after which arq drops a nudge that nobody has heard; the sweep has long sent another."""
_COLUMNS = (
    "id, name, args, state, attempts, due_at, done, total, stop_asked, message, result, edition, "
    "created_at, finished_at"
)


class JobStopped(Exception):
    """Raised by ``report`` when somebody asked to stop; the worker marks the job cancelled."""


class JobView(msgspec.Struct, frozen=True):
    """A job as pages and workers see it. ``attempts`` counts the claims, this one included."""

    id: UUID
    name: str
    args: list[Any]
    state: str
    attempts: int
    due_at: datetime
    done: int
    total: int
    stop_asked: bool
    message: str
    result: dict[str, Any]
    edition: UUID | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def is_over(self) -> bool:
        """Whether nothing will happen to it any more."""
        return self.state in {DONE, FAILED, CANCELLED}


async def enqueue(
    name: str, *args: Any, due_at: datetime | None = None, edition: UUID | None = None, total: int = 0
) -> UUID:
    """Write down a job in the caller's transaction. ``args`` are JSON primitives; ids go as ``str``."""
    return (await enqueue_many(name, [args], due_at=due_at, edition=edition, total=total))[0]


async def enqueue_many(
    name: str,
    many: Sequence[Sequence[Any]],
    *,
    due_at: datetime | None = None,
    edition: UUID | None = None,
    total: int = 0,
) -> list[UUID]:
    """Write down one job for each list of arguments, in one statement."""
    at = now()
    ids = [uuid7() for _ in many]
    await execute(
        "INSERT INTO core_job (id, name, args, state, attempts, due_at, done, total, stop_asked, message, result,"
        " edition, created_at) SELECT one.id, $1, one.args::jsonb, 'queued', 0, $2, 0, $3, false, '', '{}', $4, $5"
        " FROM unnest($6::uuid[], $7::text[]) AS one (id, args)",
        name, due_at or at, total, edition, at, ids, [msgspec.json.encode(list(args)).decode() for args in many],
    )  # fmt: skip
    if due_at is None or due_at <= at:
        await after_commit(lambda: nudge(ids))
    return ids


async def get_job(job_id: UUID) -> JobView:
    """The job of this id."""
    rows = await fetch(f"SELECT {_COLUMNS} FROM core_job WHERE id = $1", job_id)  # noqa: S608 - our own words
    if not rows:
        raise NotFound
    return _view(rows[0])


async def list_jobs(name: str, edition: UUID, *, limit: int = 30) -> list[JobView]:
    """An edition's jobs of this name, newest first."""
    rows = await fetch(
        f"SELECT {_COLUMNS} FROM core_job WHERE name = $1 AND edition = $2"  # noqa: S608 - our own words
        " ORDER BY created_at DESC, id DESC LIMIT $3",
        name, edition, limit,
    )  # fmt: skip
    return [_view(row) for row in rows]


async def ask_stop(job_id: UUID) -> None:
    """End a waiting job now; a running one hears of it at its next report."""
    await execute(
        "UPDATE core_job SET stop_asked = true,"
        " state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,"
        " finished_at = CASE state WHEN 'queued' THEN $2 ELSE finished_at END"
        " WHERE id = $1 AND state IN ('queued', 'running')",
        job_id, now(),
    )  # fmt: skip


async def report(job_id: UUID, done: int, total: int | None = None, message: str = "") -> None:
    """Say how far a running job is, for the bar on the page; raises JobStopped when somebody asked to stop."""
    rows = await fetch(
        "UPDATE core_job SET done = $2, total = coalesce($3, total), message = $4, lease_until = $5"
        " WHERE id = $1 AND state = 'running' RETURNING stop_asked",
        job_id, done, total, message, now() + LEASE,
    )  # fmt: skip
    if rows and rows[0]["stop_asked"]:
        raise JobStopped


# ── For the worker ──────────────────────────────────────────────────────────────────────────────────────────────


async def claim(job_id: UUID) -> JobView | None:
    """Take a job that is due, or whose worker has not been heard of: of several workers one gets it.

    A lease far in the future is none: the clock was set back since.
    """
    at = now()
    rows = await fetch(
        "UPDATE core_job SET state = 'running', attempts = attempts + 1, lease_until = $3"  # noqa: S608 - our words
        " WHERE id = $1 AND (state = 'queued' AND due_at <= $2"
        " OR state = 'running' AND (lease_until < $2 OR lease_until > $4))"
        f" RETURNING {_COLUMNS}",
        job_id, at, at + LEASE, at + 2 * LEASE,
    )  # fmt: skip
    return _view(rows[0]) if rows else None


async def renew(job_ids: Sequence[UUID]) -> None:
    """Sign of life of a worker for the jobs it holds."""
    await execute(
        "UPDATE core_job SET lease_until = $2 WHERE id = ANY($1) AND state = 'running'",
        job_ids,
        now() + LEASE,
    )


async def finish(job: JobView, result: dict[str, Any] | None = None) -> None:
    """Mark as done, unless another worker has taken it over meanwhile."""
    await _end(job, DONE, result=result)


async def cancel(job: JobView) -> None:
    """Mark as stopped on request."""
    await _end(job, CANCELLED, message=job.message)


async def postpone(job: JobView, due_at: datetime) -> None:
    """Give the job back: it is to run again then."""
    await execute(
        "UPDATE core_job SET state = 'queued', due_at = $3, lease_until = NULL"
        " WHERE id = $1 AND attempts = $2 AND state = 'running'",
        job.id, job.attempts, due_at,
    )  # fmt: skip


async def fail(job: JobView, message: str, *, tries: int = 5) -> None:
    """After something unexpected: try again with growing pauses, and give up after so many tries."""
    if job.attempts >= tries:
        await _end(job, FAILED, message=message)
    else:
        await postpone(job, now() + timedelta(seconds=min(2**job.attempts, 900)))


async def _end(job: JobView, state: str, *, message: str = "", result: dict[str, Any] | None = None) -> None:
    await execute(
        "UPDATE core_job SET state = $3, finished_at = $4, lease_until = NULL, result = $5,"
        " message = $6, done = CASE WHEN $7 THEN total ELSE done END"
        " WHERE id = $1 AND attempts = $2 AND state = 'running'",
        job.id, job.attempts, state, now(), msgspec.json.encode(result or {}).decode(), message,
        state == DONE,
    )  # fmt: skip


def _view(row: Any) -> JobView:
    values = dict(row)
    values["args"] = msgspec.json.decode(values["args"])
    values["result"] = msgspec.json.decode(values["result"])
    return JobView(**values)


# ── Waking: best effort, the sweep makes up for every nudge that is lost ────────────────────────────────────────


async def sweep(limit: int = 2000) -> int:
    """Nudge every job that is due, or whose worker has not been heard of; returns how many there were."""
    at = now()
    rows = await fetch(
        "SELECT id, attempts FROM core_job WHERE state IN ('queued', 'running') AND due_at <= $1"
        " AND (state = 'queued' OR lease_until < $1 OR lease_until > $2) ORDER BY due_at LIMIT $3",
        at, at + 2 * LEASE, limit,
    )  # fmt: skip
    if rows:
        await _wake("run_jobs", [(row["id"], row["attempts"]) for row in rows])
    return len(rows)


_waiting: list[UUID] = []
_connections: "WeakKeyDictionary[asyncio.AbstractEventLoop, ArqRedis]" = WeakKeyDictionary()
_flushing: set[asyncio.Task[None]] = set()


async def nudge(job_ids: Iterable[UUID]) -> None:
    """Wake a worker for these jobs, from a task of its own: no request waits for it or fails with it."""
    if not settings().redis_url:
        return
    _waiting.extend(job_ids)
    if not _flushing:
        # An empty context: the task must not inherit the transaction that is ending here.
        task = asyncio.get_running_loop().create_task(_flush(), context=contextvars.Context())
        _flushing.add(task)
        task.add_done_callback(_flushing.discard)


async def _flush() -> None:
    while _waiting:
        ids, _waiting[:] = _waiting[:], []
        try:
            if len(ids) > WAKE_EACH:
                await _wake("sweep_jobs", [])
            else:
                await _wake("run_jobs", [(job_id, 0) for job_id in ids])
        except (OSError, RedisError, TimeoutError) as wrong:
            log.warning("Valkey is away (%s): the clock will wake the workers", type(wrong).__name__)


async def _wake(function: str, jobs: Sequence[tuple[UUID, int]]) -> None:
    """What ``enqueue_job`` of arq writes, for many jobs in one exchange: one by one, a busy worker takes seconds.

    Of many jobs several share a nudge: arq asks Valkey five times for each one that it runs.
    """
    at = int(time.time() * 1000)
    bucket = at // 1000 // _BUCKET
    nudges: dict[str, list[str]] = {} if jobs else {f"{function}:{at}": []}
    for job_id, attempts in jobs:
        name = f"{job_id}:{attempts}" if len(jobs) <= WAKE_EACH else f"some-{job_id.int % _GROUPS}"
        nudges.setdefault(f"{name}:{bucket}", []).append(str(job_id))
    async with asyncio.timeout(3):
        async with (await connection()).pipeline(transaction=False) as exchange:
            for name, ids in nudges.items():
                job = serialize_job(function, (ids,), {}, None, at, serializer=msgspec.json.encode)
                exchange.set(job_key_prefix + name, job, px=_FORGOTTEN, nx=True)
                exchange.zadd(default_queue_name, {name: at}, nx=True)
            await exchange.execute()


async def connection() -> ArqRedis:
    """The connection to Valkey of the running loop."""
    loop = asyncio.get_running_loop()
    if loop not in _connections:
        _connections[loop] = await create_pool(
            replace(valkey_settings(), conn_retries=0),
            job_serializer=msgspec.json.encode,
            job_deserializer=msgspec.json.decode,
        )
    return _connections[loop]


async def close() -> None:
    """Let nudges under way finish and close the connection, before the loop ends."""
    await asyncio.gather(*_flushing)
    known = _connections.pop(asyncio.get_running_loop(), None)
    if known is not None:
        await known.aclose()


def valkey_settings() -> RedisSettings:
    """Where Valkey is, as arq wants it."""
    return RedisSettings.from_dsn(settings().redis_url)
