from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from tests import make
from wcd.actors.actors import system
from wcd.core import jobs
from wcd.core.clock import now
from wcd.core.db import fetch, transaction
from wcd.core.listing import Slice
from wcd.mail import outbox, queries
from wcd.mail.kinds import KINDS

BY = system("test")
SAMPLE = dict(KINDS["received"].sample)


async def queue(**changed) -> UUID | None:
    letter = {"address": "ada@guests.example", "name": "Ada", "locale": "en", "context": SAMPLE}
    return await outbox.queue("received", **{**letter, **changed})


async def jobs_of(mail_id: UUID) -> list[str]:
    return [
        row["state"] for row in await fetch("SELECT state FROM core_job WHERE args = $1", f'["{mail_id}"]')
    ]


@pytest.mark.usefixtures("db", "clock")
async def test_a_mail_is_a_row_and_a_job() -> None:
    edition = await make.edition()
    mail_id = await queue(edition=edition, attachment=("badge_pdf", UUID(int=1)), about=UUID(int=2))
    row = await queries.get_mail(mail_id, edition)
    assert (row.kind, row.state, row.attempts, row.perhaps_twice) == ("received", "queued", 0, False)
    assert (row.attachment, row.about, row.queued_at, row.due_at) == ("badge_pdf", UUID(int=2), now(), now())
    assert await jobs_of(mail_id) == ["queued"]


@pytest.mark.usefixtures("db")
async def test_a_mail_that_rolls_back_never_was() -> None:
    async def part_of_something_that_fails() -> None:
        async with transaction():
            await queue()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await part_of_something_that_fails()
    assert await fetch("SELECT 1 FROM mail_mail") == []
    assert await fetch("SELECT 1 FROM core_job") == []


@pytest.mark.usefixtures("db")
async def test_the_same_once_key_makes_one_mail() -> None:
    first = await queue(once_key="reminder:1")
    assert first is not None
    assert await queue(once_key="reminder:1") is None
    assert len(await fetch("SELECT 1 FROM core_job")) == 1
    assert await queue() is not None
    assert await queue() is not None


@pytest.mark.usefixtures("db", "clock")
async def test_a_later_mail_waits() -> None:
    at = now() + timedelta(hours=1)
    mail_id = await queue(due_at=at)
    job = (await fetch("SELECT id, due_at FROM core_job"))[0]
    assert job["due_at"] == at
    assert await jobs.claim(job["id"]) is None
    assert (await fetch("SELECT due_at FROM mail_mail WHERE id = $1", mail_id))[0]["due_at"] == at


@pytest.mark.usefixtures("db")
async def test_a_wrong_locale_or_kind_is_refused_at_once() -> None:
    with pytest.raises(KeyError):
        await outbox.queue("recieved", address="a@b.example", name="", locale="en", context=SAMPLE)
    with pytest.raises(ValueError, match="missing"):
        await queue(context={})
    with pytest.raises(asyncpg.StringDataRightTruncationError):
        await queue(locale="english")


@pytest.mark.usefixtures("db")
async def test_retry_and_hold() -> None:
    mail_id = await queue()
    assert await outbox.hold_mail(mail_id, by=BY)
    assert not await outbox.hold_mail(mail_id, by=BY)
    assert await outbox.retry_mail(mail_id, by=BY)
    assert not await outbox.retry_mail(mail_id, by=BY)
    assert await jobs_of(mail_id) == ["queued", "queued"]


@pytest.mark.usefixtures("db")
async def test_the_list_finds_and_counts() -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    ada = await queue(edition=edition, name="陈望舒", about=UUID(int=5))
    percent = await queue(edition=edition, address="50%_off@guests.example")
    staff = await queue()
    await queue(edition=other)
    await outbox.hold_mail(percent, by=BY)

    async def found(**wanted) -> list[UUID]:
        return [row.id for row in (await queries.list_mails(edition, **wanted)).rows]

    assert await found() == [staff, percent, ada]
    assert await found(search="望舒") == [ada]
    assert await found(search="50%_") == [percent]
    assert await found(search="ADA@") == [staff, ada]
    assert await found(state="held") == [percent]
    assert await found(kind="approved") == []
    assert await found(about=UUID(int=5)) == [ada]
    second = await queries.list_mails(edition, wanted=Slice(2, 2))
    assert ([row.id for row in second.rows], second.total, second.last) == ([ada], 3, 2)
    assert await queries.count_by_state(edition) == {"held": 1, "queued": 2}
    assert [row.id for row in await queries.list_mails_about(UUID(int=5))] == [ada]


@pytest.mark.usefixtures("db")
async def test_another_editions_mail_is_not_seen() -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    mail_id = await queue(edition=other)
    with pytest.raises(queries.NotFound):
        await queries.get_mail(mail_id, edition)
    with pytest.raises(queries.NotFound):
        await queries.preview(mail_id, edition)
    shown = await queries.preview(mail_id, other)
    assert shown.subject == "We have received your registration: World Cities Day 2023"
    assert "/my/enter/…" in shown.text
