"""Reading the agenda: what is found, in which order, and with how many queries."""

from collections.abc import Callable
from uuid import UUID

import pytest

from tests import make
from wcd.agenda import queries
from wcd.agenda.errors import NoSuchSession, NoSuchSpeaker
from wcd.agenda.tables import Appearance, Exhibition, Item, Stand
from wcd.core.clock import now
from wcd.core.i18n import Bilingual, use_locale
from wcd.core.names import search_keys


async def with_people(edition: UUID, code: str, people: int = 2) -> UUID:
    session = await make.session(edition, code=code, room=await make.room(edition, f"room-{code}"))
    item = Item(session=session, position=0, kind="speech", title_zh="开场", title_en="Opening", minutes=20)
    panel = Item(session=session, position=1, kind="panel", title_zh="讨论", title_en="Panel", minutes=40)
    await Item.insert(item, panel)
    for place in range(people):
        speaker = await make.speaker(edition, code=f"{code}-{place}", latin_name=f"Person {place}")
        await Appearance.insert(
            Appearance(session=session, item=panel.id, speaker=speaker, role="speaker", position=place)
        )
    head = await make.speaker(edition, code=f"{code}-head", native_name="何静澜", latin_name="He Jinglan")
    await Appearance.insert(
        Appearance(session=session, item=None, speaker=head, role="moderator", position=0)
    )
    await make.release(edition)
    return session


async def test_list_needs_as_many_queries_for_one_as_for_three(
    db: None, count_queries: Callable[[], int]
) -> None:
    edition = await make.edition()
    await with_people(edition, "one")
    before = count_queries()
    assert len(await queries.list_sessions(edition)) == 1
    for_one = count_queries() - before
    await with_people(edition, "two")
    await with_people(edition, "three")
    before = count_queries()
    assert len(await queries.list_sessions(edition)) == 3
    assert count_queries() - before == for_one == 2


async def test_list_is_in_the_order_of_time_and_hides_what_is_planned(db: None) -> None:
    edition = await make.edition()
    await make.session(edition, code="late", starts="2023-10-29T14:00+08:00")
    await make.session(edition, code="early", starts="2023-10-28T09:00+08:00")
    await make.session(edition, code="off", starts="2023-10-28T11:00+08:00", state="called_off")
    await make.session(edition, code="perhaps", starts="2023-10-28T10:00+08:00", state="planned")
    await make.session(await make.edition("wcd-other", is_current=False), code="elsewhere")
    assert [one.code for one in await queries.list_sessions(edition)] == ["early", "off", "late"]
    all_codes = [one.code for one in await queries.list_sessions(edition, working=True)]
    assert all_codes == ["early", "perhaps", "off", "late"]


async def test_page_has_items_with_times_and_people(db: None) -> None:
    edition = await make.edition()
    await with_people(edition, "forum")
    page = await queries.get_session_page(edition, "forum")
    assert [person.code for person in page.card.people] == ["forum-head", "forum-0", "forum-1"]
    assert [(part.person.code, part.role) for part in page.people] == [("forum-head", "moderator")]
    assert [(item.title.en, item.starts_at.isoformat()[11:16], item.minutes) for item in page.items] == [
        ("Opening", "01:00", 20),
        ("Panel", "01:20", 40),
    ]
    assert [part.person.code for part in page.items[1].people] == ["forum-0", "forum-1"]
    assert page.card.place is not None
    assert page.card.place.name == Bilingual("江海厅", "Jianghai Hall")


async def test_page_of_another_edition_or_not_yet_confirmed_is_not_found(db: None) -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    await make.session(other, code="theirs")
    await make.session(edition, code="perhaps", state="planned")
    for code in ("theirs", "perhaps", "nothing"):
        with pytest.raises(NoSuchSession):
            await queries.get_session_page(edition, code)
    assert (await queries.get_session_page(edition, "perhaps", working=True)).card.code == "perhaps"


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["ada", "chen"]),
        ("chen wang", ["chen"]),
        ("望舒", ["chen"]),
        ("cws", ["chen"]),
        ("odhia", ["ada"]),
        ("chen odhiambo", []),
        ("!!!", []),
        ("zzz", []),
    ],
)
async def test_speakers_are_found_in_both_scripts_and_pinyin(db: None, search: str, found: list[str]) -> None:
    edition = await make.edition()
    for code, native, latin in (("chen", "陈望舒", "Chen Wangshu"), ("ada", "Ada Odhiambo", "Ada Odhiambo")):
        await make.speaker(
            edition, code=code, native_name=native, latin_name=latin, sort_key=latin.lower(),
            search_keys=search_keys(native, latin),
        )  # fmt: skip
    assert [one.code for one in await queries.list_speakers(edition, search, working=True)] == found


async def test_speaker_page_lists_sessions_once_with_all_roles(db: None) -> None:
    edition = await make.edition()
    session = await with_people(edition, "forum", people=1)
    later = await make.session(edition, code="planned", state="planned")
    head = (await queries.get_speaker_page(edition, "forum-head")).person
    speaker = (await queries.fetch("SELECT id FROM agenda_speaker WHERE code = 'forum-head'"))[0]["id"]
    await Appearance.insert(
        Appearance(session=session, item=None, speaker=speaker, role="speaker", position=1),
        Appearance(session=later, item=None, speaker=speaker, role="speaker", position=0),
    )
    await make.release(edition)
    page = await queries.get_speaker_page(edition, "forum-head")
    assert [(one.card.code, one.roles) for one in page.sessions] == [("forum", ["moderator", "speaker"])]
    with use_locale("zh"):
        assert (head.first, head.first_lang, head.second, head.second_lang) == (
            "何静澜",
            "zh",
            "He Jinglan",
            "en",
        )
    with use_locale("en"):
        assert (head.first, head.second) == ("He Jinglan", "何静澜")
    with pytest.raises(NoSuchSpeaker):
        await queries.get_speaker_page(edition, "nobody")


async def test_one_name_is_not_shown_twice(db: None) -> None:
    edition = await make.edition()
    await make.speaker(edition, code="ada", native_name="Ada Odhiambo", latin_name="Ada Odhiambo")
    [person] = await queries.list_speakers(edition, working=True)
    assert (person.first, person.second) == ("Ada Odhiambo", "")


async def test_exhibitions_with_stands(db: None) -> None:
    edition = await make.edition()
    row = Exhibition(
        edition=edition,
        code="streets",
        title_zh="街区百年",
        title_en="A century",
        starts_at=now(),
        ends_at=now(),
    )
    await Exhibition.insert(row)
    for number in ("A02", "A01"):
        await Stand.insert(Stand(exhibition=row.id, number=number, title_zh="展位", title_en="Stand"))
    [found] = await queries.list_exhibitions(edition)
    assert [stand.number for stand in found.stands] == ["A01", "A02"]
    assert found.place is None


async def test_launches_are_those_of_plenaries(db: None) -> None:
    edition = await make.edition()
    plenary = await make.session(edition, code="plenary", kind="plenary")
    forum = await make.session(edition, code="forum")
    for session, kind in ((plenary, "launch"), (plenary, "speech"), (forum, "launch")):
        await Item.insert(
            Item(session=session, position=0, kind=kind, title_zh="上海手册", title_en="Manual", minutes=5)
        )
    found = queries.launches(await queries.working_sessions(edition))
    assert [(one.session, one.title.en) for one in found] == [("plenary", "Manual")]
