"""A speaker's own page behind their personal link."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests import make
from tests.agenda.files import PDF, picture
from tests.agenda.test_speakers import CHEN, appears
from tests.browser_like import Visitor
from tests.web.uploads import send_files
from wcd.actors.actors import system
from wcd.agenda import speakers
from wcd.agenda.speaker_queries import SpeakerFile, get_speaker
from wcd.core.signing import sign
from wcd.web.public import speaker_link

BY = system("test")


@pytest.fixture
async def cast(db: None, application: Any) -> tuple[Visitor, UUID, UUID, str]:
    edition = await make.edition()
    speaker = await speakers.add_speaker(edition, CHEN, by=BY)
    session = await make.session(edition, title_en="Own session")
    await appears(speaker, session)
    return Visitor(application), speaker, session, f"/en/speaker/{sign('speaker', speaker, 1)}"


def given(version: int = 1, **more: Any) -> dict[str, Any]:
    return {"biography_zh": "研究街道。", "biography_en": "Studies streets.", "version": str(version), **more}


async def test_the_page_says_what_is_missing_in_both_languages(
    cast: tuple[Visitor, UUID, UUID, str],
) -> None:
    visitor, _speaker, session, at = cast
    page = await visitor.get(at)
    assert page.status_code == 200
    for found in ("Biography in English", "Chen Wangshu", "Own session", f"slides-{session}"):
        assert found in page.text
    for hidden in ("body.example", "2023-09-01"):
        assert hidden not in page.text
    assert (page.headers["cache-control"], page.headers["x-robots-tag"]) == ("no-store", "noindex, nofollow")
    chinese = await visitor.get(at.replace("/en/", "/zh/"))
    assert ("陈望舒" in chinese.text, 'lang="zh"' in chinese.text) == (True, True)


async def test_everything_is_supplied_in_one_go(cast: tuple[Visitor, UUID, UUID, str]) -> None:
    visitor, speaker, session, at = cast
    times = {"span_day": "2023-10-28", "span_from": "09:00", "span_until": "17:00"}
    files = {"portrait": ("me.png", picture(form="PNG")), f"slides-{session}": ("talk.pdf", PDF)}
    answer = await send_files(visitor, at, given(consents="1", crop="end", **times), files)
    assert (answer.status_code, answer.headers["location"]) == (303, at)
    found = await get_speaker(speaker)
    assert (found.owes, found.biography.en, len(found.spans)) == ([], "Studies streets.", 1)
    [file] = found.sessions[0].slides
    assert "nothing is missing" in (await visitor.get(at)).text
    assert (await visitor.get(f"{at}/slides/{file.id}")).content == PDF
    gone = {"remove": str(file.id), "remove_portrait": "1"}
    assert (await send_files(visitor, at, given(found.version, **gone))).status_code == 303
    found = await get_speaker(speaker)
    assert (found.owes, found.consented_at, found.spans) == (["portrait", "consent", "slides"], None, [])


async def test_what_does_not_hold_keeps_nothing_else_away(cast: tuple[Visitor, UUID, UUID, str]) -> None:
    visitor, speaker, session, at = cast
    files = {"portrait": ("me.svg", b"<svg/>"), f"slides-{session}": ("talk.pdf", PDF)}
    answer = await send_files(visitor, at, given(consents="1"), files)
    found = await get_speaker(speaker)
    assert (answer.status_code, 'id="portrait-e"' in answer.text) == (422, True)
    assert (found.biography.en, len(found.sessions[0].slides)) == ("Studies streets.", 1)
    assert f'name="version" value="{found.version}"' in answer.text
    answer = await send_files(visitor, at, given(found.version, biography_en="x" * 5000))
    assert (answer.status_code, 'id="biography_en-e"' in answer.text) == (422, True)
    assert (await get_speaker(speaker)).version == found.version


async def test_nothing_typed_is_lost(cast: tuple[Visitor, UUID, UUID, str]) -> None:
    visitor, speaker, _session, at = cast
    await speakers.change_speaker(speaker, CHEN, spans=[], version=1, by=BY)
    await send_files(visitor, at, given(1))
    late = await send_files(visitor, at, given(1, biography_en="Mine"))
    assert (late.status_code, ">\nMine<" in late.text, 'name="version" value="2"' in late.text) == (
        409,
        True,
        True,
    )
    lapsed = await send_files(visitor, at, given(2, biography_en="Mine", csrf="wrong"))
    assert (lapsed.status_code, ">\nMine<" in lapsed.text) == (422, True)
    assert (await get_speaker(speaker)).biography.en == "Studies streets."


async def test_links_that_do_not_hold_say_so_and_show_nothing(cast: tuple[Visitor, UUID, UUID, str]) -> None:
    visitor, speaker, _session, at = cast
    await speakers.renew_link(speaker, by=BY)
    for path in (
        at,
        "/zh/speaker/nonsense",
        f"/en/speaker/{sign('my', speaker, 2)}",
        f"/en/speaker/{sign('speaker', UUID(int=7))}",
    ):
        answer = await visitor.get(path)
        assert (answer.status_code, "Wangshu" in answer.text) == (404, False)
        assert (await send_files(visitor, path, given(2))).status_code == 404
    assert (await get_speaker(speaker)).biography.en == ""


async def test_files_of_others_stay(cast: tuple[Visitor, UUID, UUID, str]) -> None:
    visitor, speaker, session, at = cast
    edition = (await get_speaker(speaker)).edition
    other = await speakers.add_speaker(edition, CHEN, by=BY)
    await appears(other, session)
    theirs = f"/en/speaker/{sign('speaker', other, 1)}"
    await send_files(visitor, theirs, given(), {f"slides-{session}": ("theirs.pdf", PDF)})
    found: SpeakerFile = await get_speaker(other)
    [file] = found.sessions[0].slides
    assert "theirs.pdf" not in (await visitor.get(at)).text
    assert (await visitor.get(f"{at}/slides/{file.id}")).status_code == 404
    elsewhere = await make.session(edition)
    await send_files(visitor, at, given(1, remove=str(file.id)), {f"slides-{elsewhere}": ("a.pdf", PDF)})
    assert [one.slides for one in (await get_speaker(other)).sessions] == [[file]]
    assert [one.slides for one in (await get_speaker(speaker)).sessions] == [[]]


async def test_too_much_is_said_in_words(
    cast: tuple[Visitor, UUID, UUID, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, speaker, session, at = cast
    monkeypatch.setattr(speaker_link, "MOST_OF_SLIDES", 1000)
    big = PDF + b"x" * 2000
    answer = await send_files(visitor, at, given(), {f"slides-{session}": ("a.pdf", big)})
    assert (answer.status_code, "1 kB" in answer.text) == (422, True)
    monkeypatch.setattr(speaker_link, "MOST_FILES", 1000)
    answer = await send_files(visitor, at, given(), {f"slides-{session}": ("a.pdf", big)})
    assert answer.status_code == 413
    assert [one.slides for one in (await get_speaker(speaker)).sessions] == [[]]


async def test_times_that_do_not_hold(
    cast: tuple[Visitor, UUID, UUID, str], clock: Callable[..., Any]
) -> None:
    visitor, speaker, _session, at = cast
    for starts, ends, day in (
        ("17:00", "09:00", "2023-10-28"),
        ("17:00", "", "2023-10-28"),
        ("a", "b", "2023-10-28"),
        ("09:00", "10:00", "never"),
        ("09:00", "10:00", "9999-12-31"),
    ):
        times = {"span_day": day, "span_from": starts, "span_until": ends}
        answer = await send_files(visitor, at, given(1, **times))
        assert (answer.status_code, 'id="spans-e"' in answer.text, f'value="{starts}"' in answer.text) == (
            422,
            True,
            True,
        )
    assert (await get_speaker(speaker)).version == 1
