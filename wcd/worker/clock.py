"""``python -m wcd.worker.clock``: the clock of the installation. Of several one strikes, the others stand by."""

import asyncio
import contextlib
import logging
import signal
import sys
import time

import asyncpg

from wcd.core import db, jobs
from wcd.core.config import ConfigError
from wcd.core.faults import trace
from wcd.worker.schedule import LINES, Line

log = logging.getLogger("wcd.clock")

LOCK = 727002
TICK = 0.5
STAND_BY = 2.0


async def run() -> None:
    """Strike until cancelled; a database that is away is waited for."""
    async with db.lifespan(pool_size=3):
        try:
            while True:
                try:
                    await _strike_if_sole()
                except Exception as wrong:  # noqa: BLE001 - the clock must not stop
                    log.warning("The clock stands still: %s", trace(wrong))
                await asyncio.sleep(STAND_BY)
        finally:
            await jobs.close()


async def _strike_if_sole() -> None:
    """Hold the lock that makes us the only clock; PostgreSQL frees it when this connection or process dies."""
    connection = await db.engine().get_new_connection()
    try:
        if await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
            await _strike(connection)
    finally:
        connection.terminate()


async def _strike(connection: asyncpg.Connection) -> None:
    next_at = dict.fromkeys(LINES, 0.0)
    while not connection.is_closed():
        for line in LINES:
            if time.monotonic() >= next_at[line]:
                await _act(line)
                next_at[line] = time.monotonic() + line.seconds
        await asyncio.sleep(TICK)


async def _act(line: Line) -> None:
    try:
        await line.act()
    except Exception as wrong:  # noqa: BLE001 - one line must not keep back the others
        log.warning("%s: %s", line.name, trace(wrong))


async def _until_told() -> None:
    task = asyncio.create_task(run())
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def main() -> None:
    """Be the clock until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    asyncio.run(_until_told())


if __name__ == "__main__":
    try:
        main()
    except ConfigError as wrong:
        sys.exit(str(wrong))
