"""Every permission, and which role has which. One page, on purpose."""

from wcd.core.i18n import lazy_gettext as _

OWNER = "owner"
ORGANISER = "organiser"
APPROVER = "approver"
DOOR_SUPERVISOR = "door_supervisor"
DOOR = "door"
READER = "reader"

ROLES = {
    OWNER: _("Owner"),
    ORGANISER: _("Organiser"),
    APPROVER: _("Approver"),
    DOOR_SUPERVISOR: _("Door supervisor"),
    DOOR: _("Door"),
    READER: _("Reader"),
}

_READ = {"agenda.view", "guests.view", "mail.view", "badges.view", "door.view", "audit.view"}
_ORGANISE = _READ | {
    "agenda.edit",
    "agenda.release",
    "guests.edit",
    "guests.approve",
    "guests.export",
    "bookings.edit",
    "badges.print",
    "mail.edit",
    "door.supervise",
    "edition.edit",
}

GRANTED: dict[str, frozenset[str]] = {
    OWNER: frozenset(_ORGANISE | {"staff.manage"}),
    ORGANISER: frozenset(_ORGANISE),
    APPROVER: frozenset({"agenda.view", "guests.view", "guests.approve"}),
    DOOR_SUPERVISOR: frozenset({"agenda.view", "guests.view", "door.view", "door.supervise"}),
    DOOR: frozenset({"door.view"}),
    READER: frozenset(_READ),
}
PERMISSIONS = frozenset().union(*GRANTED.values())


def permissions_of(roles: frozenset[str]) -> frozenset[str]:
    """Everything that somebody with these roles may do."""
    return frozenset().union(*(GRANTED[role] for role in roles))
