"""What speakers owe, and asking them for it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import msgspec
import pytest

from tests import make
from tests.agenda.files import PDF, picture
from tests.agenda.test_speakers import CHEN, appears
from wcd.actors.actors import STAFF, Actor, system
from wcd.agenda import asking, portraits, rules, slides, speakers
from wcd.agenda.errors import NoSpeakerMail, NothingOwed
from wcd.agenda.speaker_queries import get_speaker, list_speaker_rows
from wcd.core.db import fetch
from wcd.core.errors import Forbidden

BY = system("test")


@pytest.mark.parametrize(
    ("change", "owes"),
    [
        ({}, []),
        ({"biography": ("", "Has planned streets.")}, ["biography_zh"]),
        ({"biography": ("研究", "")}, ["biography_en"]),
        ({"portrait": ""}, ["portrait"]),
        ({"consents": False}, ["consent"]),
        ({"slides": []}, ["slides"]),
        ({"speaks_in": [], "slides": []}, []),
        ({"speaks_in": [1, 2]}, ["slides"]),
        ({"slides": [1, 2, 3]}, []),
        (
            {"biography": ("", ""), "portrait": "", "consents": False, "slides": []},
            ["biography_zh", "biography_en", "portrait", "consent", "slides"],
        ),
    ],
)
def test_what_is_owed(change: dict[str, object], owes: list[str]) -> None:
    whole = {
        "biography": ("研究", "Has"),
        "portrait": "key",
        "consents": True,
        "speaks_in": [1],
        "slides": [1],
    }
    assert rules.owed(**{**whole, **change}) == owes  # type: ignore[arg-type]


async def owing(speaker: UUID) -> list[str]:
    return (await get_speaker(speaker)).owes


async def test_slides_are_owed_by_those_who_speak_in_what_takes_place(db: None) -> None:
    edition = await make.edition()
    speaker = await speakers.add_speaker(edition, msgspec.structs.replace(CHEN, biography_en="x"), by=BY)
    await portraits.keep_portrait(speaker, picture(), by=BY)
    assert await owing(speaker) == []
    for role, values in (("moderator", {}), ("speaker", {"state": "called_off"})):
        await appears(speaker, await make.session(edition, **values), role)
        assert await owing(speaker) == []
    session = await make.session(edition, state="planned")
    await appears(speaker, session)
    assert await owing(speaker) == ["slides"]
    assert [row.owes for row in await list_speaker_rows(edition, owing=True)] == [["slides"]]
    await slides.keep_slides(session, speaker, "a.pdf", PDF, by=BY)
    assert await owing(speaker) == []
    assert await list_speaker_rows(edition, owing=True) == []


async def test_a_letter_a_day_in_the_speakers_language(db: None, clock: Callable[[str], datetime]) -> None:
    edition = await make.edition()
    speaker = await speakers.add_speaker(edition, CHEN, by=BY)
    await appears(speaker, await make.session(edition))
    assert await asking.ask_speaker(speaker, by=BY) is True
    assert await asking.ask_speaker(speaker, by=BY) is False
    clock("2023-10-27T09:00+08:00")
    assert await asking.ask_speaker(speaker, by=BY) is True
    mails = await fetch("SELECT address, locale, name, context FROM mail_mail ORDER BY queued_at")
    assert [(row["address"], row["locale"], row["name"]) for row in mails] == [
        ("Chen@body.example", "zh", "陈望舒")
    ] * 2
    context = msgspec.json.decode(mails[0]["context"])
    assert context["owes"] == ["biography_en", "portrait", "slides"]
    assert [one["title_zh"] for one in context["sessions"]] == ["15分钟社区生活圈"]
    assert (await get_speaker(speaker)).asked_at == datetime.fromisoformat("2023-10-27T09:00+08:00")


async def test_all_who_owe_and_can_be_written_to(db: None) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    able = await speakers.add_speaker(edition, CHEN, by=BY)
    mute = await speakers.add_speaker(edition, msgspec.structs.replace(CHEN, email=""), by=BY)
    idle = await speakers.add_speaker(edition, CHEN, by=BY)
    for one in (able, mute):
        await appears(one, session)
    assert await asking.ask_speakers(edition, [able, mute, idle, able], by=BY) == 1
    assert [row["about"] for row in await fetch("SELECT about FROM mail_mail")] == [able]
    with pytest.raises(NoSpeakerMail):
        await asking.ask_speaker(mute, by=BY)
    with pytest.raises(Forbidden):
        await asking.ask_speakers(edition, [able], by=Actor(STAFF, edition_id=edition))


async def test_who_owes_nothing_is_not_asked(db: None) -> None:
    edition = await make.edition()
    speaker = await speakers.add_speaker(edition, msgspec.structs.replace(CHEN, biography_en="x"), by=BY)
    await portraits.keep_portrait(speaker, picture(), by=BY)
    with pytest.raises(NothingOwed):
        await asking.ask_speaker(speaker, by=BY)
    assert await fetch("SELECT id FROM mail_mail") == []
