"""Speakers in the console: the list, one of them, what belongs to them, asking for what is missing."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import pytest

from tests import make
from tests.agenda.files import PDF, PPTX, picture
from tests.agenda.test_speakers import CHEN, appears
from tests.browser_like import Visitor
from tests.web.uploads import send_files
from wcd.actors.actors import system
from wcd.agenda import speakers
from wcd.agenda.portraits import small_of
from wcd.agenda.speaker_queries import get_speaker, list_speaker_rows
from wcd.core.db import execute, fetch
from wcd.editions.published import raise_published
from wcd.web import editions

AsStaff = Callable[..., Awaitable[Visitor]]
ENGLISH = {"accept-language": "en"}
AT = "/organiser/speakers"
BY = system("test")
GIVEN = {
    "native_name": "Ada Odhiambo",
    "latin_name": "",
    "post_en": "Planner",
    "country": "KE",
    "email": "ada@body.example",
    "span_day": ["2023-10-28", "2023-10-29"],
    "span_from": ["09:00", ""],
    "span_until": ["12:00", ""],
}


async def chen(edition: UUID) -> UUID:
    speaker = await speakers.add_speaker(edition, CHEN, by=BY)
    await appears(speaker, await make.session(edition))
    return speaker


async def test_a_speaker_is_made_found_changed_and_removed(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    assert "No speakers yet" in (await olga.get(AT, headers=ENGLISH)).text
    assert (await olga.get(f"{AT}/new")).status_code == 200
    made = await olga.send_form(f"{AT}/new", GIVEN)
    assert made.status_code == 303
    [row] = await list_speaker_rows(edition)
    page = await olga.get(made.headers["location"], headers=ENGLISH)
    assert ('value="09:00"' in page.text, "owes" in page.text) == (True, True)
    assert "Ada Odhiambo" in (await olga.get(f"{AT}?q=odhia")).text
    assert "Ada Odhiambo" not in (await olga.get(f"{AT}?q=zhang")).text
    assert "Ada Odhiambo" not in (await olga.get(f"{AT}?owing=1")).text  # on no programme: owes nothing yet
    here = f"{AT}/{row.person.id}"
    saved = await olga.send_form(here, GIVEN | {"post_en": "Professor", "version": "1"})
    assert (saved.status_code, (await get_speaker(row.person.id)).person.post.en) == (303, "Professor")
    assert (await olga.send_form(f"{here}/remove")).status_code == 303
    assert await list_speaker_rows(edition) == []


async def test_two_at_once_both_see_both(as_staff: AsStaff) -> None:
    edition = await make.edition()
    speaker = await chen(edition)
    olga = await as_staff("organiser", edition=edition)
    form = {"native_name": "陈望舒", "version": "1"}
    assert (await olga.send_form(f"{AT}/{speaker}", form | {"post_zh": "教授"})).status_code == 303
    late = await olga.send_form(f"{AT}/{speaker}", form | {"post_zh": "院长"}, **ENGLISH)
    assert (late.status_code, "教授" in late.text, 'value="院长"' in late.text) == (409, True, True)
    assert 'name="version" value="2"' in late.text
    assert (
        await olga.send_form(f"{AT}/{speaker}", form | {"post_zh": "院长", "version": "2"})
    ).status_code == 303


async def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    wrong = GIVEN | {"native_name": "", "email": "ada", "span_until": ["08:00", ""]}
    answer = await olga.send_form(f"{AT}/new", wrong, **ENGLISH)
    assert answer.status_code == 422
    for found in ("native_name-e", "email-e", "spans-e"):
        assert f'id="{found}"' in answer.text
    assert ('value="08:00"' in answer.text, 'value="Planner"' in answer.text) == (True, True)
    assert await list_speaker_rows(edition) == []


async def test_a_portrait_and_slides(as_staff: AsStaff) -> None:
    edition = await make.edition()
    speaker = await chen(edition)
    olga = await as_staff("organiser", edition=edition)
    here = f"{AT}/{speaker}"
    assert (await send_files(olga, f"{here}/portrait")).status_code == 422
    refused = await send_files(olga, f"{here}/portrait", files={"portrait": ("a.svg", b"<svg/>")})
    assert (refused.status_code, 'id="portrait-e"' in refused.text) == (422, True)
    sent = await send_files(olga, f"{here}/portrait", {"crop": "start"}, {"portrait": ("a.jpg", picture())})
    assert sent.status_code == 303
    key = (await get_speaker(speaker)).person.portrait
    shown = await olga.get(f"/portraits/{small_of(key)}")
    assert (shown.headers["content-type"], "immutable" in shown.headers["cache-control"]) == (
        "image/jpeg",
        True,
    )
    assert (await olga.get(f"/portraits/{key}x")).status_code == 404
    assert small_of(key) in (await olga.get(here)).text

    session = (await get_speaker(speaker)).sessions[0].id
    at = f"{here}/sessions/{session}/slides"
    assert (await send_files(olga, at, files={"slides": ("a.exe", b"MZ")})).status_code == 422
    assert (await send_files(olga, at, files={"slides": ("讲稿.ppt", PPTX)})).status_code == 303
    [file] = (await get_speaker(speaker)).sessions[0].slides
    given = await olga.get(f"{here}/slides/{file.id}")
    assert (given.content, given.headers["content-disposition"].partition(";")[0]) == (PPTX, "attachment")
    assert given.headers["x-content-type-options"] == "nosniff"
    assert (await olga.get(f"/slides/{file.id}")).status_code == 404
    assert (await olga.send_form(f"{here}/slides/{file.id}", {"do": "publish"})).status_code == 303
    assert (await olga.send_form(f"{here}/slides/{file.id}", {"do": "remove"})).status_code == 303
    assert (await get_speaker(speaker)).sessions[0].slides == []
    assert (await send_files(olga, f"{here}/portrait", {"remove": "1"})).status_code == 303
    assert (await get_speaker(speaker)).person.portrait == ""


async def test_slides_for_everybody_are_saved_not_shown(
    as_staff: AsStaff, application: object, clock: Callable[[str], object]
) -> None:
    edition = await make.edition()
    speaker = await chen(edition)
    session = (await get_speaker(speaker)).sessions[0].id
    clock("2023-10-29T12:00+08:00")
    olga = await as_staff("organiser", edition=edition)
    await send_files(olga, f"{AT}/{speaker}/sessions/{session}/slides", files={"slides": ("城市.pdf", PDF)})
    [file] = (await get_speaker(speaker)).sessions[0].slides
    await olga.send_form(f"{AT}/{speaker}/slides/{file.id}", {"do": "publish"})
    answer = await Visitor(application).get(f"/slides/{file.id}")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_one_and_all_are_asked(as_staff: AsStaff) -> None:
    edition = await make.edition()
    speaker = await chen(edition)
    olga = await as_staff("organiser", edition=edition)
    assert "Ask 1 speaker" in (await olga.get(AT, headers=ENGLISH)).text
    assert f'value="{speaker}" checked' in (await olga.get(f"{AT}/ask")).text
    picks = {"pick": [str(speaker), str(uuid4()), "nonsense"]}
    assert (await olga.send_form(f"{AT}/ask", picks)).status_code == 303
    assert (await olga.send_form(f"{AT}/{speaker}/ask")).status_code == 303
    assert [row["about"] for row in await fetch("SELECT about FROM mail_mail")] == [speaker]
    before = (await get_speaker(speaker)).link_version
    assert (await olga.send_form(f"{AT}/{speaker}/renew-link")).status_code == 303
    assert (await get_speaker(speaker)).link_version == before + 1


@pytest.mark.parametrize("role", ["reader", "door"])
async def test_who_only_reads_changes_nothing(as_staff: AsStaff, role: str) -> None:
    edition = await make.edition()
    speaker = await chen(edition)
    rui = await as_staff(role, edition=edition)
    expected = 200 if role == "reader" else 403
    for path in (AT, f"{AT}/{speaker}"):
        page = await rui.get(path)
        assert (page.status_code, "/speaker/" in page.text) == (expected, False)
    for path in ("new", "ask", f"{speaker}", f"{speaker}/remove", f"{speaker}/ask", f"{speaker}/renew-link"):
        assert (await rui.send_form(f"{AT}/{path}", GIVEN)).status_code == 403
    sent = await send_files(rui, f"{AT}/{speaker}/portrait", files={"portrait": ("a.jpg", picture())})
    assert sent.status_code == 403
    assert (await get_speaker(speaker)).version == 1


async def test_speakers_of_another_edition_are_not_found(as_staff: AsStaff) -> None:
    edition, other = await make.edition(), await make.edition("wcd-other", is_current=False)
    speaker = await chen(edition)
    session = (await get_speaker(speaker)).sessions[0].id
    olga = await as_staff("organiser", edition=other)
    here = f"{AT}/{speaker}"
    assert (await olga.get(here)).status_code == 404
    for path in (here, f"{here}/remove", f"{here}/ask", f"{here}/renew-link", f"{here}/slides/{uuid4()}"):
        assert (await olga.send_form(path, GIVEN)).status_code == 404
    for path, name in ((f"{here}/portrait", "portrait"), (f"{here}/sessions/{session}/slides", "slides")):
        assert (await send_files(olga, path, files={name: ("a.pdf", PDF)})).status_code == 404
    assert (await olga.send_form(f"{AT}/ask", {"pick": str(speaker)})).status_code == 303
    assert await fetch("SELECT id FROM mail_mail") == []


async def test_the_list_needs_as_many_queries_for_one_as_for_three(
    as_staff: AsStaff, count_queries: Callable[[], int]
) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    numbers = []
    for _ in range(2):
        await chen(edition)
        before = count_queries()
        await olga.get(AT)
        numbers.append(count_queries() - before)
        await chen(edition)
    assert numbers[0] == numbers[1]


async def test_the_session_page_names_published_slides_and_the_way(
    as_staff: AsStaff, application: object
) -> None:
    edition = await make.edition()
    room = await make.room(edition)
    session = await make.session(edition, code="talk", room=room)
    speaker = await speakers.add_speaker(edition, CHEN, by=BY)
    await appears(speaker, session)
    await make.release(edition)
    visitor = Visitor(application)
    olga = await as_staff("organiser", edition=edition)
    await send_files(olga, f"{AT}/{speaker}/sessions/{session}/slides", files={"slides": ("城市.pdf", PDF)})
    [file] = (await get_speaker(speaker)).sessions[0].slides
    assert f"/slides/{file.id}" not in (await visitor.get("/en/sessions/talk")).text
    await olga.send_form(f"{AT}/{speaker}/slides/{file.id}", {"do": "publish"})
    await execute("UPDATE venues_venue SET way_en = 'Metro, exit 2', map_url = 'https://map.example/x'")
    await raise_published(edition)
    editions.EDITIONS.forget()
    page = await visitor.get("/en/sessions/talk")
    for found in (f"/slides/{file.id}", "城市.pdf", "Metro, exit 2", "https://map.example/x"):
        assert found in page.text
