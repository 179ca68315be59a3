"""What a device sends: one fact at a time, so that a bad one does not spoil its neighbours."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from wcd.core.ids import CODE_LENGTH, CROCKFORD, SHORT_CODE_LENGTH, read_code

SCAN = "scan"
LET_IN = "let_in"
READ_LENGTH = 64

_Read = Annotated[str, msgspec.Meta(min_length=1, max_length=READ_LENGTH)]
_Milliseconds = Annotated[int, msgspec.Meta(ge=-(10**14), le=10**14)]


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A scan or a correction, as docs/door-protocol.md writes it."""

    id: UUID
    kind: Literal["scan", "let_in", "undo"]
    about: UUID | None = None
    gate: UUID | None = None
    code: _Read | None = None
    short_code: _Read | None = None
    scanned_at: datetime
    offset_ms: _Milliseconds
    verdict: Annotated[str, msgspec.Meta(max_length=20)] | None = None
    entered_by: Literal["camera", "scanner", "typed"]

    def __post_init__(self) -> None:
        given = (self.code is not None) + (self.short_code is not None)
        if given != (self.kind == SCAN) or (self.about is None) != (self.kind == SCAN):
            raise ValueError("a scan has a code or a short code, a correction is about a scan")
        if self.scanned_at.tzinfo is None or not 2000 <= self.happened_at.year < 2100:
            raise ValueError("no time at which a badge can have been scanned")
        if "\0" in self.read:
            raise ValueError("a character that cannot be stored")

    @property
    def happened_at(self) -> datetime:
        """The device's time, corrected by what it knew of ours."""
        try:
            return self.scanned_at.astimezone(UTC) + timedelta(milliseconds=self.offset_ms)
        except OverflowError:
            raise ValueError("no time at which a badge can have been scanned") from None

    @property
    def read(self) -> str:
        """What the code said, in our alphabet if it is one of ours."""
        said = self.code or self.short_code or ""
        code = read_code(said)
        return code if is_code(code) else said

    def body_hash(self) -> str:
        """The same for the same fact, however its JSON was written."""
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()


class Malformed(msgspec.Struct, frozen=True):
    """What could not be taken as a fact; ``scan_id`` is what stood where the id should be."""

    scan_id: str
    raw: str

    def body_hash(self) -> str:
        """Two of the same are kept once."""
        return hashlib.sha256(self.raw.encode()).hexdigest()


def is_code(text: str) -> bool:
    """Whether this can be a code or short code of ours at all."""
    return len(text) in {CODE_LENGTH, SHORT_CODE_LENGTH} and not set(text) - set(CROCKFORD)


def read_fact(raw: bytes) -> Fact | Malformed:
    """A fact, or what is kept for a person in its place."""
    try:
        return msgspec.json.decode(raw, type=Fact)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return Malformed(_id_in(raw), raw.decode(errors="replace")[:4000])


def _id_in(raw: bytes) -> str:
    try:
        body = msgspec.json.decode(raw)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return ""
    found = body.get("id") if isinstance(body, dict) else None
    return found.replace("\0", "")[:64] if isinstance(found, str) else ""
