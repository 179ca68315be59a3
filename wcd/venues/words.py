"""What layouts and equipment are called."""

from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _

LAYOUT_WORDS: dict[str, LazyText] = {
    "theatre": _("Theatre: rows of chairs"),
    "classroom": _("Classroom: rows with tables"),
    "boardroom": _("Boardroom: one long table"),
    "banquet": _("Banquet: round tables"),
    "cabaret": _("Cabaret: round tables open to the stage"),
    "u_shape": _("U-shape"),
    "standing": _("Standing"),
}
EQUIPMENT_WORDS: dict[str, LazyText] = {
    "projector": _("Projector"),
    "screen": _("LED screen"),
    "stage": _("Stage"),
    "lectern": _("Lectern"),
    "microphones": _("Microphones on the tables"),
    "recording": _("Recording"),
    "streaming": _("Live stream"),
    "hearing_loop": _("Hearing loop"),
    "step_free": _("Step-free stage"),
    "daylight": _("Daylight"),
}
