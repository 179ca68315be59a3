"""The only clock of the program: real time, or real time moved by a fixed offset (WCD_CLOCK)."""

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from wcd.core.config import Settings, settings

_test_offset: timedelta | None = None
_frozen_at: datetime | None = None


def now() -> datetime:
    """The time, in UTC."""
    return _frozen_at if _frozen_at is not None else datetime.now(UTC) + offset()


def today(zone: str) -> date:
    """The date in a time zone such as Asia/Shanghai."""
    return now().astimezone(ZoneInfo(zone)).date()


def offset() -> timedelta:
    """How far our clock is ahead of the real one; read once per process."""
    return _test_offset if _test_offset is not None else _kept_offset(settings().data)


def is_shifted() -> bool:
    """Whether our time is not the real one: pages and devices say so."""
    return _frozen_at is not None or offset() != timedelta()


@cache
def set_to() -> datetime | None:
    """The time that our clock was set to (WCD_CLOCK), or None where it is the real one: pages say so."""
    value = _kept(settings().data / "clock.json").get("value")
    return datetime.fromisoformat(str(value)) if value else None


def set_up(known: Settings) -> None:
    """At a start: a new WCD_CLOCK sets the clock, the same one lets it run on, none changes nothing."""
    if known.clock is None:
        return
    value, kept = known.clock.isoformat(), known.data / "clock.json"
    if _kept(kept).get("value") != value:
        ahead = (known.clock - datetime.now(UTC)).total_seconds()
        new = kept.with_name(f".clock-{os.getpid()}")
        new.write_text(json.dumps({"value": value, "offset": ahead}), "ascii")
        new.replace(kept)
    _kept_offset.cache_clear()
    set_to.cache_clear()


@contextlib.contextmanager
def freeze(at: datetime) -> Iterator[None]:
    """For tests: time stands still inside the block."""
    global _frozen_at  # noqa: PLW0603 - one clock per process is the point
    before, _frozen_at = _frozen_at, at.astimezone(UTC)
    try:
        yield
    finally:
        _frozen_at = before


@contextlib.contextmanager
def travel(to: datetime) -> Iterator[None]:
    """For tests: inside the block the clock starts at a time and runs on from there."""
    global _test_offset  # noqa: PLW0603 - as above
    before, _test_offset = _test_offset, to - datetime.now(UTC)
    try:
        yield
    finally:
        _test_offset = before


@cache
def _kept_offset(data: Path) -> timedelta:
    return timedelta(seconds=float(_kept(data / "clock.json").get("offset", 0)))


def _kept(path: Path) -> dict[str, str | float]:
    try:
        kept: dict[str, str | float] = json.loads(path.read_text("ascii"))
    except FileNotFoundError:
        return {}
    return kept
