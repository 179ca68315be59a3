"""Importing guests from a table: all rows or none, findings with row and column."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.core.clock import now
from wcd.core.contacts import is_telephone, mail_problem, read_mail
from wcd.core.db import execute, fetch, in_transaction
from wcd.core.decoding import decode
from wcd.core.i18n import lazy_gettext as _
from wcd.core.ids import new_code, new_short_code, uuid7
from wcd.core.names import clean_name, clean_text, fold, search_keys, sort_key
from wcd.mail import outbox
from wcd.registration import mails, rules
from wcd.registration.categories import list_categories
from wcd.registration.errors import Finding, ImportRefused
from wcd.registration.inputs import foreign_part, is_country, is_latin
from wcd.registration.locked import LockedGuest

COLUMNS = (
    "native_name", "latin_name", "language", "organisation_zh", "organisation_en", "email", "telephone", "country",
    "category",
)  # fmt: skip
LENGTHS = {"email": 254, "telephone": 40, "country": 2, "category": 12, "language": 2}
MOST_ROWS = 20_000
DEFAULT_CATEGORY = "delegate"

NEITHER_TEXT = _("The file is neither UTF-8 nor GB 18030.")
EMPTY = _("The file has no rows.")
TOO_MANY = _("The file has more than 20,000 rows.")
NO_HEAD = _("The first row must name the columns; “email” is missing.")
TWICE = _("This column is named twice.")
TOO_MANY_CELLS = _("This row has more cells than the head.")
BROKEN = _("The table cannot be read: a quotation mark is not closed, or a cell is too long.")
NO_NAME = _("One of native_name and latin_name is needed.")
TOO_LONG = _("This is too long: at most %(limit)s characters.")
NOT_LATIN = _("“%(found)s” is not in Latin letters.")
NO_SUCH_LANGUAGE = _("The language is zh or en.")
NO_SUCH_COUNTRY = _("This is no code of a country or region (ISO 3166-1, two letters).")
NO_SUCH_CATEGORY = _("There is no such category in this edition.")
NO_TELEPHONE = _("This is no telephone number.")


class Imported(msgspec.Struct, frozen=True):
    """What an import did (or would do): how many guests, and which columns were left out."""

    guests: int
    left_out: list[str]
    ids: list[UUID] = []


class ReadTable(msgspec.Struct, frozen=True):
    """The rows of a file as columns and cells, with the number of each in the file."""

    rows: list[tuple[int, dict[str, str]]]
    left_out: list[str]


async def import_guests(
    edition: UUID, content: bytes, *, approve: bool = False, dry_run: bool = False, by: Actor
) -> Imported:
    """Take in every row, or none and say why. ``approve``: at once, with badge codes and letters."""
    by.must("guests.edit", edition)
    table = read_table(content)
    categories = {category.code: category.id for category in await list_categories(edition)}
    findings = [
        finding for number, cells in table.rows for finding in check_row(number, cells, set(categories))
    ]
    if findings:
        raise ImportRefused(findings)
    if dry_run:
        return Imported(len(table.rows), table.left_out)
    ids = await _write(edition, [cells for _, cells in table.rows], categories, approve=approve, by=by)
    return Imported(len(ids), table.left_out, ids)


def read_table(content: bytes) -> ReadTable:
    """CSV or TSV with a head row, in UTF-8 (with or without BOM) or GB 18030. Unknown columns are left out."""
    lines = _lines(_decoded(content))
    head_number, head = next(lines, (1, []))
    names = [name.strip().lower().replace(" ", "_") for name in head]
    if "email" not in names:
        raise ImportRefused([Finding(head_number, "email", NO_HEAD)])
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        raise ImportRefused([Finding(head_number, name, TWICE) for name in twice])
    rows, findings = [], []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            findings.append(Finding(number, "", TOO_MANY_CELLS))
        given = dict(zip(names, cells, strict=False))
        rows.append((number, {name: clean_text(given.get(name, "")) for name in COLUMNS}))
    if not rows:
        findings.append(Finding(head_number + 1, "", EMPTY))
    if len(rows) > MOST_ROWS:
        findings.append(Finding(rows[MOST_ROWS][0], "", TOO_MANY))
    if findings:
        raise ImportRefused(findings)
    return ReadTable(rows, [name for name in dict.fromkeys(names) if name and name not in COLUMNS])


def check_row(number: int, cells: dict[str, str], categories: set[str]) -> Iterator[Finding]:
    """Everything that does not hold in one row."""
    for name, text in cells.items():
        limit = LENGTHS.get(name, 200)
        if len(text) > limit:
            yield Finding(number, name, TOO_LONG % {"limit": limit})
    native, latin = clean_name(cells["native_name"]), clean_name(cells["latin_name"])
    if not fold(native) and not fold(latin):
        yield Finding(number, "native_name", NO_NAME)
    elif latin and (found := foreign_part(latin)):
        yield Finding(number, "latin_name", NOT_LATIN % {"found": found})
    if cells["language"] and cells["language"].lower() not in {"zh", "en"}:
        yield Finding(number, "language", NO_SUCH_LANGUAGE)
    if sentence := mail_problem(cells["email"]):
        yield Finding(number, "email", sentence)
    if cells["telephone"] and not is_telephone(cells["telephone"]):
        yield Finding(number, "telephone", NO_TELEPHONE)
    if cells["country"] and not is_country(cells["country"].upper()):
        yield Finding(number, "country", NO_SUCH_COUNTRY)
    if (cells["category"].lower() or DEFAULT_CATEGORY) not in categories:
        yield Finding(number, "category", NO_SUCH_CATEGORY)


def _decoded(content: bytes) -> str:
    text = decode(content)
    if text is None:
        raise ImportRefused([Finding(1, "", NEITHER_TEXT)])
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their line in the file; the sign that stands more often in the head parts the cells."""
    head = text.split("\n", 1)[0]
    sign = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except csv.Error:
        raise ImportRefused([Finding(number, "", BROKEN)]) from None


