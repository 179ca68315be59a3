"""The list of warnings and what blocks a release, in the console."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from tests import make
from tests.browser_like import Visitor
from wcd.actors.audit import history_of
from wcd.agenda.policy import Policy, policy_of
from wcd.agenda.tables import Session

AsStaff = Callable[..., Awaitable[Visitor]]
ENGLISH = {"accept-language": "en"}
AT = "/organiser/warnings"
SETTINGS = "/organiser/agenda-settings"
TWICE = (
    "Jianghai Hall is taken twice: by “Opening talk” (09:00–10:30) and “The 15-minute community life circle”"
    " (10:00–11:30)."
)


async def crowded() -> tuple[UUID, UUID, UUID]:
    """Two confirmed sessions in one room at one time, and a planned one without an English title or a time."""
    edition = await make.edition()
    room = await make.room(edition)
    one = await make.session(edition, "2023-10-28T09:00+08:00", room=room, title_en="Opening talk")
    await make.session(edition, "2023-10-28T10:00+08:00", room=room)
    await make.session(
        edition, state="planned", starts_at=None, ends_at=None, title_en="", title_zh="只有中文"
    )
    return edition, room, one


async def test_the_list_names_what_is_wrong_and_leads_there(as_staff: AsStaff) -> None:
    edition, _room, one = await crowded()
    rui = await as_staff("reader", edition=edition)
    text = (await rui.get(AT, headers=ENGLISH)).text
    assert TWICE in text
    assert "“只有中文” is incomplete in English: title." in text
    assert "2 warnings in the working copy. None of them blocks a release." in text
    assert f'href="/organiser/timetable?day=2023-10-28#session-{one}"' in text
    assert f'href="/organiser/sessions/{one}"' in text
    assert SETTINGS not in text
    chinese = (await rui.get(AT, headers={"accept-language": "zh"})).text
    assert ("15分钟社区生活圈" in chinese, "Opening talk" in chinese) == (True, False)


@pytest.mark.parametrize(
    ("query", "twice", "missing"),
    [
        ("", True, True),
        ("?kind=room_twice", True, False),
        ("?kind=text_missing", False, True),
        ("?kind=person_twice", False, False),
        ("?day=2023-10-28", True, False),
        ("?day=none", False, True),
        ("?day=2023-10-28&kind=text_missing", False, False),
        ("?blocking=1", False, False),
        ("?kind=nonsense&day=yesterday&blocking=x", True, True),
    ],
)
async def test_filters_stand_in_the_address(
    as_staff: AsStaff, query: str, twice: bool, missing: bool
) -> None:
    edition, *_others = await crowded()
    text = (await (await as_staff("reader", edition=edition)).get(AT + query, headers=ENGLISH)).text
    assert (TWICE in text, "is incomplete in English" in text) == (twice, missing)
    assert ("No warning fits" in text) is not (twice or missing)


async def test_an_agenda_without_faults_says_so(as_staff: AsStaff) -> None:
    edition = await make.edition()
    await make.session(edition)
    text = (await (await as_staff("reader", edition=edition)).get(AT, headers=ENGLISH)).text
    assert "Everything fits" in text


async def test_many_of_one_kind_are_cut_short_until_asked_for(as_staff: AsStaff) -> None:
    edition = await make.edition()
    for _n in range(43):
        await make.session(edition, state="planned", title_en="")
    rui = await as_staff("reader", edition=edition)
    text = (await rui.get(AT, headers=ENGLISH)).text
    assert (text.count("is incomplete in English"), f"{AT}?kind=text_missing" in text) == (40, True)
    text = (await rui.get(f"{AT}?kind=text_missing", headers=ENGLISH)).text
    assert text.count("is incomplete in English") == 43


async def test_the_list_asks_as_much_for_many_as_for_one(
    as_staff: AsStaff, count_queries: Callable[[], int]
) -> None:
    edition = await make.edition()
    rui = await as_staff("reader", edition=edition)
    asked = []
    for number in (1, 3):
        for _n in range(number):
            await make.session(edition, title_en="")
        before = count_queries()
        await rui.get(AT)
        asked.append(count_queries() - before)
    assert asked[0] == asked[1]


async def test_the_edition_decides_what_blocks(as_staff: AsStaff) -> None:
    edition, _room, one = await crowded()
    olga = await as_staff("organiser", edition=edition)
    text = (await olga.get(SETTINGS, headers=ENGLISH)).text
    assert "Nothing stands in the way of a release now." in text
    answer = await olga.send_form(SETTINGS, {"blocks": ["room_twice", "text_missing", "nonsense"]})
    assert (answer.status_code, answer.headers["location"]) == (303, SETTINGS)
    wanted = Policy(needs_second=False, blocks=frozenset({"room_twice", "text_missing"}))
    assert await policy_of(edition) == wanted
    assert [entry.action for entry in await history_of(edition)] == ["agenda.policy_changed"]
    text = (await olga.get(SETTINGS, headers=ENGLISH)).text
    assert "1 warning stands in the way of a release." in text
    assert text.count("checked") == 2
    text = (await olga.get(f"{AT}?blocking=1", headers=ENGLISH)).text
    assert (TWICE in text, "1 of them blocks a release." in text, SETTINGS in text) == (True, True, True)
    assert "is incomplete in English" not in text
    await Session.update({Session.state: "planned"}).where(Session.id == one)
    text = (await olga.get(f"{AT}?blocking=1", headers=ENGLISH)).text
    assert "None of them blocks a release." in text


async def test_a_page_that_was_open_too_long_keeps_the_ticks(as_staff: AsStaff) -> None:
    edition = await make.edition()
    olga = await as_staff("organiser", edition=edition)
    answer = await olga.post(
        SETTINGS,
        content="blocks=room_closed&_csrf=old",
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert (answer.status_code, 'value="room_closed" checked' in answer.text) == (422, True)
    assert await policy_of(edition) == Policy()


@pytest.mark.parametrize(
    ("role", "listed", "decides"),
    [("organiser", 200, 200), ("reader", 200, 403), ("approver", 200, 403), ("door", 403, 403)],
)
async def test_who_may(as_staff: AsStaff, role: str, listed: int, decides: int) -> None:
    edition = await make.edition()
    somebody = await as_staff(role, edition=edition)
    assert (await somebody.get(AT)).status_code == listed
    assert (await somebody.get(SETTINGS)).status_code == decides
    assert (await somebody.send_form(SETTINGS, {})).status_code == (303 if decides == 200 else 403)
