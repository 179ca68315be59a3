"""The words of the verdicts that a gate gave, with their tones."""

from wcd.checkin import rules
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _

VERDICT_WORDS: dict[str, tuple[str, LazyText]] = {
    rules.WELCOME: ("good", _("Welcome")),
    rules.WELCOME_BACK: ("good", _("Welcome back")),
    rules.ALREADY_INSIDE: ("care", _("Already inside")),
    rules.UNKNOWN: ("bad", _("Unknown code")),
    rules.REVOKED: ("bad", _("Badge no longer valid")),
    rules.NOT_APPROVED: ("bad", _("Not approved")),
    rules.WRONG_DAY: ("care", _("Wrong day")),
    rules.WRONG_GATE: ("care", _("Wrong gate")),
    rules.TOO_EARLY: ("care", _("Too early")),
    rules.GATE_CLOSED: ("care", _("Gate closed")),
    rules.FULL: ("care", _("Full")),
}
