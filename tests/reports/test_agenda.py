"""Today's page says what waits in the agenda, and leads there."""

import re
from collections.abc import Awaitable, Callable

from tests import make
from tests.agenda.proposals.cast import olga, open_call, proposed
from tests.browser_like import Visitor
from wcd.agenda.proposals import deciding
from wcd.agenda.proposals.inputs import Said
from wcd.agenda.releases import propose_release
from wcd.agenda.tables import Session
from wcd.reports import agenda

AsStaff = Callable[..., Awaitable[Visitor]]


async def todo(visitor: Visitor) -> dict[str, str]:
    text = (await visitor.get("/organiser", headers={"accept-language": "en"})).text
    return {what: number for number, what in re.findall(r"<li><b[^>]*>(\d+)</b><div><strong>([^<]+)", text)}


async def test_an_empty_agenda_has_nothing_to_say(as_staff: AsStaff, clock) -> None:
    edition = await make.edition()
    found = await agenda.numbers(edition)
    assert (found.proposals, found.gaps, found.warnings, found.release, found.differs, found.on_its_way) == (
        0, 0, 0, 0, 0, None,
    )  # fmt: skip
    assert await todo(await as_staff("reader")) == {}


async def test_numbers_are_those_of_the_pages_they_lead_to(as_staff: AsStaff, clock) -> None:
    edition = await open_call()
    one, two = await proposed(edition), await proposed(edition)
    await deciding.ask(two.id, Said("?"), version=1, by=await olga(edition))
    session = await make.session(edition.id)
    await make.release(edition.id)
    await Session.update({Session.title_en: ""}).where(Session.id == session)
    found = await agenda.numbers(edition.id)
    assert (found.proposals, found.asked, found.oldest_proposal) == (1, 1, clock("2023-10-26T09:00+08:00"))
    assert (found.gaps, found.release, found.differs, found.on_its_way) == (1, 1, 1, None)
    said = await todo(await as_staff("organiser"))
    assert said["Proposed side event waits for a decision"] == "1"
    assert said["Text lacks one language"] == "1"
    assert said["Session differs from what guests see"] == "1"
    assert sum(int(number) for what, number in said.items() if "not fit" in what) == found.warnings
    assert one.number == 1


async def test_a_release_on_its_way_is_said_instead(as_staff: AsStaff, clock) -> None:
    edition = await open_call()
    session = await make.session(edition.id)
    await Session.update({Session.title_en: "Another"}).where(Session.id == session)
    visitor = await as_staff("organiser")
    assert "Session differs from what guests see" in await todo(visitor)
    await propose_release(edition.id, "Second", by=await olga(edition))
    found = (await agenda.numbers(edition.id)).on_its_way
    assert found is not None
    assert (found.waits_for_approval, found.proposed_by_name) == (True, "Olga")
    said = await todo(visitor)
    assert "Release waits for approval" in said
    assert "Session differs from what guests see" not in said


async def test_who_may_not_see_the_agenda_sees_no_number_of_it(as_staff: AsStaff, clock) -> None:
    edition = await open_call()
    await proposed(edition)
    assert await todo(await as_staff("door", edition=edition.id)) == {}


async def test_more_sessions_ask_no_more_queries(db, clock, count_queries) -> None:
    async def asked(sessions: int) -> int:
        edition = await make.edition(f"wcd-{sessions}", is_current=False)
        for _ in range(sessions):
            await make.session(edition)
        before = count_queries()
        await agenda.numbers(edition)
        return count_queries() - before

    assert await asked(1) == await asked(5)
