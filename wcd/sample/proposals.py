"""The call for side events of the sample, and a dozen invented proposals in every state."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Literal

import msgspec

from wcd.agenda.proposals.loading import CallRows
from wcd.sample import CONTENT, Language
from wcd.sample.rows import EDITION, Row, id_of, session_id

CLOSES_AT = datetime(2023, 10, 27, 10, 0, tzinfo=UTC)
"""The last evening before the forum, 18:00 in Shanghai: late, so that the form of the sample can be looked at."""


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line of content; a misspelt field is refused."""


class Said(_Data, frozen=True, kw_only=True):
    """A question or its answer."""

    by: str
    text: str
    at: datetime
    from_partner: bool = False


class Given(_Data, frozen=True, kw_only=True):
    """What an organiser gave."""

    by: str
    points: int
    note: str = ""


class Proposal(_Data, frozen=True, kw_only=True):
    """A side event that somebody would like to hold; `room` and `session` are codes, times are UTC."""

    state: Literal["submitted", "asked", "accepted", "declined", "withdrawn"]
    sent: datetime
    title_zh: str = ""
    title_en: str = ""
    summary_zh: str = ""
    summary_en: str = ""
    body_zh: str = ""
    body_en: str = ""
    contact_name: str
    email: str
    telephone: str = ""
    language: Language
    days: tuple[date, ...] = ()
    time: Literal["", "morning", "afternoon", "evening"] = ""
    room: str | None = None
    size: int = 0
    minutes: int = 90
    layout: str = ""
    needs: str = ""
    languages: tuple[Language, ...]
    interpretation: tuple[Language, ...] = ()
    subjects: tuple[str, ...] = ()
    sdgs: tuple[int, ...] = ()
    reason: str = ""
    session: str | None = None
    messages: tuple[Said, ...] = ()
    scores: tuple[Given, ...] = ()


class Call(_Data, frozen=True, kw_only=True):
    """What the call says, and who answered it."""

    text_zh: str
    text_en: str
    proposals: tuple[Proposal, ...]


@cache
def load() -> Call:
    """The call, read and type-checked once per process."""
    return msgspec.json.decode((CONTENT / "proposals.json").read_bytes(), type=Call)


def call_rows() -> CallRows:
    """The call as rows, the same ids each time."""
    call = load()
    rows = CallRows(
        calls=[
            {
                "id": id_of("call"),
                "edition": EDITION,
                "is_open": True,
                "closes_at": CLOSES_AT,
                "text_zh": call.text_zh,
                "text_en": call.text_en,
            }
        ]
    )
    for number, proposal in enumerate(call.proposals, start=1):
        rows.proposals.append(_proposal(proposal, number))
        rows.messages += [
            {
                "id": id_of("message", number, place),
                "proposal": id_of("proposal", number),
                "from_partner": one.from_partner,
                "text": one.text,
                "by_name": one.by,
                "at": one.at,
            }
            for place, one in enumerate(proposal.messages)
        ]
        rows.scores += [
            {
                "id": id_of("score", number, place),
                "proposal": id_of("proposal", number),
                "staff": None,
                "staff_name": one.by,
                "points": one.points,
                "note": one.note,
                "at": proposal.sent,
            }
            for place, one in enumerate(proposal.scores)
        ]
    return rows


def _proposal(one: Proposal, number: int) -> Row:
    values = msgspec.structs.asdict(one)
    for name in ("messages", "scores", "sent", "days", "time", "room", "session"):
        del values[name]
    lists = {name: list(values[name]) for name in ("languages", "interpretation", "subjects", "sdgs")}
    return (
        values
        | lists
        | {
            "id": id_of("proposal", number),
            "edition": EDITION,
            "number": number,
            "wish_days": [day.isoformat() for day in one.days],
            "wish_time": one.time,
            "wish_room": id_of("room", one.room) if one.room else None,
            "session": session_id(one.session) if one.session else None,
            "submitted_at": one.sent,
            "changed_at": max([one.sent, *(said.at for said in one.messages)]),
        }
    )
