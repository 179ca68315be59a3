"""What a verdict's sentence needs beside the word: where the guest is already, where or when they may come."""

from datetime import datetime

import msgspec

from wcd.checkin import rules
from wcd.checkin.answers import FirstAdmission, ScanAnswer
from wcd.checkin.badges_at_gate import Admission, Badge
from wcd.checkin.facts import Fact, is_code
from wcd.checkin.gates_at_work import gates_at_work
from wcd.checkin.openings import GateAtWork, guest_openings
from wcd.core import db
from wcd.core.i18n import Bilingual

_INSIDE = (rules.ALREADY_INSIDE, rules.WELCOME_BACK)
_WAIT = (rules.TOO_EARLY, rules.WRONG_DAY)


class Judged(msgspec.Struct, frozen=True):
    """A fact with its verdict; ``earlier``: the other admissions of this guest, whenever they were."""

    fact: Fact
    badge: Badge | None
    verdict: rules.Verdict
    earlier: tuple[Admission, ...] = ()

    @property
    def overtakes(self) -> bool:
        """Whether it arrived late: somebody with this badge was let in after it, but before we knew of it."""
        return any(admission.at > self.fact.happened_at for admission in self.earlier)


async def explain(judged: Judged, gate: GateAtWork) -> ScanAnswer:
    """The answer to one scan. Only refusals cost a further statement."""
    word, badge = judged.verdict.word, judged.badge
    return ScanAnswer(
        id=judged.fact.id,
        verdict=word,
        guest=badge.card if badge else None,
        first=await _first(judged, gate) if word in _INSIDE else None,
        opens_at=judged.verdict.opens_at if word in _WAIT else None,
        gates=await _gates_for(badge, gate, judged.fact.happened_at)
        if word == rules.WRONG_GATE and badge
        else (),
        edition=await _other_edition(judged.fact.read) if word == rules.UNKNOWN else None,
    )


async def _first(judged: Judged, gate: GateAtWork) -> FirstAdmission | None:
    at = judged.verdict.first_at
    admission = next((admission for admission in judged.earlier if admission.at == at), None)
    if admission is None:
        return None
    name = gate.name if admission.gate == gate.id else await _name_of(gate, admission)
    return FirstAdmission(admission.at, name)


async def _name_of(gate: GateAtWork, admission: Admission) -> Bilingual:
    return (await gates_at_work(gate.edition, [admission.gate]))[0].name


async def _gates_for(badge: Badge, gate: GateAtWork, at: datetime) -> tuple[Bilingual, ...]:
    """Where this guest is admitted now or later: for the session gates their bookings must be asked first."""
    others = [other for other in await gates_at_work(gate.edition) if other.id != gate.id and other.is_open]
    rows = await db.fetch(
        "SELECT session FROM registration_booking WHERE guest = $1 AND state = 'confirmed'", badge.guest
    )
    booked = frozenset(row["session"] for row in rows)
    category = badge.card.category.code
    return tuple(
        other.name
        for other in others
        if any(opening.closes > at for opening in guest_openings(other, category, booked))
    )


async def _other_edition(read: str) -> Bilingual | None:
    """A badge of another year is the commonest stranger."""
    if not is_code(read):
        return None
    rows = await db.fetch(
        """SELECT e.short_name_zh, e.short_name_en FROM registration_code c JOIN editions_edition e ON e.id = c.edition
           WHERE c.code = $1""",
        read,
    )
    return Bilingual(rows[0]["short_name_zh"], rows[0]["short_name_en"]) if rows else None
