"""Signing in and out, links, the first owner."""

from typing import Any
from uuid import UUID

import pytest

from tests import make
from wcd.accounts import first_owner, links, passwords, queries, resets, rules, sign_ins, staff
from wcd.accounts.errors import LastOwner, LinkLapsed, NotSignedIn
from wcd.accounts.inputs import Person
from wcd.accounts.tables import RoleGrant, SignIn, Staff, StaffLink
from wcd.actors.actors import STAFF, Actor, system
from wcd.actors.tables import AuditEntry
from wcd.core.clock import now
from wcd.core.config import settings
from wcd.core.errors import Forbidden, Invalid
from wcd.mail.tables import Mail

SECRET = "bridges over the river"
OLGA = Person(mail="Olga@Forum.example", name="Olga")


async def owner(db: None) -> UUID:
    return await make.staff(
        "owner", mail="olga@forum.example", name="Olga", password_hash=await passwords.hash_password(SECRET)
    )


def acting(staff_id: UUID, role: str = "owner") -> Actor:
    return Actor(kind=STAFF, id=staff_id, name="Olga", roles=frozenset({role}))


async def test_right_password_signs_in(db: None) -> None:
    olga = await owner(db)
    token = await sign_ins.sign_in("OLGA@forum.example ", SECRET)
    actor = await sign_ins.find_signed_in(token)
    assert actor == Actor(kind=STAFF, id=olga, name="Olga", roles=frozenset({"owner"}), edition_id=None)
    assert await SignIn.count().where(SignIn.token_hash == token) == 0, "the token itself is not stored"


@pytest.mark.parametrize(
    ("mail", "password"),
    [
        ("olga@forum.example", "bridges over the rivers"),
        ("nobody@forum.example", SECRET),
        ("olga@forum.example", ""),
    ],
)
async def test_wrong_and_unknown_say_the_same(db: None, mail: str, password: str) -> None:
    await owner(db)
    with pytest.raises(NotSignedIn) as refused:
        await sign_ins.sign_in(mail, password)
    assert str(refused.value) == str(NotSignedIn())
    assert await SignIn.count() == 0


async def test_inactive_and_invited_cannot_sign_in(db: None) -> None:
    await make.staff(
        "owner",
        mail="gone@forum.example",
        is_active=False,
        password_hash=await passwords.hash_password(SECRET),
    )
    await make.staff("owner", mail="invited@forum.example")
    for mail in ("gone@forum.example", "invited@forum.example"):
        with pytest.raises(NotSignedIn):
            await sign_ins.sign_in(mail, SECRET)


async def test_signing_in_again_ends_the_sign_in_before(db: None) -> None:
    await owner(db)
    first = await sign_ins.sign_in("olga@forum.example", SECRET)
    other_browser = await sign_ins.sign_in("olga@forum.example", SECRET)
    second = await sign_ins.sign_in("olga@forum.example", SECRET, previous=first)
    assert await sign_ins.find_signed_in(first) is None
    assert await sign_ins.find_signed_in(second) is not None
    assert await sign_ins.find_signed_in(other_browser) is not None


async def test_sign_out_leaves_nothing(db: None) -> None:
    await owner(db)
    token = await sign_ins.sign_in("olga@forum.example", SECRET)
    await sign_ins.sign_out(token)
    assert await sign_ins.find_signed_in(token) is None
    assert await SignIn.count() == 0


async def test_sign_in_lapses(db: None, clock: Any) -> None:
    await owner(db)
    token = await sign_ins.sign_in("olga@forum.example", SECRET)
    clock("2023-11-09T08:59+08:00")
    assert await sign_ins.find_signed_in(token) is not None
    clock("2023-11-09T09:00+08:00")
    assert await sign_ins.find_signed_in(token) is None


async def test_roles_are_those_of_the_chosen_edition(db: None) -> None:
    now_on = await make.edition("wcd-2023")
    last_year = await make.edition("wcd-2022", is_current=False)
    rui = await make.staff(
        "reader", mail="rui@forum.example", password_hash=await passwords.hash_password(SECRET)
    )
    await RoleGrant.insert(RoleGrant(staff=rui, role="approver", edition=last_year, granted_at=now()))
    token = await sign_ins.sign_in("rui@forum.example", SECRET)
    before = await sign_ins.find_signed_in(token)
    assert before is not None
    assert (before.edition_id, before.roles) == (now_on, {"reader"})
    await sign_ins.choose_edition(token, last_year, by=before)
    after = await sign_ins.find_signed_in(token)
    assert after is not None
    assert (after.edition_id, after.roles) == (last_year, {"reader", "approver"})


