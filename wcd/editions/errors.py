"""The refusals of the editions."""

from wcd.core.errors import Conflict, NotFound
from wcd.core.i18n import lazy_gettext as _


class NoSuchEdition(NotFound):
    """There is no edition of this code."""

    code = "no_such_edition"
    says = _("There is no such edition.")


class EditionExists(Conflict):
    """The code is taken."""

    code = "edition_exists"
    says = _("There is an edition with this code already. Choose another code.")


class TextChanged(Conflict):
    """Somebody else published a version meanwhile."""

    code = "text_changed"
    says = _("Somebody else has published this text meanwhile.")
