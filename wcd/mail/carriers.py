"""Who carries mails away: an SMTP server over a few kept connections, or a folder."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

import aiosmtplib
import msgspec

from wcd.core.config import settings
from wcd.mail.rules import TRY_AGAIN

CONNECTIONS = 4
_MAILS_EACH = 100
"""Servers end long conversations; a connection is given up after so many mails."""
_IDLE = 20.0
"""Seconds after which a kept connection is not trusted any more."""
_TIMEOUT = 30.0


class NotTaken(Exception):
    """The mail was not accepted. ``again``: it may be later. ``perhaps``: the server may have it all the same."""

    def __init__(self, answer: str, *, again: bool, perhaps: bool = False) -> None:
        super().__init__(answer)
        self.answer = answer
        self.again = again
        self.perhaps = perhaps


class Parcel(msgspec.Struct, frozen=True):
    """One mail on its way."""

    id: UUID
    sender: str
    recipient: str
    content: bytes


class Carrier(Protocol):
    """``place()`` waits for a free connection; inside it the row is marked, then ``hand_over`` sends."""

    def place(self) -> contextlib.AbstractAsyncContextManager[None]:
        """Wait until it is this mail's turn."""

    async def hand_over(self, parcel: Parcel) -> str:
        """Hand over one mail; returns the answer, or raises NotTaken."""

    async def close(self) -> None:
        """End all conversations."""


class Folder:
    """Mails become files: written aside and renamed, so that each one that is seen is whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """There is always room."""
        yield

    async def hand_over(self, parcel: Parcel) -> str:
        """Write ``ID.eml``. A second copy takes the place of the first."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished = self._folder / f".{parcel.id}.part"
            unfinished.write_bytes(parcel.content)
            unfinished.replace(self._folder / f"{parcel.id}.eml")
        except OSError as wrong:
            raise NotTaken(f"DATA/mail: {wrong.strerror}", again=True) from wrong
        return "DATA/mail"

    async def close(self) -> None:
        """Nothing is open."""


class _Line:
    """One kept conversation with the server."""

    def __init__(self, smtp: aiosmtplib.SMTP) -> None:
        self.smtp = smtp
        self.mails = 0
        self.used_at = time.monotonic()

    @property
    def is_good(self) -> bool:
        """Whether it may be used once more."""
        return self.smtp.is_connected and self.mails < _MAILS_EACH and time.monotonic() - self.used_at < _IDLE


class SmtpServer:
    """The server of WCD_SMTP_URL."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._tls = parts.scheme == "smtps"
        self._starttls = parse_qs(parts.query).get("starttls", [""])[0]
        self._host = parts.hostname or ""
        self._port = parts.port or (465 if self._tls else 587 if self._starttls == "required" else 25)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._free: list[_Line] = []
        self._places = asyncio.Semaphore(CONNECTIONS)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """One of a few: more would only queue at the server."""
        async with self._places:
            yield

    async def hand_over(self, parcel: Parcel) -> str:
        """Send over a kept connection; one that the server has closed meanwhile is replaced once."""
        kept = self._kept()
        if kept is not None:
            with contextlib.suppress(_Stale):
                return await self._send(kept, parcel, fresh=False)
        return await self._send(await self._connect(), parcel, fresh=True)

    async def close(self) -> None:
        """Say goodbye on every connection."""
        while self._free:
            await _leave(self._free.pop())

    def _kept(self) -> _Line | None:
        while self._free:
            line = self._free.pop()
            if line.is_good:
                return line
            line.smtp.close()
        return None

    async def _connect(self) -> _Line:
        # Unless TLS is demanded, it is better than nothing, whoever signed the certificate.
        demanded = self._tls or self._starttls == "required"
        smtp = aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            username=self._user,
            password=self._password,
            use_tls=self._tls,
            start_tls={"required": True, "off": False}.get(self._starttls, False if self._tls else None),
            validate_certs=demanded,
            local_hostname=urlsplit(settings().base_url).hostname or "localhost",
            timeout=_TIMEOUT,
        )
        try:
            await smtp.connect()
        except aiosmtplib.SMTPResponseException as wrong:
            # Not this mail's fault: a wrong password must not fail a thousand of them for good.
            raise NotTaken(_said(wrong), again=True) from wrong
        except (aiosmtplib.SMTPException, OSError, ValueError) as wrong:
            raise NotTaken(f"{type(wrong).__name__}: {wrong}", again=True) from wrong
        return _Line(smtp)

    async def _send(self, line: _Line, parcel: Parcel, *, fresh: bool) -> str:
        stage = "head"
        utf8 = not parcel.recipient.isascii()
        if utf8 and not line.smtp.supports_extension("smtputf8"):
            self._free.append(line)
            raise NotTaken("The mail server cannot send to such an address (no SMTPUTF8).", again=False)
        try:
            await line.smtp.mail(parcel.sender, options=["SMTPUTF8"] if utf8 else [])
            await line.smtp.rcpt(parcel.recipient, encoding="utf-8" if utf8 else "ascii")
            stage = "body"
            answer = await line.smtp.data(parcel.content)
        except aiosmtplib.SMTPResponseException as wrong:
            await self._give_back_after_no(line)
            raise NotTaken(_said(wrong), again=wrong.code in TRY_AGAIN) from wrong
        except (aiosmtplib.SMTPException, OSError) as wrong:
            line.smtp.close()
            if not fresh and stage == "head":
                raise _Stale from wrong
            raise NotTaken(type(wrong).__name__, again=True, perhaps=stage == "body") from wrong
        except BaseException:
            line.smtp.close()
            raise
        line.mails, line.used_at = line.mails + 1, time.monotonic()
        self._free.append(line)
        return f"{answer.code} {answer.message}"[:500]

    async def _give_back_after_no(self, line: _Line) -> None:
        try:
            await line.smtp.rset()
        except (aiosmtplib.SMTPException, OSError):
            line.smtp.close()
        else:
            self._free.append(line)


class _Stale(Exception):
    """A kept connection was closed by the server before this mail was begun."""


async def _leave(line: _Line) -> None:
    with contextlib.suppress(aiosmtplib.SMTPException, OSError):
        await line.smtp.quit(timeout=1)
    line.smtp.close()


def _said(wrong: aiosmtplib.SMTPResponseException) -> str:
    return " ".join(f"{wrong.code} {wrong.message}".split())[:500]


@cache
def carrier() -> Carrier:
    """The carrier of this process."""
    url = settings().smtp_url
    return SmtpServer(url) if url else Folder(settings().data / "mail")
