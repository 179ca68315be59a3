"""Every job that is written down has a body, and a job done twice is done once."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

import wcd
from tests import make
from wcd.core import jobs
from wcd.core.config import settings
from wcd.core.db import fetch
from wcd.core.errors import Conflict
from wcd.mail import outbox
from wcd.mail.kinds import ALL, KINDS
from wcd.worker import running
from wcd.worker.jobs import WORK, Work, attach

CODE = Path(wcd.__file__).parent


def written_names() -> set[str]:
    texts = [path.read_text("utf-8") for path in CODE.rglob("*.py")]
    found = {name for text in texts for name in re.findall(r"\benqueue(?:_many)?\(\s*([\w.\"']+)", text)}
    literal = {name.strip("\"'") for name in found if name[0] in "\"'"}
    assert found - literal - {f'"{name}"' for name in literal} == {"DELIVER", "name"}
    return literal | {outbox.DELIVER}


def test_every_job_that_is_enqueued_has_a_body() -> None:
    assert written_names() == set(WORK)


def test_every_attachment_has_a_drawer() -> None:
    assert {kind.attachment for kind in ALL if kind.attachment} == {"badge_pdf", "calendar"}


async def state(job_id: UUID) -> tuple[str, str]:
    job = await jobs.get_job(job_id)
    return job.state, job.message


@pytest.mark.usefixtures("db", "clock")
async def test_a_mail_done_twice_is_one_mail() -> None:
    edition = await make.edition()
    mail_id = await outbox.queue(
        "received", address="a@guests.example", name="Ada", locale="en", context=dict(KINDS["received"].sample), edition=edition,
    )  # fmt: skip
    job_id = (await fetch("SELECT id FROM core_job"))[0]["id"]
    await running.run_jobs({}, [str(job_id)])
    file = settings().data / "mail" / f"{mail_id}.eml"
    first = file.read_bytes()
    await running.run_jobs({}, [str(job_id)])
    again = await jobs.enqueue("mail.deliver", str(mail_id))
    await running.run_jobs({}, [str(again)])
    assert file.read_bytes() == first
    assert [await state(job_id), await state(again)] == [("done", ""), ("done", "")]
    assert [dict(row) for row in await fetch("SELECT state, attempts FROM mail_mail")] == [
        {"state": "sent", "attempts": 1}
    ]


@pytest.mark.usefixtures("db", "clock")
async def test_a_mail_carries_the_badge_as_it_stands() -> None:
    edition = await make.edition()
    guest = await make.guest(edition)
    badge = await attach("badge_pdf", guest)
    assert badge is not None
    assert (badge.name, badge.content[:5]) == ("badge.pdf", b"%PDF-")


@pytest.mark.usefixtures("db", "clock")
async def test_a_print_run_done_twice_is_one_run() -> None:
    job_id = await jobs.enqueue("badges.draw_batch", str(uuid4()))
    await running.run_jobs({}, [str(job_id)])
    await running.run_jobs({}, [str(job_id)])
    assert await state(job_id) == ("done", "")


@pytest.mark.usefixtures("db", "clock")
class TestRunning:
    async def test_a_name_nobody_knows_fails_at_once(self) -> None:
        job_id = await jobs.enqueue("nobody.knows")
        await running.run_jobs({}, [str(job_id)])
        assert await state(job_id) == ("failed", "Nobody here knows how to do “nobody.knows”.")

    async def test_a_refusal_is_final_and_says_why(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def refuse(_job: jobs.JobView) -> None:
            raise Conflict

        monkeypatch.setitem(WORK, "test.refuse", Work(refuse))
        job_id = await jobs.enqueue("test.refuse")
        await running.run_jobs({}, [str(job_id)])
        assert await state(job_id) == ("failed", str(Conflict()))

    async def test_what_is_unexpected_is_tried_again_without_its_words(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        address = "ada@guests.example"

        async def break_down(_job: jobs.JobView) -> None:
            raise LookupError(address)

        monkeypatch.setitem(WORK, "test.break", Work(break_down))
        job_id = await jobs.enqueue("test.break")
        await running.run_jobs({}, [str(job_id)])
        assert (await jobs.get_job(job_id)).state == "queued"
        assert "LookupError" in caplog.text
        assert "break_down" in caplog.text
        assert "ada@" not in caplog.text

    async def test_a_stopped_job_is_cancelled(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def stop(job: jobs.JobView) -> None:
            await jobs.ask_stop(job.id)
            await jobs.report(job.id, 1)

        monkeypatch.setitem(WORK, "test.stop", Work(stop))
        job_id = await jobs.enqueue("test.stop", total=9)
        await running.run_jobs({}, [str(job_id)])
        assert await state(job_id) == ("cancelled", "")

    async def test_a_body_may_ask_to_run_again_later(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def later(job: jobs.JobView) -> object:
            return job.due_at + timedelta(minutes=5)

        monkeypatch.setitem(WORK, "test.later", Work(later))
        job_id = await jobs.enqueue("test.later")
        before = (await jobs.get_job(job_id)).due_at
        await running.run_jobs({}, [str(job_id)])
        job = await jobs.get_job(job_id)
        assert (job.state, job.due_at - before) == ("queued", timedelta(minutes=5))
