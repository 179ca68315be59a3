"""A guest whose row is held until the transaction ends. Lock order: edition, session, guest, booking."""

import contextlib
from collections.abc import Iterable
from uuid import UUID

import msgspec

from wcd.actors.actors import GUEST, STAFF, Actor
from wcd.agenda.errors import NoSuchSession
from wcd.agenda.published import PublishedSession, lock_published
from wcd.core.db import fetch
from wcd.registration import rules
from wcd.registration.errors import NoSuchGuest, NotPossibleNow


class LockedGuest(msgspec.Struct, frozen=True):
    """What the verbs need to know of a guest."""

    id: UUID
    edition: UUID
    category: UUID
    number: int | None
    state: str
    native_name: str
    latin_name: str
    email: str
    language: str
    step: int
    version: int
    link_version: int

    @property
    def addressed(self) -> str:
        """The name in a letter's opening."""
        return rules.addressed(self.native_name, self.latin_name, self.language)

    def after(self, move: str) -> str:
        """The state to which a move leads, or a refusal."""
        state = rules.next_state(self.state, move)
        if state is None:
            raise NotPossibleNow(self.state)
        return state


_COLUMNS = ", ".join(LockedGuest.__struct_fields__)


async def lock_guest(guest_id: UUID, *, by: Actor) -> LockedGuest:
    """Hold a guest's row. Without it one could sit in two halls at once, or be approved and declined.

    A guest of another edition than the one in which ``by`` works is not found. NO KEY: rows that only refer to the
    guest (a scan, a mail) need not wait.
    """
    rows = await fetch(f"SELECT {_COLUMNS} FROM registration_guest WHERE id = $1 FOR NO KEY UPDATE", guest_id)  # noqa: S608 - constants only
    if not rows or not by.sees(rows[0]["edition"]):
        raise NoSuchGuest
    return LockedGuest(**dict(rows[0]))


async def lock_sessions(ids: Iterable[UUID]) -> dict[UUID, PublishedSession]:
    """Hold several sessions, in the order of their ids, so that two who do the same cannot block each other.

    Those that are no longer on the programme are left out.
    """
    held = {}
    for session in sorted(set(ids)):
        with contextlib.suppress(NoSuchSession):
            held[session] = await lock_published(session)
    return held


def must_act_for(by: Actor, guest_id: UUID, permission: str) -> None:
    """Guests act for themselves alone; staff need the permission. Another's registration is not found."""
    if by.kind == GUEST and by.id == guest_id:
        return
    if by.kind == STAFF:
        by.must(permission)
    elif by.kind != "system":
        raise NoSuchGuest
