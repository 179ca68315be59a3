"""Refusals of the badges."""

from wcd.core.errors import Conflict, NotFound
from wcd.core.i18n import lazy_gettext as _


class NobodyToPrint(Conflict):
    """No approved guest matches."""

    code = "nobody_to_print"
    says = _("There is no approved guest to print a badge for.")


class NoBadge(NotFound):
    """The guest has no badge: not approved, or the code was revoked."""

    code = "no_badge"
    says = _("There is no badge yet. It is made when the registration is approved.")


class CannotBePrinted(Conflict):
    """A name holds a character for which there is no glyph."""

    code = "cannot_be_printed"
    says = _(
        "This name holds a character that cannot be printed: %(characters)s. The badge waits at the service desk."
    )


class NoLatinName(Conflict):
    """Printing by Latin name needs one."""

    code = "no_latin_name"
    says = _("There is no Latin name to print instead.")
