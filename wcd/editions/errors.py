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


class EditionChanged(Conflict):
    """Somebody else saved the edition after this page was opened."""

    code = "edition_changed"
    says = _("Somebody else has changed this edition meanwhile. Look at the new values and save again.")


class TextChanged(Conflict):
    """Somebody else published a version meanwhile."""

    code = "text_changed"
    says = _("Somebody else has published this text meanwhile.")