async def test_edition_without_a_role_cannot_be_chosen(db: None) -> None:
    mine = await make.edition("wcd-2023")
    other = await make.edition("wcd-2022", is_current=False)
    dee = await make.staff("door", edition=mine)
    token = await sign_ins.begin(dee)
    with pytest.raises(Forbidden):
        await sign_ins.choose_edition(token, other, by=acting(dee, "door"))
    found = await sign_ins.find_signed_in(token)
    assert found is not None
    assert found.edition_id == mine


async def test_first_owner_moves_in_once(db: None) -> None:
    address = await first_owner.link(settings())
    assert address is not None
    assert address.startswith(f"{settings().base_url}/organiser/start/")
    token = address.rsplit("/", 1)[1]
    signed_in = await first_owner.move_in(token, OLGA, SECRET)
    actor = await sign_ins.find_signed_in(signed_in)
    assert actor is not None
    assert actor.roles == {"owner"}
    assert await first_owner.link(settings()) is None
    with pytest.raises(LinkLapsed):
        await first_owner.move_in(token, Person(mail="eve@forum.example", name="Eve"), SECRET)
    assert await Staff.count() == 1


async def test_each_start_makes_a_new_link(db: None) -> None:
    old = await first_owner.link(settings())
    new = await first_owner.link(settings())
    assert old is not None
    assert new is not None
    with pytest.raises(LinkLapsed):
        await links.get_open_link(old.rsplit("/", 1)[1])
    await links.get_open_link(new.rsplit("/", 1)[1])


async def test_weak_password_leaves_the_link_open(db: None) -> None:
    address = await first_owner.link(settings())
    assert address is not None
    with pytest.raises(Invalid) as refused:
        await first_owner.move_in(address.rsplit("/", 1)[1], OLGA, "short")
    assert set(refused.value.errors) == {"password"}
    await links.get_open_link(address.rsplit("/", 1)[1])
    assert await Staff.count() == 0


async def test_invitation_is_a_link_in_a_mail(db: None) -> None:
    olga, edition = await owner(db), await make.edition()
    link_id = await staff.invite(
        Person(mail="Rui@Forum.example", name="Rui", locale="en"),
        everywhere=set(),
        here={"reader"},
        edition_id=edition,
        by=acting(olga),
    )
    mail = (await Mail.select().output(load_json=True))[0]
    assert (mail["kind"], mail["address"], mail["locale"], mail["context"]) == (
        "staff_invitation", "rui@forum.example", "en", {"link_id": str(link_id), "name": "Rui", "invited_by": "Olga"},
    )  # fmt: skip
    token = links.token_of(link_id)
    assert (await links.get_open_link(token)).mail == "rui@forum.example"
    assert await StaffLink.count().where(StaffLink.token_hash == token) == 0
    signed_in = await links.set_password(token, SECRET)
    actor = await sign_ins.find_signed_in(signed_in)
    assert actor is not None
    assert (actor.roles, actor.edition_id) == ({"reader"}, edition)
    with pytest.raises(LinkLapsed):
        await links.set_password(token, SECRET)


async def test_link_lapses(db: None, clock: Any) -> None:
    olga = await owner(db)
    link_id = await staff.invite(
        Person(mail="rui@forum.example", name="Rui"),
        everywhere={"reader"},
        here=set(),
        edition_id=None,
        by=acting(olga),
    )
    clock("2023-11-02T09:00+08:00")
    with pytest.raises(LinkLapsed):
        await links.get_open_link(links.token_of(link_id))


async def test_reset_mails_known_addresses_only(db: None) -> None:
    await owner(db)
    await resets.ask_reset("olga@forum.example")
    await resets.ask_reset("nobody@forum.example")
    rows = await Mail.select(Mail.kind, Mail.address)
    assert rows == [{"kind": "password_reset", "address": "olga@forum.example"}]


