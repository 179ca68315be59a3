"""The organisers' list: found, filtered, counted, sorted, exported."""

import pytest

from tests import make
from tests.registration.cast import forum
from wcd.core.listing import Slice
from wcd.registration import delegations, lists, queries
from wcd.registration.errors import NoSuchGuest
from wcd.registration.lists import GuestFilter


@pytest.fixture
async def cast(db, clock):
    """Ada, Bo, Cy in one edition; Dee in another."""
    edition = await forum()
    press = await make.category(edition.id, "press")
    delegation = await make.delegation(edition.id)
    ada = await make.guest(edition.id, native_name="艾达", latin_name="Ai Da", number=900001)
    bo = await make.guest(
        edition.id, state="submitted", native_name="Bo Łach", latin_name="Bo Łach", country="PL", language="en",
        category=press, number=900002, email="bo@lach.example",
    )  # fmt: skip
    cy = await make.guest(
        edition.id,
        state="returned",
        native_name="曾怡",
        latin_name="Zeng Yi",
        country="HK",
        delegation=delegation,
        number=900003,
    )
    other = await make.edition("other", is_current=False)
    dee = await make.guest(other, native_name="艾达", latin_name="Dee")
    await make.guest(edition.id, state="draft", native_name="", latin_name="", number=None)
    return edition.id, {"ada": ada, "bo": bo, "cy": cy, "dee": dee, "delegation": delegation}


async def found(cast, **wanted):
    edition, people = cast
    names = {guest: name for name, guest in people.items()}
    page = await lists.list_guests(edition, GuestFilter(**({"sort": "name"} | wanted)), Slice())
    assert page.total == len(page.rows)
    return [names[row.id] for row in page.rows]


@pytest.mark.parametrize(
    ("wanted", "who"),
    [
        ({}, ["ada", "bo", "cy"]),
        ({"q": "艾达"}, ["ada"]),
        ({"q": "aida"}, ["ada"]),
        ({"q": "lach"}, ["bo"]),
        ({"q": "zeng yi"}, ["cy"]),
        ({"q": "cengyi"}, ["cy"]),
        ({"q": "900002"}, ["bo"]),
        ({"q": "BO@lach"}, ["bo"]),
        ({"q": "·"}, []),
        ({"q": "' OR 1=1 --"}, []),
        ({"q": "%"}, []),
        ({"state": "submitted"}, ["bo"]),
        ({"state": "nonsense"}, []),
        ({"category": "press"}, ["bo"]),
        ({"country": "HK"}, ["cy"]),
        ({"abroad": "yes"}, ["bo", "cy"]),
        ({"abroad": "no"}, ["ada"]),
        ({"language": "en"}, ["bo"]),
        ({"delegation": "not-an-id"}, []),
        ({"sort": "-name"}, ["cy", "bo", "ada"]),
        ({"sort": "-number"}, ["cy", "bo", "ada"]),
        ({"sort": "nonsense; DROP TABLE x"}, ["ada", "bo", "cy"]),
    ],
)
async def test_who_is_found(cast, wanted, who):
    assert await found(cast, **wanted) == who


async def test_delegations(cast):
    edition, people = cast
    assert await found(cast, delegation=str(people["delegation"])) == ["cy"]
    rows = await delegations.list_delegations(edition)
    assert [(row.name.en, row.members, row.head_latin) for row in rows] == [("Delegation of Nairobi", 1, "")]


async def test_counts_leave_out_their_own_filter(cast):
    edition, _ = cast
    facets = await lists.count_facets(edition, GuestFilter(state="submitted"))
    assert {state: n for state, n in facets.states.items() if n} == {
        "draft": 1,
        "submitted": 1,
        "returned": 1,
        "approved": 1,
    }
    assert (facets.categories, facets.abroad, facets.languages) == ({"press": 1}, 1, {"en": 1})
    assert [(one.value, one.count) for one in (await lists.count_facets(edition, GuestFilter())).countries] == [
        ("CN", 1), ("HK", 1), ("PL", 1),
    ]  # fmt: skip


async def test_pages(cast):
    edition, _ = cast
    page = await lists.list_guests(edition, GuestFilter(sort="name"), Slice(2, 2))
    assert (len(page.rows), page.total, page.number, page.last) == (1, 3, 2, 2)
    assert (await lists.list_guests(edition, GuestFilter(), Slice(99, 2))).number == 2
    assert len(await lists.list_guest_ids(edition, GuestFilter())) == 3


async def test_export(cast):
    edition, people = cast
    session = await make.session(edition, code="sponge")
    await make.booking(people["ada"], session, "waiting")
    rows = await lists.export_guests(edition, GuestFilter(sort="name"))
    assert [(row.native_name, row.category, row.sessions) for row in rows] == [
        ("艾达", "delegate", "sponge (waiting)"), ("Bo Łach", "press", ""), ("曾怡", "delegate", ""),
    ]  # fmt: skip


async def test_a_guest_of_another_edition_is_not_found(cast):
    edition, people = cast
    assert (await queries.guest_in_edition(edition, people["ada"])).number == 900001
    with pytest.raises(NoSuchGuest):
        await queries.guest_in_edition(edition, people["dee"])


@pytest.mark.parametrize("more", [0, 2])
async def test_a_list_takes_two_queries(cast, count_queries, more):
    edition, _ = cast
    for _ in range(more):
        await make.guest(edition)
    before = count_queries()
    await lists.list_guests(edition, GuestFilter(), Slice())
    assert count_queries() - before == 2
