"""One session in the console: its parts, each with its version; people, items and hosts; what is missing."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from tests import make
from tests.browser_like import FORM, Visitor
from wcd.agenda.tables import Appearance, Body, Hosting, Item, Session
from wcd.editions.tables import Edition

AsStaff = Callable[..., Awaitable[Visitor]]
ENGLISH = {"accept-language": "en"}
TEXTS = {"title_zh": "海绵城市", "title_en": "Sponge cities", "version": "1"}
TIME = {"day": "2023-10-29", "starts": "14:00", "ends": "15:30", "minutes": "90", "version": "1"}
PAGES = ("", "/time", "/people", "/items", "/hosts", "/entry", "/about", "/notes", "/guests", "/history")


@pytest.mark.parametrize("page", PAGES)
async def test_every_page_opens_with_and_without_a_time(as_staff: AsStaff, page: str) -> None:
    edition = await make.edition()
    session, idea = (
        await make.session(edition, room=await make.room(edition)),
        await make.session(edition, state="idea"),
    )
    await Session.update({Session.starts_at: None, Session.ends_at: None}).where(Session.id == idea)
    for role in ("organiser", "reader"):
        visitor = await as_staff(role)
        for one in (session, idea):
            answer = await visitor.get(f"/organiser/sessions/{one}{page}", headers=ENGLISH)
            assert answer.status_code == 200
            assert ("<button" in answer.text.partition("<main")[2]) <= (role == "organiser")


async def test_saving_waits_for_the_release(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    visitor = await as_staff("organiser")
    answer = await visitor.send_form(
        f"/organiser/sessions/{session}", {**TEXTS, "state": "called_off", "seats": "1"}
    )
    assert answer.status_code == 303
    row = (await Session.select().where(Session.id == session))[0]
    assert (row["title_zh"], row["state"], row["seats"], row["version"]) == ("海绵城市", "confirmed", None, 2)
    assert (await Edition.select(Edition.published)) == [{"published": 1}]
    page = (await visitor.get(answer.headers["location"], headers=ENGLISH)).text
    assert "next release: Changed" in page
    history = (await visitor.get(f"/organiser/sessions/{session}/history", headers=ENGLISH)).text
    assert "title in Chinese" in history


async def test_two_who_edit_one_part_are_told_with_both_texts(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    first, second = await as_staff("organiser"), await as_staff("organiser")
    await first.send_form(f"/organiser/sessions/{session}", {**TEXTS, "summary_zh": "甲写的简介"})
    refused = await second.send_form(
        f"/organiser/sessions/{session}", {**TEXTS, "summary_zh": "乙写的简介"}, **ENGLISH
    )
    assert refused.status_code == 409
    assert refused.text.count("甲写的简介") == 1
    assert refused.text.count("乙写的简介") == 2
    assert (await Session.select(Session.summary_zh)) == [{"summary_zh": "甲写的简介"}]
    saved = await second.send_form(
        f"/organiser/sessions/{session}", {**TEXTS, "summary_zh": "乙写的简介", "version": "2"}
    )
    assert saved.status_code == 303
    assert (await Session.select(Session.summary_zh)) == [{"summary_zh": "乙写的简介"}]


async def test_who_edits_another_part_stands_in_nobodys_way(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    first, second = await as_staff("organiser"), await as_staff("organiser")
    page = (await second.get(f"/organiser/sessions/{session}")).text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    await first.send_form(
        f"/organiser/sessions/{session}/time", {**TIME, "room": str(await make.room(edition))}
    )
    saved = await second.send_form(f"/organiser/sessions/{session}", {**TEXTS, "seen": seen})
    assert saved.status_code == 303
    conflict = await second.send_form(f"/organiser/sessions/{session}/time", TIME, **ENGLISH)
    assert conflict.status_code == 409
    assert "Jianghai Hall" in conflict.text.partition('class="cmp"')[2].partition("</div>")[0]


@pytest.mark.parametrize(
    ("page", "wrong", "field"),
    [
        ("", {"title_zh": "", "title_en": ""}, "title_zh"),
        ("", {"title_en": "x" * 301}, "title_en"),
        ("/time", {"ends": "13:00"}, "ends"),
        ("/time", {"day": "29.10."}, "day"),
        ("/time", {"starts": "25:00"}, "starts"),
        ("/time", {"day": "", "starts": "", "ends": ""}, "day"),
        ("/time", {"room": "x"}, "room"),
        ("/time", {"room": "01928d5c-0000-7000-8000-000000000001"}, "room"),
        ("/time", {"layout": "heap"}, "layout"),
        ("/entry", {"booking": "king"}, "booking"),
        ("/entry", {"booking": "category"}, "categories"),
        ("/entry", {"booking": "category", "categories": ["king"]}, "categories"),
        ("/about", {"kind": "king"}, "kind"),
        ("/about", {"kind": "forum", "sdgs": ["18"]}, "sdgs"),
    ],
)
async def test_wrong_values_are_said_at_the_field(
    as_staff: AsStaff, page: str, wrong: dict[str, Any], field: str
) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    visitor = await as_staff("organiser")
    given = {**TEXTS, **TIME, "summary_en": "What I typed", "meeting_point_en": "What I typed", **wrong}
    answer = await visitor.send_form(f"/organiser/sessions/{session}{page}", given)
    assert answer.status_code == 422
    assert f'id="{field}-e"' in answer.text
    assert ("What I typed" in answer.text) == (page in {"", "/time"})
    assert (await Session.select(Session.version)) == [{"version": 1}]


async def test_a_dinner_until_half_past_midnight(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    visitor = await as_staff("organiser")
    dinner = {**TIME, "starts": "21:30", "ends": "00:30", "next_day": "1"}
    assert (await visitor.send_form(f"/organiser/sessions/{session}/time", dinner)).status_code == 303
    page = (await visitor.get(f"/organiser/sessions/{session}/time", headers=ENGLISH)).text
    assert "21:30–00:30" in page
    assert 'name="next_day" value="1" checked' in page


async def test_lapsed_token_keeps_what_was_typed(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    visitor = await as_staff("organiser")
    answer = await visitor.post(
        f"/organiser/sessions/{session}", content="title_zh=Typed&version=1", headers=FORM
    )
    assert answer.status_code == 422
    assert 'value="Typed"' in answer.text


async def test_missing_and_older_languages_are_said(as_staff: AsStaff, clock: Callable[[str], Any]) -> None:
    edition = await make.edition()
    session = await make.session(edition, summary_zh="只有中文")
    visitor = await as_staff("organiser")
    at = f"/organiser/sessions/{session}"
    assert "English is missing" in (await visitor.get(at, headers=ENGLISH)).text
    clock("2023-10-26T09:00+08:00")
    visitor = await as_staff("organiser")
    await visitor.send_form(at, {**TEXTS, "version": "1"})
    clock("2023-10-27T10:00+08:00")
    visitor = await as_staff("organiser")  # the first sign-in has lapsed
    await visitor.send_form(at, {**TEXTS, "title_zh": "海绵之城", "version": "2"})
    said = "The English is 1 day older than the Chinese."
    assert said in (await visitor.get(at, headers=ENGLISH)).text
    assert said in (await visitor.get("/organiser/missing?show=behind", headers=ENGLISH)).text
    await visitor.send_form(f"{at}/fits/en", {"back": "missing"})
    assert said not in (await visitor.get(at, headers=ENGLISH)).text


async def test_on_to_the_next_that_lacks_a_text(as_staff: AsStaff) -> None:
    edition = await make.edition()
    first, second = [await make.session(edition, summary_zh="只有中文") for _ in range(2)]
    visitor = await as_staff("organiser")
    answer = await visitor.send_form(f"/organiser/sessions/{first}", {**TEXTS, "next": "1"})
    assert answer.headers["location"] == f"/organiser/sessions/{second}"
    answer = await visitor.send_form(f"/organiser/sessions/{second}", {**TEXTS, "next": "1"})
    assert answer.headers["location"] == "/organiser/missing"


async def test_people_are_found_added_ordered_and_taken_out(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    chen = await make.speaker(edition)
    odd = await make.speaker(
        edition, native_name="Grace Odhiambo", latin_name="Grace Odhiambo", search_keys=" grace odhiambo"
    )
    visitor = await as_staff("organiser")
    at = f"/organiser/sessions/{session}/people"
    await make.speaker(await make.edition("wcd-other", is_current=False), search_keys=" grace")
    found = (await visitor.get(f"{at}?q=grace", headers=ENGLISH)).text
    assert found.count("Grace Odhiambo") >= 1
    assert f'value="{chen}"' not in found
    for speaker, role in ((chen, "speaker"), (odd, "speaker"), (chen, "moderator")):
        await visitor.send_form(at, {"speaker": str(speaker), "role": role})
    rows = await Appearance.select().order_by(Appearance.position)
    assert [(row["speaker"], row["role"]) for row in rows] == [
        (chen, "speaker"),
        (odd, "speaker"),
    ]  # never twice
    assert (await visitor.send_form(at, {"speaker": str(odd), "role": "king"})).status_code == 422
    assert (await visitor.send_form(at, {"speaker": "x", "role": "speaker"})).status_code == 404
    await visitor.send_form(f"{at}/{rows[1]['id']}/up")
    await visitor.send_form(f"{at}/{rows[1]['id']}/up")
    ordered = await Appearance.select().order_by(Appearance.position)
    assert [row["speaker"] for row in ordered] == [odd, chen]
    await visitor.send_form(f"{at}/{rows[0]['id']}/role", {"role": "moderator"})
    await visitor.send_form(f"{at}/{rows[1]['id']}/remove")
    assert [(row["speaker"], row["role"]) for row in await Appearance.select()] == [(chen, "moderator")]
    assert (await visitor.send_form(f"{at}/{rows[1]['id']}/remove")).status_code == 404
    assert (await Session.select(Session.version)) == [{"version": 6}]
    history = (await visitor.get(f"/organiser/sessions/{session}/history", headers=ENGLISH)).text
    assert "Person taken out of a session" in history
    assert "Grace Odhiambo" in history


async def add_item(visitor: Visitor, session: UUID, title: str, minutes: int) -> UUID:
    """A new item; returns its id."""
    given = {"kind": "speech", "title_en": title, "title_zh": "", "minutes": str(minutes)}
    answer = await visitor.send_form(f"/organiser/sessions/{session}/items", given)
    return UUID(answer.headers["location"].partition("item=")[2].partition("#")[0])


async def test_items_follow_each_other_and_say_when_they_are_too_long(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition)  # 09:00–10:30
    visitor = await as_staff("organiser")
    at = f"/organiser/sessions/{session}/items"
    first, second = (
        await add_item(visitor, session, "Opening", 40),
        await add_item(visitor, session, "Panel", 50),
    )
    page = (await visitor.get(at, headers=ENGLISH)).text
    assert page.index("Opening") < page.index("Panel")
    assert ">09:40</time>" in page
    assert "minutes longer than the session" not in page
    await visitor.send_form(f"{at}/{second}/up")
    seen = (
        (await visitor.get(f"{at}?item={first}")).text.partition('name="seen" value="')[2].partition('"')[0]
    )
    mine = {"kind": "award", "title_en": "Opening", "title_zh": "开场", "minutes": "45", "seen": seen}
    assert (await visitor.send_form(f"{at}/{first}", mine)).status_code == 303
    page = (await visitor.get(at, headers=ENGLISH)).text
    assert page.index("Panel") < page.index("Opening")
    assert "The items are 5 minutes longer than the session." in page
    await visitor.send_form(f"/organiser/sessions/{session}/people",
                            {"speaker": str(await make.speaker(edition)), "role": "speaker", "item": str(first)})  # fmt: skip
    assert "Remove the item with 1 person" in (await visitor.get(f"{at}?item={first}", headers=ENGLISH)).text
    await visitor.send_form(f"{at}/{first}/remove")
    assert [row["title_en"] for row in await Item.select()] == ["Panel"]
    assert await Appearance.count() == 0
    for wrong in ({"minutes": "many"}, {"minutes": "-1"}, {"title_en": ""}):
        answer = await visitor.send_form(
            at, {"kind": "speech", "title_en": "What I typed", "minutes": "5", **wrong}
        )
        assert answer.status_code == 422
        assert ("What I typed" in answer.text) or not wrong.get("title_en", "x")


async def test_two_who_edit_one_item_lose_nothing(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    first, second = await as_staff("organiser"), await as_staff("organiser")
    item = await add_item(first, session, "Opening", 40)
    at = f"/organiser/sessions/{session}/items/{item}"
    seen = (await first.get(f"/organiser/sessions/{session}/items?item={item}")).text
    seen = seen.partition('name="seen" value="')[2].partition('"')[0]
    given = {"kind": "speech", "minutes": "40", "seen": seen}
    await first.send_form(at, {**given, "title_en": "Theirs"})
    refused = await second.send_form(at, {**given, "title_en": "Mine"}, **ENGLISH)
    assert refused.status_code == 409
    assert "Theirs" in refused.text
    assert "Mine" in refused.text
    again = refused.text.partition('name="seen" value="')[2].partition('"')[0]
    assert (await second.send_form(at, {**given, "title_en": "Mine", "seen": again})).status_code == 303
    await first.send_form(f"{at}/remove")
    gone = await second.send_form(at, {**given, "title_en": "Written for long"}, **ENGLISH)
    assert gone.status_code == 409
    assert 'value="Written for long"' in gone.text


async def test_hosts_are_added_ordered_and_taken_out(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    bodies = [Body(edition=edition, code=f"b{n}", name_zh=f"机构{n}", name_en=f"Body {n}") for n in range(2)]
    await Body.insert(*bodies)
    visitor = await as_staff("organiser")
    at = f"/organiser/sessions/{session}/hosts"
    for body in (*bodies, bodies[0]):
        await visitor.send_form(at, {"body": str(body.id)})
    rows = await Hosting.select().order_by(Hosting.position)
    assert [row["body"] for row in rows] == [body.id for body in bodies]
    await visitor.send_form(f"{at}/{rows[1]['id']}/up")
    page = (await visitor.get(at, headers=ENGLISH)).text
    assert page.index("Body 1") < page.index("Body 0")
    await visitor.send_form(f"{at}/{rows[1]['id']}/remove")
    assert [row["body"] for row in await Hosting.select()] == [bodies[0].id]
    assert (await visitor.send_form(at, {"body": str(session)})).status_code == 404


async def test_entry_for_categories(as_staff: AsStaff) -> None:
    edition = await make.edition()
    session = await make.session(edition)
    await make.category(edition, "press")
    visitor = await as_staff("organiser")
    given = {"booking": "category", "categories": ["press"], "version": "1"}
    assert (await visitor.send_form(f"/organiser/sessions/{session}/entry", given)).status_code == 303
    row = (await Session.select().where(Session.id == session))[0]
    assert (row["booking"], row["categories"]) == ("category", ["press"])


async def test_sessions_of_other_editions_are_not_found(as_staff: AsStaff) -> None:
    await make.edition()
    other = await make.session(await make.edition("wcd-other", is_current=False))
    visitor = await as_staff("organiser")
    for page in PAGES:
        assert (await visitor.get(f"/organiser/sessions/{other}{page}")).status_code == 404
    for verb in ("", "/time", "/people", "/items", "/hosts", "/copy", "/remove", "/state/planned"):
        assert (await visitor.send_form(f"/organiser/sessions/{other}{verb}", TEXTS)).status_code == 404
