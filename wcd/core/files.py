"""Kept files: uploads and what was produced, in DATA/files. A key is all that a row needs to remember."""

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

from wcd.core.config import settings
from wcd.core.errors import NotFound
from wcd.core.ids import uuid7

_KEY = re.compile(r"[0-9a-f]{32}-[A-Za-z0-9._-]{1,80}")


def keep(name: str, content: bytes | Path, *, number: UUID | None = None) -> str:
    """Keep a file under a new key that ends in its name; it is there as a whole or not at all.

    Files that belong together may share their ``number``, so that the key of one leads to the others.
    """
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[-80:] or "file"
    key = f"{(number or uuid7()).hex}-{plain}"
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{key}"
    try:
        if isinstance(content, bytes):
            unfinished.write_bytes(content)
        else:
            shutil.copyfile(content, unfinished)
        unfinished.replace(folder / key)
    finally:
        unfinished.unlink(missing_ok=True)
    return key


@contextmanager
def kept_if_done(*keys: str) -> Iterator[None]:
    """Files kept for what is done inside; they are forgotten where it is not."""
    try:
        yield
    except BaseException:
        for key in keys:
            forget(key)
        raise


def path_of(key: str) -> Path:
    """Where a kept file lies."""
    path = _folder() / key
    if not _KEY.fullmatch(key) or not path.is_file():
        raise NotFound
    return path


def forget(key: str) -> None:
    """Remove a kept file; one that is gone already is fine."""
    if _KEY.fullmatch(key):
        (_folder() / key).unlink(missing_ok=True)


def forget_old(name: str, *, seconds: float) -> None:
    """Remove files kept under this name that are older: uploads to which nobody came back."""
    for path in _folder().glob(f"*-{name}"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > seconds:
                forget(path.name)


def _folder() -> Path:
    return settings().data / "files"
