"""Print runs: who is on them, who is left out, doing it twice, stopping."""

import asyncio
import subprocess
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from tests import make
from tests.tools import tool
from wcd.actors.actors import STAFF, Actor
from wcd.actors.tables import AuditEntry
from wcd.badges import batches, latin_only, personal, queries
from wcd.badges.errors import CannotBePrinted, NoBadge, NobodyToPrint, NoLatinName
from wcd.badges.preflight import find_unprintable
from wcd.badges.tables import Batch
from wcd.core import files, jobs
from wcd.core.errors import Conflict, Forbidden, NotFound
from wcd.core.tables import Job

UNPRINTABLE = "林\U0002ebf0"


def staff(role: str, edition: UUID) -> Actor:
    return Actor(kind=STAFF, roles=frozenset({role}), edition_id=edition)


async def run(batch_id: UUID) -> queries.BatchPage:
    """Do the work as a worker would."""
    row = (await Batch.select(Batch.job, Batch.edition).where(Batch.id == batch_id))[0]
    claimed = await jobs.claim(row["job"])
    assert claimed is not None
    await batches.draw_batch(batch_id, job_id=claimed.id)
    await jobs.finish(claimed)
    return await queries.get_batch(batch_id, row["edition"])


def text_of(pdf: bytes, page: int) -> str:
    return subprocess.run(
        [tool("pdftotext"), "-f", str(page), "-l", str(page), "-", "-"],
        input=pdf,
        check=True,
        capture_output=True,
    ).stdout.decode()


async def test_run_draws_approved_guests_by_name(db: None) -> None:
    edition = await make.edition()
    await make.guest(edition, native_name="周闻溪", latin_name="Zhou Wenxi")
    await make.guest(edition, native_name="陈望舒", latin_name="Chen Wangshu")
    await make.guest(edition, native_name="王待定", latin_name="Wang Daiding", state="submitted")
    batch_id = await batches.order_batch(edition, "all", by=staff("organiser", edition))
    found = await run(batch_id)
    assert (found.row.drawn, found.left_out) == (2, [])
    pdf = batches.file_of(found.row).read_bytes()
    assert len(PdfReader(BytesIO(pdf)).pages) == 4
    assert "陈望舒" in text_of(pdf, 1)
    assert "周闻溪" in text_of(pdf, 3)
    job = await jobs.get_job(found.row.job_id)
    assert (job.state, job.done, job.total) == (jobs.DONE, 2, 2)


async def test_run_of_one_category(db: None) -> None:
    edition = await make.edition()
    press = await make.category(edition, "press")
    await make.guest(edition)
    await make.guest(edition, category=press)
    found = await run(await batches.order_batch(edition, "press", by=staff("organiser", edition)))
    assert (found.row.wanted, found.row.drawn) == ("press", 1)


async def test_unprintable_are_left_out_with_the_character(db: None) -> None:
    edition = await make.edition()
    await make.guest(edition)
    lin = await make.guest(edition, native_name=UNPRINTABLE, latin_name="Lin Xin")
    found = await run(await batches.order_batch(edition, "all", by=staff("organiser", edition)))
    assert found.row.drawn == 1
    assert [(one.guest_id, one.latin_would_do, one.characters) for one in found.left_out] == [
        (lin, True, "\U0002ebf0 U+2EBF0")
    ]


async def test_latin_only_is_a_persons_decision(db: None) -> None:
    edition = await make.edition()
    lin = await make.guest(edition, native_name=UNPRINTABLE, latin_name="Lin Xin")
    with pytest.raises(CannotBePrinted):
        await personal.badge_pdf(lin)
    with pytest.raises(Forbidden):
        await latin_only.print_latin_only(lin, edition, by=staff("reader", edition))
    await latin_only.print_latin_only(lin, edition, by=staff("organiser", edition))
    await latin_only.print_latin_only(lin, edition, by=staff("organiser", edition))
    pdf = await personal.badge_pdf(lin)
    assert "Lin Xin" in text_of(pdf, 1)
    assert await find_unprintable([lin]) == []
    await latin_only.print_both_names(lin, edition, by=staff("organiser", edition))
    assert [one.guest_id for one in await find_unprintable([lin])] == [lin]
    assert await AuditEntry.count().where(AuditEntry.action == "badge.latin_only") == 2


