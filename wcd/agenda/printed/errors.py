"""Refusals of what is printed of the agenda."""

from wcd.core.errors import Conflict, Invalid
from wcd.core.i18n import lazy_gettext as _


class NoReleaseYet(Conflict):
    """There is no release in force to print."""

    code = "no_release_to_print"
    says = _("There is no release in force yet. Print the working copy, or publish a release first.")


class NothingToPrint(Invalid):
    """There is no session on that day or in that room."""

    code = "nothing_to_print"
    says = _("There is no session to print there. Choose another day or room.")


class NotKept(Conflict):
    """The file is not there: not drawn yet, or so old that it was thrown away."""

    code = "paper_not_kept"
    says = _("This file is not kept any more. Order it again.")
