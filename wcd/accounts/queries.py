"""Reading about staff: who is signed in, who has which role."""

from datetime import datetime
from uuid import UUID

import msgspec

from wcd.core.clock import now
from wcd.core.db import fetch
from wcd.core.errors import NotFound


class Grant(msgspec.Struct, frozen=True):
    """A role and the edition for which it holds; None for all."""

    role: str
    edition_id: UUID | None


class StaffRow(msgspec.Struct, frozen=True):
    """One member of the staff, as the list shows them."""

    id: UUID
    mail: str
    name: str
    locale: str
    is_active: bool
    has_password: bool
    created_at: datetime
    last_sign_in: datetime | None
    grants: tuple[Grant, ...]

    def roles_for(self, edition_id: UUID | None) -> frozenset[str]:
        """Roles that hold in an edition, those for all editions included."""
        return frozenset(g.role for g in self.grants if g.edition_id in {None, edition_id})

    def where(self, role: str, edition_id: UUID | None) -> str:
        """``all``, ``edition`` or nothing: what the form of roles shows."""
        places = {g.edition_id for g in self.grants if g.role == role}
        return "all" if None in places else "edition" if edition_id in places else ""


class SignedIn(msgspec.Struct, frozen=True):
    """What a sign-in's token says: who, with which roles, in which edition."""

    staff_id: UUID
    name: str
    edition_id: UUID | None
    roles: frozenset[str]


class EditionChoice(msgspec.Struct, frozen=True):
    """An edition that a member of the staff may choose."""

    id: UUID
    code: str
    name_zh: str
    name_en: str


# Piccolo cannot say the lateral join: the edition at hand is the chosen one if there is still a grant for it,
# else the current one, else the newest.
_SIGNED_IN = """
SELECT staff.id AS staff_id, staff.name, chosen.id AS edition_id,
    array(SELECT DISTINCT role FROM accounts_role_grant g
          WHERE g.staff = staff.id AND (g.edition IS NULL OR g.edition = chosen.id)) AS roles
FROM accounts_sign_in sign_in
JOIN accounts_staff staff ON staff.id = sign_in.staff AND staff.is_active
LEFT JOIN LATERAL (
    SELECT e.id FROM editions_edition e
    WHERE EXISTS (SELECT 1 FROM accounts_role_grant g
                  WHERE g.staff = staff.id AND (g.edition IS NULL OR g.edition = e.id))
    ORDER BY (e.id IS NOT DISTINCT FROM sign_in.edition) DESC, e.is_current DESC, e.first_day DESC
    LIMIT 1
) chosen ON true
WHERE sign_in.token_hash = $1 AND sign_in.expires_at > $2
"""

_STAFF = """
SELECT staff.id, staff.mail, staff.name, staff.locale, staff.is_active, staff.created_at,
    staff.password_hash <> '' AS has_password,
    (SELECT max(s.created_at) FROM accounts_sign_in s WHERE s.staff = staff.id) AS last_sign_in,
    coalesce((SELECT json_agg(json_build_object('role', g.role, 'edition_id', g.edition) ORDER BY g.role)
              FROM accounts_role_grant g WHERE g.staff = staff.id), '[]') AS grants
FROM accounts_staff staff
"""


async def find_signed_in_row(token_hash: str) -> SignedIn | None:
    """Who holds the token with this hash, in one statement."""
    rows = await fetch(_SIGNED_IN, token_hash, now())
    return msgspec.convert(dict(rows[0]), SignedIn) if rows else None


async def list_staff() -> list[StaffRow]:
    """Everybody who has or had a role, active ones first, by name."""
    rows = await fetch(f"{_STAFF} ORDER BY staff.is_active DESC, lower(staff.name), staff.mail")
    return [_staff_row(row) for row in rows]


async def get_staff(staff_id: UUID) -> StaffRow:
    """One member of the staff."""
    rows = await fetch(f"{_STAFF} WHERE staff.id = $1", staff_id)
    if not rows:
        raise NotFound
    return _staff_row(rows[0])


async def list_editions_of(staff_id: UUID) -> list[EditionChoice]:
    """The editions that somebody may choose: those for which they have a role."""
    rows = await fetch(
        """SELECT e.id, e.code, e.short_name_zh AS name_zh, e.short_name_en AS name_en FROM editions_edition e
           WHERE EXISTS (SELECT 1 FROM accounts_role_grant g
                         WHERE g.staff = $1 AND (g.edition IS NULL OR g.edition = e.id))
           ORDER BY e.first_day DESC""",
        staff_id,
    )
    return [msgspec.convert(dict(row), EditionChoice) for row in rows]


async def owners() -> frozenset[UUID]:
    """Everybody who can sign in as owner."""
    rows = await fetch(
        """SELECT s.id FROM accounts_role_grant g JOIN accounts_staff s ON s.id = g.staff
           WHERE g.role = 'owner' AND g.edition IS NULL AND s.is_active AND s.password_hash <> ''"""
    )
    return frozenset(row["id"] for row in rows)


def _staff_row(row: object) -> StaffRow:
    values = dict(row)  # type: ignore[call-overload] # asyncpg brings no types
    return msgspec.convert({**values, "grants": msgspec.json.decode(values["grants"])}, StaffRow)
