"""Columns as this house wants them: nothing nullable, nothing defaulted, nothing cascading by accident."""

from typing import Any

from piccolo.columns import JSONB, UUID, Array, Boolean, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from wcd.core.ids import uuid7


def key() -> UUID:
    """A primary key made by us, so that a row's id is known before it is written."""
    return UUID(primary_key=True, default=uuid7)


def required(length: int) -> Varchar:
    """Text that must be given."""
    return Varchar(length=length, null=False, default=None)


def optional(length: int) -> Varchar:
    """Text that may be empty; never NULL, so that there is one way to say nothing."""
    return Varchar(length=length, null=False, default="")


def long_text() -> Text:
    """Text without a length of its own; inputs limit it."""
    return Text(null=False, default="")


def moment() -> Timestamptz:
    """A point in time that must be given (from ``wcd.core.clock``)."""
    return Timestamptz(null=False, default=None)


def maybe_moment() -> Timestamptz:
    """A point in time that may never come."""
    return Timestamptz(null=True, default=None)


def count(default: int = 0) -> Integer:
    """A count."""
    return Integer(null=False, default=default)


def flag(default: bool = False) -> Boolean:
    """Yes or no."""
    return Boolean(null=False, default=default)


def maybe() -> UUID:
    """An id that may be missing, of a thing that this room does not know."""
    return UUID(null=True, default=None)


def ids() -> Array:
    """A short list of ids."""
    return Array(base_column=UUID(), null=False, default=list)


def values() -> JSONB:
    """A small JSON document, an empty object unless given."""
    return JSONB(null=False, default="{}")


def listed() -> JSONB:
    """A JSON list, empty unless given."""
    return JSONB(null=False, default="[]")


def words(length: int = 16) -> Array:
    """A short list of code words."""
    return Array(base_column=Varchar(length=length), null=False, default=list)


def numbers() -> Array:
    """A short list of whole numbers."""
    return Array(base_column=Integer(), null=False, default=list)


def belongs_to(table: type[Table], **options: Any) -> ForeignKey[Any]:
    """A row that must exist and cannot be deleted while this one refers to it."""
    return ForeignKey(table, null=False, on_delete=OnDelete.restrict, index=True, **options)


def part_of(table: type[Table], **options: Any) -> ForeignKey[Any]:
    """The whole of which this row is a part: it goes when the whole goes."""
    return ForeignKey(table, null=False, on_delete=OnDelete.cascade, index=True, **options)


def may_refer_to(table: type[Table] | str, **options: Any) -> ForeignKey[Any]:
    """A row that may be named, and cannot be deleted while it is."""
    return ForeignKey(table, null=True, on_delete=OnDelete.restrict, index=True, **options)
