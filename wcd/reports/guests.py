"""Guests looked at across rooms: those chosen in a list, and the list as a table to take along."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.core.db import fetch, in_transaction
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.queries import EditionView
from wcd.registration.lists import ExportRow, GuestFilter, export_guests

BOM = "\ufeff"
"""Without it spreadsheets read UTF-8 as the machine's own encoding."""
# A spreadsheet takes a cell that begins so for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

COLUMNS = {
    "number": _("Number"),
    "native_name": _("Name"),
    "latin_name": _("Latin name"),
    "category": _("Category"),
    "state": _("State"),
    "organisation_zh": _("Organisation in Chinese"),
    "organisation_en": _("Organisation in English"),
    "post": _("Post"),
    "country": _("Country or region"),
    "email": _("Mail address"),
    "telephone": _("Telephone"),
    "language": _("Language"),
    "diet": _("Diet"),
    "diet_note": _("Note on diet"),
    "access": _("Access needs"),
    "access_needs": _("Note on access"),
    "delegation_zh": _("Delegation in Chinese"),
    "delegation_en": _("Delegation in English"),
    "is_head": _("Head of delegation"),
    "sessions": _("Sessions"),
    "submitted_at": _("Registered on"),
    "decided_at": _("Decided"),
}


class Chosen(msgspec.Struct, frozen=True):
    """A guest who was chosen in a list."""

    id: UUID
    number: int | None
    native_name: str
    latin_name: str
    state: str


async def list_chosen(edition_id: UUID, ids: Sequence[UUID]) -> list[Chosen]:
    """Those of these guests who belong to the edition, by name."""
    rows = await fetch(
        """SELECT id, number, native_name, latin_name, state FROM registration_guest
           WHERE edition = $1 AND id = ANY($2) AND state <> 'erased' ORDER BY sort_key, id""",
        edition_id,
        list(ids),
    )
    return [msgspec.convert(dict(row), Chosen) for row in rows]


@in_transaction
async def export_list(edition: EditionView, wanted: GuestFilter, *, by: Actor) -> bytes:
    """The list as it is shown, as CSV for spreadsheets; that it was taken along is written down."""
    by.must("guests.export", edition.id)
    rows = await export_guests(edition.id, wanted)
    await audit.record(by, "guests.exported", edition.id, edition=edition.id, rows=len(rows))
    return write_csv((_line(row, edition.zone) for row in rows), [str(word) for word in COLUMNS.values()])


def write_csv(lines: Iterable[Sequence[str]], head: Sequence[str]) -> bytes:
    """UTF-8 with BOM; no cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([plain(cell) for cell in head])
    writer.writerows([plain(cell) for cell in line] for line in lines)
    return (BOM + out.getvalue()).encode()


def plain(cell: str) -> str:
    """A cell that a spreadsheet shows as text: an apostrophe before what would be a formula."""
    return f"'{cell}" if cell.lstrip(" \u3000\n").startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def _line(row: ExportRow, zone: str) -> list[str]:
    return [_cell(getattr(row, name), zone) for name in COLUMNS]


def _cell(value: Any, zone: str) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if hasattr(value, "astimezone"):
        local: str = value.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
        return local
    return str(value)
