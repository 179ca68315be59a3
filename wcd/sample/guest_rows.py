"""The sample's guests as rows: categories, delegations, guests, codes, consents, wishes, bookings, gates.

Guests register one after another from 1 September on, fifty minutes apart, and are approved a day later; so who has
a seat and who waits follows from the order, by the same rule as in life.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from wcd.checkin.inputs import GateDetails
from wcd.core.ids import CODE_LENGTH, CROCKFORD, SHORT_CODE_LENGTH
from wcd.core.names import clean_name, search_keys, sort_key
from wcd.registration import rules
from wcd.registration.categories import USUAL
from wcd.registration.loading import GuestRows
from wcd.sample import Sample
from wcd.sample.guests import sample_delegations, sample_guests
from wcd.sample.people import SampleGuest
from wcd.sample.rows import EDITION, OPENED_AT, Row, id_of, session_id

APART = timedelta(minutes=50)
_HELD_BACK = ("press", "staff", "volunteer", "exhibitor")


def guest_rows(sample: Sample, *, guests: bool = True) -> GuestRows:
    """Everything that registration holds; without ``guests`` its categories alone."""
    rows = GuestRows(categories=_categories())
    if not guests:
        return rows
    rows.delegations = [
        {
            "id": id_of("delegation", one.code),
            "edition": EDITION,
            "name_zh": one.name_zh,
            "name_en": one.name_en,
            "country": one.country,
        }
        for one in sample_delegations()
    ]
    crowd = sample_guests()
    for number, guest in enumerate(crowd, 1):
        row = _guest(guest, number)
        rows.guests.append(row)
        rows.consents.append(_consent(guest, row, sample.notice_version))
        if guest.state == rules.APPROVED:
            rows.codes.append(_code(guest, row))
        elif guest.state in {rules.UNCONFIRMED, rules.SUBMITTED, rules.RETURNED}:
            rows.wishes.extend(_wishes(guest))
    rows.bookings = _bookings(sample, crowd)
    return rows


def guest_id(guest: SampleGuest) -> UUID:
    """The id of a guest, by its key."""
    return id_of("guest", guest.key)


def gates() -> list[tuple[UUID, GateDetails]]:
    """Three entrances, and the door of the opening ceremony."""
    found = [
        GateDetails(
            code="main", name_zh="滨江会议中心主入口", name_en="Riverside Convention Centre, main entrance",
            kind="entrance", opens=time(7, 30), closes=time(21, 30),
        ),
        GateDetails(
            code="east", name_zh="滨江会议中心东侧入口", name_en="Riverside Convention Centre, east entrance",
            kind="entrance", opens=time(6, 0), closes=time(22, 0), categories=_HELD_BACK, re_entry=True,
        ),
        GateDetails(
            code="warehouse", name_zh="苏河仓库会议中心入口", name_en="Suhe Warehouse Conference House, entrance",
            kind="entrance", opens=time(8, 0), closes=time(18, 0), re_entry=True,
        ),
        GateDetails(
            code="ceremony", name_zh="江海厅：开幕式", name_en="Jianghai Hall: opening ceremony",
            kind="session", sessions=(session_id("opening"),), minutes_before=75,
        ),
    ]  # fmt: skip
    return [(id_of("gate", gate.code), gate) for gate in found]


def _categories() -> list[Row]:
    names = ("code", "name_zh", "name_en", "mark", "is_public", "help_zh", "help_en")
    return [
        dict(zip(names, one, strict=True))
        | {"id": id_of("category", one[0]), "edition": EDITION, "position": position}
        for position, one in enumerate(USUAL)
    ]


def _guest(guest: SampleGuest, number: int) -> Row:
    begun_at = OPENED_AT + (number - 1) * APART
    confirmed_at = None if guest.state == rules.UNCONFIRMED else begun_at + timedelta(minutes=25)
    decided = guest.state in {rules.APPROVED, rules.DECLINED, rules.RETURNED}
    native, latin = clean_name(guest.native_name), clean_name(guest.latin_name)
    same = {name: getattr(guest, name) for name in _SAME}
    return same | {
        "id": guest_id(guest),
        "edition": EDITION,
        "number": number,
        "category": id_of("category", guest.category),
        "native_name": native,
        "latin_name": latin,
        "post": guest.post_zh if guest.language == "zh" else guest.post_en,
        "delegation": id_of("delegation", guest.delegation) if guest.delegation else None,
        "step": rules.LAST_STEP,
        "sort_key": sort_key(native, latin),
        "search_keys": search_keys(native, latin, guest.organisation_zh, guest.organisation_en),
        "begun_at": begun_at,
        "submitted_at": begun_at + timedelta(minutes=12),
        "confirmed_at": confirmed_at,
        "decided_at": begun_at + timedelta(days=1) if decided else None,
        "changed_at": begun_at + timedelta(days=1),
    }


_SAME = (
    "state", "email", "telephone", "organisation_zh", "organisation_en", "country", "language", "diet",
    "access_needs", "is_head", "question",
)  # fmt: skip


def _consent(guest: SampleGuest, row: Row, version: int) -> Row:
    return {
        "id": id_of("consent", guest.key),
        "guest": guest_id(guest),
        "purpose": "registration",
        "notice_version": version,
        "given_at": row["submitted_at"],
    }


def _code(guest: SampleGuest, row: Row) -> Row:
    """The same code each time: a sample admits nobody who is real."""
    return {
        "id": id_of("code", guest.key),
        "guest": guest_id(guest),
        "edition": EDITION,
        "code": _letters("code", guest.key, CODE_LENGTH),
        "short_code": _letters("short", guest.key, SHORT_CODE_LENGTH),
        "made_at": row["decided_at"],
    }


def _letters(kind: str, key: str, length: int) -> str:
    drawn = hashlib.sha256(f"wcd-2023:{kind}:{key}".encode()).digest()
    return "".join(CROCKFORD[byte & 31] for byte in drawn[:length])


def _wishes(guest: SampleGuest) -> Iterable[Row]:
    for position, code in enumerate(guest.bookings):
        yield {
            "id": id_of("wish", guest.key, code),
            "guest": guest_id(guest),
            "session": session_id(code),
            "position": position,
        }


def _bookings(sample: Sample, crowd: list[SampleGuest]) -> list[Row]:
    """First come, first served: whoever asks when all seats are taken waits in line."""
    seats = {session.code: session.seats for session in sample.sessions}
    taken: dict[str, int] = defaultdict(int)
    waiting: dict[str, int] = defaultdict(int)
    rows: list[dict[str, Any]] = []
    for place, guest in enumerate(crowd):
        if guest.state != rules.APPROVED:
            continue
        for turn, code in enumerate(guest.bookings):
            state = rules.first_state(seats[code], taken[code], waiting[code])
            (taken if state == rules.CONFIRMED else waiting)[code] += 1
            asked_at = OPENED_AT + place * APART + timedelta(days=1, minutes=1 + turn)
            rows.append(
                {
                    "id": id_of("booking", guest.key, code),
                    "guest": guest_id(guest),
                    "session": session_id(code),
                    "state": state,
                    "asked_at": asked_at,
                    "changed_at": asked_at,
                }
            )
    return rows
