"""A real SMTP server in the test's own loop, whose answers a test decides."""

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio
from aiosmtpd.smtp import SMTP, Envelope, Session

from wcd.mail.carriers import SmtpServer


class Post:
    """Takes mails; refuses whom it is told to refuse, and may hang up in the middle of one."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.answers: dict[str, str] = {}
        self.hang_up_after_data = 0
        self.conversations = 0
        self.utf8 = True
        self.port = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?starttls=off"

    def __call__(self) -> SMTP:
        self.conversations += 1
        return SMTP(self, hostname="post.example", enable_SMTPUTF8=self.utf8, timeout=30)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        if self.hang_up_after_data:
            self.hang_up_after_data -= 1
            server.transport.abort()
        return f"250 taken as {len(self.taken)}"


@pytest_asyncio.fixture(loop_scope="session")
async def post() -> AsyncIterator[Post]:
    """The server."""
    post = Post()
    server = await asyncio.get_running_loop().create_server(post, "127.0.0.1", 0)
    post.port = server.sockets[0].getsockname()[1]
    yield post
    server.close()
    await server.wait_closed()


@pytest_asyncio.fixture(loop_scope="session")
async def carrier(post: Post) -> AsyncIterator[SmtpServer]:
    """Our side of it."""
    carrier = SmtpServer(post.url)
    yield carrier
    await carrier.close()
