"""One-time links, and setting a password by them.

A link's token is the sealed id of its row, so that a mail can be rendered from the id alone; the row holds the
token's hash, when it lapses and whether it was used.
"""

from uuid import UUID

import msgspec

from wcd.accounts import passwords, rules, sign_ins
from wcd.accounts.errors import LinkLapsed
from wcd.accounts.inputs import check_password
from wcd.accounts.tables import Staff, StaffLink
from wcd.actors import audit
from wcd.actors.actors import STAFF, Actor
from wcd.core.clock import now
from wcd.core.config import settings
from wcd.core.db import in_transaction
from wcd.core.ids import token_hash, uuid7
from wcd.core.signing import sign

_PURPOSE = "staff"
_HOLDS = {
    rules.INVITATION: rules.INVITATION_HOLDS,
    rules.RESET: rules.RESET_HOLDS,
    rules.FIRST_OWNER: rules.OWNER_LINK_HOLDS,
}


class OpenLink(msgspec.Struct, frozen=True):
    """A link that can still be used, and whose it is."""

    id: UUID
    purpose: str
    staff_id: UUID | None
    mail: str
    name: str


def address(link_id: UUID) -> str:
    """What is sent or shown: BASE/organiser/link/TOKEN."""
    return f"{settings().base_url}/organiser/link/{token_of(link_id)}"


def token_of(link_id: UUID) -> str:
    """The token of a link's row."""
    return sign(_PURPOSE, link_id)


async def make(purpose: str, staff_id: UUID | None) -> UUID:
    """A new link for this purpose; older ones of the same person and purpose are void."""
    at, link_id = now(), uuid7()
    await void(purpose, staff_id)
    await StaffLink.insert(
        StaffLink(
            id=link_id,
            token_hash=token_hash(token_of(link_id)),
            staff=staff_id,
            purpose=purpose,
            created_at=at,
            expires_at=at + _HOLDS[purpose],
        )
    )
    return link_id


async def void(purpose: str, staff_id: UUID | None) -> None:
    """Nobody can use the open links of this purpose any more."""
    whose = StaffLink.staff.is_null() if staff_id is None else StaffLink.staff == staff_id
    await StaffLink.delete().where((StaffLink.purpose == purpose) & whose & StaffLink.used_at.is_null())


async def get_open_link(token: str) -> OpenLink:
    """The link with this token, if it can still be used."""
    row = (
        await StaffLink.select(
            StaffLink.id,
            StaffLink.purpose,
            StaffLink.staff.as_alias("staff_id"),
            StaffLink.staff.mail.as_alias("mail"),
            StaffLink.staff.name.as_alias("name"),
            StaffLink.staff.is_active.as_alias("is_active"),
        )
        .where(
            (StaffLink.token_hash == token_hash(token))
            & StaffLink.used_at.is_null()
            & (StaffLink.expires_at > now())
        )
        .first()
    )
    if not row or row["is_active"] is False:
        raise LinkLapsed
    return OpenLink(row["id"], row["purpose"], row["staff_id"], row["mail"] or "", row["name"] or "")


async def use(link_id: UUID) -> None:
    """Mark a link as used; of two people with the same link the second is refused."""
    used = (
        await StaffLink.update({StaffLink.used_at: now()})
        .where((StaffLink.id == link_id) & StaffLink.used_at.is_null())
        .returning(StaffLink.id)
    )
    if not used:
        raise LinkLapsed


async def set_password(token: str, password: str, *, previous: str = "") -> str:
    """Follow an invitation or a reset: the password is set, all other sign-ins end, this browser is signed in."""
    link = await get_open_link(token)
    if link.staff_id is None:
        raise LinkLapsed
    check_password(password, link.mail)
    hashed = await passwords.hash_password(password)
    return await _set_hash(link, link.staff_id, hashed, previous)


@in_transaction
async def _set_hash(link: OpenLink, staff_id: UUID, hashed: str, previous: str) -> str:
    await use(link.id)
    await Staff.update({Staff.password_hash: hashed}).where(Staff.id == staff_id)
    await void(rules.RESET, staff_id)
    await void(rules.INVITATION, staff_id)
    await sign_ins.end_all(staff_id)
    await audit.record(
        Actor(kind=STAFF, id=staff_id, name=link.name[:60]),
        "staff.password_set",
        staff_id,
        by_link=link.purpose,
    )
    return await sign_ins.begin(staff_id, previous=previous)
