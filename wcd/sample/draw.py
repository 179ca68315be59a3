"""Drawing lots that fall the same on every machine and every version of Python."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A row of numbers that follows from its seed alone (`random` may change its methods between versions)."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._turn = 0

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1."""
        self._turn += 1
        digest = sha256(f"{self._seed}:{self._turn}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def happens(self, per_thousand: int) -> bool:
        """True so many times in a thousand."""
        return self.below(1000) < per_thousand

    def one(self, things: Sequence[T]) -> T:
        """One of the things, each as likely."""
        return things[self.below(len(things))]

    def early(self, things: Sequence[T]) -> T:
        """One of the things; those at the front are likelier, as with surnames."""
        return things[min(self.below(len(things)), self.below(len(things)))]

    def some(self, things: Iterable[T], count: int) -> list[T]:
        """So many of the things, in drawn order; all of them where there are fewer."""
        rest = list(things)
        for place in range(min(count, len(rest))):
            other = place + self.below(len(rest) - place)
            rest[place], rest[other] = rest[other], rest[place]
        return rest[:count]
