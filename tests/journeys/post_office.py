"""A real SMTP server that keeps what it is given."""

import contextlib
import email
import email.policy
import re
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import zxingcpp
from aiosmtpd.controller import Controller
from PIL import Image

from tests.real import wait_for
from tests.tools import tool


class PostOffice:
    """Takes every mail; newest last."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        return "250 kept"

    def wait_for(
        self, address: str, *, containing: str = "", after: int = 0, seconds: float = 60
    ) -> EmailMessage:
        """The next mail to an address whose text contains this."""

        def found() -> EmailMessage | None:
            for mail in self.mails[after:]:
                if address in str(mail["to"]) and containing in text_of(mail):
                    return mail
            return None

        mail: EmailMessage = wait_for(found, seconds=seconds)
        return mail


@contextlib.contextmanager
def post_office() -> Iterator[tuple[PostOffice, str]]:
    """The office and the setting that leads to it."""
    office = PostOffice()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office, f"smtp://127.0.0.1:{port}?starttls=off"
    finally:
        controller.stop()


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    part = mail.get_body(preferencelist=("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(mail: EmailMessage, part: str) -> str:
    """The first link of the plain text that contains this."""
    links = [link for link in re.findall(r"https?://\S+", text_of(mail)) if part in link]
    assert links, text_of(mail)
    return str(links[0])


def badge_in(mail: EmailMessage) -> bytes:
    """The PDF that is attached."""
    pdfs = [part for part in mail.iter_attachments() if part.get_content_type() == "application/pdf"]
    assert len(pdfs) == 1, [part.get_content_type() for part in mail.iter_attachments()]
    content = pdfs[0].get_content()
    assert isinstance(content, bytes)
    return content


def code_on(pdf: bytes) -> str:
    """What the QR on the first page says, read from its picture."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "badge.pdf"
        path.write_bytes(pdf)
        subprocess.run(
            [tool("pdftoppm"), "-r", "200", "-png", "-f", "1", "-l", "1", path, path.with_suffix("")],
            check=True,
        )
        picture = next(Path(place).glob("*.png"))
        with Image.open(picture) as page:
            found = zxingcpp.read_barcodes(page.convert("L"))
    assert len(found) == 1
    return str(found[0].text)
