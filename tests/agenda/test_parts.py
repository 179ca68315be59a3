"""Who appears: never twice in one place, moderators first, in the organisers' order."""

import pytest

from tests import make
from wcd.actors.actors import system
from wcd.actors.audit import history_of
from wcd.agenda import parts
from wcd.agenda.errors import AlreadyInIt, NoSuchItem, NoSuchPart, NoSuchSpeaker
from wcd.agenda.tables import Item
from wcd.core.errors import Invalid
from wcd.core.names import search_keys, sort_key

BY = system("test")


async def test_found_in_either_script_and_pinyin(db: None) -> None:
    edition = await make.edition()
    for native, latin in (("陈望舒", "Chen Wangshu"), ("Grace Odhiambo", ""), ("曾国强", "Zeng Guoqiang")):
        await make.speaker(
            edition, native_name=native, latin_name=latin, sort_key=sort_key(native, latin),
            search_keys=search_keys(native, latin),
        )  # fmt: skip
    found = {
        asked: [one.native_name for one in await parts.find_people(edition, asked)]
        for asked in ("望舒", "wangshu", "cws", "Odhi", "zeng", "nobody", "", "%")
    }
    assert found == {
        "望舒": ["陈望舒"], "wangshu": ["陈望舒"], "cws": ["陈望舒"], "Odhi": ["Grace Odhiambo"], "zeng": ["曾国强"],
        "nobody": [], "": [], "%": [],
    }  # fmt: skip


async def test_moderators_stand_first_and_order_is_kept(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    a, b, c = [await make.speaker(edition, native_name=name) for name in "ABC"]
    ids = {one: await parts.add_part(session, one, "speaker", by=BY) for one in (a, b, c)}

    async def order() -> list[str]:
        return [part.person.native_name for part in await parts.list_parts(session)]

    await parts.change_role(session, ids[c], "moderator", by=BY)
    assert await order() == ["C", "A", "B"]
    await parts.move_part(session, ids[b], -1, by=BY)
    assert await order() == ["C", "B", "A"]
    await parts.move_part(session, ids[b], -1, by=BY)  # not before the moderator
    assert await order() == ["C", "B", "A"]
    await parts.remove_part(session, ids[c], by=BY)
    assert await order() == ["B", "A"]
    assert [entry.action for entry in await history_of(session)][:3] == [
        "part.removed",
        "part.moved",
        "part.changed",
    ]


async def test_what_is_refused(db: None) -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    session, elsewhere = await make.session(edition), await make.session(edition)
    speaker, stranger = await make.speaker(edition), await make.speaker(other)
    item = Item(session=elsewhere, position=0, kind="speech", title_en="A", minutes=5)
    await Item.insert(item)
    part = await parts.add_part(session, speaker, "speaker", by=BY)
    with pytest.raises(AlreadyInIt):
        await parts.add_part(session, speaker, "moderator", by=BY)
    with pytest.raises(NoSuchSpeaker):
        await parts.add_part(session, stranger, "speaker", by=BY)
    with pytest.raises(NoSuchItem):
        await parts.add_part(session, speaker, "speaker", item=item.id, by=BY)
    with pytest.raises(Invalid):
        await parts.add_part(session, speaker, "king", by=BY)
    with pytest.raises(NoSuchPart):
        await parts.remove_part(elsewhere, part, by=BY)
    assert len(await parts.list_parts(session)) == 1
