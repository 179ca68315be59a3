"""Reading proposals: lists with filters and scores, one with its thread, what waits for organisers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from wcd.agenda.proposals import rules
from wcd.agenda.proposals.errors import NoSuchProposal
from wcd.core.db import fetch
from wcd.core.i18n import Bilingual
from wcd.core.listing import Page, Slice

S = TypeVar("S", bound=msgspec.Struct)


class Wanted(msgspec.Struct, frozen=True):
    """Which proposals a list shows, and in which order; anything odd is left out."""

    state: str = ""
    day: str = ""
    subject: str = ""
    q: str = ""
    sort: str = ""


class ProposalRow(msgspec.Struct, frozen=True):
    """A proposal as a list shows it. ``average`` is of all organisers' points, ``own`` the asker's."""

    id: UUID
    number: int
    state: str
    title: Bilingual
    body: Bilingual
    contact_name: str
    email: str
    wish_days: list[date]
    wish_time: str
    room: Bilingual
    size: int
    minutes: int
    languages: list[str]
    subjects: list[str]
    session: UUID | None
    version: int
    submitted_at: datetime
    changed_at: datetime
    average: float | None
    scores: int
    own: int | None


class MessageView(msgspec.Struct, frozen=True):
    """A line of the thread."""

    from_partner: bool
    text: str
    by_name: str
    at: datetime


class ScoreView(msgspec.Struct, frozen=True):
    """What one organiser gave."""

    staff: UUID | None
    staff_name: str
    points: int
    note: str
    at: datetime


class ProposalView(msgspec.Struct, frozen=True):
    """A proposal with everything that the partner gave, and the thread."""

    id: UUID
    edition: UUID
    number: int
    state: str
    title: Bilingual
    summary: Bilingual
    body: Bilingual
    contact_name: str
    email: str
    telephone: str
    language: str
    wish_days: list[date]
    wish_time: str
    wish_room: UUID | None
    room: Bilingual
    size: int
    minutes: int
    layout: str
    needs: str
    languages: list[str]
    interpretation: list[str]
    subjects: list[str]
    sdgs: list[int]
    reason: str
    session: UUID | None
    link_version: int
    version: int
    submitted_at: datetime
    changed_at: datetime
    messages: list[MessageView]
    scores: list[ScoreView]

    def may(self, step: str) -> bool:
        """Whether this step can be taken now."""
        return rules.may(self.state, step)

    @property
    def average(self) -> float | None:
        """The mean of all points."""
        return rules.average([score.points for score in self.scores])

    @property
    def question(self) -> str:
        """What the partner has been asked last, where an answer is still awaited."""
        asked = [one.text for one in self.messages if not one.from_partner]
        return asked[-1] if asked and self.state == rules.ASKED else ""

    def points_of(self, staff: UUID | None) -> ScoreView | None:
        """What this organiser gave."""
        return next((score for score in self.scores if score.staff == staff), None)

    @property
    def missing(self) -> list[str]:
        """The languages in which title or description still have to follow."""
        return [
            lang for lang in ("zh", "en") if not getattr(self.title, lang) or not getattr(self.summary, lang)
        ]


class SessionOf(msgspec.Struct, frozen=True):
    """The session that was made of a proposal, as organisers have it, and whether guests see it."""

    id: UUID
    code: str
    state: str
    title: Bilingual
    starts_at: datetime | None
    ends_at: datetime | None
    is_published: bool


_FROM = """FROM agenda_proposal p LEFT JOIN venues_room r ON r.id = p.wish_room
    LEFT JOIN (SELECT proposal, avg(points)::float8 AS average, count(*)::int AS scores FROM agenda_score
               GROUP BY proposal) s ON s.proposal = p.id
    LEFT JOIN agenda_score o ON o.proposal = p.id AND o.staff = $2
    WHERE p.edition = $1"""
_FOUND = f"""{_FROM} AND ($3 = '' OR p.state = $3) AND ($4 = '' OR $4 = ANY(p.wish_days))
    AND ($5 = '' OR $5 = ANY(p.subjects))
    AND NOT EXISTS (SELECT FROM unnest($6::text[]) AS word WHERE strpos(lower(concat_ws(' ', p.number, p.title_zh,
        p.title_en, p.body_zh, p.body_en, p.contact_name, p.email)), word) = 0)"""
_ROW = """SELECT p.*, r.name_zh AS room_zh, r.name_en AS room_en, s.average, coalesce(s.scores, 0) AS scores,
    o.points AS own"""
_SORTS = {
    "number": "p.number",
    "submitted": "p.submitted_at",
    "changed": "p.changed_at",
    "score": "coalesce(s.average, -1)",
    "own": "coalesce(o.points, -1)",
}
SORTS = tuple(_SORTS)


async def list_proposals(
    edition: UUID, wanted: Wanted, piece: Slice, *, staff: UUID | None = None
) -> Page[ProposalRow]:
    """Proposals that fit, the newest first unless another order is asked for: two queries."""
    given = (edition, staff, wanted.state, wanted.day, wanted.subject, _words(wanted.q))
    total = (await fetch(f"SELECT count(*) AS n {_FOUND}", *given))[0]["n"]
    by, way = wanted.sort.removeprefix("-"), "DESC" if wanted.sort.startswith("-") else "ASC"
    order = f"{_SORTS[by]} {way}, p.number" if by in _SORTS else "p.number DESC"
    rows = await fetch(
        f"{_ROW} {_FOUND} ORDER BY {order} LIMIT $7 OFFSET $8", *given, piece.size, piece.offset
    )
    return Page([_row(row) for row in rows], total, piece.number, piece.size)


async def list_by_id(edition: UUID, ids: Sequence[UUID], *, staff: UUID | None = None) -> list[ProposalRow]:
    """Those of these proposals that are of the edition, by number."""
    rows = await fetch(
        f"{_ROW} {_FROM} AND p.id = ANY($3::uuid[]) ORDER BY p.number", edition, staff, list(ids)
    )
    return [_row(row) for row in rows]


async def get_proposal(proposal: UUID, *, edition: UUID | None = None) -> ProposalView:
    """One proposal with thread and scores: three queries. With ``edition``, those of others are not found."""
    rows = await fetch(
        "SELECT p.*, r.name_zh AS room_zh, r.name_en AS room_en FROM agenda_proposal p"
        " LEFT JOIN venues_room r ON r.id = p.wish_room WHERE p.id = $1 AND ($2::uuid IS NULL OR p.edition = $2)",
        proposal, edition,
    )  # fmt: skip
    if not rows:
        raise NoSuchProposal
    messages = await fetch(
        "SELECT from_partner, text, by_name, at FROM agenda_proposal_message WHERE proposal = $1 ORDER BY at, id",
        proposal,
    )
    scores = await fetch(
        "SELECT staff, staff_name, points, note, at FROM agenda_score WHERE proposal = $1 ORDER BY at, id",
        proposal,
    )
    return _view(
        rows[0], ProposalView, messages=[dict(one) for one in messages], scores=[dict(one) for one in scores]
    )


async def get_several(edition: UUID, ids: Sequence[UUID]) -> list[ProposalView]:
    """A few proposals with everything, to be compared, in the order asked for."""
    return [await get_proposal(one, edition=edition) for one in dict.fromkeys(ids)]


async def export_proposals(edition: UUID, wanted: Wanted) -> list[ProposalView]:
    """All proposals that fit, by number, to be taken along: two queries."""
    given = (edition, None, wanted.state, wanted.day, wanted.subject, _words(wanted.q))
    rows = await fetch(f"{_ROW} {_FOUND} ORDER BY p.number", *given)
    scores: dict[UUID, list[dict[str, Any]]] = {}
    for one in await fetch(
        "SELECT proposal, staff, staff_name, points, note, at FROM agenda_score WHERE proposal = ANY($1::uuid[])"
        " ORDER BY at, id",
        [row["id"] for row in rows],
    ):
        scores.setdefault(one["proposal"], []).append(dict(one))
    return [_view(row, ProposalView, messages=[], scores=scores.get(row["id"], [])) for row in rows]


async def count_by_state(edition: UUID) -> dict[str, int]:
    """How many proposals are in each state."""
    rows = await fetch(
        "SELECT state, count(*)::int AS n FROM agenda_proposal WHERE edition = $1 GROUP BY state", edition
    )
    return dict.fromkeys(rules.STATES, 0) | {row["state"]: row["n"] for row in rows}


async def session_of(session: UUID) -> SessionOf | None:
    """The session made of a proposal."""
    rows = await fetch(
        "SELECT s.id, s.code, s.state, s.title_zh, s.title_en, s.starts_at, s.ends_at,"
        " EXISTS (SELECT FROM agenda_published_session p WHERE p.id = s.id) AS is_published"
        " FROM agenda_session s WHERE s.id = $1",
        session,
    )
    return _view(rows[0], SessionOf) if rows else None


async def proposal_of(session: UUID) -> tuple[UUID, int] | None:
    """Id and number of the proposal of which a session was made."""
    rows = await fetch("SELECT id, number FROM agenda_proposal WHERE session = $1", session)
    return (rows[0]["id"], rows[0]["number"]) if rows else None


def _words(q: str) -> list[str]:
    return q.replace("\0", "").lower().split()[:8]


def _row(row: Any) -> ProposalRow:
    return _view(row, ProposalRow)


def _view(row: Any, shape: type[S], **more: Any) -> S:
    """A row as a struct; what is in both languages as one."""
    values: dict[str, Any] = dict(row) | more
    for name in ("title", "summary", "body", "room"):
        if f"{name}_zh" in values:
            values[name] = Bilingual(values[f"{name}_zh"] or "", values[f"{name}_en"] or "")
    if values.get("average") is not None:
        values["average"] = round(values["average"], 1)
    return msgspec.convert({name: values[name] for name in shape.__struct_fields__}, shape)
