"""Letters to guests: each in the guest's language, written into the outbox within the use case's transaction."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from wcd.core.db import fetch
from wcd.mail import outbox
from wcd.mail.outbox import Letter
from wcd.registration.locked import LockedGuest


class ToldSession(msgspec.Struct, frozen=True):
    """A session as a letter names it."""

    title_zh: str
    title_en: str
    starts_at: str
    ends_at: str
    place_zh: str
    place_en: str


async def tell_address_to_confirm(guest: LockedGuest) -> None:
    """Ask whether the address is the guest's."""
    await _tell(guest, "address_to_confirm")


async def tell_draft_link(guest: LockedGuest) -> None:
    """A link with which to go on filling in, on another device."""
    await _tell(guest, "draft_link")


async def tell_received(guest: LockedGuest) -> None:
    """The registration is with the organisers."""
    await _tell(guest, "received", number=guest.number)


async def tell_approved(guest: LockedGuest, wishes: Sequence[tuple[UUID, str]]) -> None:
    """Welcome, with the badge, and what became of each session wished for."""
    await outbox.queue_many([await approval_letter(guest, wishes)])


async def approval_letter(guest: LockedGuest, wishes: Sequence[tuple[UUID, str]] = ()) -> Letter:
    """The letter of ``tell_approved``, for those who approve many at once."""
    sessions = await told_sessions([session for session, _ in wishes])
    told = [{**sessions[session], "state": state} for session, state in wishes]
    told.sort(key=lambda one: str(one["starts_at"]))
    extra = {"wishes": told} if told else {}
    return _letter(guest, "approved", attachment=("badge_pdf", guest.id), number=guest.number, **extra)


async def tell_declined(guest: LockedGuest, note: str) -> None:
    """We cannot welcome the guest this time."""
    await _tell(guest, "declined", **({"note": note} if note else {}))


async def tell_returned(guest: LockedGuest, question: str) -> None:
    """The organisers ask something; the answer is given on the guest's page."""
    await _tell(guest, "returned", question=question)


async def tell_booking(guest: LockedGuest, session: UUID, state: str, *, place_in_line: int = 0) -> None:
    """A seat, or a place in line."""
    told = (await told_sessions([session]))[session]
    extra = {"place_in_line": place_in_line} if state == "waiting" else {}
    await _tell(guest, f"seat_{state}", session=told, **extra)


async def tell_moved_up(guest_id: UUID, session: UUID) -> None:
    """A seat became free and is the guest's."""
    await tell_seats("seat_moved_up", [guest_id], session)


async def tell_seats(kind: str, guests: Sequence[UUID], session: UUID) -> None:
    """The same about one session to several guests, in the order of their ids."""
    told = (await told_sessions([session]))[session]
    found = {guest.id: guest for guest in await _guests(guests)}
    letters = [_letter(found[guest], kind, session=told) for guest in sorted(found)]
    if letters:
        await outbox.queue_many(letters)


async def tell_links(address: str, guests: Sequence[LockedGuest]) -> None:
    """The personal link of every registration on one address."""
    first = guests[0]
    known = [
        {"guest_id": str(one.id), "link_version": one.link_version, "name": one.addressed, "state": one.state}
        for one in guests
    ]
    await outbox.queue(
        "link_again",
        address=address,
        name=first.addressed,
        locale=first.language,
        edition=first.edition,
        about=first.id,
        context={"guests": known},
    )


async def told_sessions(ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Sessions as letters name them: title, time, and the room or the meeting point."""
    if not ids:
        return {}
    rows = await fetch(
        """SELECT s.id, s.title_zh, s.title_en, s.starts_at, s.ends_at,
               coalesce(nullif(s.meeting_point_zh, ''), concat_ws('，', r.name_zh, nullif(r.floor_zh, ''))) AS place_zh,
               coalesce(nullif(s.meeting_point_en, ''), concat_ws(', ', r.name_en, nullif(r.floor_en, ''))) AS place_en
           FROM agenda_published_session s LEFT JOIN venues_room r ON r.id = s.room WHERE s.id = ANY($1::uuid[])""",
        list(ids),
    )
    return {
        row["id"]: msgspec.structs.asdict(
            ToldSession(
                **{name: row[name] for name in ("title_zh", "title_en", "place_zh", "place_en")},
                starts_at=row["starts_at"].isoformat(),
                ends_at=row["ends_at"].isoformat(),
            )
        )
        for row in rows
    }


async def _guests(ids: Sequence[UUID]) -> list[LockedGuest]:
    columns = ", ".join(LockedGuest.__struct_fields__)
    rows = await fetch(
        f"SELECT {columns} FROM registration_guest WHERE id = ANY($1::uuid[])",  # noqa: S608 - constants only
        list(ids),
    )
    return [LockedGuest(**dict(row)) for row in rows]


async def _tell(guest: LockedGuest, kind: str, **values: Any) -> None:
    await outbox.queue_many([_letter(guest, kind, **values)])


def _letter(
    guest: LockedGuest, kind: str, *, attachment: tuple[str, UUID] | None = None, **values: Any
) -> Letter:
    return Letter(
        kind=kind,
        address=guest.email,
        name=guest.addressed,
        locale=guest.language,
        context={
            "guest_id": str(guest.id),
            "link_version": guest.link_version,
            "name": guest.addressed,
            **values,
        },
        edition=guest.edition,
        about=guest.id,
        attachment=attachment,
    )
