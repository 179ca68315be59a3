"""What a guest fills in: four steps, and corrections later. All errors of a step at once."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from email_validator import EmailNotValidError, validate_email

from wcd.core.i18n import LazyText, get_locale, lazy_gettext as _
from wcd.core.inputs import NOT_ALLOWED, REQUIRED
from wcd.core.names import clean_name, clean_text, fold
from wcd.core.templating import country_choices

Line = Annotated[str, msgspec.Meta(max_length=200)]
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

NOT_LATIN = _("“%(found)s” is not in Latin letters. Please write the name as in a passport, for example %(example)s.")
LATIN_NEEDED = _("Please write the name in Latin letters, as in a passport, for example %(example)s.")
NO_LETTERS = _("Please give a name: this holds no letters.")
ONE_ORGANISATION = _("Please give the organisation in Chinese or in English.")
MAIL_WITHOUT_AT = _("This is not a mail address: it has no “@”.")
MAIL_WITHOUT_ENDING = _("This address lacks its ending, such as “.org”.")
NOT_A_MAIL = _("This is not a mail address that we could write to. Please check it.")
NOT_A_TELEPHONE = _("Please give a telephone number with its country code, such as +86 138 0000 0000.")
CONSENT_NEEDED = _("Without your consent we cannot take your registration.")
TOO_MANY_WISHES = _("Please choose at most 20 sessions.")
NO_ANSWER = _("Please answer the question.")


class CategoryChoice(msgspec.Struct, frozen=True):
    """Step 1. ``once``: made with the page, so that sending twice begins one registration."""

    category: Annotated[str, msgspec.Meta(max_length=12)]
    once: Annotated[str, msgspec.Meta(max_length=64)] = ""


class Particulars(msgspec.Struct, frozen=True, kw_only=True):
    """Who somebody is, but for the mail address."""

    native_name: Line
    latin_name: Line = ""
    organisation_zh: Line = ""
    organisation_en: Line = ""
    post: Line
    country: Annotated[str, msgspec.Meta(max_length=2)]
    telephone: Annotated[str, msgspec.Meta(max_length=40)]

    def problems(self) -> Iterator[Problem]:
        """What does not hold beyond lengths."""
        yield from name_problems(self.native_name, self.latin_name)
        if not clean_text(self.organisation_zh) and not clean_text(self.organisation_en):
            yield f"organisation_{get_locale()}", ONE_ORGANISATION
        if not clean_text(self.post):
            yield "post", REQUIRED
        if not is_country(self.country):
            yield "country", NOT_ALLOWED
        if not is_telephone(self.telephone):
            yield "telephone", NOT_A_TELEPHONE


class AboutYou(Particulars, frozen=True, kw_only=True):
    """Step 2."""

    email: Annotated[str, msgspec.Meta(max_length=254)]

    def problems(self) -> Iterator[Problem]:
        """Also the address."""
        yield from super().problems()
        if sentence := mail_problem(self.email):
            yield "email", sentence


class Needs(msgspec.Struct, frozen=True, kw_only=True):
    """Step 3."""

    language: Literal["zh", "en"]
    diet: list[str] = []
    diet_note: Annotated[str, msgspec.Meta(max_length=300)] = ""
    access: list[str] = []
    access_needs: Annotated[str, msgspec.Meta(max_length=500)] = ""

    def problems(self) -> Iterator[Problem]:
        """Only the choices that are offered."""
        if set(self.diet) - set(DIETS):
            yield "diet", NOT_ALLOWED
        if set(self.access) - set(ACCESS):
            yield "access", NOT_ALLOWED


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """Step 4: the sessions wished for, and the consent with the version of the notice that was shown."""

    session: Annotated[list[UUID], msgspec.Meta(max_length=60)] = []
    consent: bool = False
    notice: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 0

    def problems(self) -> Iterator[Problem]:
        """Consent is needed."""
        if len(set(self.session)) > 20:  # noqa: PLR2004 - rules.MOST_WISHES, as the sentence says
            yield "session", TOO_MANY_WISHES
        if not self.consent:
            yield "consent", CONSENT_NEEDED


class OwnCorrection(Particulars, Needs, frozen=True, kw_only=True):
    """What guests may correct themselves: all but the mail address, which proves who they are."""

    def problems(self) -> Iterator[Problem]:
        """As in the two steps."""
        yield from Particulars.problems(self)
        yield from Needs.problems(self)


class Correction(AboutYou, Needs, frozen=True, kw_only=True):
    """What organisers may correct."""

    def problems(self) -> Iterator[Problem]:
        """As in the two steps."""
        yield from AboutYou.problems(self)
        yield from Needs.problems(self)


class Answer(msgspec.Struct, frozen=True):
    """What a guest answers to the organisers' question."""

    answer: Annotated[str, msgspec.Meta(max_length=2000)]


class Question(msgspec.Struct, frozen=True):
    """What organisers ask when they return a registration."""

    question: Annotated[str, msgspec.Meta(max_length=2000)]


class LinkWanted(msgspec.Struct, frozen=True):
    """Where to send the personal link again."""

    email: Annotated[str, msgspec.Meta(max_length=254)]

    def problems(self) -> Iterator[Problem]:
        """A mail address."""
        if sentence := mail_problem(self.email):
            yield "email", sentence


def name_problems(native: str, latin: str) -> Iterator[Problem]:
    """A name holds letters; what is printed in Latin letters is in Latin letters."""
    native, latin = clean_name(native), clean_name(latin)
    example = "Ouyang Jinglin" if get_locale() == "zh" else "Amina Odhiambo"
    if not fold(native):
        yield "native_name", NO_LETTERS
    if latin and (found := foreign_part(latin)):
        yield "latin_name", NOT_LATIN % {"found": found, "example": example}
    elif not fold(latin) and not is_latin(native):
        yield "latin_name", LATIN_NEEDED % {"example": example}


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


def is_telephone(text: str) -> bool:
    """Loosely: 5 to 20 digits, and signs that people put between them."""
    return bool(re.fullmatch(r"\+?[0-9 ()./ext#-]+", text)) and 5 <= sum(sign.isdigit() for sign in text) <= 20


def mail_problem(address: str) -> LazyText | None:
    """Why an address cannot be one; None if it may be. Nobody is asked: only a mail can tell."""
    try:
        validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        _local, at, domain = address.rpartition("@")
        if not at:
            return MAIL_WITHOUT_AT
        return NOT_A_MAIL if "." in domain.strip(".") else MAIL_WITHOUT_ENDING
    return None


def read_mail(address: str) -> str:
    """The address as it is kept: domain in small letters."""
    return validate_email(address, check_deliverability=False, allow_smtputf8=False).normalized
