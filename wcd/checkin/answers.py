"""What a device is told about a scan; docs/door-protocol.md shows it as JSON."""

from datetime import datetime
from uuid import UUID

import msgspec

from wcd.core.i18n import Bilingual


class CategoryName(msgspec.Struct, frozen=True):
    """A guest's category: its code gives the colour, its mark the letter on the badge."""

    code: str
    mark: str
    zh: str
    en: str


class GuestCard(msgspec.Struct, frozen=True):
    """Who stands at the gate. No address, no telephone number: a device gets nothing that it need not show."""

    native_name: str
    latin_name: str
    category: CategoryName
    organisation: Bilingual
    delegation: Bilingual | None
    seat: Bilingual | None


class FirstAdmission(msgspec.Struct, frozen=True):
    """When and where the guest was admitted first."""

    at: datetime
    gate: Bilingual


class ScanAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A fact is stored, and this is the server's verdict."""

    id: UUID
    stored: bool = True
    verdict: str | None
    guest: GuestCard | None = None
    first: FirstAdmission | None = None
    opens_at: datetime | None = None
    gates: tuple[Bilingual, ...] = ()
    edition: Bilingual | None = None


class NotStored(msgspec.Struct, frozen=True, kw_only=True):
    """A fact was not stored, and sending it again cannot change that."""

    id: str
    stored: bool = False
    error: str


DIFFERENT_BODY = "different_body"
MALFORMED = "malformed"
