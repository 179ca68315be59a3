"""What is still to be translated: grouped, counted, and as a table for translators."""

import csv
import io
from collections.abc import Awaitable, Callable

from tests import make
from tests.browser_like import Visitor
from wcd.agenda.tables import Body, Item

AsStaff = Callable[..., Awaitable[Visitor]]
ENGLISH = {"accept-language": "en"}


async def some_gaps() -> None:
    edition = await make.edition()
    session = await make.session(edition, title_en="", summary_zh="=1+1")
    await make.session(edition, title_zh="", title_en="Only English", state="idea")
    await make.session(edition, title_zh="", title_en="Never mind", state="called_off")
    await Item.insert(Item(session=session, position=0, kind="speech", title_zh="致辞", minutes=10))
    await make.speaker(edition, post_zh="院长", biography_zh="", biography_en="Born in Nairobi.")
    await make.room(edition, floor_zh="三层")
    await Body.insert(Body(edition=edition, code="riverside", name_zh="滨江研究院"))


async def test_gaps_stand_in_groups_with_numbers(as_staff: AsStaff) -> None:
    await some_gaps()
    visitor = await as_staff("reader")
    text = (await visitor.get("/organiser/missing", headers=ENGLISH)).text
    assert "8 texts are there in one language only" in text
    for word in ("Sessions", "Items", "Speakers", "Hosts", "Rooms", "Only English", "Born in Nairobi."):
        assert word in text
    assert "Never mind" not in text
    zh = (await visitor.get("/organiser/missing?language=zh", headers=ENGLISH)).text
    assert ("Only English" in zh, "滨江研究院" in zh) == (True, False)
    bodies = (await visitor.get("/organiser/missing?kind=body", headers=ENGLISH)).text
    assert ("Only English" in bodies, "滨江研究院" in bodies) == (False, True)
    for odd in ("language=fr", "kind=%00king", "page=99&size=7", "show=odd"):
        assert (await visitor.get(f"/organiser/missing?{odd}")).status_code == 200


async def test_table_for_translators(as_staff: AsStaff) -> None:
    await some_gaps()
    visitor = await as_staff("organiser")
    answer = await visitor.get("/organiser/missing/missing.csv?language=en")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {(row["kind"], row["field"]) for row in rows} == {
        ("session", "title"), ("session", "summary"), ("item", "title"), ("speaker", "post"), ("room", "floor"),
        ("body", "name"),
    }  # fmt: skip
    assert all(row["zh"] and not row["en"] for row in rows)
    assert "'=1+1" in {row["zh"] for row in rows}  # no spreadsheet takes it for a formula
