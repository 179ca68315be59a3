"""The actor: whoever does something. Every use case that writes asks for one."""

from uuid import UUID

import msgspec

from wcd.actors.permissions import permissions_of
from wcd.core.errors import Forbidden

STAFF = "staff"
GUEST = "guest"
DEVICE = "device"
SYSTEM = "system"
PARTNER = "partner"
SPEAKER = "speaker"


class Actor(msgspec.Struct, frozen=True):
    """Who acts: a staff member, a guest, a paired device, a partner who proposes a side event, a speaker who
    supplies what they owe, or the system itself.

    ``name`` is written into the audit: a staff member's name or the system part's; empty for guests and devices,
    whose names are personal values.
    """

    kind: str
    id: UUID | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    edition_id: UUID | None = None

    def may(self, permission: str) -> bool:
        """Whether this actor has the permission in the edition for which its roles were read."""
        return self.kind == SYSTEM or permission in permissions_of(self.roles)

    def sees(self, edition: UUID) -> bool:
        """Whether a thing of this edition is there for this actor: staff work in the edition they have chosen."""
        return self.kind != STAFF or self.edition_id == edition

    def must(self, permission: str, edition: UUID | None = None) -> None:
        """Refuse the use case unless the actor has the permission; in ``edition``, where the thing is of one."""
        if not self.may(permission) or (edition is not None and not self.sees(edition)):
            raise Forbidden


def system(name: str) -> Actor:
    """The house itself: the clock, an import, a command."""
    return Actor(kind=SYSTEM, name=name)


def guest(guest_id: UUID) -> Actor:
    """A guest, acting for themselves."""
    return Actor(kind=GUEST, id=guest_id)


def device(device_id: UUID) -> Actor:
    """A paired phone at a gate."""
    return Actor(kind=DEVICE, id=device_id)


def partner(proposal_id: UUID) -> Actor:
    """Whoever holds the personal link of a proposal."""
    return Actor(kind=PARTNER, id=proposal_id)


def speaker(speaker_id: UUID) -> Actor:
    """Whoever holds the personal link of a speaker."""
    return Actor(kind=SPEAKER, id=speaker_id)
