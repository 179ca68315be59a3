"""For commands that need the database: attach to the running servers, or start and stop them around."""

import asyncio
import contextlib
import os
from collections.abc import Iterator

from wcd.cli import language
from wcd.core import clock, db
from wcd.core.config import Settings, settings
from wcd.core.i18n import use_locale
from wcd.launch import attach


@contextlib.contextmanager
def attached() -> Iterator[Settings]:
    """The settings with which everything can be reached; the database is at its newest migration.

    Inside, we speak the language of the terminal.
    """
    os.umask(0o077)
    known = settings()
    with attach.servers(known) as env:
        os.environ.update({name: value for name, value in env.items() if name not in os.environ})
        settings.cache_clear()
        if "WCD_BASE_URL" not in env:  # a running `serve` has done both
            clock.set_up(settings())
            asyncio.run(db.migrate())
        with use_locale(language()):
            yield settings()
