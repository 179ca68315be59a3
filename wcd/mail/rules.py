"""What a server's answer means for a mail, when to try again, and how an address goes over the wire."""

import re
from datetime import timedelta

import idna

HELD = "held"
QUEUED = "queued"
SENDING = "sending"
SENT = "sent"
DEFERRED = "deferred"
FAILED = "failed"
BOUNCED = "bounced"
STATES = (HELD, QUEUED, SENDING, SENT, DEFERRED, FAILED, BOUNCED)

TRY_AGAIN = frozenset({421, 432, 450, 451, 452, 454, 458, 459})
"""Answers of an SMTP server after which the same mail may be accepted later (RFC 5321, 4954, 5248)."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 3, 10, 30, 60, 120, 240, 480, 720, 1440))
"""Before the second try, the third, … After the last a mail has failed."""

_NOT_PRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many tries; None when it is enough."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


class BadAddress(ValueError):
    """What stands there is no mail address."""

    def __init__(self) -> None:
        super().__init__("This is not a mail address.")


def wire_address(address: str) -> str:
    """The address with its domain in ASCII; a local part in other letters stays and needs SMTPUTF8.

    BadAddress for what is none: nothing that could end a line or start a header gets further than this.
    """
    local, _, domain = address.rpartition("@")
    if not local or not domain or _NOT_PRINTED.search(address) or set("<> \t") & set(address):
        raise BadAddress
    try:
        return f"{local}@{idna.encode(domain, uts46=True).decode('ascii')}"
    except idna.IDNAError:
        raise BadAddress from None


def one_line(text: str) -> str:
    """For a header: control characters and line ends become one space."""
    return " ".join(_NOT_PRINTED.sub(" ", text).split())
