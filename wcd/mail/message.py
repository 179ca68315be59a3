"""A letter as the bytes that go over the wire."""

from datetime import datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from uuid import UUID

import msgspec

from wcd.mail.rendering import Rendered
from wcd.mail.rules import BadAddress, one_line, wire_address


class Attachment(msgspec.Struct, frozen=True):
    """A file that goes with a letter."""

    name: str
    content: bytes
    media_type: str = "application/pdf"


def message_id(mail_id: UUID, sender: str) -> str:
    """Of one row always the same: a second copy is known as such by whoever receives it."""
    return f"<{mail_id}@{wire_address(parseaddr(sender)[1]).rpartition('@')[2]}>"


def build(
    letter: Rendered,
    attachment: Attachment | None,
    *,
    mail_id: UUID,
    sender: str,
    address: str,
    name: str,
    locale: str,
    reply_to: str,
    at: datetime,
) -> bytes:
    """The whole mail, serialised; slow enough to be done in a thread."""
    to = wire_address(address)
    message = EmailMessage(policy=policy.SMTP if to.isascii() else policy.SMTPUTF8)
    message["From"] = _address(*parseaddr(sender))
    message["To"] = _address(name, to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(mail_id, sender)
    if reply_to:
        message["Reply-To"] = wire_address(reply_to)
    message["Content-Language"] = locale
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="base64")
    message.add_alternative(letter.html, subtype="html", cte="base64")
    if attachment is not None:
        kind, _, subtype = attachment.media_type.partition("/")
        message.add_attachment(attachment.content, kind, subtype, filename=attachment.name)
    return message.as_bytes()


def _address(name: str, address: str) -> Address:
    wire = wire_address(address)
    try:
        return Address(one_line(name), addr_spec=wire)
    except (ValueError, IndexError, MessageError):
        raise BadAddress from None
