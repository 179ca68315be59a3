"""Commands other than `serve`: use the servers that run, or start and stop them around the command."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from wcd.launch.embedded import Embedded
from wcd.launch.errors import LaunchError
from wcd.launch.folder import Folder

FREE_WITHIN = 60.0


class Known(Protocol):
    """What must be known of the settings."""

    @property
    def data(self) -> Path:
        """The data folder."""

    @property
    def database_url(self) -> str:
        """Empty for the embedded server."""

    @property
    def redis_url(self) -> str:
        """Empty for the embedded server."""


def missing(known: Known) -> list[str]:
    """The servers that no setting replaces."""
    return [name for name, url in (("postgres", known.database_url), ("valkey", known.redis_url)) if not url]


@contextlib.contextmanager
def servers(known: Known) -> Iterator[dict[str, str]]:
    """The environment (WCD_DATABASE_URL, …) with which the servers of the data folder are reached."""
    names = missing(known)
    if not names:
        yield {}
        return
    folder = Folder(known.data)
    deadline = time.monotonic() + FREE_WITHIN
    while not folder.claim():
        if (env := folder.addresses()) is not None:
            yield env
            return
        if time.monotonic() > deadline:
            raise LaunchError(
                f"Another command has been using {known.data} for a minute: wait for it or stop it."
            )
        time.sleep(0.05)
    try:
        with started(folder, names) as embedded:
            yield addresses(embedded, names)
    finally:
        folder.release()


@contextlib.contextmanager
def started(folder: Folder, names: list[str]) -> Iterator[Embedded]:
    """The embedded servers of a claimed folder, for as long as the block runs."""
    embedded = Embedded(folder.home)
    try:
        embedded.start(*names, launched=folder.record)
        yield embedded
    finally:
        embedded.stop()


def addresses(embedded: Embedded, names: list[str]) -> dict[str, str]:
    """Settings for the processes that use these servers."""
    both = {
        "postgres": ("WCD_DATABASE_URL", embedded.database_url),
        "valkey": ("WCD_REDIS_URL", embedded.redis_url),
    }
    return dict(both[name] for name in names)
