"""The organisers' list of guests: search, filters with counts, sort, pages, export."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.core.db import fetch
from wcd.core.i18n import Bilingual
from wcd.core.listing import Page, Slice
from wcd.core.names import needles
from wcd.registration import rules
from wcd.registration.views import CategoryMark, Facet, GuestRow

HIDDEN = (rules.DRAFT, rules.ERASED)
"""Not shown unless a state is asked for: begun and left, or taken out."""
SORTS = {
    "name": "g.sort_key",
    "number": "g.number",
    "submitted": "coalesce(g.submitted_at, g.begun_at)",
    "country": "g.country",
    "organisation": "coalesce(nullif(g.organisation_zh, ''), g.organisation_en)",
}


class GuestFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which guests are wanted. Empty means any; ``sort`` with a minus before it turns the order round."""

    q: str = ""
    state: str = ""
    category: str = ""
    country: str = ""
    abroad: str = ""
    """``yes``: from outside the mainland; ``no``: from it."""
    language: str = ""
    delegation: str = ""
    """A delegation's id."""
    sort: str = "-submitted"


class Facets(msgspec.Struct, frozen=True):
    """How many each value of a filter would show, the other filters as they are."""

    states: dict[str, int]
    categories: dict[str, int]
    countries: list[Facet]
    abroad: int
    languages: dict[str, int]


class ExportRow(msgspec.Struct, frozen=True):
    """A guest as a line of the exported table."""

    number: int | None
    native_name: str
    latin_name: str
    category: str
    state: str
    organisation_zh: str
    organisation_en: str
    post: str
    country: str
    email: str
    telephone: str
    language: str
    diet: str
    diet_note: str
    access: str
    access_needs: str
    delegation_zh: str
    delegation_en: str
    is_head: bool
    sessions: str
    submitted_at: datetime | None
    decided_at: datetime | None


