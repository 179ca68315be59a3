"""The call of an edition: what it says, and until when it is open."""

from datetime import datetime

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda.proposals import rules
from wcd.agenda.proposals.errors import CallChanged, CallClosed
from wcd.agenda.proposals.inputs import CallDetails
from wcd.agenda.rules import changed_fields, local_clock, local_day, moment
from wcd.core.clock import now
from wcd.core.db import execute, fetch, in_transaction
from wcd.core.i18n import Bilingual
from wcd.core.ids import uuid7
from wcd.editions.published import raise_published
from wcd.editions.queries import EditionView


class CallView(msgspec.Struct, frozen=True):
    """The call as pages show it. ``switch`` is what organisers set, ``is_open`` whether a proposal is taken now."""

    text: Bilingual
    switch: bool
    closes_at: datetime | None
    is_open: bool
    version: int


NO_CALL = CallView(Bilingual("", ""), switch=False, closes_at=None, is_open=False, version=0)
"""Where organisers have not written any."""


async def get_call(edition: EditionView) -> CallView:
    """The call of an edition; a closed one without a text where there is none yet."""
    rows = await fetch("SELECT * FROM agenda_call WHERE edition = $1", edition.id)
    if not rows:
        return NO_CALL
    row = rows[0]
    return CallView(
        text=Bilingual(row["text_zh"], row["text_en"]),
        switch=row["is_open"],
        closes_at=row["closes_at"],
        is_open=_is_open(edition, switch=row["is_open"], closes_at=row["closes_at"]),
        version=row["version"],
    )


async def hold_open_call(edition: EditionView) -> None:
    """Hold the call's row, and refuse where it is closed. Without it two proposals could get one number."""
    rows = await fetch("SELECT is_open, closes_at FROM agenda_call WHERE edition = $1 FOR UPDATE", edition.id)
    if not rows or not _is_open(edition, switch=rows[0]["is_open"], closes_at=rows[0]["closes_at"]):
        raise CallClosed


@in_transaction
async def change_call(edition: EditionView, details: CallDetails, *, version: int, by: Actor) -> int:
    """Say what the call says, open or close it, if nobody else did since ``version``; returns the new version."""
    by.must("agenda.edit", edition.id)
    await raise_published(edition.id)  # of two who save at once the second waits, and is told
    call = await get_call(edition)
    if call.version != version:
        raise CallChanged
    fields = changed_fields(
        msgspec.structs.asdict(given_of(call, edition.zone)), msgspec.structs.asdict(details)
    )
    if not fields:
        return version
    closes_at = moment(details.closes_day, details.closes_time, edition.zone) if details.closes_day else None
    await execute(
        "INSERT INTO agenda_call (id, edition, is_open, closes_at, text_zh, text_en, version)"
        " VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT (edition) DO UPDATE SET is_open = $3, closes_at = $4,"
        " text_zh = $5, text_en = $6, version = agenda_call.version + 1",
        uuid7(), edition.id, details.is_open, closes_at, details.text_zh, details.text_en,
    )  # fmt: skip
    await audit.record(by, "call.changed", edition.id, edition=edition.id, fields=fields)
    return version + 1


def given_of(call: CallView, zone: str) -> CallDetails:
    """What is stored, as its form gives it."""
    times = {}
    if call.closes_at:
        times = {
            "closes_day": local_day(call.closes_at, zone),
            "closes_time": local_clock(call.closes_at, zone),
        }
    return CallDetails(is_open=call.switch, text_zh=call.text.zh, text_en=call.text.en, **times)  # type: ignore[arg-type] # a day and a time


def _is_open(edition: EditionView, *, switch: bool, closes_at: datetime | None) -> bool:
    return rules.is_open(
        switch=switch,
        closes_at=closes_at,
        now=now(),
        today=edition.today,
        last_day=edition.last_day,
    )
