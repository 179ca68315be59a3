"""Identifiers: time-ordered UUIDs, codes that people read aloud, random tokens and their hashes."""

import hashlib
import re
import secrets
import time
import unicodedata
from collections.abc import Collection
from uuid import UUID

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 26
SHORT_CODE_LENGTH = 8
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def uuid7() -> UUID:
    """A UUID of version 7 (RFC 9562, method 3): sorts by its making, to a quarter of a microsecond.

    So rows of one transaction, whose times may be equal, keep the order in which they were made.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    return UUID(int=milliseconds << 80 | 7 << 76 | fraction << 64 | 2 << 62 | secrets.randbits(62))


def new_code() -> str:
    """What a QR holds: 26 random characters of Crockford's base32, 130 bits."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH))


def new_short_code() -> str:
    """Eight characters of the same alphabet, to be typed where a QR cannot be read."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(SHORT_CODE_LENGTH))


def read_code(typed: str) -> str:
    """What a person meant: case, spaces and dashes do not matter; O is 0, I and L are 1."""
    return "".join(typed.upper().translate(_READ_AS).split()).replace("-", "")


def show_short_code(code: str) -> str:
    """``7K4M2Q9D`` as people read it: ``7K4M-2Q9D``."""
    return f"{code[:4]}-{code[4:]}"


def new_token() -> str:
    """A secret for a link or a cookie: 256 random bits in URL-safe letters."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """How a token is stored: SHA-256 in hex. Tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_of_title(title: str, taken: Collection[str], *, otherwise: str, longest: int = 48) -> str:
    """What an address calls a thing: the words of its English title, numbered where another has them already."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    code = "-".join(re.findall(r"[a-z0-9]+", plain))[:longest].strip("-") or otherwise
    numbers = (f"{code}-{number}" for number in range(2, len(taken) + 3))
    return code if code not in taken else next(one for one in numbers if one not in taken)