@in_transaction
async def _write(
    edition: UUID, rows: Sequence[dict[str, str]], categories: dict[str, UUID], *, approve: bool, by: Actor
) -> list[UUID]:
    """All rows in a few statements. Held: the edition's counter, so the numbers follow the file's order."""
    counter = await fetch(
        """INSERT INTO registration_counter AS c (id, edition, last) VALUES ($1, $2, $3)
           ON CONFLICT (edition) DO UPDATE SET last = c.last + $3 RETURNING last""",
        uuid7(), edition, len(rows),
    )  # fmt: skip
    first = counter[0]["last"] - len(rows) + 1
    state, at = (rules.APPROVED if approve else rules.SUBMITTED), now()
    guests = [_guest(edition, cells, categories, first + place, state) for place, cells in enumerate(rows)]
    extra = [_kept(cells) for cells in rows]
    await execute(
        """INSERT INTO registration_guest (id, edition, category, number, state, native_name, latin_name, email, language,
               step, version, link_version, telephone, organisation_zh, organisation_en, country, sort_key, search_keys,
               begun_at, submitted_at, confirmed_at, decided_at, changed_at)
           SELECT id, $1, category, number, $2, native_name, latin_name, email, language, 4, 1, 1, telephone,
               organisation_zh, organisation_en, country, sort_key, search_keys, $3, $3, $3, $4, $3
           FROM unnest($5::uuid[], $6::uuid[], $7::int[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
               $13::text[], $14::text[], $15::text[], $16::text[], $17::text[])
               AS one (id, category, number, native_name, latin_name, email, language, telephone, organisation_zh,
               organisation_en, country, sort_key, search_keys)""",
        edition, state, at, at if approve else None,
        *([getattr(guest, name) for guest in guests]
          for name in ("id", "category", "number", "native_name", "latin_name", "email", "language")),
        *([kept[name] for kept in extra]
          for name in ("telephone", "organisation_zh", "organisation_en", "country", "sort_key", "search_keys")),
    )  # fmt: skip
    for guest in guests:
        await audit.record(by, "guest.imported", guest.id, edition=edition, state=state)
    if approve:
        await _give_codes(edition, guests)
        await outbox.queue_many([await mails.approval_letter(guest) for guest in guests])
    return [guest.id for guest in guests]


def _guest(
    edition: UUID, cells: dict[str, str], categories: dict[str, UUID], number: int, state: str
) -> LockedGuest:
    native, latin = _names(cells)
    country = cells["country"].upper()
    return LockedGuest(
        id=uuid7(),
        edition=edition,
        category=categories[cells["category"].lower() or DEFAULT_CATEGORY],
        number=number,
        state=state,
        native_name=native,
        latin_name=latin,
        email=read_mail(cells["email"]),
        # Not said: Chinese for who comes from the mainland or is written in Han alone, else English.
        language=cells["language"].lower()
        or ("zh" if country == "CN" or (not country and not latin) else "en"),
        step=rules.LAST_STEP,
        version=1,
        link_version=1,
    )


def _names(cells: dict[str, str]) -> tuple[str, str]:
    native, latin = clean_name(cells["native_name"]), clean_name(cells["latin_name"])
    return native or latin, latin or (native if is_latin(native) else "")


def _kept(cells: dict[str, str]) -> dict[str, Any]:
    names = _names(cells)
    bodies = cells["organisation_zh"], cells["organisation_en"]
    return {
        "telephone": cells["telephone"],
        "organisation_zh": bodies[0],
        "organisation_en": bodies[1],
        "country": cells["country"].upper(),
        "sort_key": sort_key(*names),
        "search_keys": search_keys(*names, *bodies),
    }


async def _give_codes(edition: UUID, guests: Sequence[LockedGuest]) -> None:
    """A code for each; a short code that is taken already (one in many millions) undoes the whole import."""
    await execute(
        """INSERT INTO registration_code (id, guest, edition, code, short_code, made_at)
           SELECT id, guest, $1, code, short_code, $2
           FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[]) AS one (id, guest, code, short_code)""",
        edition, now(), [uuid7() for _ in guests], [guest.id for guest in guests],
        [new_code() for _ in guests], [new_short_code() for _ in guests],
    )  # fmt: skip
