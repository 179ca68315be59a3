"""The refusals of the door."""

from wcd.core.errors import Conflict, NotFound
from wcd.core.i18n import lazy_gettext as _


class NoSuchGate(NotFound):
    """There is no gate of this id in the edition."""

    code = "no_such_gate"
    says = _("There is no such gate.")


class NoSuchDevice(NotFound):
    """There is no device of this id in the edition."""

    code = "no_such_device"
    says = _("There is no such device.")


class NoSuchConflict(NotFound):
    """There is no open conflict of this id in the edition."""

    code = "no_such_conflict"
    says = _("This conflict does not exist or is closed already.")


class GateCodeTaken(Conflict):
    """Two gates of an edition cannot have the same code."""

    code = "gate_code_taken"
    says = _("Another gate has this code already.")


class PairingLinkSpent(NotFound):
    """The link was used, or its fifteen minutes are over."""

    code = "pairing_link_spent"
    says = _("This pairing code was used already or has expired. Ask a supervisor to show a new one.")
