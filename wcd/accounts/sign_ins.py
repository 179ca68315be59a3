"""Sign-ins of the staff: a random token in a cookie, its hash in a row of ours."""

from uuid import UUID

from wcd.accounts import passwords, queries, rules
from wcd.accounts.errors import NotSignedIn
from wcd.accounts.tables import SignIn, Staff
from wcd.actors import audit
from wcd.actors.actors import STAFF, Actor
from wcd.core.clock import now
from wcd.core.db import in_transaction
from wcd.core.errors import Forbidden
from wcd.core.ids import new_token, token_hash
from wcd.core.limits import count_try


async def sign_in(mail: str, password: str, *, ip: str = "", previous: str = "") -> str:
    """A new token for somebody who knows their password. The browser's ``previous`` sign-in ends.

    Unknown, inactive and wrong take the same time and say the same.
    """
    mail = rules.same_mail(mail)
    await count_try("sign-in-address", mail, limit=10, seconds=900)
    if ip:
        await count_try("sign-in-ip", ip, limit=200, seconds=900)
    found = (
        await Staff.select(Staff.id, Staff.password_hash, Staff.is_active).where(Staff.mail == mail).first()
    )
    right = await passwords.is_password(found["password_hash"] if found else "", password)
    if not found or not right or not found["is_active"]:
        raise NotSignedIn
    return await begin(found["id"], previous=previous)


@in_transaction
async def begin(staff_id: UUID, *, previous: str = "") -> str:
    """Sign somebody in who has proved who they are; lapsed sign-ins are swept out on the way."""
    token, at = new_token(), now()
    await SignIn.delete().where((SignIn.expires_at <= at) | (SignIn.token_hash == token_hash(previous)))
    await SignIn.insert(
        SignIn(
            token_hash=token_hash(token),
            staff=staff_id,
            edition=None,
            created_at=at,
            expires_at=at + rules.SIGN_IN_HOLDS,
        )
    )
    name = (await Staff.select(Staff.name).where(Staff.id == staff_id))[0]["name"]
    await audit.record(Actor(kind=STAFF, id=staff_id, name=name[:60]), "staff.signed_in", staff_id)
    return token


async def sign_out(token: str) -> None:
    """End this sign-in: its row is gone, the cookie is worth nothing."""
    await SignIn.delete().where(SignIn.token_hash == token_hash(token))


async def end_all(staff_id: UUID, *, but: str = "") -> None:
    """End every sign-in of a person, except the one with the token ``but``."""
    await SignIn.delete().where((SignIn.staff == staff_id) & (SignIn.token_hash != token_hash(but)))


async def find_signed_in(token: str) -> Actor | None:
    """Who holds this token, with the roles in the edition they chose; None when nobody does."""
    found = await queries.find_signed_in_row(token_hash(token)) if token else None
    if found is None:
        return None
    return Actor(
        kind=STAFF, id=found.staff_id, name=found.name[:60], roles=found.roles, edition_id=found.edition_id
    )


async def choose_edition(token: str, edition_id: UUID, *, by: Actor) -> None:
    """Keep with this sign-in which edition its pages are about."""
    if by.id is None or edition_id not in {choice.id for choice in await queries.list_editions_of(by.id)}:
        raise Forbidden
    await SignIn.update({SignIn.edition: edition_id}).where(
        (SignIn.token_hash == token_hash(token)) & (SignIn.staff == by.id)
    )
