"""What several tests of registration need: forms filled in, and what is in the outbox."""

from typing import Any
from uuid import UUID

import msgspec

from tests import make
from wcd.actors.actors import Actor
from wcd.actors.permissions import ORGANISER, READER
from wcd.core.db import fetch
from wcd.core.ids import uuid7
from wcd.editions.queries import EditionView, edition_by_id
from wcd.registration import guests
from wcd.registration.inputs import AboutYou, CategoryChoice, Needs, Wishes

AMINA: dict[str, str] = {
    "native_name": "Amina Wanjiru Odhiambo",
    "organisation_en": "Lakeside Cities Network (sample)",
    "post": "Director",
    "country": "KE",
    "telephone": "+254 700 000 000",
    "email": "amina@lakeside.example",
}
OUYANG: dict[str, str] = {
    "native_name": "歐陽靖霖",
    "latin_name": "Ouyang Jinglin",
    "organisation_zh": "滨江城市研究院（示例）",
    "post": "高级研究员",
    "country": "CN",
    "telephone": "+86 138 0000 0000",
    "email": "jinglin@riverside.example",
}


def organiser(edition: UUID) -> Actor:
    return Actor(kind="staff", id=uuid7(), name="Olga", roles=frozenset({ORGANISER}), edition_id=edition)


def reader(edition: UUID) -> Actor:
    return Actor(kind="staff", id=uuid7(), name="Rui", roles=frozenset({READER}), edition_id=edition)


async def forum(**values: Any) -> EditionView:
    """An edition in which anybody may register as a delegate."""
    edition = await make.edition(**values)
    await make.category(edition)
    await make.page(edition, "notice")
    return await edition_by_id(edition)


async def filled_in(edition: EditionView, about: dict[str, str] = AMINA, *, once: str = "") -> UUID:
    """A draft with all that comes before the last step."""
    draft = await guests.begin_draft(edition, CategoryChoice("delegate", once), language="en")
    await guests.save_step(edition, draft, msgspec.convert(about, AboutYou))
    await guests.save_step(edition, draft, Needs(language="en", diet=["halal", "no_nuts"]))
    return draft


async def submitted(
    edition: EditionView, about: dict[str, str] = AMINA, *, wishes: list[UUID] | None = None
) -> UUID:
    """A registration whose address is confirmed."""
    draft = await filled_in(edition, about)
    await guests.submit(edition, draft, Wishes(session=wishes or [], consent=True, notice=1))
    await guests.confirm_address(draft, 1)
    return draft


async def mails(about: UUID) -> list[str]:
    """The kinds of the letters to a guest, in order."""
    rows = await fetch("SELECT kind FROM mail_mail WHERE about = $1 ORDER BY queued_at, id", about)
    return [row["kind"] for row in rows]


async def letter(about: UUID, kind: str) -> dict[str, Any]:
    """The values of one letter."""
    rows = await fetch("SELECT context FROM mail_mail WHERE about = $1 AND kind = $2", about, kind)
    assert len(rows) == 1
    context: dict[str, Any] = msgspec.json.decode(rows[0]["context"])
    return context


async def actions(subject: UUID) -> list[str]:
    """What the audit says was done to something, in order."""
    rows = await fetch("SELECT action FROM actors_audit_entry WHERE subject = $1 ORDER BY at, id", subject)
    return [row["action"] for row in rows]


async def state_of(guest: UUID) -> str:
    return str((await fetch("SELECT state FROM registration_guest WHERE id = $1", guest))[0]["state"])


async def line(session: UUID) -> list[tuple[UUID, str]]:
    """Everybody with a seat or in line, in the order in which they asked."""
    rows = await fetch(
        "SELECT guest, state FROM registration_booking WHERE session = $1 AND state <> 'cancelled' ORDER BY asked_at",
        session,
    )
    return [(row["guest"], row["state"]) for row in rows]


async def traces() -> list[int]:
    """How much is written down: a refused use case changes none of these."""
    rows = await fetch(
        """SELECT (SELECT count(*) FROM registration_booking WHERE state <> 'cancelled') AS bookings,
                  (SELECT count(*) FROM mail_mail) AS mails, (SELECT count(*) FROM core_job) AS jobs,
                  (SELECT count(*) FROM actors_audit_entry) AS audit, (SELECT count(*) FROM registration_code) AS codes,
                  (SELECT coalesce(sum(version), 0) FROM registration_guest) AS versions"""
    )
    return [int(value) for value in rows[0].values()]
