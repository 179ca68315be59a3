"""Registering: begun, filled in, submitted, confirmed, corrected, cancelled."""

from datetime import date

import msgspec
import pytest

from tests import make
from tests.registration.cast import (
    AMINA,
    OUYANG,
    actions,
    filled_in,
    forum,
    letter,
    mails,
    organiser,
    reader,
    state_of,
    submitted,
    traces,
)
from wcd.actors.actors import guest as as_guest
from wcd.core.clock import now
from wcd.core.db import execute, fetch
from wcd.core.errors import Forbidden, Invalid
from wcd.core.inputs import parse
from wcd.core.signing import sign
from wcd.registration import guests, queries
from wcd.registration.errors import (
    GuestChanged,
    LinkNoLongerHolds,
    NoSuchCategory,
    NoSuchGuest,
    NotPossibleNow,
    RegistrationClosed,
    StepsMissing,
)
from wcd.registration.inputs import AboutYou, CategoryChoice, Correction, Needs, OwnCorrection, Wishes


async def test_from_the_first_step_to_the_organisers(db, clock):
    edition = await forum()
    forum_session = await make.session(edition.id)
    guest = await submitted(edition, OUYANG, wishes=[forum_session])
    file = await queries.get_guest(guest)
    assert (file.state, file.number, file.native_name, file.latin_name) == (
        "submitted",
        1,
        "歐陽靖霖",
        "Ouyang Jinglin",
    )
    assert (file.diet, file.language, file.confirmed_at) == (["halal", "no_nuts"], "en", now())
    assert await queries.list_wishes(guest) == [forum_session]
    assert await mails(guest) == ["address_to_confirm", "received"]
    assert await actions(guest) == ["guest.submitted", "guest.confirmed"]
    consents = await fetch("SELECT purpose, notice_version FROM registration_consent WHERE guest = $1", guest)
    assert [tuple(row.values()) for row in consents] == [("registration", 1)]
    kept = await fetch("SELECT sort_key, search_keys FROM registration_guest WHERE id = $1", guest)
    assert kept[0]["sort_key"] == "ou yang jing lin 歐陽靖霖"
    assert " ouyangjinglin" in kept[0]["search_keys"]


async def test_numbers_follow_each_other_in_each_edition(db, clock):
    first, second = await forum(), await forum(code="wcd-other", is_current=False)
    numbers = [
        (await queries.get_guest(await submitted(edition))).number for edition in (first, second, first)
    ]
    assert numbers == [1, 1, 2]


async def test_a_latin_name_in_latin_letters_need_not_be_given_twice(db, clock):
    guest = await filled_in(await forum(), AMINA)
    assert (await queries.get_guest(guest)).latin_name == "Amina Wanjiru Odhiambo"


async def test_beginning_twice_with_one_page_begins_once(db, clock):
    edition = await forum()
    await make.category(edition.id, "press")
    first = await guests.begin_draft(edition, CategoryChoice("delegate", "once-1"), language="zh")
    again = await guests.begin_draft(edition, CategoryChoice("press", "once-1"), language="zh")
    assert first == again
    assert (await queries.find_draft(first)).category == "press"


async def test_submitting_twice_does_it_once(db, clock):
    edition = await forum()
    draft = await filled_in(edition)
    wishes = Wishes(consent=True, notice=1)
    await guests.submit(edition, draft, wishes)
    before = await traces()
    again = await guests.submit(edition, draft, wishes)
    assert again.state == "unconfirmed"
    assert await traces() == before


async def test_confirming_twice_does_it_once(db, clock):
    guest = await submitted(await forum())
    before = await traces()
    await guests.confirm_address(guest, 1)
    assert await traces() == before


async def test_a_link_of_an_older_version_confirms_nothing(db, clock):
    edition = await forum()
    draft = await filled_in(edition)
    await guests.submit(edition, draft, Wishes(consent=True, notice=1))
    with pytest.raises(LinkNoLongerHolds):
        await guests.confirm_address(draft, 2)
    assert await state_of(draft) == "unconfirmed"


@pytest.mark.parametrize("code", ["vip", "nonsense"])
async def test_only_public_categories_can_be_chosen(db, clock, code):
    edition = await forum()
    await make.category(edition.id, "vip", is_public=False)
    with pytest.raises(NoSuchCategory):
        await guests.begin_draft(edition, CategoryChoice(code), language="zh")
    draft = await filled_in(edition)
    with pytest.raises(NoSuchCategory):
        await guests.change_draft_category(edition, draft, CategoryChoice(code))


@pytest.mark.parametrize("values", [{"registration_open": False}, {"last_day": date(2023, 10, 25)}])
async def test_nothing_begins_or_goes_on_when_registration_is_closed(db, clock, values):
    edition = await forum()
    draft = await filled_in(edition)
    closed = msgspec.structs.replace(edition, **values)
    for attempt in (
        guests.begin_draft(closed, CategoryChoice("delegate"), language="zh"),
        guests.change_draft_category(closed, draft, CategoryChoice("delegate")),
        guests.save_step(closed, draft, Needs(language="en")),
        guests.submit(closed, draft, Wishes(consent=True, notice=1)),
    ):
        with pytest.raises(RegistrationClosed):
            await attempt


