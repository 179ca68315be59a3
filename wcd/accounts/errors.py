"""Refusals of the accounts."""

from wcd.core.errors import Conflict, Invalid, NotFound
from wcd.core.i18n import lazy_gettext as _


class NotSignedIn(Invalid):
    """Mail address and password do not belong together; which of them is wrong is not said."""

    code = "not_signed_in"
    says = _("The mail address or the password is not right.")


class LinkLapsed(NotFound):
    """A one-time link that was used, replaced, lapsed or never ours."""

    code = "link_lapsed"
    says = _(
        "This link has been used already, has lapsed, or was replaced by a newer one. Ask for a new link."
    )


class LastOwner(Conflict):
    """Without an owner nobody could let anybody in."""

    code = "last_owner"
    says = _("This is the last owner. Make somebody else an owner first.")
