"""What is still to be translated."""

from datetime import datetime, timedelta

from tests import make
from wcd.agenda import texts
from wcd.agenda.tables import Body, Item

FIRST = datetime.fromisoformat("2023-10-01T09:00+08:00")


async def test_gaps_of_everything_that_has_texts(db: None) -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    await make.session(other, title_en="")
    session = await make.session(edition, title_en="", meeting_point_en="East gate")
    called_off = await make.session(edition, state="called_off", title_zh="")
    await Item.insert(
        Item(session=session, position=0, kind="speech", title_zh="致辞", title_en="", minutes=5)
    )
    await Item.insert(
        Item(session=called_off, position=0, kind="speech", title_zh="致辞", title_en="", minutes=5)
    )
    speaker = await make.speaker(edition, body_en="Riverside Institute")
    room = await make.room(edition, floor_zh="三层")
    await Body.insert(Body(edition=edition, code="b", name_zh="滨江研究院"))
    gaps = await texts.list_gaps(edition)
    assert [(gap.kind, gap.field, gap.language) for gap in gaps] == [
        ("session", "meeting_point", "zh"), ("session", "title", "en"), ("item", "title", "en"),
        ("speaker", "body", "zh"), ("body", "name", "en"), ("room", "floor", "en"),
    ]  # fmt: skip
    assert [gap.page for gap in gaps if gap.kind in {"item", "speaker", "room"}] == [session, speaker, room]
    assert {gap.kind for gap in await texts.list_gaps(edition, language="zh")} == {"session", "speaker"}
    assert {gap.kind for gap in await texts.list_gaps(edition, kind="body")} == {"body"}


async def test_what_has_fallen_behind_longest_first(db: None) -> None:
    edition = await make.edition()
    little = await make.session(edition, zh_changed_at=FIRST, en_changed_at=FIRST + timedelta(days=1))
    much = await make.session(edition, zh_changed_at=FIRST + timedelta(days=9), en_changed_at=FIRST)
    never = await make.session(edition, zh_changed_at=FIRST)
    await make.session(edition, zh_changed_at=FIRST, en_changed_at=FIRST + timedelta(minutes=5))
    await make.session(edition, zh_changed_at=FIRST, title_en="")  # that is a gap
    found = await texts.list_behind(edition)
    assert [(one.id, one.older.language, one.older.days) for one in found] == [
        (never, "en", 0), (much, "en", 9), (little, "zh", 1),
    ]  # fmt: skip
