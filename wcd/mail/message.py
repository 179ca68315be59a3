"""A letter as the bytes that go over the wire.

Put together here: the standard library's generator reads every line of an attachment again and parses each header that
it has just made (7 ms for a letter with a badge, against 0.5 ms).
"""

import base64
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
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
    head = [
        _header("From", _person(*parseaddr(sender))),
        _header("To", _person(name, address)),
        _header("Subject", _words(letter.subject, "Subject")),
        _header("Date", format_datetime(at)),
        _header("Message-ID", message_id(mail_id, sender)),
        _header("Reply-To", _person("", reply_to)) if reply_to else "",
        _header("Content-Language", locale),
        _header("Auto-Submitted", "auto-generated"),
        _header("MIME-Version", "1.0"),
    ]
    words = _several(
        f"words-{mark}",
        _part("text/plain; charset=utf-8", letter.text.encode()),
        _part("text/html; charset=utf-8", letter.html.encode()),
        kind="alternative",
    )
    if attachment is not None:
        file = _part(attachment.media_type, attachment.content, name=attachment.name)
        words = _several(f"all-{mark}", words, file, kind="mixed")
    return "".join(head).encode() + words


def _several(boundary: str, *parts: bytes, kind: str) -> bytes:
    start = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n'.encode()
    between = f"\r\n--{boundary}".encode()
    return start + b"".join(between + b"\r\n" + part for part in parts) + between + b"--\r\n"


def _part(media_type: str, content: bytes, *, name: str = "") -> bytes:
    shown = f'Content-Disposition: attachment; filename="{name}"\r\n' if name else ""
    head = f"Content-Type: {media_type}\r\nContent-Transfer-Encoding: base64\r\n{shown}\r\n"
    return head.encode() + base64.encodebytes(content).replace(b"\n", b"\r\n")


def _header(name: str, value: str) -> str:
    return f"{name}: {value}\r\n"


def _words(text: str, name: str) -> str:
    """Words of any script for a header, encoded and folded as RFC 2047 wants it."""
    plain = one_line(text)
    return Header(plain, "us-ascii" if plain.isascii() else "utf-8", header_name=name).encode(linesep="\r\n")


def _person(name: str, address: str) -> str:
    """A name with its address; in other letters than ASCII the address stands as it is, for SMTPUTF8."""
    wire, plain = wire_address(address), one_line(name)
    _refuse_odd(wire)
    if not plain:
        return wire
    quoted = plain.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{wire}>' if plain.isascii() else f"{_words(plain, 'Reply-To')} <{wire}>"


def _refuse_odd(wire: str) -> None:
    """The library knows what else cannot be an address; of other letters than ASCII it knows nothing."""
    try:
        Address(addr_spec=wire) if wire.isascii() else None
    except (ValueError, IndexError, MessageError):
        raise BadAddress from None