async def test_reset_ends_other_sign_ins_and_the_old_password(db: None) -> None:
    olga = await owner(db)
    stolen = await sign_ins.sign_in("olga@forum.example", SECRET)
    link_id = await links.make(rules.RESET, olga)
    await links.set_password(links.token_of(link_id), "another long sentence")
    assert await sign_ins.find_signed_in(stolen) is None
    with pytest.raises(NotSignedIn):
        await sign_ins.sign_in("olga@forum.example", SECRET)
    await sign_ins.sign_in("olga@forum.example", "another long sentence")


async def test_only_owners_manage_staff(db: None) -> None:
    dee = await make.staff("organiser")
    with pytest.raises(Forbidden):
        await staff.invite(
            OLGA, everywhere={"owner"}, here=set(), edition_id=None, by=acting(dee, "organiser")
        )
    with pytest.raises(Forbidden):
        await staff.change_roles(
            dee, everywhere={"owner"}, here=set(), edition_id=None, by=acting(dee, "organiser")
        )
    assert await Staff.count() == 1
    assert await AuditEntry.count() == 0


async def test_last_owner_stays(db: None) -> None:
    olga = await owner(db)
    with pytest.raises(LastOwner):
        await staff.deactivate(olga, by=acting(olga))
    with pytest.raises(LastOwner):
        await staff.change_roles(olga, everywhere={"reader"}, here=set(), edition_id=None, by=acting(olga))
    second = await make.staff("owner", password_hash="x" * 20)
    await staff.deactivate(olga, by=acting(second))
    assert await queries.owners() == {second}


async def test_deactivated_are_out_at_once(db: None) -> None:
    olga = await owner(db)
    rui = await make.staff("reader", password_hash="x" * 20)
    token = await sign_ins.begin(rui)
    await staff.deactivate(rui, by=acting(olga))
    assert await sign_ins.find_signed_in(token) is None
    await staff.activate(rui, by=acting(olga))
    assert [one.is_active for one in await queries.list_staff()] == [True, True]


async def test_changed_roles_replace_those_for_all_and_this_edition(db: None) -> None:
    olga, here, elsewhere = (
        await owner(db),
        await make.edition("a"),
        await make.edition("b", is_current=False),
    )
    rui = await make.staff("reader")
    await RoleGrant.insert(RoleGrant(staff=rui, role="door", edition=elsewhere, granted_at=now()))
    await staff.change_roles(rui, everywhere=set(), here={"approver"}, edition_id=here, by=acting(olga))
    found = await queries.get_staff(rui)
    assert {(g.role, g.edition_id) for g in found.grants} == {("approver", here), ("door", elsewhere)}
    entry = (await AuditEntry.select().output(load_json=True))[-1]
    assert (entry["action"], entry["details"]) == (
        "staff.roles_changed",
        {"everywhere": [], "here": ["approver"]},
    )


async def test_command_adds_with_link_or_password(db: None) -> None:
    address = await staff.add_by_command(OLGA, "owner", None, by=system("command line"))
    assert address is not None
    assert address.startswith(f"{settings().base_url}/organiser/link/")
    assert await staff.add_by_command(OLGA, "owner", None, password=SECRET, by=system("command line")) is None
    await sign_ins.sign_in("olga@forum.example", SECRET)


async def test_own_password_needs_the_present_one(db: None) -> None:
    olga = await owner(db)
    here, elsewhere = await sign_ins.begin(olga), await sign_ins.begin(olga)
    with pytest.raises(Invalid) as refused:
        await staff.change_my_password("wrong password", "another long sentence", token=here, by=acting(olga))
    assert set(refused.value.errors) == {"present"}
    await staff.change_my_password(SECRET, "another long sentence", token=here, by=acting(olga))
    assert await sign_ins.find_signed_in(here) is not None
    assert await sign_ins.find_signed_in(elsewhere) is None


async def test_audit_holds_no_addresses(db: None) -> None:
    olga = await owner(db)
    await staff.invite(
        Person(mail="rui@forum.example", name="Rui Costa"),
        everywhere={"reader"},
        here=set(),
        edition_id=None,
        by=acting(olga),
    )
    await sign_ins.sign_in("olga@forum.example", SECRET)
    for entry in await AuditEntry.select():
        assert "@" not in str(entry)
        assert "Rui" not in str(entry)
