"""A small forum for tests of the public pages."""

from uuid import UUID

from tests import make
from wcd.agenda.tables import Appearance, Exhibition, Item, Stand, Subject
from wcd.core.names import search_keys

RULES = {
    "starts": "2023-10-28T14:00+08:00",
    "sdgs": [3, 11],
    "subjects": ["life-circle"],
    "interpretation": ["zh", "en"],
}


async def forum() -> UUID:
    """An edition with two days of sessions, a speaker, an exhibition, a tour and the texts that pages show."""
    edition = await make.edition(
        hosts='[{"zh": "上海市人民政府", "en": "Shanghai Municipal People’s Government"}]'
    )
    room = await make.room(edition, "suhe", name_zh="苏河厅", name_en="Suhe Room")
    await Subject.insert(
        Subject(edition=edition, code="life-circle", name_zh="社区生活圈", name_en="Life circle")
    )
    session = await make.session(edition, code="life-circle", room=room, seats=20, **RULES)
    await make.session(
        edition, code="dialogue", starts="2023-10-31T09:30+08:00", kind="plenary", languages=["zh"],
        title_zh="特别对话：一座城市", title_en="Dialogue: one city",
    )  # fmt: skip
    await make.session(
        edition, code="garden", starts="2023-10-29T14:00+08:00", kind="tour", seats=40, minutes=195,
        title_zh="杨浦创智农园", title_en="Community garden", meeting_point_zh="东门", meeting_point_en="East gate",
    )  # fmt: skip
    await make.session(
        edition, code="lunch", starts="2023-10-28T12:00+08:00", kind="meal", booking="open",
        title_zh="午餐", title_en="Lunch",
    )  # fmt: skip
    speaker = await make.speaker(
        edition, code="chen-wangshu", search_keys=search_keys("陈望舒", "Chen Wangshu"), post_zh="研究员",
        post_en="Research Fellow", biography_zh="陈望舒研究街道生活。", biography_en="Chen Wangshu studies streets.",
    )  # fmt: skip
    item = Item(
        session=session, position=0, kind="speech", title_zh="一条弄堂", title_en="A lane", minutes=25
    )
    await Item.insert(item)
    await Appearance.insert(
        Appearance(session=session, item=item.id, speaker=speaker, role="speaker", position=0)
    )
    await make.release(edition)
    await _exhibition(edition)
    for slug in ("notice", "visa", "contact", "accessibility"):
        await make.page(edition, slug, title_zh="说明", title_en=f"On {slug}")
    await make.page(edition, "news-1", body_zh="接驳车时刻已公布。", body_en="Shuttle times are out.")
    return edition


async def _exhibition(edition: UUID) -> None:
    row = Exhibition(
        edition=edition, code="streets", title_zh="街区百年", title_en="A century of neighbourhoods",
        starts_at=make.datetime.fromisoformat("2023-10-28T10:00+08:00"),
        ends_at=make.datetime.fromisoformat("2023-10-31T12:00+08:00"),
    )  # fmt: skip
    await Exhibition.insert(row)
    await Stand.insert(Stand(exhibition=row.id, number="A01", title_zh="门牌", title_en="Door numbers"))
