"""Values that every list uses."""

from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")
PAGE_SIZES = (25, 50, 100, 200)


class Page(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list: its rows, where it stands, and how many rows there are in all."""

    rows: list[T]
    total: int
    number: int = 1
    size: int = 50

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """The place of the first row shown, counted from 1; 0 in an empty list."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last_row(self) -> int:
        """The place of the last row shown."""
        return (self.number - 1) * self.size + len(self.rows)


class Slice(msgspec.Struct, frozen=True):
    """Which page is wanted; anything odd becomes the nearest possible."""

    number: int = 1
    size: int = 50

    @classmethod
    def read(cls, number: str = "", size: str = "") -> "Slice":
        """From the words in an address."""
        wanted = int(number) if number.isdecimal() and len(number) < 7 else 1
        rows = int(size) if size.isdecimal() and len(size) < 5 and int(size) in PAGE_SIZES else 50
        return cls(max(1, wanted), rows)

    @property
    def offset(self) -> int:
        """How many rows come before."""
        return (self.number - 1) * self.size