async def list_guests(edition: UUID, wanted: GuestFilter, piece: Slice) -> Page[GuestRow]:
    """One page of the guests whom the filter lets through, in a stable order."""
    where, args = _where(edition, wanted)
    total = int((await fetch(f"SELECT count(*) AS n FROM {_FROM} WHERE {where}", *args))[0]["n"])  # noqa: S608 - clauses are ours, values are parameters
    last = max(1, -(-total // piece.size))
    piece = Slice(min(piece.number, last), piece.size)
    rows = await fetch(
        f"""SELECT g.id, g.number, g.state, g.native_name, g.latin_name, g.organisation_zh, g.organisation_en,
                g.post, g.country, g.language, g.submitted_at, g.begun_at, (g.access || g.access_needs) <> '' AS asks_access,
                c.code AS category_code, c.name_zh AS category_zh, c.name_en AS category_en, c.mark,
                d.name_zh AS delegation_zh, d.name_en AS delegation_en,
                (SELECT count(*) FROM registration_booking b WHERE b.guest = g.id
                    AND b.state IN ('confirmed', 'waiting')) AS sessions
            FROM {_FROM} WHERE {where} ORDER BY {_order(wanted.sort)} LIMIT {piece.size} OFFSET {piece.offset}""",  # noqa: S608 - clauses are ours, values are parameters
        *args,
    )
    return Page([_row(row) for row in rows], total, piece.number, piece.size)


async def list_guest_ids(edition: UUID, wanted: GuestFilter) -> list[UUID]:
    """All whom the filter lets through: to act on more than one page."""
    where, args = _where(edition, wanted)
    rows = await fetch(f"SELECT g.id FROM {_FROM} WHERE {where} ORDER BY {_order(wanted.sort)}", *args)  # noqa: S608 - clauses are ours, values are parameters
    return [row["id"] for row in rows]


async def count_facets(edition: UUID, wanted: GuestFilter) -> Facets:
    """The counts beside tabs and filters: each leaves out its own filter, so that it says what a click would show."""
    states = await _counts(edition, msgspec.structs.replace(wanted, state="*"), "g.state")
    categories = await _counts(edition, msgspec.structs.replace(wanted, category=""), "c.code")
    countries = await _counts(edition, msgspec.structs.replace(wanted, country=""), "g.country")
    languages = await _counts(edition, msgspec.structs.replace(wanted, language=""), "g.language")
    abroad = await _counts(edition, msgspec.structs.replace(wanted, abroad=""), _ABROAD)
    return Facets(
        states={state: states.get(state, 0) for state in rules.STATES},
        categories=categories,
        countries=[
            Facet(value, count)
            for value, count in sorted(countries.items(), key=lambda one: (-one[1], one[0]))
            if value
        ],
        abroad=abroad.get("true", 0),
        languages=languages,
    )


async def export_guests(edition: UUID, wanted: GuestFilter) -> list[ExportRow]:
    """Everybody whom the filter lets through, with all that organisers need on paper."""
    where, args = _where(edition, wanted)
    rows = await fetch(
        f"""SELECT g.*, c.code AS category_code, coalesce(d.name_zh, '') AS delegation_zh,
                coalesce(d.name_en, '') AS delegation_en,
                coalesce((SELECT string_agg(s.code || CASE WHEN b.state = 'waiting' THEN ' (waiting)' ELSE '' END, ', '
                    ORDER BY s.starts_at, s.code) FROM registration_booking b JOIN agenda_published_session s ON s.id = b.session
                    WHERE b.guest = g.id AND b.state IN ('confirmed', 'waiting')), '') AS sessions
            FROM {_FROM} WHERE {where} ORDER BY {_order(wanted.sort)}""",  # noqa: S608 - clauses are ours, values are parameters
        *args,
    )
    same = [name for name in ExportRow.__struct_fields__ if name != "category"]
    return [ExportRow(**{name: row[name] for name in same}, category=row["category_code"]) for row in rows]


_FROM = """registration_guest g JOIN registration_category c ON c.id = g.category
    LEFT JOIN registration_delegation d ON d.id = g.delegation"""
_ABROAD = "(g.country NOT IN ('', 'CN'))"


def _where(edition: UUID, wanted: GuestFilter) -> tuple[str, list[Any]]:
    """The clauses and their values; what is no possible value finds nobody."""
    clauses, args = ["g.edition = $1"], list[Any]([edition])

    def add(clause: str, value: Any) -> None:
        args.append(value)
        clauses.append(clause.replace("?", f"${len(args)}"))

    if wanted.state == "":
        add("g.state <> ALL(?::text[])", list(HIDDEN))
    elif wanted.state != "*":
        add("g.state = ?", wanted.state)
    for name, column in (("category", "c.code"), ("country", "g.country"), ("language", "g.language")):
        if value := getattr(wanted, name):
            add(f"{column} = ?", value)
    if wanted.delegation:
        add("g.delegation::text = ?", wanted.delegation.lower())
    if wanted.abroad in {"yes", "no"}:
        clauses.append(_ABROAD if wanted.abroad == "yes" else f"NOT {_ABROAD}")
    if wanted.q.strip():
        _add_search(wanted.q.strip(), add)
    return " AND ".join(clauses), args


def _add_search(q: str, add: Any) -> None:
    """Names and organisations in both scripts and in pinyin; a registration number; part of a mail address."""
    if q.isdecimal() and len(q) < 10:  # fits an integer
        add("g.number = ?", int(q))
    elif "@" in q:
        add("position(lower(?) IN lower(g.email)) > 0", q)
    else:
        words = needles(q)
        add(
            "cardinality(?::text[]) > 0 AND NOT EXISTS"
            " (SELECT FROM unnest(?::text[]) AS word WHERE position(word IN g.search_keys) = 0)",
            words,
        )


def _order(sort: str) -> str:
    column = SORTS.get(sort.removeprefix("-"), SORTS["submitted"])
    way = "DESC" if sort.startswith("-") else "ASC"
    return f"{column} {way} NULLS LAST, g.sort_key, g.id"


async def _counts(edition: UUID, wanted: GuestFilter, column: str) -> dict[str, int]:
    where, args = _where(edition, wanted)
    sql = f"SELECT {column}::text AS value, count(*) AS n FROM {_FROM} WHERE {where} GROUP BY 1"  # noqa: S608 - clauses are ours, values are parameters
    rows = await fetch(sql, *args)
    return {row["value"]: row["n"] for row in rows}


def _row(row: Any) -> GuestRow:
    same = [
        name for name in GuestRow.__struct_fields__ if name not in {"category", "organisation", "delegation"}
    ]
    return GuestRow(
        **{name: row[name] for name in same},
        category=CategoryMark(
            row["category_code"], Bilingual(row["category_zh"], row["category_en"]), row["mark"]
        ),
        organisation=Bilingual(row["organisation_zh"], row["organisation_en"]),
        delegation=Bilingual(row["delegation_zh"] or "", row["delegation_en"] or ""),
    )