async def test_latin_only_needs_a_latin_name_and_ones_own_edition(db: None) -> None:
    edition, other = await make.edition(), await make.edition("wcd-2022", is_current=False)
    lin = await make.guest(edition, native_name=UNPRINTABLE, latin_name="")
    with pytest.raises(NoLatinName):
        await latin_only.print_latin_only(lin, edition, by=staff("organiser", edition))
    with pytest.raises(NotFound):
        await latin_only.print_latin_only(lin, other, by=staff("organiser", other))


async def test_nobody_to_print(db: None) -> None:
    edition = await make.edition()
    await make.guest(edition, state="submitted")
    with pytest.raises(NobodyToPrint):
        await batches.order_batch(edition, "all", by=staff("organiser", edition))
    assert await Job.count() == 0


async def test_readers_order_nothing(db: None) -> None:
    edition = await make.edition()
    await make.guest(edition)
    with pytest.raises(Forbidden):
        await batches.order_batch(edition, "all", by=staff("reader", edition))
    assert await Batch.count() == 0


async def test_job_done_twice_keeps_one_file(db: None) -> None:
    edition = await make.edition()
    await make.guest(edition)
    batch_id = await batches.order_batch(edition, "all", by=staff("organiser", edition))
    first = await run(batch_id)
    await batches.draw_batch(batch_id, job_id=first.row.job_id)
    again = await queries.get_batch(batch_id, edition)
    assert again == first


async def test_run_of_unprintable_names_only_has_no_file(db: None) -> None:
    edition = await make.edition()
    await make.guest(edition, native_name=UNPRINTABLE)
    found = await run(await batches.order_batch(edition, "all", by=staff("organiser", edition)))
    assert (found.row.drawn, found.row.file, len(found.left_out)) == (0, "", 1)
    with pytest.raises(Conflict):
        batches.file_of(found.row)


async def test_stopped_run_leaves_nothing(pool: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """With connections of its own: the run looks for a stop while its thread draws."""
    from wcd.core.db import execute  # noqa: PLC0415 - settings are known only now

    edition = await make.edition("wcd-stop", is_current=False)
    try:
        for _ in range(60):
            await make.guest(edition)
        monkeypatch.setattr(batches, "TELL_EVERY", 0.01)
        batch_id = await batches.order_batch(edition, "all", by=staff("organiser", edition))
        row = (await Batch.select(Batch.job).where(Batch.id == batch_id))[0]
        claimed = await jobs.claim(row["job"])
        assert claimed is not None
        before = set(files_there())
        await batches.stop_batch(batch_id, edition, by=staff("organiser", edition))
        with pytest.raises(jobs.JobStopped):
            await asyncio.wait_for(batches.draw_batch(batch_id, job_id=claimed.id), 60)
        assert set(files_there()) == before
        assert (await queries.get_batch(batch_id, edition)).row.file == ""
    finally:
        for table in (
            "badges_batch",
            "core_job",
            "registration_code",
            "registration_guest",
            "registration_category",
            "actors_audit_entry",
        ):
            await execute(f"DELETE FROM {table} WHERE edition = $1", edition)
        await execute("DELETE FROM editions_edition WHERE id = $1", edition)


def files_there() -> list[Any]:
    folder = files._folder()
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


async def test_personal_badge_holds_the_guests_programme(db: None) -> None:
    edition = await make.edition()
    ada = await make.guest(edition)
    seated = await make.session(edition, title_zh="海绵城市与韧性安全", title_en="Sponge cities")
    waiting = await make.session(edition, title_zh="候补的场次", title_en="In line only")
    await make.booking(ada, seated)
    await make.booking(ada, waiting, "waiting")
    back = text_of(await personal.badge_pdf(ada), 2)
    assert "海绵城市与韧性安全" in back
    assert "候补的场次" not in back
    assert "09:00" in back


async def test_revoked_and_unapproved_have_no_badge(db: None) -> None:
    edition = await make.edition()
    bo = await make.guest(edition, state="submitted")
    with pytest.raises(NoBadge):
        await personal.badge_pdf(bo)


async def test_faces_of_many_take_as_many_queries_as_of_one(db: None, count_queries: Any) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    ids = [await make.guest(edition) for _ in range(3)]
    for guest in ids:
        await make.booking(guest, session)
    before = count_queries()
    await queries.badge_faces(ids[:1])
    one = count_queries() - before
    await queries.badge_faces(ids)
    assert count_queries() - before - one == one
