"""A letter as the bytes that go over the wire.

The head is the standard library's work; the body is put together here, since its generator reads every line of an
attachment again (6 ms for a badge, against 0.2 ms).
"""

import base64
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
    """A file that goes with a letter. Its name is ASCII, without quotes."""

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
    """The whole mail, serialised."""
    mark = mail_id.hex
    head = EmailMessage(policy=policy.SMTP if wire_address(address).isascii() else policy.SMTPUTF8)
    head["From"] = _address(*parseaddr(sender))
    head["To"] = _address(name, address)
    head["Subject"] = one_line(letter.subject)
    head["Date"] = format_datetime(at)
    head["Message-ID"] = message_id(mail_id, sender)
    if reply_to:
        head["Reply-To"] = _address("", reply_to)
    head["Content-Language"] = locale
    head["Auto-Submitted"] = "auto-generated"
    head["MIME-Version"] = "1.0"
    words = _several(
        f"words-{mark}",
        _part("text/plain; charset=utf-8", letter.text.encode()),
        _part("text/html; charset=utf-8", letter.html.encode()),
        kind="alternative",
    )
    if attachment is not None:
        file = _part(attachment.media_type, attachment.content, name=attachment.name)
        words = _several(f"all-{mark}", words, file, kind="mixed")
    return head.as_bytes().removesuffix(b"\r\n") + words


def _several(boundary: str, *parts: bytes, kind: str) -> bytes:
    start = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n'.encode()
    between = f"\r\n--{boundary}".encode()
    return start + b"".join(between + b"\r\n" + part for part in parts) + between + b"--\r\n"


def _part(media_type: str, content: bytes, *, name: str = "") -> bytes:
    shown = f'Content-Disposition: attachment; filename="{name}"\r\n' if name else ""
    head = f"Content-Type: {media_type}\r\nContent-Transfer-Encoding: base64\r\n{shown}\r\n"
    return head.encode() + base64.encodebytes(content).replace(b"\n", b"\r\n")


def _address(name: str, address: str) -> Address:
    wire = wire_address(address)
    if not wire.isascii():
        local, _, domain = wire.rpartition("@")  # the library's own check knows ASCII only
        return Address(one_line(name), username=local, domain=domain)
    try:
        return Address(one_line(name), addr_spec=wire)
    except (ValueError, IndexError, MessageError):
        raise BadAddress from None
