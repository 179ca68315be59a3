"""Processes that are killed in the middle of many mails."""

import email
import signal
from collections import Counter
from collections.abc import Awaitable, Callable

from tests.mail.conftest import Post
from tests.worker.conftest import House
from wcd.mail.carriers import CONNECTIONS

MAILS = 400
QUEUE = f"""
from wcd.mail.outbox import Letter, queue_many
from wcd.mail.kinds import KINDS
values = dict(KINDS["received"].sample)
await queue_many([Letter("received", f"guest{{n}}@guests.example", "Ada", "en", values) for n in range({MAILS})])
from wcd.core import jobs
await jobs.close()
"""
Until = Callable[[Callable[[], Awaitable[bool]], float], Awaitable[None]]


async def test_every_mail_is_sent_when_a_worker_is_killed_in_the_middle(
    house: House, post: Post, until: Until
) -> None:
    worker, clock = house.start("wcd.worker"), house.start("wcd.worker.clock")
    await house.run(QUEUE)

    async def in_the_middle() -> bool:
        return len(post.taken) > MAILS // 4

    async def all_sent() -> bool:
        return await house.connection.fetchval("SELECT count(*) FROM mail_mail WHERE state = 'sent'") == MAILS

    async def all_over() -> bool:
        return await house.connection.fetchval("SELECT count(*) FROM core_job WHERE state <> 'done'") == 0

    await until(in_the_middle, 30)
    await house.end(worker, signal.SIGKILL)
    assert len(post.taken) < MAILS
    worker = house.start("wcd.worker")
    await until(all_sent, 60)
    await until(all_over, 30)

    ids = Counter(email.message_from_bytes(envelope.content)["Message-ID"] for envelope in post.taken)
    assert len(ids) == MAILS
    twice = {message_id for message_id, number in ids.items() if number > 1}
    flagged = {
        f"<{row['id']}@localhost>"
        for row in await house.connection.fetch("SELECT id FROM mail_mail WHERE perhaps_twice")
    }
    assert twice <= flagged
    assert len(flagged) <= CONNECTIONS
    assert await house.end(worker) == 0
    assert await house.end(clock) == 0


async def test_a_worker_that_is_told_to_end_sends_nothing_twice(
    house: House, post: Post, until: Until
) -> None:
    worker = house.start("wcd.worker")
    await house.run(QUEUE)

    async def in_the_middle() -> bool:
        return len(post.taken) > MAILS // 4

    await until(in_the_middle, 30)
    assert await house.end(worker) == 0
    states = dict(await house.connection.fetch("SELECT state, count(*) FROM mail_mail GROUP BY state"))
    assert set(states) == {"sent", "queued"}
    assert states["sent"] == len(post.taken)
    assert await house.connection.fetchval("SELECT count(*) FROM core_job WHERE state = 'running'") == 0
