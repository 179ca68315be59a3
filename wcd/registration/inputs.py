"""What a guest fills in: four steps, and corrections later. All errors of a step at once."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

import msgspec

from wcd.core.contacts import NOT_A_TELEPHONE, is_telephone, mail_problem
from wcd.core.i18n import LOCALES, LazyText, get_locale
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import NOT_ALLOWED, REQUIRED
from wcd.core.names import clean_name, clean_text, fold
from wcd.core.templating import country_choices

Line = Annotated[str, msgspec.Meta(max_length=200)]
Mail = Annotated[str, msgspec.Meta(max_length=254)]
DietNote = Annotated[str, msgspec.Meta(max_length=300)]
AccessNeeds = Annotated[str, msgspec.Meta(max_length=500)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Problem = tuple[str, LazyText | str]

DIETS: dict[str, LazyText] = {
    "vegetarian": _("Vegetarian"),
    "halal": _("Halal"),
    "no_nuts": _("No nuts"),
    "no_gluten": _("No gluten"),
}
ACCESS: dict[str, LazyText] = {
    "step_free": _("Step-free seat"),
    "signing": _("Sign language"),
    "meet": _("Someone to meet me at the gate"),
}

NOT_LATIN = _(
    "“%(found)s” is not in Latin letters. Please write the name as in a passport, for example %(example)s."
)
LATIN_NEEDED = _("Please write the name in Latin letters, as in a passport, for example %(example)s.")
NO_LETTERS = _("Please give a name: this holds no letters.")
ONE_ORGANISATION = _("Please give the organisation in Chinese or in English.")
CONSENT_NEEDED = _("Without your consent we cannot take your registration.")
TOO_MANY_WISHES = _("Please choose at most 20 sessions.")


class CategoryChoice(msgspec.Struct, frozen=True):
    """Step 1. ``once``: made with the page, so that sending twice begins one registration."""

    category: Annotated[str, msgspec.Meta(max_length=12)]
    once: Annotated[str, msgspec.Meta(max_length=64)] = ""


class Particulars(msgspec.Struct, frozen=True, kw_only=True):
    """Who somebody is, but for the mail address."""

    # Nothing is required by its type: then all that does not hold is said at once, not only what is missing.
    native_name: Line = ""
    latin_name: Line = ""
    organisation_zh: Line = ""
    organisation_en: Line = ""
    post: Line = ""
    country: Annotated[str, msgspec.Meta(max_length=2)] = ""
    telephone: Annotated[str, msgspec.Meta(max_length=40)] = ""

    def problems(self) -> Iterator[Problem]:
        """What does not hold."""
        yield from name_problems(self.native_name, self.latin_name)
        if not clean_text(self.organisation_zh) and not clean_text(self.organisation_en):
            yield f"organisation_{get_locale()}", ONE_ORGANISATION
        if not clean_text(self.post):
            yield "post", REQUIRED
        if not is_country(self.country):
            yield "country", NOT_ALLOWED if self.country else REQUIRED
        if not is_telephone(self.telephone):
            yield "telephone", NOT_A_TELEPHONE if self.telephone else REQUIRED


class AboutYou(Particulars, frozen=True, kw_only=True):
    """Step 2."""

    email: Mail = ""

    def problems(self) -> Iterator[Problem]:
        """Also the address, which stands before the telephone."""
        found = dict(super().problems())
        telephone = found.pop("telephone", "")
        yield from found.items()
        if sentence := mail_problem(self.email):
            yield "email", sentence
        if telephone:
            yield "telephone", telephone


class Needs(msgspec.Struct, frozen=True, kw_only=True):
    """Step 3."""

    language: Annotated[str, msgspec.Meta(max_length=2)] = ""
    diet: list[str] = []
    diet_note: DietNote = ""
    access: list[str] = []
    access_needs: AccessNeeds = ""

    def problems(self) -> Iterator[Problem]:
        """Only the choices that are offered."""
        yield from needs_problems(self.language, self.diet, self.access)


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """Step 4: the sessions wished for, and the consent with the version of the notice that was shown."""

    session: Annotated[list[UUID], msgspec.Meta(max_length=60)] = []
    consent: bool = False
    notice: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 0

    def problems(self) -> Iterator[Problem]:
        """Consent is needed."""
        if len(set(self.session)) > 20:  # as the sentence says
            yield "session", TOO_MANY_WISHES
        if not self.consent:
            yield "consent", CONSENT_NEEDED


class OwnCorrection(Particulars, frozen=True, kw_only=True):
    """What guests may correct themselves: all but the mail address, which proves who they are."""

    # Needs once more: msgspec's structs have one base.
    language: Annotated[str, msgspec.Meta(max_length=2)] = ""
    diet: list[str] = []
    diet_note: DietNote = ""
    access: list[str] = []
    access_needs: AccessNeeds = ""

    def problems(self) -> Iterator[Problem]:
        """As in the two steps."""
        yield from super().problems()
        yield from needs_problems(self.language, self.diet, self.access)


class Correction(OwnCorrection, frozen=True, kw_only=True):
    """What organisers may correct."""

    email: Mail = ""

    def problems(self) -> Iterator[Problem]:
        """Also the address."""
        yield from super().problems()
        if sentence := mail_problem(self.email):
            yield "email", sentence


class Answer(msgspec.Struct, frozen=True):
    """What a guest answers to the organisers' question."""

    answer: Text


