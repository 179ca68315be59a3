"""``python -m wcd.worker``: one worker. It ends when Valkey does, and whoever started it starts it again."""

import asyncio
import contextlib
import logging
import sys

import uvloop
from arq.worker import create_worker
from redis.exceptions import RedisError

from wcd.core.config import ConfigError
from wcd.worker.settings import WorkerSettings, stop

log = logging.getLogger("wcd.worker")


async def work() -> int:
    """Until a signal (0) or until Valkey is gone (1); mails on their way are finished in both cases."""
    worker = create_worker(WorkerSettings)  # type: ignore[arg-type] # its protocol asks for more than it reads
    try:
        await worker.async_run()
    except asyncio.CancelledError:
        code = 0
    except (OSError, RedisError) as wrong:
        log.warning("Valkey is gone (%s)", type(wrong).__name__)
        code = 1
    with contextlib.suppress(OSError, RedisError, asyncio.CancelledError):
        await stop(worker.ctx)
    return code


def main() -> int:
    """Run one worker."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("arq").setLevel(
        logging.WARNING
    )  # two lines for each job say nothing that its row does not
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work())


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ConfigError as wrong:
        sys.exit(str(wrong))
