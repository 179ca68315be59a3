import os
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from wcd.core import jobs
from wcd.core.clock import freeze, now
from wcd.core.db import execute, fetch
from wcd.core.errors import NotFound

pytestmark = pytest.mark.usefixtures("db", "clock")
LATER = timedelta(seconds=1)


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[UUID, int]]:
    """What a sweep would tell the workers."""
    found: list[tuple[UUID, int]] = []

    async def wake(_function: str, these: list[tuple[UUID, int]]) -> None:
        found.extend(these)

    monkeypatch.setattr(jobs, "_wake", wake)
    return found


async def running(**changed) -> jobs.JobView:
    job = await jobs.claim(await jobs.enqueue("mail.deliver", "1", **changed))
    assert job is not None
    return job


async def test_a_job_is_written_down_and_claimed_once() -> None:
    job_id = await jobs.enqueue("badges.draw_batch", "7", 3, total=12, edition=UUID(int=4))
    job = await jobs.claim(job_id)
    assert job is not None
    assert (job.name, job.args, job.state, job.attempts, job.total) == (
        "badges.draw_batch", ["7", 3], "running", 1, 12,
    )  # fmt: skip
    assert (job.edition, job.created_at, job.is_over) == (UUID(int=4), now(), False)
    assert await jobs.claim(job_id) is None


async def test_a_job_is_not_claimed_before_its_time() -> None:
    job_id = await jobs.enqueue("mail.deliver", "1", due_at=now() + LATER)
    assert await jobs.claim(job_id) is None
    with freeze(now() + LATER):
        assert await jobs.claim(job_id) is not None


async def test_a_job_whose_worker_died_is_claimed_again_after_its_lease() -> None:
    first = await running()
    with freeze(now() + jobs.LEASE):
        assert await jobs.claim(first.id) is None
    with freeze(now() + jobs.LEASE + LATER):
        second = await jobs.claim(first.id)
        assert second is not None
        assert second.attempts == 2
        await jobs.finish(first)
        assert (await jobs.get_job(first.id)).state == "running"
        await jobs.finish(second)
        assert (await jobs.get_job(first.id)).state == "done"


async def test_a_lease_from_the_future_is_none() -> None:
    with freeze(now() + timedelta(days=2)):
        job_id = await jobs.enqueue("mail.deliver", "1", due_at=now() - timedelta(days=3))
        assert await jobs.claim(job_id) is not None
    assert await jobs.claim(job_id) is not None


async def test_signs_of_life_keep_a_job() -> None:
    job = await running()
    with freeze(now() + jobs.LEASE - LATER):
        await jobs.renew([job.id])
    with freeze(now() + jobs.LEASE + LATER):
        assert await jobs.claim(job.id) is None
        await jobs.report(job.id, 1)
    with freeze(now() + 2 * jobs.LEASE):
        assert await jobs.claim(job.id) is None


async def test_a_finished_job_shows_its_result() -> None:
    job = await running(total=5)
    await jobs.report(job.id, 3, message="half")
    assert ((await jobs.get_job(job.id)).done, (await jobs.get_job(job.id)).message) == (3, "half")
    await jobs.finish(job, {"file": "x.pdf"})
    over = await jobs.get_job(job.id)
    assert (over.state, over.done, over.result, over.finished_at, over.is_over) == (
        "done",
        5,
        {"file": "x.pdf"},
        now(),
        True,
    )
    assert await jobs.claim(job.id) is None


async def test_failing_pauses_ever_longer_and_ends() -> None:
    job_id, at, waited = await jobs.enqueue("mail.deliver", "1"), now(), []
    while True:
        with freeze(at):
            job = await jobs.claim(job_id)
            assert job is not None
            await jobs.fail(job, "OSError", tries=4)
            job = await jobs.get_job(job_id)
        if job.is_over:
            break
        waited.append((job.due_at - at).total_seconds())
        at = job.due_at
    assert waited == [2, 4, 8]
    assert (job.state, job.message, job.attempts) == ("failed", "OSError", 4)


async def test_a_waiting_job_stops_at_once() -> None:
    job_id = await jobs.enqueue("badges.draw_batch", "1")
    await jobs.ask_stop(job_id)
    assert (await jobs.get_job(job_id)).state == "cancelled"
    assert await jobs.claim(job_id) is None


async def test_a_running_job_hears_of_it_at_its_next_report() -> None:
    job = await running(total=10)
    await jobs.ask_stop(job.id)
    with pytest.raises(jobs.JobStopped):
        await jobs.report(job.id, 4)
    await jobs.cancel(job)
    over = await jobs.get_job(job.id)
    assert (over.state, over.done, over.stop_asked) == ("cancelled", 4, True)
    await jobs.ask_stop(job.id)
    assert (await jobs.get_job(job.id)).finished_at == now()


async def test_a_sweep_finds_what_is_due_or_lost(
    clock: Callable[[str], datetime], woken: list[tuple[UUID, int]]
) -> None:
    due = await jobs.enqueue("mail.deliver", "due")
    await jobs.enqueue("mail.deliver", "later", due_at=now() + timedelta(hours=1))
    held, lost, over = await running(), await running(), await running()
    await jobs.finish(over)
    await execute("UPDATE core_job SET lease_until = $2 WHERE id = $1", lost.id, now() - LATER)
    assert await jobs.sweep() == 2
    assert sorted(woken) == sorted([(due, 0), (lost.id, 1)])
    assert (await jobs.get_job(held.id)).state == "running"


async def test_many_jobs_take_few_statements(count_queries: Callable[[], int]) -> None:
    before = count_queries()
    ids = await jobs.enqueue_many("mail.deliver", [[str(n)] for n in range(1500)])
    assert count_queries() - before == 1
    assert len(set(ids)) == 1500
    assert (await fetch("SELECT count(*) FROM core_job"))[0][0] == 1500


async def test_an_unknown_job_is_not_found() -> None:
    with pytest.raises(NotFound):
        await jobs.get_job(UUID(int=1))


async def test_many_jobs_share_few_nudges_and_the_same_ones_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue = f"test:{os.getpid()}"
    monkeypatch.setattr(jobs, "default_queue_name", queue)
    monkeypatch.setattr(jobs, "job_key_prefix", f"{queue}:")
    valkey = await jobs.connection()
    many = [(UUID(int=n), 0) for n in range(1000)]
    await jobs._wake("run_jobs", many)
    first = set(await valkey.zrange(queue, 0, -1))
    assert len(first) == 64
    told = [msgspec.json.decode(await valkey.get(f"{queue}:{name.decode()}"))["a"][0] for name in first]
    assert sorted(UUID(job_id).int for ids in told for job_id in ids) == list(range(1000))
    await jobs._wake("run_jobs", many[500:])
    assert set(await valkey.zrange(queue, 0, -1)) >= first
    assert await valkey.zcard(queue) in {64, 128}
    await valkey.delete(queue)
    await jobs.close()


async def test_a_nudge_that_cannot_be_sent_fails_nothing(
    pool: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def away() -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(jobs, "connection", away)
    await jobs.nudge([UUID(int=1)])
    await jobs.close()
    assert "Valkey is away (ConnectionRefusedError): the clock will wake the workers" in caplog.text
