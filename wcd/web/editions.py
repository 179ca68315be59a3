"""The current edition, asked for at most once a second per process: pages that are not kept in memory need it each time."""

import time

from wcd.editions.errors import NoSuchEdition
from wcd.editions.queries import EditionView, find_current_edition

FRESH_FOR = 1.0
_known: dict[str, tuple[float, EditionView]] = {}


async def current_edition() -> EditionView:
    """The edition that registration is for; a system without one has nothing to register for."""
    until, view = _known.get("", (0.0, None))
    if view is None or time.monotonic() >= until:
        asked_at = time.monotonic()
        view = await find_current_edition()
        if view is None:
            raise NoSuchEdition
        _known[""] = (asked_at + FRESH_FOR, view)
    return view


def forget() -> None:
    """Ask again next time: for tests."""
    _known.clear()
