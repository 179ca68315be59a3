import pytest

from tests.agenda.exchange.agendas import AWKWARD, awkward_agenda
from tests.agenda.exchange.house import WRITERS, bring_in, differences, empty_edition, house_of, preview
from wcd.agenda.exchange.own_json import agenda_json
from wcd.agenda.exchange.queries import gather_published, gather_working
from wcd.cli.demo import load
from wcd.editions.queries import edition_by_code


def content_of(agenda) -> list:
    """All that an agenda says, without the ids of this database."""
    lists = (agenda.venues, agenda.rooms, agenda.hosts, agenda.speakers, agenda.sessions)
    entries = [
        sorted((one.plain() | {"id": None} for one in entries), key=lambda one: one["code"])
        for entries in lists
    ]
    for session in entries[-1]:
        if session["starts_at"]:
            session.pop("minutes", None)
    return entries


async def test_what_comes_out_goes_in_again_without_a_difference(db, clock):
    edition = await house_of(awkward_agenda())
    agenda = await gather_working(edition)
    assert len(agenda.sessions) == 9 + len(AWKWARD)
    for name, write in WRITERS.items():
        plan = await preview(edition, write(agenda))
        assert (name, differences(plan)) == (name, [])
        assert plan.count("session", "same") == len(agenda.sessions)


async def test_every_awkward_text_stands_in_the_database_as_it_was(db, clock):
    edition = await house_of(awkward_agenda())
    stored = {one.code: one for one in (await gather_working(edition)).sessions}
    for name, text in AWKWARD.items():
        session = stored[f"odd-{name.replace('_', '-')}"]
        assert (session.title_zh, session.title_en, session.summary_zh) == (text, text, text)


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "csv"])
async def test_an_agenda_moves_whole_into_another_house(db, clock, name):
    first = await house_of(awkward_agenda())
    before = await gather_working(first)
    second = await empty_edition(code="wcd-next", is_current=False)
    await bring_in(second, WRITERS[name](before))
    after = await gather_working(second)
    assert content_of(after) == content_of(before)
    # With ids of its own: both stand in one database.
    assert not {one.id for one in after.sessions} & {one.id for one in before.sessions}
    # And the same file once more changes nothing: those ids follow from the file's.
    assert differences(await preview(second, WRITERS[name](before))) == []


async def test_a_house_that_lost_its_sessions_gets_them_back_under_their_ids(db, clock):
    agenda = awkward_agenda()
    edition = await house_of(agenda)
    assert {one.id for one in (await gather_working(edition)).sessions} == {one.id for one in agenda.sessions}


async def test_the_sample_edition_makes_the_round_trip(db, clock):
    await load(guests=False)
    edition = (await edition_by_code("wcd-2023")).id
    agenda = await gather_working(edition)
    assert len(agenda.sessions) >= 50
    for name, write in WRITERS.items():
        assert (name, differences(await preview(edition, write(agenda)))) == (name, [])


async def test_a_release_says_nothing_internal_and_changes_no_notes(db, clock):
    await load(guests=False)
    edition = (await edition_by_code("wcd-2023")).id
    published = await gather_published(edition)
    assert published.release == 1
    assert published.sessions
    for write in WRITERS.values():
        assert differences(await preview(edition, write(published))) == []
    assert b'"notes"' not in agenda_json(published)
    assert b'"layout"' not in agenda_json(published)
