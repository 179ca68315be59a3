"""Reading the outbox for the organisers' pages."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from wcd.core.db import fetch
from wcd.core.errors import NotFound
from wcd.core.listing import Page, Slice
from wcd.editions.queries import edition_by_id
from wcd.mail.rendering import Rendered, render

_COLUMNS = (
    "id, kind, address, name, locale, about, attachment, state, attempts, perhaps_twice, queued_at, due_at,"
    " sent_at, changed_at, answer"
)
_ONE = f"SELECT {_COLUMNS} FROM mail_mail WHERE id = $1 AND (edition = $2 OR edition IS NULL)"  # noqa: S608
_FOUND = """
FROM mail_mail
WHERE (edition = $1 OR edition IS NULL)
AND ($2 = '' OR state = $2) AND ($3 = '' OR kind = $3)
AND ($4 = '' OR address ILIKE $4 OR name ILIKE $4)
AND ($5::uuid IS NULL OR about = $5)
"""


class MailRow(msgspec.Struct, frozen=True):
    """One mail as the outbox lists it, with the server's answer."""

    id: UUID
    kind: str
    address: str
    name: str
    locale: str
    about: UUID | None
    attachment: str
    state: str
    attempts: int
    perhaps_twice: bool
    queued_at: datetime
    due_at: datetime
    sent_at: datetime | None
    changed_at: datetime
    answer: str

    @property
    def may_retry(self) -> bool:
        """Whether sending it again makes sense."""
        return self.state in {"failed", "bounced", "deferred", "held"}


async def list_mails(
    edition: UUID,
    *,
    state: str = "",
    kind: str = "",
    search: str = "",
    about: UUID | None = None,
    wanted: Slice | None = None,
) -> Page[MailRow]:
    """Mails of an edition and those of no edition (staff), newest first."""
    wanted = wanted or Slice()
    pattern = "%" + search.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    given = (edition, state, kind, pattern if search.strip() else "", about)
    total = (await fetch(f"SELECT count(*) {_FOUND}", *given))[0][0]
    rows = await fetch(
        f"SELECT {_COLUMNS} {_FOUND} ORDER BY queued_at DESC, id DESC LIMIT $6 OFFSET $7",
        *given, wanted.size, wanted.offset,
    )  # fmt: skip
    return Page([MailRow(**dict(row)) for row in rows], total, wanted.number, wanted.size)


async def list_mails_about(subject: UUID, limit: int = 50) -> list[MailRow]:
    """Mails about one guest (or staff member), newest first."""
    rows = await fetch(
        f"SELECT {_COLUMNS} FROM mail_mail WHERE about = $1 ORDER BY queued_at DESC, id DESC LIMIT $2",  # noqa: S608
        subject, limit,
    )  # fmt: skip
    return [MailRow(**dict(row)) for row in rows]


async def get_mail(mail_id: UUID, edition: UUID) -> MailRow:
    """One mail of this edition, or of none."""
    rows = await fetch(_ONE, mail_id, edition)
    if not rows:
        raise NotFound
    return MailRow(**dict(rows[0]))


async def count_by_state(edition: UUID) -> dict[str, int]:
    """How many mails are in each state; states without any are left out."""
    rows = await fetch(
        "SELECT state, count(*) AS number FROM mail_mail WHERE edition = $1 OR edition IS NULL GROUP BY state",
        edition,
    )
    return {row["state"]: row["number"] for row in rows}


async def preview(mail_id: UUID, edition: UUID) -> Rendered:
    """The letter rendered again in the reader's language, as it would be sent now, without its personal link."""
    await get_mail(mail_id, edition)
    rows = await fetch(
        "SELECT kind, locale, context, edition, attachment FROM mail_mail WHERE id = $1", mail_id
    )
    row: dict[str, Any] = dict(rows[0])
    return render(
        row["kind"],
        msgspec.json.decode(row["context"]),
        locale=row["locale"],
        edition=await edition_by_id(row["edition"]) if row["edition"] else None,
        attached=bool(row["attachment"]),
        with_links=False,
    )