async def test_steps_come_one_after_another(db, clock):
    edition = await forum()
    draft = await guests.begin_draft(edition, CategoryChoice("delegate"), language="zh")
    with pytest.raises(StepsMissing):
        await guests.save_step(edition, draft, Needs(language="en"))
    with pytest.raises(StepsMissing):
        await guests.submit(edition, draft, Wishes(consent=True, notice=1))


async def test_a_submitted_registration_is_no_draft_any_more(db, clock):
    edition = await forum()
    guest = await submitted(edition)
    with pytest.raises(StepsMissing):
        await guests.save_step(edition, guest, Needs(language="zh"))
    assert (await queries.get_guest(guest)).language == "en"


@pytest.mark.parametrize(
    "values", [{"booking": "open"}, {"booking": "invitation"}, {"state": "planned"}, {"state": "called_off"}]
)
async def test_only_sessions_that_can_be_booked_can_be_wished_for(db, clock, values):
    edition = await forum()
    draft = await filled_in(edition)
    wanted = await make.session(edition.id, **values)
    before = await traces()
    with pytest.raises(Invalid) as refusal:
        await guests.submit(edition, draft, Wishes(session=[wanted], consent=True, notice=1))
    assert list(refusal.value.errors) == ["session"]
    assert await traces() == before
    assert await state_of(draft) == "draft"


async def test_sessions_of_another_edition_cannot_be_wished_for(db, clock):
    edition = await forum()
    other = await make.edition("other", is_current=False)
    draft = await filled_in(edition)
    with pytest.raises(Invalid):
        await guests.submit(
            edition, draft, Wishes(session=[await make.session(other)], consent=True, notice=1)
        )


async def test_consent_names_a_notice_that_there_was(db, clock):
    edition = await forum()
    draft = await filled_in(edition)
    with pytest.raises(Invalid) as refusal:
        await guests.submit(edition, draft, Wishes(consent=True, notice=7))
    assert list(refusal.value.errors) == ["consent"]


async def test_a_guest_corrects_their_details(db, clock):
    edition = await forum()
    guest = await submitted(edition)
    details = _own(post="Mayor")
    changed = await guests.correct_details(guest, details, version=1, by=as_guest(guest))
    assert changed == ["post"]
    assert (await queries.get_guest(guest)).post == "Mayor"
    assert (await actions(guest))[-1] == "guest.corrected"
    entry = await fetch(
        "SELECT details FROM actors_audit_entry WHERE subject = $1 ORDER BY at DESC, id DESC LIMIT 1", guest
    )
    assert msgspec.json.decode(entry[0]["details"]) == {"fields": ["post"]}


async def test_two_who_correct_at_once_are_told(db, clock):
    guest = await submitted(await forum())
    await guests.correct_details(guest, _own(post="Mayor"), version=1, by=as_guest(guest))
    with pytest.raises(GuestChanged):
        await guests.correct_details(guest, _own(post="Minister"), version=1, by=as_guest(guest))
    assert (await queries.get_guest(guest)).post == "Mayor"


async def test_nothing_changed_writes_nothing(db, clock):
    guest = await submitted(await forum())
    before = await traces()
    assert await guests.correct_details(guest, _own(), version=1, by=as_guest(guest)) == []
    assert await traces() == before


async def test_another_guest_is_not_found(db, clock):
    edition = await forum()
    guest, dee = await submitted(edition), await make.guest(edition.id)
    before = await traces()
    for attempt in (
        guests.correct_details(guest, _own(), version=1, by=as_guest(dee)),
        guests.cancel_registration(guest, by=as_guest(dee)),
    ):
        with pytest.raises(NoSuchGuest):
            await attempt
    assert await traces() == before


async def test_who_may_only_read_changes_nothing(db, clock):
    edition = await forum()
    guest = await submitted(edition)
    for attempt in (
        guests.correct_details(guest, _own(), version=1, by=reader(edition.id)),
        guests.cancel_registration(guest, by=reader(edition.id)),
        guests.change_category(guest, "delegate", by=reader(edition.id)),
    ):
        with pytest.raises(Forbidden):
            await attempt


async def test_a_new_address_voids_the_old_links(db, clock):
    edition = await forum()
    draft = await filled_in(edition)
    await guests.submit(edition, draft, Wishes(consent=True, notice=1))
    details = Correction(**_fields(), email="right@lakeside.example")
    assert await guests.correct_details(draft, details, version=1, by=organiser(edition.id)) == ["email"]
    with pytest.raises(LinkNoLongerHolds):
        await guests.confirm_address(draft, 1)
    await guests.confirm_address(draft, 2)
    assert await mails(draft) == ["address_to_confirm", "address_to_confirm", "received"]


