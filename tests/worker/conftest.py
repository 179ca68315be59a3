"""Real workers and clocks as processes, on a database of their own."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest_asyncio

from tests.conftest import clone_database
from tests.mail.conftest import Post, post

__all__ = ["post"]
ROOT = Path(__file__).resolve().parents[2]


class House:
    """A house whose parts a test starts and kills."""

    def __init__(self, env: dict[str, str], connection: asyncpg.Connection) -> None:
        self.env = env
        self.connection = connection
        self.children: list[subprocess.Popen[bytes]] = []

    def start(self, module: str) -> subprocess.Popen[bytes]:
        """Start a part."""
        child = subprocess.Popen(
            [sys.executable, "-m", module],
            env=self.env,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.children.append(child)
        return child

    async def run(self, code: str) -> None:
        """Run lines of Python in the house's environment, inside its database."""
        lines = "\n".join(f"        {line}" for line in code.splitlines())
        script = f"import asyncio\nfrom wcd.core import db\nasync def main():\n    async with db.lifespan():\n{lines}\nasyncio.run(main())"
        child = await asyncio.create_subprocess_exec(sys.executable, "-c", script, env=self.env, cwd=ROOT)
        assert await child.wait() == 0

    async def end(
        self, child: subprocess.Popen[bytes], number: int = signal.SIGTERM, within: float = 5
    ) -> int:
        """End a part and wait for it."""
        child.send_signal(number)
        return await asyncio.wait_for(asyncio.to_thread(child.wait), within)


@pytest_asyncio.fixture(loop_scope="session")
async def house(post: Post, tmp_path: Path, worker_id: str) -> AsyncIterator[House]:
    """The house, with the test's SMTP server."""
    url = await clone_database(f"house_{worker_id}")
    number = int(worker_id.removeprefix("gw") if worker_id != "master" else 0) % 15 + 1
    env = {
        **os.environ,
        "WCD_DATABASE_URL": url,
        "WCD_REDIS_URL": f"{os.environ['WCD_REDIS_URL']}?db={number}",
        "WCD_DATA": str(tmp_path),
        "WCD_SMTP_URL": post.url,
    }
    connection = await asyncpg.connect(
        user="wcd", database=f"house_{worker_id}", host=os.environ["TEST_SERVERS"]
    )
    house = House(env, connection)
    try:
        yield house
    finally:
        for child in house.children:
            child.kill()
            child.wait()
        await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def until() -> Callable[[Callable[[], Awaitable[bool]], float], Awaitable[None]]:
    """Wait for something, looking twenty times a second."""

    async def wait(happened: Callable[[], Awaitable[bool]], within: float) -> None:
        async with asyncio.timeout(within):
            while not await happened():  # noqa: ASYNC110 - what is waited for happens in other processes
                await asyncio.sleep(0.05)

    return wait
