"""Running jobs: claim, keep the lease alive, do, and mark what became of it."""

import asyncio
import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from wcd.core import jobs
from wcd.core.clock import now
from wcd.core.errors import Refusal
from wcd.core.faults import trace
from wcd.worker.jobs import WORK

log = logging.getLogger(__name__)

BEAT = jobs.LEASE.total_seconds() / 4
AT_ONCE = 16
"""Jobs running in one worker; one that only waits its turn is not claimed yet, so that another worker may take it."""
_places = asyncio.Semaphore(AT_ONCE)
_held: dict[UUID, asyncio.Task[None]] = {}


async def run_jobs(_context: dict[str, Any], job_ids: list[str]) -> None:
    """What arq calls. Of each job nothing happens unless it is due and nobody else has it."""
    await asyncio.gather(*(_run(UUID(job_id)) for job_id in job_ids))


async def sweep_jobs(_context: dict[str, Any], _none: list[str]) -> None:
    """What arq calls when many jobs were written at once."""
    await jobs.sweep()


async def _run(job_id: UUID) -> None:
    async with _places:
        job = await jobs.claim(job_id)
        if job is None:
            return
        task = asyncio.create_task(_do(job))
        _held[job.id] = task
        try:
            await task
        finally:
            _held.pop(job.id, None)


async def _do(job: jobs.JobView) -> None:
    work = WORK.get(job.name)
    if work is None:
        await jobs.fail(job, f"Nobody here knows how to do “{job.name}”.", tries=1)
        return
    if job.stop_asked:
        await jobs.cancel(job)
        return
    try:
        outcome = await work.body(job, *job.args)
    except jobs.JobStopped:
        await jobs.cancel(job)
    except asyncio.CancelledError:
        await asyncio.shield(jobs.postpone(job, now()))
        raise
    except Refusal as refused:
        await jobs.fail(job, str(refused), tries=1)
    except Exception as wrong:  # noqa: BLE001 - whatever it is, the row must tell, and the worker goes on
        log.error("Job %s (%s) failed: %s", job.id, job.name, trace(wrong))  # noqa: TRY400 - without its message
        await jobs.fail(job, type(wrong).__name__, tries=work.tries)
    else:
        if isinstance(outcome, datetime):
            await jobs.postpone(job, outcome)
        else:
            await jobs.finish(job, outcome)


async def keep_leases() -> None:
    """Renew the leases of what runs here, for as long as this process lives."""
    while True:
        await asyncio.sleep(BEAT)
        if _held:
            try:
                await jobs.renew(list(_held))
            except Exception as wrong:  # noqa: BLE001 - the database is away; the next beat may be in time
                log.warning("Leases could not be renewed: %s", type(wrong).__name__)


async def settle(seconds: float) -> None:
    """Let what runs here finish; what takes longer is given back."""
    if _held:
        _done, late = await asyncio.wait(_held.values(), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.wait(late, timeout=1) if late else None
