"""What speakers owe and give, in words: for organisers and on the speakers' own page."""

from wcd.agenda import rules
from wcd.agenda.speaker_inputs import CROPS
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _

OWED_WORDS: dict[str, LazyText] = {
    rules.BIOGRAPHY_ZH: _("Biography in Chinese"),
    rules.BIOGRAPHY_EN: _("Biography in English"),
    rules.PORTRAIT: _("Portrait"),
    rules.CONSENT: _("Consent to publication"),
    rules.SLIDES: _("Slides"),
}
CROP_WORDS: tuple[tuple[str, LazyText], ...] = tuple(
    zip(CROPS, (_("left or top"), _("in the middle"), _("right or below")), strict=True)
)
PICTURES = "image/jpeg,image/png,image/webp"
SLIDES = ".pdf,.pptx,.odp,.key"
