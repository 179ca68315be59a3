"""The staff: inviting, giving and taking roles, letting go, one's own details."""

from collections.abc import Set as AbstractSet
from uuid import UUID

from wcd.accounts import links, mails, passwords, queries, rules, sign_ins
from wcd.accounts.errors import LastOwner
from wcd.accounts.inputs import Person, check_password
from wcd.accounts.tables import RoleGrant, Staff
from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.actors.permissions import OWNER
from wcd.core.clock import now
from wcd.core.db import execute, in_transaction
from wcd.core.errors import Forbidden, Invalid
from wcd.core.i18n import lazy_gettext as _

_OWNERS_LOCK = 727003
NO_ROLE = _("Choose at least one role.")
WRONG_PASSWORD = _("This is not your present password.")


@in_transaction
async def invite(
    person: Person,
    *,
    everywhere: AbstractSet[str],
    here: AbstractSet[str],
    edition_id: UUID | None,
    by: Actor,
) -> UUID:
    """Give somebody roles and mail them a link by which they set a password. Answers with the link's id.

    An address that is known keeps its name and roles and gets the new ones as well.
    """
    by.must("staff.manage")
    if not rules.known_roles(everywhere) | rules.known_roles(here):
        raise Invalid({"roles": NO_ROLE})
    staff_id = await add(person, by=by)
    await _grant(staff_id, everywhere, None)
    await _grant(staff_id, here, edition_id)
    await audit.record(by, "staff.invited", staff_id, roles=sorted({*everywhere, *here}))
    mail = rules.same_mail(person.mail)
    return await mails.send_link(
        rules.INVITATION, staff_id, mail=mail, name=person.name, locale=person.locale, invited_by=by.name
    )


@in_transaction
async def invite_again(staff_id: UUID, *, by: Actor) -> UUID:
    """Mail a new link to somebody; the old one is void."""
    by.must("staff.manage")
    found = await queries.get_staff(staff_id)
    await audit.record(by, "staff.invited_again", staff_id)
    return await mails.send_link(
        rules.INVITATION, staff_id, mail=found.mail, name=found.name, locale=found.locale, invited_by=by.name
    )


async def add(person: Person, *, by: Actor) -> UUID:
    """The row of a person, made if there is none; inactive ones come back."""
    by.must("staff.manage")
    mail = rules.same_mail(person.mail)
    rows = await Staff.update({Staff.is_active: True}).where(Staff.mail == mail).returning(Staff.id)
    if not rows:
        rows = await Staff.insert(
            Staff(mail=mail, name=person.name, locale=person.locale, created_at=now())
        ).returning(Staff.id)
    found: UUID = rows[0]["id"]
    return found


async def add_by_command(
    person: Person, role: str, edition_id: UUID | None, *, password: str = "", by: Actor
) -> str | None:
    """``staff add``: a person with a role. Answers with the address of a link, or None where a password was given."""
    if password:
        check_password(password, person.mail)
    hashed = await passwords.hash_password(password) if password else ""
    return await _add_with(person, role, edition_id, hashed, by)


@in_transaction
async def _add_with(person: Person, role: str, edition_id: UUID | None, hashed: str, by: Actor) -> str | None:
    staff_id = await add(person, by=by)
    await _grant(staff_id, {role}, None if role == OWNER else edition_id)
    await audit.record(by, "staff.added", staff_id, roles=[role])
    if not hashed:
        return links.address(await links.make(rules.INVITATION, staff_id))
    await Staff.update({Staff.password_hash: hashed}).where(Staff.id == staff_id)
    await sign_ins.end_all(staff_id)
    return None


@in_transaction
async def change_roles(
    staff_id: UUID,
    *,
    everywhere: AbstractSet[str],
    here: AbstractSet[str],
    edition_id: UUID | None,
    by: Actor,
) -> None:
    """Give somebody exactly these roles for all editions and for this one; roles in other editions stay."""
    by.must("staff.manage")
    await queries.get_staff(staff_id)
    await _refuse_last_owner(staff_id, stays_owner=OWNER in everywhere)
    await RoleGrant.delete().where((RoleGrant.staff == staff_id) & RoleGrant.edition.is_null())
    if edition_id is not None:
        await RoleGrant.delete().where((RoleGrant.staff == staff_id) & (RoleGrant.edition == edition_id))
    await _grant(staff_id, everywhere, None)
    await _grant(staff_id, here, edition_id)
    await audit.record(by, "staff.roles_changed", staff_id, everywhere=sorted(everywhere), here=sorted(here))


@in_transaction
async def deactivate(staff_id: UUID, *, by: Actor) -> None:
    """Let somebody go: they cannot sign in, what they did stays written down."""
    by.must("staff.manage")
    await queries.get_staff(staff_id)
    await _refuse_last_owner(staff_id, stays_owner=False)
    await Staff.update({Staff.is_active: False}).where(Staff.id == staff_id)
    await sign_ins.end_all(staff_id)
    for purpose in (rules.INVITATION, rules.RESET):
        await links.void(purpose, staff_id)
    await audit.record(by, "staff.deactivated", staff_id)


@in_transaction
async def activate(staff_id: UUID, *, by: Actor) -> None:
    """Let somebody in again who was let go, with the roles they had."""
    by.must("staff.manage")
    await queries.get_staff(staff_id)
    await Staff.update({Staff.is_active: True}).where(Staff.id == staff_id)
    await audit.record(by, "staff.activated", staff_id)


@in_transaction
async def change_myself(name: str, locale: str, *, by: Actor) -> None:
    """One's own name and the language of one's mails."""
    await Staff.update({Staff.name: name, Staff.locale: locale}).where(Staff.id == _me(by))
    await audit.record(by, "staff.edited", by.id, fields=["name", "locale"])


async def change_my_password(present: str, new: str, *, token: str, by: Actor) -> None:
    """One's own password; every other sign-in of the person ends."""
    row = await Staff.select(Staff.mail, Staff.password_hash).where(Staff.id == _me(by)).first()
    if not row or not await passwords.is_password(row["password_hash"], present):
        raise Invalid({"present": WRONG_PASSWORD})
    check_password(new, row["mail"])
    await _keep_my_password(await passwords.hash_password(new), token, by)


@in_transaction
async def _keep_my_password(hashed: str, token: str, by: Actor) -> None:
    await Staff.update({Staff.password_hash: hashed}).where(Staff.id == _me(by))
    await sign_ins.end_all(_me(by), but=token)
    await audit.record(by, "staff.password_set", by.id)


async def _grant(staff_id: UUID, roles: AbstractSet[str], edition_id: UUID | None) -> None:
    """Roles for one edition, or for all where there is none."""
    at = now()
    new = [RoleGrant(staff=staff_id, role=role, edition=edition_id, granted_at=at) for role in sorted(roles)]
    if new:
        await RoleGrant.insert(*new).on_conflict(action="DO NOTHING")


async def _refuse_last_owner(staff_id: UUID, *, stays_owner: bool) -> None:
    # One at a time: two owners who let each other go at the same moment must not both succeed.
    await execute("SELECT pg_advisory_xact_lock($1)", _OWNERS_LOCK)
    if rules.loses_last_owner(await queries.owners(), staff_id, stays_owner=stays_owner):
        raise LastOwner


def _me(by: Actor) -> UUID:
    if by.id is None:
        raise Forbidden
    return by.id