class Question(msgspec.Struct, frozen=True):
    """What organisers ask when they return a registration."""

    question: Text


class LinkWanted(msgspec.Struct, frozen=True):
    """Where to send the personal link again."""

    email: Mail = ""

    def problems(self) -> Iterator[Problem]:
        """A mail address."""
        if sentence := mail_problem(self.email):
            yield "email", sentence


def name_problems(native: str, latin: str) -> Iterator[Problem]:
    """A name holds letters; what is printed in Latin letters is in Latin letters."""
    example = "Ouyang Jinglin" if get_locale() == "zh" else "Amina Odhiambo"
    if not fold(clean_name(native)):
        yield "native_name", NO_LETTERS if native else REQUIRED
    native, latin = clean_name(native), clean_name(latin)
    if latin and (found := foreign_part(latin)):
        yield "latin_name", NOT_LATIN % {"found": found, "example": example}
    elif not fold(latin) and fold(native) and not is_latin(native):
        yield "latin_name", LATIN_NEEDED % {"example": example}


def needs_problems(language: str, diet: list[str], access: list[str]) -> Iterator[Problem]:
    """Only the choices that are offered."""
    if language not in LOCALES:
        yield "language", NOT_ALLOWED if language else REQUIRED
    if set(diet) - set(DIETS):
        yield "diet", NOT_ALLOWED
    if set(access) - set(ACCESS):
        yield "access", NOT_ALLOWED


def is_latin(text: str) -> bool:
    """Whether it is written in Latin letters alone."""
    return bool(fold(text)) and not foreign_part(text)


def foreign_part(text: str) -> str:
    """The first run that no passport would hold: other scripts, digits, signs."""
    for part in re.findall(r"[^\s]+", unicodedata.normalize("NFC", text)):
        strange = "".join(sign if not _is_latin_sign(sign) else " " for sign in part).split()
        if strange:
            return strange[0]
    return ""


def _is_latin_sign(sign: str) -> bool:
    if unicodedata.category(sign) == "Mn" or sign in "-–.,'’ʼʻ‘`·":
        return True
    return sign.isalpha() and unicodedata.name(sign, "").startswith(("LATIN", "MODIFIER LETTER"))


def is_country(code: str) -> bool:
    """Whether it is the code of a country or region that guests may come from."""
    return code in dict(country_choices("en"))
