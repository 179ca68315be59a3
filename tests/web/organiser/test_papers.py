"""The page of papers: ordering, watching, fetching; who may have run sheets."""

from typing import Any
from uuid import UUID

from tests import make
from tests.browser_like import Visitor
from wcd.agenda.printed import papers
from wcd.core import jobs


async def english(as_staff: Any, role: str) -> Visitor:
    visitor: Visitor = await as_staff(role)
    visitor.headers["accept-language"] = "en"
    return visitor


async def run(job_id: UUID) -> None:
    claimed = await jobs.claim(job_id)
    assert claimed is not None
    result = await papers.draw_paper(UUID(claimed.args[0]), claimed.args[1], job_id=claimed.id)
    await jobs.finish(claimed, result)


async def test_a_booklet_is_ordered_watched_and_fetched(db: None, clock: Any, as_staff: Any) -> None:
    edition = await make.edition()
    await make.session(edition, room=await make.room(edition))
    visitor = await english(as_staff, "organiser")
    page = (await visitor.get("/organiser/papers")).text
    assert "Draw the booklet" in page
    answer = await visitor.send_form(
        "/organiser/papers", {"what": "booklet", "language": "en", "sheet": "folded", "source": "release"}
    )
    at = answer.headers["location"].partition("?")[0]
    waiting = (await visitor.get(at)).text
    assert "Waiting for a worker" in waiting
    assert "A5 on A4, to fold and staple" in waiting
    await run(UUID(at.rpartition("/")[2]))
    assert "turned along the short edge" in (await visitor.get(at)).text
    pdf = await visitor.get(f"{at}/paper.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content[:5] == b"%PDF-"
    assert "booklet-en-wcd-test" in pdf.headers["content-disposition"]
    assert "pages" in (await visitor.get("/organiser/papers")).text


async def test_readers_order_signs_but_see_no_run_sheets(db: None, clock: Any, as_staff: Any) -> None:
    edition = await make.edition()
    session = await make.session(edition, room=await make.room(edition))
    organiser, reader = await english(as_staff, "organiser"), await english(as_staff, "reader")
    answer = await organiser.send_form("/organiser/papers", {"what": "run_sheets", "day": "2023-10-29"})
    at = answer.headers["location"].partition("?")[0]
    await run(UUID(at.rpartition("/")[2]))
    assert (await organiser.get(f"{at}/paper.pdf")).status_code == 200
    assert (await reader.get(f"{at}/paper.pdf")).status_code == 403
    assert "Draw the run sheets" not in (await reader.get("/organiser/papers")).text
    assert (await reader.get(f"/organiser/papers/run-sheet/{session}")).status_code == 403
    drawn = await organiser.get(f"/organiser/papers/run-sheet/{session}")
    assert drawn.content[:5] == b"%PDF-"
    answer = await reader.send_form("/organiser/papers", {"what": "door_signs", "sheet": "a3"})
    assert answer.headers["location"].startswith("/organiser/papers/")


async def test_what_cannot_be_printed_is_said(db: None, clock: Any, as_staff: Any) -> None:
    edition = await make.edition()
    await make.session(edition, room=await make.room(edition))
    visitor = await english(as_staff, "organiser")
    for wanted in (
        {"what": "door_signs", "day": "2023-10-31"},
        {"what": "door_signs", "day": "yesterday"},
        {"what": "poster"},
    ):
        answer = await visitor.send_form("/organiser/papers", wanted)
        assert "There is no session to print there" in answer.text
    nowhere = "/organiser/papers/00000000-0000-0000-0000-000000000000"
    assert (await visitor.get(nowhere)).status_code == 404


async def test_an_order_can_be_stopped(db: None, clock: Any, as_staff: Any) -> None:
    edition = await make.edition()
    await make.session(edition)
    visitor = await english(as_staff, "organiser")
    answer = await visitor.send_form("/organiser/papers", {"what": "booklet"})
    at = answer.headers["location"].partition("?")[0]
    await visitor.send_form(f"{at}/stop")
    assert "This was stopped." in (await visitor.get(at)).text
