"""Guests prepared elsewhere, with codes, consents, wishes and bookings, written as they are: no mail is queued."""

from typing import Any
from uuid import UUID

import msgspec

from wcd.core.bulk import insert_rows
from wcd.core.db import in_transaction
from wcd.core.ids import uuid7
from wcd.registration.tables import Booking, Category, Code, Consent, Counter, Delegation, Guest, Wish

Rows = list[dict[str, Any]]


class GuestRows(msgspec.Struct):
    """The rows of a whole registration, each as columns and values."""

    categories: Rows = []
    delegations: Rows = []
    guests: Rows = []
    codes: Rows = []
    consents: Rows = []
    wishes: Rows = []
    bookings: Rows = []


@in_transaction
async def load_guests(edition: UUID, rows: GuestRows) -> None:
    """Write categories, delegations and guests; the next guest's number follows the last of these."""
    await insert_rows(Category, rows.categories)
    await insert_rows(Delegation, rows.delegations)
    await insert_rows(Guest, rows.guests)
    await insert_rows(Code, rows.codes)
    await insert_rows(Consent, rows.consents)
    await insert_rows(Wish, rows.wishes)
    await insert_rows(Booking, rows.bookings)
    last = max((row["number"] or 0 for row in rows.guests), default=0)
    if last:
        await Counter.insert(Counter(id=uuid7(), edition=edition, last=last))
