"""Which edition an address means, asked for at most once a second per process: every page needs it."""

import time

from wcd.editions.errors import NoSuchEdition
from wcd.editions.queries import EditionView, edition_by_code, find_current_edition

FRESH_FOR = 1.0
"""Seconds for which an edition, and so its published number, is believed."""


class Editions:
    """The edition that an address means, at most a second old."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, EditionView]] = {}

    async def find(self, code: str = "") -> EditionView | None:
        """The edition of this code; the current one for an empty code.

        What is not there is not remembered: strangers may invent any number of codes, and the first edition of a
        house is there at once.
        """
        until, known = self._known.get(code, (0.0, None))
        if known is not None and time.monotonic() < until:
            return known
        asked_at = time.monotonic()
        view = await (_by_code(code) if code else find_current_edition())
        if view is not None:
            self._known[code] = (asked_at + FRESH_FOR, view)
        return view

    def forget(self) -> None:
        """Ask again next time: for tests."""
        self._known.clear()


EDITIONS = Editions()


async def current_edition() -> EditionView:
    """The edition that registration is for; a system without one has nothing to register for."""
    view = await EDITIONS.find()
    if view is None:
        raise NoSuchEdition
    return view


async def _by_code(code: str) -> EditionView | None:
    try:
        return await edition_by_code(code)
    except NoSuchEdition:
        return None
