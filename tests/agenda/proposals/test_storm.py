"""On real connections: two decide at once, one form sent many times at once, many partners at once."""

import asyncio
from datetime import date

import pytest

from tests import make
from tests.agenda.proposals.cast import details, olga, open_call, proposed
from wcd.agenda.proposals import applying, deciding, scheduling
from wcd.agenda.proposals.errors import ProposalChanged
from wcd.agenda.proposals.inputs import Acceptance, Refusal
from wcd.core.db import execute, fetch
from wcd.core.ids import uuid7

LATER = {"first_day": date(2033, 10, 28), "last_day": date(2033, 10, 31)}
WISHED = (date(2033, 10, 29),)


@pytest.fixture
async def forum(pool):
    """An open call, taken away afterwards with everything that came of it."""
    edition = await open_call(await make.edition("wcd-call", is_current=False, **LATER))
    yield edition
    for table in ("core_job", "mail_mail", "actors_audit_entry", "agenda_score", "agenda_proposal_message", "agenda_proposal",
                  "agenda_hosting", "agenda_body", "agenda_session", "agenda_subject", "agenda_call", "agenda_settings",
                  "accounts_role_grant", "accounts_staff", "editions_edition"):  # fmt: skip
        await execute(f"DELETE FROM {table}")


async def letters() -> dict[str, int]:
    return {
        row["kind"]: row["n"]
        for row in await fetch("SELECT kind, count(*) AS n FROM mail_mail GROUP BY kind")
    }


async def test_two_decide_at_once_and_one_of_them_is_told(forum) -> None:
    for _ in range(10):
        held = await proposed(forum, wish_days=WISHED)
        both = [await olga(forum), await olga(forum)]
        ended = await asyncio.gather(
            deciding.accept(held.id, Acceptance(make_session=True), version=1, by=both[0]),
            deciding.decline(held.id, Refusal("Full."), version=1, by=both[1]),
            return_exceptions=True,
        )
        told = [one for one in ended if isinstance(one, ProposalChanged)]
        done = [one for one in ended if not isinstance(one, BaseException)]
        assert (len(told), len(done)) == (1, 1)
        assert told[0].state == done[0].state
    sent = await letters()
    assert sent.get("proposal_accepted", 0) + sent.get("proposal_declined", 0) == 10
    sessions = await fetch("SELECT count(*) AS n FROM agenda_session")
    assert sessions[0]["n"] == sent.get("proposal_accepted", 0)


async def test_one_form_sent_many_times_at_once_is_one_proposal(forum) -> None:
    meant = uuid7()
    ended = await asyncio.gather(
        *(applying.submit(forum, meant, details(wish_days=WISHED)) for _ in range(12))
    )
    assert {(one.id, one.number) for one in ended} == {(meant, 1)}
    assert await letters() == {"proposal_received": 1}


async def test_many_partners_at_once_get_numbers_without_gaps(forum) -> None:
    ended = await asyncio.gather(*(proposed(forum, wish_days=WISHED) for _ in range(25)))
    assert sorted(one.number for one in ended) == list(range(1, 26))


async def test_a_session_asked_for_at_once_is_made_once(forum) -> None:
    held = await proposed(forum, wish_days=WISHED)
    by = await olga(forum)
    await deciding.accept(held.id, Acceptance(), version=1, by=by)
    made = await asyncio.gather(*(scheduling.make_session(held.id, by=by) for _ in range(8)))
    assert len(set(made)) == 1
    assert (await fetch("SELECT count(*) AS n FROM agenda_session"))[0]["n"] == 1
