"""Speakers: made, changed, removed; what they supply themselves; consent that is taken back acts at once."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from tests import make
from tests.agenda.files import picture
from wcd.actors import actors
from wcd.actors.actors import STAFF, Actor, system
from wcd.agenda import portrait_files, portraits, speaker_queries, speakers
from wcd.agenda.errors import NoSuchSpeaker, SpeakerChanged, SpeakerInUse, SpeakerLinkNoLongerHolds
from wcd.agenda.speaker_inputs import OwnDetails, SpeakerDetails
from wcd.agenda.tables import Appearance
from wcd.core import files, signing
from wcd.core.db import fetch
from wcd.core.errors import Forbidden, NotFound
from wcd.core.inputs import parse
from wcd.editions.published import published_numbers

BY = system("test")
CHEN = SpeakerDetails(
    native_name="陈望舒",
    latin_name="Chen Wangshu",
    post_zh="研究员",
    post_en="Research Fellow",
    country="CN",
    biography_zh="研究街道生活。",
    email="Chen@Body.example",
    language="zh",
    consented_on=date(2023, 9, 1),
)


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2023-10-28T{clock}+08:00")


async def stored(speaker: UUID) -> Any:
    return (await fetch("SELECT * FROM agenda_speaker WHERE id = $1", speaker))[0]


async def appears(speaker: UUID, session: UUID, role: str = "speaker") -> None:
    await Appearance.insert(Appearance(session=session, speaker=speaker, item=None, role=role, position=0))


async def test_a_new_speaker_is_sorted_and_found_and_has_a_code(db: None) -> None:
    edition = await make.edition()
    first = await speakers.add_speaker(edition, CHEN, spans=[(at("09:00"), at("12:00"))], by=BY)
    second = await speakers.add_speaker(edition, CHEN, by=BY)
    row = await stored(first)
    assert (row["code"], (await stored(second))["code"]) == ("chen-wangshu", "chen-wangshu-2")
    assert (row["sort_key"], row["email"]) == ("chen wang shu 陈望舒", "Chen@body.example")
    assert [one.person.id for one in await speaker_queries.list_speaker_rows(edition, "cws")] == [
        first,
        second,
    ]
    found = await speaker_queries.get_speaker(first)
    assert found.spans == [(at("09:00"), at("12:00"))]
    assert speakers.details_of(row, "Asia/Shanghai") == msgspec.structs.replace(
        CHEN, email="Chen@body.example"
    )


async def test_two_who_change_the_same_speaker(db: None) -> None:
    edition = await make.edition()
    speaker = await speakers.add_speaker(edition, CHEN, by=BY)
    mine = msgspec.structs.replace(CHEN, post_en="Professor")
    assert await speakers.change_speaker(speaker, mine, version=1, by=BY) == 2
    assert await speakers.change_speaker(speaker, mine, version=2, by=BY) == 3 - 1
    with pytest.raises(SpeakerChanged) as refused:
        await speakers.change_speaker(speaker, CHEN, version=1, by=BY)
    assert (refused.value.version, refused.value.current.post_en) == (2, "Professor")
    assert (await stored(speaker))["post_en"] == "Professor"


async def test_sessions_of_a_changed_speaker_are_touched_and_no_other(db: None) -> None:
    edition = await make.edition()
    speaker = await speakers.add_speaker(edition, CHEN, by=BY)
    theirs, other = await make.session(edition), await make.session(edition)
    await appears(speaker, theirs)
    before = {row["id"]: row["touched"] for row in await fetch("SELECT id, touched FROM agenda_session")}
    await speakers.change_speaker(speaker, msgspec.structs.replace(CHEN, post_en="X"), version=1, by=BY)
    after = {
        row["id"]: (row["touched"], row["version"]) for row in await fetch("SELECT * FROM agenda_session")
    }
    working = (await fetch("SELECT working FROM agenda_settings WHERE edition = $1", edition))[0]["working"]
    assert after == {theirs: (working, 1), other: (before[other], 1)}


async def test_who_appears_or_was_released_stays(db: None) -> None:
    edition = await make.edition()
    speaker, free = [await speakers.add_speaker(edition, CHEN, by=BY) for _ in range(2)]
    await appears(speaker, await make.session(edition))
    with pytest.raises(SpeakerInUse):
        await speakers.remove_speaker(speaker, by=BY)
    await speakers.remove_speaker(free, by=BY)
    with pytest.raises(NoSuchSpeaker):
        await speaker_queries.get_speaker(free)
    assert (await speaker_queries.get_speaker(speaker)).id == speaker


async def test_staff_of_another_edition_and_strangers_change_nothing(db: None) -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    speaker, second = [await speakers.add_speaker(edition, CHEN, by=BY) for _ in range(2)]
    stranger = Actor(STAFF, roles=frozenset({"owner"}), edition_id=other)
    with pytest.raises(NoSuchSpeaker):
        await speakers.change_speaker(speaker, CHEN, version=1, by=stranger)
    with pytest.raises(Forbidden):
        await speakers.supply(speaker, OwnDetails(biography_en="x"), version=1, by=actors.speaker(second))
    with pytest.raises(Forbidden):
        await speakers.supply(speaker, OwnDetails(), version=1, by=Actor(STAFF, edition_id=edition))
    with pytest.raises(Forbidden):
        await portraits.keep_portrait(speaker, picture(), by=actors.guest(speaker))
    assert (await stored(speaker))["version"] == 1


async def test_a_speaker_supplies_what_is_theirs(db: None, clock: Callable[[str], datetime]) -> None:
    edition = await make.edition()
    speaker = await speakers.add_speaker(edition, msgspec.structs.replace(CHEN, consented_on=None), by=BY)
    me = actors.speaker(speaker)
    own = OwnDetails(biography_zh="新", biography_en="New", consents=True)
    clock("2023-10-20T10:00+08:00")
    assert await speakers.supply(speaker, own, spans=[(at("09:00"), at("10:00"))], version=1, by=me) == 2
    row = await stored(speaker)
    assert (row["biography_en"], row["post_zh"]) == ("New", "研究员")
    assert row["consented_at"] == datetime.fromisoformat("2023-10-20T10:00+08:00")
    with pytest.raises(SpeakerChanged):
        await speakers.supply(speaker, own, version=1, by=me)
    clock("2023-10-21T10:00+08:00")
    await speakers.supply(speaker, msgspec.structs.replace(own, biography_en="Newer"), version=2, by=me)
    row = await stored(speaker)
    assert row["consented_at"] == datetime.fromisoformat("2023-10-20T10:00+08:00")
    assert (await speaker_queries.get_speaker(speaker)).spans == []


@pytest.mark.parametrize("themselves", [True, False])
async def test_consent_taken_back_acts_at_once(pool: None, db: None, themselves: bool) -> None:
    edition = await make.edition()
    speaker = await speakers.add_speaker(edition, CHEN, by=BY)
    await appears(speaker, await make.session(edition))
    key = await portraits.keep_portrait(speaker, picture(), by=BY)
    await make.release(edition)
    before = (await published_numbers())[edition]
    if themselves:
        await speakers.supply(speaker, OwnDetails(biography_zh="研究"), version=2, by=actors.speaker(speaker))
    else:
        await speakers.change_speaker(
            speaker, msgspec.structs.replace(CHEN, consented_on=None), version=2, by=BY
        )
    [shown] = await fetch(
        "SELECT biography_zh, portrait FROM agenda_released_speaker WHERE speaker = $1", speaker
    )
    row = await stored(speaker)
    assert (shown["biography_zh"], shown["portrait"], row["consented_at"]) == ("", "", None)
    assert (await published_numbers())[edition] == before + 1
    assert row["portrait"] not in {"", key}
    assert files.path_of(row["portrait"]).is_file()
    with pytest.raises(SpeakerInUse):
        await speakers.remove_speaker(speaker, by=BY)


async def test_links_end_when_they_are_renewed(db: None) -> None:
    speaker = await speakers.add_speaker(await make.edition(), CHEN, by=BY)
    token = signing.sign(speaker_queries.PURPOSE, speaker, 1)
    assert (await speaker_queries.speaker_of_link(token)).id == speaker
    await speakers.renew_link(speaker, by=BY)
    for wrong in (token, signing.sign("my", speaker, 2), "nonsense", signing.sign("speaker", UUID(int=1), 1)):
        with pytest.raises(SpeakerLinkNoLongerHolds):
            await speaker_queries.speaker_of_link(wrong)
    assert (await speaker_queries.speaker_of_link(signing.sign("speaker", speaker, 2))).id == speaker


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"latin_name": "Ada"}, set()),
        ({"native_name": " ", "post_zh": "研究员"}, {"native_name"}),
        ({"native_name": "\u200b"}, {"native_name"}),
        ({"latin_name": "Ada", "email": "ada"}, {"email"}),
        ({"latin_name": "Ada", "telephone": "call me"}, {"telephone"}),
        ({"latin_name": "Ada", "country": "China"}, {"country"}),
        ({"latin_name": "Ada", "consented_on": "yesterday"}, {"consented_on"}),
        ({"latin_name": "A" * 201}, {"latin_name"}),
        ({"latin_name": "Ada", "biography_en": "x" * 4001}, {"biography_en"}),
    ],
)
def test_what_is_given_of_a_speaker(given: dict[str, str], wrong: set[str]) -> None:
    assert parse(SpeakerDetails, {name: [value] for name, value in given.items()}).errors.keys() == wrong


async def test_a_portrait_replaced_is_kept_while_a_release_shows_it(pool: None) -> None:
    from wcd.core.db import execute, transaction  # noqa: PLC0415 - this test commits and cleans up itself

    async with transaction():
        edition = await make.edition("wcd-portrait", is_current=False)
        speaker = await speakers.add_speaker(edition, CHEN, by=BY)
    try:
        first = await portraits.keep_portrait(speaker, picture(), by=BY)
        second = await portraits.keep_portrait(speaker, picture(), by=BY)
        with pytest.raises(NotFound):
            files.path_of(first)
        async with transaction():
            await appears(speaker, await make.session(edition))
            await make.release(edition)
        third = await portraits.keep_portrait(speaker, picture(), by=BY)
        assert files.path_of(second).is_file()
        await portraits.remove_portrait(speaker, by=BY)
        assert (await stored(speaker))["portrait"] == ""
        for key in (third, portrait_files.small_of(third)):
            with pytest.raises(NotFound):
                files.path_of(key)
        assert (await fetch("SELECT portrait FROM agenda_released_speaker"))[0]["portrait"] == ""
    finally:
        await execute("TRUNCATE editions_edition, actors_audit_entry CASCADE")
