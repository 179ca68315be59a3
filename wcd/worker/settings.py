"""The worker's settings, as arq wants them. PostgreSQL holds the truth: arq keeps nothing and repeats nothing."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from datetime import UTC
from typing import Any

import msgspec
from arq.worker import func

from wcd.core import db, jobs
from wcd.mail.carriers import carrier
from wcd.worker.running import keep_leases, run_jobs, settle, sweep_jobs

THREADS = 1
"""For drawing and rendering: these hold the interpreter, so a second one would only be in the way of the first."""
SWITCH = 0.0005
"""Seconds for which that thread may keep the loop waiting at each step: with Python's 5 ms a worker is half as fast."""
LONGEST = 1800
"""Seconds after which a job is given up here and tried again."""


async def start(context: dict[str, Any]) -> None:
    """Open what jobs need."""
    stack = context["stack"] = AsyncExitStack()
    await stack.enter_async_context(db.lifespan())
    stack.push_async_callback(jobs.close)
    stack.push_async_callback(carrier().close)
    beat = asyncio.create_task(keep_leases())
    stack.push_async_callback(_end, beat)
    sys.setswitchinterval(SWITCH)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, "work"))


async def stop(context: dict[str, Any]) -> None:
    """Let what runs finish, then close."""
    await settle(2)
    if "stack" in context:
        await context.pop("stack").aclose()


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


class WorkerSettings:
    """``arq wcd.worker.settings.WorkerSettings``, or ``python -m wcd.worker``."""

    functions = (
        func(run_jobs, max_tries=1000),  # type: ignore[arg-type] # arq's protocol asks for *args
        func(sweep_jobs, max_tries=1000),  # type: ignore[arg-type]
    )
    redis_settings = jobs.valkey_settings()
    on_startup = start
    on_shutdown = stop
    job_serializer = msgspec.json.encode
    job_deserializer = msgspec.json.decode
    max_jobs = 16
    poll_delay = 0.1
    keep_result = 0
    job_timeout = LONGEST
    job_completion_wait = 2
    timezone = UTC
    log_results = False
