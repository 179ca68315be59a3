"""How people are reached: mail addresses and telephone numbers, as they are typed and as they are kept."""

import re

from email_validator import EmailNotValidError, validate_email

from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import REQUIRED

MAIL_WITHOUT_AT = _("This is not a mail address: it has no “@”.")
MAIL_WITHOUT_ENDING = _("This address lacks its ending, such as “.org”.")
NOT_A_MAIL = _("This is not a mail address that we could write to. Please check it.")
NOT_A_TELEPHONE = _("Please give a telephone number with its country code, such as +86 138 0000 0000.")


def is_telephone(text: str) -> bool:
    """Loosely: 5 to 20 digits, and signs that people put between them."""
    return (
        bool(re.fullmatch(r"\+?[0-9 ()./ext#-]+", text)) and 5 <= sum(sign.isdigit() for sign in text) <= 20
    )


def mail_problem(address: str) -> LazyText | None:
    """Why an address cannot be one; None if it may be. Nobody is asked: only a mail can tell."""
    if not address:
        return REQUIRED
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
