"""The first owner: a link printed at the start, by which somebody moves in."""

from typing import Any

from wcd.accounts import links, passwords, queries, rules, sign_ins
from wcd.accounts.errors import LinkLapsed
from wcd.accounts.inputs import Person, check_password
from wcd.accounts.tables import RoleGrant, Staff
from wcd.actors import audit
from wcd.actors.actors import STAFF, Actor
from wcd.actors.permissions import OWNER
from wcd.core.clock import now
from wcd.core.config import Settings
from wcd.core.db import in_transaction


@in_transaction
async def link(settings: Settings) -> str | None:
    """The address under which the first owner moves in; None when there is one who can sign in.

    It is made anew at each start: those printed before are void.
    """
    await links.void(rules.FIRST_OWNER, None)
    if await queries.owners():
        return None
    link_id = await links.make(rules.FIRST_OWNER, None)
    return f"{settings.base_url}/organiser/start/{links.token_of(link_id)}"


async def move_in(token: str, person: Person, password: str) -> str:
    """Somebody followed the link: they own the house, and this browser is signed in."""
    opened = await links.get_open_link(token)
    if opened.purpose != rules.FIRST_OWNER:
        raise LinkLapsed
    check_password(password, person.mail)
    return await _move_in(opened, person, await passwords.hash_password(password))


@in_transaction
async def _move_in(opened: links.OpenLink, person: Person, hashed: str) -> str:
    await links.use(opened.id)
    if await queries.owners():
        raise LinkLapsed
    mail = rules.same_mail(person.mail)
    values: dict[Any, Any] = {
        Staff.name: person.name,
        Staff.password_hash: hashed,
        Staff.locale: person.locale,
        Staff.is_active: True,
    }
    rows = await Staff.update(values).where(Staff.mail == mail).returning(Staff.id)
    if not rows:
        rows = await Staff.insert(
            Staff(mail=mail, name=person.name, password_hash=hashed, locale=person.locale, created_at=now())
        ).returning(Staff.id)
    staff_id = rows[0]["id"]
    await RoleGrant.insert(RoleGrant(staff=staff_id, role=OWNER, edition=None, granted_at=now())).on_conflict(
        action="DO NOTHING"
    )
    await audit.record(
        Actor(kind=STAFF, id=staff_id, name=person.name), "staff.moved_in", staff_id, role=OWNER
    )
    return await sign_ins.begin(staff_id)
