"""From a proposal to a session: one click, linked both ways; where and when is the timetable's to say."""

from typing import Any
from uuid import UUID

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda import rules as agenda_rules
from wcd.agenda.proposals import rules
from wcd.agenda.proposals.errors import NotAccepted
from wcd.agenda.proposals.locked import LockedProposal, edition_for, lock_proposal
from wcd.agenda.tables import Body, Hosting, Session
from wcd.agenda.working import Lock, raise_working
from wcd.core.clock import now
from wcd.core.db import execute, fetch, in_transaction
from wcd.core.ids import code_of_title

_SAME = (
    "title_zh", "title_en", "summary_zh", "summary_en", "minutes", "layout", "languages", "interpretation",
    "sdgs", "subjects",
)  # fmt: skip
"""Columns that a session takes over as they are."""


@in_transaction
async def make_session(proposal: UUID, *, by: Actor) -> UUID:
    """Make a session of an accepted proposal; asked for twice, the same one."""
    working = await raise_working(await edition_for(proposal, by))
    return await make_of(await lock_proposal(proposal, by=by), working, by=by)


async def make_of(held: LockedProposal, working: Lock, *, by: Actor) -> UUID:
    """The same within a transaction that holds the working copy and the proposal."""
    if held.session:
        return held.session
    if held.state != rules.ACCEPTED:
        raise NotAccepted
    row = (await fetch("SELECT * FROM agenda_proposal WHERE id = $1", held.id))[0]
    rows = await fetch("SELECT code FROM agenda_session WHERE edition = $1", held.edition)
    at = now()
    session = Session(
        **{name: row[name] for name in _SAME},
        edition=held.edition,
        code=code_of_title(row["title_en"], {one["code"] for one in rows}, otherwise="side-event"),
        kind=agenda_rules.SIDE_EVENT,
        state=agenda_rules.PLANNED,
        booking=agenda_rules.BY_BOOKING,
        seats=row["size"] or None,
        notes=row["needs"],
        zh_changed_at=at if row["title_zh"] or row["summary_zh"] else None,
        en_changed_at=at if row["title_en"] or row["summary_en"] else None,
        touched=working,
        changed_at=at,
        changed_by=by.id,
    )
    await Session.insert(session)
    await Hosting.insert(Hosting(session=session.id, body=await _body_of(row), position=1))
    await execute("UPDATE agenda_proposal SET session = $2 WHERE id = $1", held.id, session.id)
    await audit.record(by, "session.created", session.id, edition=held.edition, proposal=held.number)
    await audit.record(by, "proposal.made_session", held.id, edition=held.edition, session=str(session.id))
    return session.id


async def _body_of(row: Any) -> UUID:
    """The body of this name, in either language; else a new one with the proposal's contact."""
    rows = await fetch(
        "SELECT id, email FROM agenda_body WHERE edition = $1 AND ((name_zh <> '' AND lower(name_zh) = lower($2))"
        " OR (name_en <> '' AND lower(name_en) = lower($3))) ORDER BY code LIMIT 1",
        row["edition"], row["body_zh"], row["body_en"],
    )  # fmt: skip
    contact: dict[str, Any] = {name: row[name] for name in ("contact_name", "email", "language")}
    if not rows:
        codes = await fetch("SELECT code FROM agenda_body WHERE edition = $1", row["edition"])
        code = code_of_title(row["body_en"], {one["code"] for one in codes}, otherwise="body")
        names: dict[str, Any] = {name: row[f"body_{name[-2:]}"] for name in ("name_zh", "name_en")}
        body = Body(edition=row["edition"], code=code, **names, **contact)
        await Body.insert(body)
        return body.id
    found: UUID = rows[0]["id"]
    if not rows[0]["email"]:
        await execute(
            "UPDATE agenda_body SET contact_name = $2, email = $3, language = $4 WHERE id = $1",
            found, *contact.values(),
        )  # fmt: skip
    return found
