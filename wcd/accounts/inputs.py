"""What a person gives about accounts. Passwords are read apart: they are never stripped or shown again."""

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from email_validator import EmailNotValidError, validate_email

from wcd.accounts import rules
from wcd.core.errors import Invalid
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _

NO_MAIL = _("Please enter a mail address, such as name@example.org.")
LONGEST_MAIL = 254
_PASSWORD_SENTENCES = {
    rules.TOO_SHORT: _("This password is too short: at least 10 characters."),
    rules.TOO_LONG: _("This password is too long: at most 200 characters."),
    rules.IS_THE_MAIL: _("The password must not be the mail address."),
    rules.TOO_PLAIN: _("This password repeats very few characters. Take a longer sentence."),
}


class Person(msgspec.Struct, frozen=True):
    """Somebody who shall help: who they are and which language their mails speak."""

    mail: Annotated[str, msgspec.Meta(max_length=254)]
    name: Annotated[str, msgspec.Meta(max_length=60)]
    locale: Literal["zh", "en"] = "zh"

    def problems(self) -> Iterator[tuple[str, LazyText | str]]:
        """Field and sentence of what does not hold."""
        if not is_mail(self.mail):
            yield "mail", NO_MAIL


def is_mail(text: str) -> bool:
    """Whether this has the form of a mail address; nobody is asked over the network."""
    if len(text) > LONGEST_MAIL:  # before anything that takes the longer the longer it is
        return False
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def check_password(password: str, mail: str) -> None:
    """Refuse what cannot be a password, beside its field."""
    fault = rules.password_fault(password, mail)
    if fault:
        raise Invalid({"password": _PASSWORD_SENTENCES[fault]})
