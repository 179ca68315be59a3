"""The refusals of the places."""

from wcd.core.errors import Conflict, Invalid, NotFound
from wcd.core.i18n import lazy_gettext as _


class NoSuchPlace(NotFound):
    """There is no such venue or room in this edition."""

    code = "no_such_place"
    says = _("There is no such venue or room.")


class PlaceInUse(Conflict):
    """Something is held there, or it has rooms."""

    code = "place_in_use"
    says = _("This place is still in use: move what is held there, or remove its rooms, first.")


class NotAPart(Invalid):
    """A room cannot be a part of this hall."""

    code = "not_a_part"
    says = _(
        "Choose a hall of the same venue that is no part of another; a hall that has parts cannot be one."
    )