async def test_a_guest_cannot_change_the_address(db, clock):
    guest = await submitted(await forum())
    with pytest.raises(NotPossibleNow):
        await guests.correct_details(
            guest, Correction(**_fields(), email="x@y.example"), version=1, by=as_guest(guest)
        )


async def test_category_is_the_organisers_to_change(db, clock):
    edition = await forum()
    guest = await submitted(edition)
    await make.category(edition.id, "vip", is_public=False)
    await guests.change_category(guest, "vip", by=organiser(edition.id))
    assert (await queries.get_guest(guest)).category.code == "vip"
    with pytest.raises(NoSuchCategory):
        await guests.change_category(guest, "king", by=organiser(edition.id))


async def test_link_again_lists_every_registration_on_the_address(db, clock):
    edition = await forum()
    first, second = await submitted(edition), await submitted(edition, OUYANG | {"email": AMINA["email"]})
    await submitted(edition, OUYANG)
    await guests.ask_link_again(edition, "AMINA@lakeside.example", ip="127.0.0.1")
    told = (await letter(first, "link_again"))["guests"]
    assert [(one["guest_id"], one["state"]) for one in told] == [
        (str(first), "submitted"),
        (str(second), "submitted"),
    ]


async def test_link_again_for_an_unknown_address_does_nothing(db, clock):
    edition = await forum()
    before = await traces()
    await guests.ask_link_again(edition, "nobody@nowhere.example", ip="127.0.0.1")
    assert await traces() == before


async def test_an_unconfirmed_address_is_asked_again(db, clock):
    edition = await forum()
    draft = await filled_in(edition)
    await guests.submit(edition, draft, Wishes(consent=True, notice=1))
    await guests.ask_link_again(edition, AMINA["email"], ip="127.0.0.1")
    assert await mails(draft) == ["address_to_confirm", "address_to_confirm"]


async def test_draft_link(db, clock):
    edition = await forum()
    draft = await guests.begin_draft(edition, CategoryChoice("delegate"), language="zh")
    assert await guests.send_draft_link(draft, ip="127.0.0.1") is False
    await guests.save_step(edition, draft, msgspec.convert(AMINA, AboutYou))
    assert await guests.send_draft_link(draft, ip="127.0.0.1") is True
    assert await mails(draft) == ["draft_link"]


async def test_personal_link(db, clock):
    edition = await forum()
    guest = await submitted(edition)
    assert (await queries.guest_of_link(sign("my", guest, 1))).id == guest
    draft = await filled_in(edition)
    for token in (sign("my", guest, 2), sign("confirm", guest, 1), sign("my", draft, 1), "nonsense", ""):
        with pytest.raises(LinkNoLongerHolds):
            await queries.guest_of_link(token)
    await execute("UPDATE registration_guest SET link_version = 2 WHERE id = $1", guest)
    with pytest.raises(LinkNoLongerHolds):
        await queries.guest_of_link(sign("my", guest, 1))


def _fields(**values: str) -> dict[str, object]:
    own = {name: value for name, value in AMINA.items() if name != "email"}
    return (
        own
        | {"latin_name": AMINA["native_name"], "language": "en", "diet": ["no_nuts", "halal"], "access": []}
        | values
    )


def _own(**values: str) -> OwnCorrection:
    return OwnCorrection(**_fields(**values))


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, []),
        ({"latin_name": ["欧阳 Jinglin"]}, ["latin_name"]),
        ({"native_name": ["歐陽靖霖"]}, ["latin_name"]),
        ({"native_name": ["···"]}, ["native_name"]),
        ({"native_name": [""]}, ["native_name"]),
        ({"organisation_en": [""]}, ["organisation_zh"]),
        ({"organisation_en": ["\u200b"]}, ["organisation_zh"]),
        ({"post": [" "]}, ["post"]),
        ({"country": ["XX"]}, ["country"]),
        ({"country": [""], "telephone": ["no"], "email": ["amina"]}, ["country", "email", "telephone"]),
        ({"telephone": ["1234"]}, ["telephone"]),
        ({"email": ["amina@lakeside"]}, ["email"]),
        ({"email": ["amina@@lakeside.example"]}, ["email"]),
        ({"email": ["阿@lakeside.example"]}, ["email"]),
        ({"native_name": ["x" * 201]}, ["native_name"]),
        ({"post": ["a\x07b"]}, ["post"]),
    ],
)
def test_step_two_says_all_that_does_not_hold(given, wrong):
    fields = {name: [value] for name, value in AMINA.items()} | given
    assert list(parse(AboutYou, fields).errors) == wrong


def test_choices_that_are_not_offered():
    assert list(parse(Needs, {"language": ["fr"], "diet": ["x"], "access": ["y"]}).errors) == [
        "language",
        "diet",
        "access",
    ]
    assert list(parse(Needs, {}).errors) == ["language"]


def test_consent_must_be_given():
    assert list(parse(Wishes, {}).errors) == ["consent"]
    assert list(parse(Wishes, {"session": ["not an id"], "consent": ["1"]}).errors) == ["session"]
