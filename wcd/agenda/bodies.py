"""The organisations that host sessions: made, changed, merged, removed. Releases keep the names they had."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda.errors import BodyInUse, NoSuchBody
from wcd.agenda.tables import Body
from wcd.agenda.working import raise_working
from wcd.core.contacts import mail_problem, read_mail
from wcd.core.db import execute, fetch, in_transaction
from wcd.core.i18n import Bilingual, LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.ids import code_of_title
from wcd.core.names import clean_text, fold, sort_key

Name = Annotated[str, Meta(max_length=200)]
LONGEST_CODE = 60


class BodyDetails(msgspec.Struct, frozen=True, kw_only=True):
    """A body as organisers edit it: names, whom to write to there, and its site."""

    name_zh: Name = ""
    name_en: Name = ""
    contact_name: Annotated[str, Meta(max_length=120)] = ""
    email: Annotated[str, Meta(max_length=254)] = ""
    language: Literal["zh", "en", ""] = ""
    url: Annotated[str, Meta(max_length=300)] = ""

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """What does not hold."""
        if not self.name_zh and not self.name_en:
            yield "name_zh", _("Please give the name in at least one language.")
        if self.email and (problem := mail_problem(self.email)):
            yield "email", problem
        if self.url and not self.url.startswith(("https://", "http://")):
            yield "url", _("An address of a site begins with https://.")

    @property
    def columns(self) -> dict[str, Any]:
        """As they are kept."""
        values = {name: clean_text(text) for name, text in msgspec.structs.asdict(self).items()}
        return values | {"email": read_mail(self.email) if self.email else ""}


class BodyView(msgspec.Struct, frozen=True):
    """A body, and how many sessions of the working copy it hosts. ``doubles``: others of the same name."""

    id: UUID
    code: str
    name: Bilingual
    contact_name: str
    email: str
    language: str
    url: str
    sessions: int
    doubles: list[UUID] = []


async def list_bodies(edition: UUID, search: str = "") -> list[BodyView]:
    """The bodies by name as the reader's language sorts, all or those whom a search finds: one query."""
    rows = await fetch(
        """SELECT b.*, (SELECT count(*) FROM agenda_hosting h WHERE h.body = b.id) AS sessions
           FROM agenda_body b WHERE b.edition = $1 ORDER BY b.code""",
        edition,
    )
    alike: dict[str, list[UUID]] = {}
    for row in rows:
        for key in _keys(row):
            alike.setdefault(key, []).append(row["id"])
    found = sorted((_view(row, alike) for row in rows), key=_order)
    words = fold(search).split()
    if search.strip() and not words:
        return []
    return [one for one in found if all(word in fold(f"{one.name.zh} {one.name.en}") for word in words)]


async def get_body(edition: UUID, body: UUID) -> BodyView:
    """One body; those of other editions are not found."""
    for one in await list_bodies(edition):
        if one.id == body:
            return one
    raise NoSuchBody


@in_transaction
async def add_body(edition: UUID, details: BodyDetails, *, by: Actor) -> UUID:
    """A new body. Its code comes from the English name."""
    by.must("agenda.edit", edition)
    await raise_working(edition)
    taken = {row["code"] for row in await fetch("SELECT code FROM agenda_body WHERE edition = $1", edition)}
    code = code_of_title(details.name_en or details.name_zh, taken, otherwise="body", longest=LONGEST_CODE)
    columns: dict[Any, Any] = details.columns
    row = Body(edition=edition, code=code, **columns)
    await Body.insert(row)
    await audit.record(by, "body.added", row.id, edition=edition)
    return row.id


@in_transaction
async def change_body(body: UUID, details: BodyDetails, *, by: Actor) -> None:
    """Change what is said of it; its code stays. Guests see new names with the next release."""
    edition = await _scope(body, by)
    working = await raise_working(edition)
    columns: dict[Any, Any] = details.columns
    await Body.update(columns).where(Body.id == body)
    await _touch(working, body)
    await audit.record(by, "body.changed", body, edition=edition)


@in_transaction
async def merge_bodies(kept: UUID, double: UUID, *, by: Actor) -> None:
    """What two bodies host, one hosts; the other is gone. What the kept one does not say, it takes from its double."""
    edition = await _scope(kept, by)
    if kept == double or await _scope(double, by) != edition:
        raise NoSuchBody
    working = await raise_working(edition)
    await _touch(working, kept, double)
    await execute(
        "DELETE FROM agenda_hosting d WHERE d.body = $2"
        " AND EXISTS (SELECT FROM agenda_hosting k WHERE k.session = d.session AND k.body = $1)",
        kept, double,
    )  # fmt: skip
    await execute("UPDATE agenda_hosting SET body = $1 WHERE body = $2", kept, double)
    columns = BodyDetails.__struct_fields__
    filled = ", ".join(f"{name} = coalesce(nullif(k.{name}, ''), d.{name})" for name in columns)
    await execute(
        f"UPDATE agenda_body k SET {filled} FROM agenda_body d WHERE k.id = $1 AND d.id = $2",  # noqa: S608 - constants only
        kept,
        double,
    )
    await execute("DELETE FROM agenda_body WHERE id = $1", double)
    await audit.record(by, "body.merged", kept, edition=edition, double=str(double))


@in_transaction
async def remove_body(body: UUID, *, by: Actor) -> None:
    """Take a body away that hosts nothing."""
    edition = await _scope(body, by)
    await raise_working(edition)
    if await fetch("SELECT FROM agenda_hosting WHERE body = $1 LIMIT 1", body):
        raise BodyInUse
    await execute("DELETE FROM agenda_body WHERE id = $1", body)
    await audit.record(by, "body.removed", body, edition=edition)


async def _scope(body: UUID, by: Actor) -> UUID:
    by.must("agenda.edit")
    rows = await fetch("SELECT edition FROM agenda_body WHERE id = $1", body)
    if not rows or not by.sees(rows[0]["edition"]):
        raise NoSuchBody
    edition: UUID = rows[0]["edition"]
    return edition


async def _touch(working: int, *bodies: UUID) -> None:
    """Those who edit a session that one of them hosts see that something has changed."""
    await execute(
        "UPDATE agenda_session SET touched = $1"
        " WHERE id IN (SELECT session FROM agenda_hosting WHERE body = ANY($2::uuid[]))",
        working,
        list(bodies),
    )


def _order(body: BodyView) -> tuple[str, str]:
    local = body.name.local
    return (sort_key(local) if body.name.lang == "zh" else fold(local)), body.code


def _keys(row: Any) -> set[str]:
    """What makes two bodies alike: the same name in one language, but for case, accents and signs."""
    return {key for name in ("name_zh", "name_en") if (key := fold(row[name]))}


def _view(row: Any, alike: dict[str, list[UUID]]) -> BodyView:
    same = ("id", "code", "contact_name", "email", "language", "url", "sessions")
    doubles = {one for key in _keys(row) for one in alike[key]} - {row["id"]}
    return BodyView(
        **{name: row[name] for name in same},
        name=Bilingual(row["name_zh"], row["name_en"]),
        doubles=sorted(doubles),
    )
