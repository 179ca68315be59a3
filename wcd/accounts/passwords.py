"""Hashing of passwords: argon2id, in a thread, so that the event loop goes on."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)
"""About 30 ms and 32 MiB each: above OWASP's least (19 MiB, two passes)."""


async def hash_password(password: str) -> str:
    """The password as it is stored."""
    return await asyncio.to_thread(_HASHER.hash, password)


async def is_password(stored: str, given: str) -> bool:
    """Whether this is the password. An empty ``stored`` takes as long as a real one and is never right."""
    return await asyncio.to_thread(_verify, stored or _nobodys(), given) and bool(stored)


def _verify(stored: str, given: str) -> bool:
    try:
        return _HASHER.verify(stored, given)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """A hash to spend time on where there is no account."""
    return _HASHER.hash("nobody has this password")
