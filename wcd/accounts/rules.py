"""Rules of the accounts: passwords, how long things hold, who is the last owner."""

from collections.abc import Set as AbstractSet
from datetime import timedelta

from wcd.actors.permissions import OWNER, ROLES

PASSWORD_MIN = 10
PASSWORD_MAX = 200

SIGN_IN_HOLDS = timedelta(days=14)
RESET_HOLDS = timedelta(hours=2)
INVITATION_HOLDS = timedelta(days=7)
OWNER_LINK_HOLDS = timedelta(days=3650)

INVITATION = "invitation"
RESET = "reset"
FIRST_OWNER = "owner"

TOO_SHORT = "too_short"
TOO_LONG = "too_long"
IS_THE_MAIL = "is_the_mail"
TOO_PLAIN = "too_plain"


def password_fault(password: str, mail: str) -> str | None:
    """Why this cannot be a password, or None. Length is what counts; the address itself is no secret."""
    if len(password) < PASSWORD_MIN:
        return TOO_SHORT
    if len(password) > PASSWORD_MAX:
        return TOO_LONG
    if password.casefold() in {mail.casefold(), mail.casefold().split("@")[0]}:
        return IS_THE_MAIL
    if len(set(password)) < 4:
        return TOO_PLAIN
    return None


def same_mail(mail: str) -> str:
    """The form in which two spellings of a staff member's address are the same."""
    return mail.strip().casefold()


def known_roles(roles: AbstractSet[str]) -> frozenset[str]:
    """The roles that exist, of those that were asked for."""
    return frozenset(roles) & frozenset(ROLES)


def loses_last_owner(owners: AbstractSet[object], staff: object, *, stays_owner: bool) -> bool:
    """Whether nobody would own the house after this change. ``owners`` are those who can sign in as one now."""
    return not stays_owner and set(owners) == {staff}


def split_roles(choices: dict[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    """What a form says per role (``all``, ``edition`` or nothing): roles for all editions, roles for one.

    Ownership is of the house, never of one edition.
    """
    everywhere = {role for role, where in choices.items() if where == "all" or (role == OWNER and where)}
    here = {role for role, where in choices.items() if where == "edition"}
    return known_roles(everywhere), known_roles(here - everywhere)
