"""Guests: begin and fill in a registration, submit it, confirm the address, correct, cancel, ask for the link again.

What strangers do most often is one or two hand-written statements: Piccolo takes longer to say them than PostgreSQL
to run them.
"""

import asyncio
import time
from typing import Any
from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import GUEST, Actor
from wcd.actors.actors import guest as guest_actor
from wcd.core import limits
from wcd.core.clock import now
from wcd.core.contacts import read_mail
from wcd.core.db import execute, fetch, in_transaction
from wcd.core.errors import Invalid
from wcd.core.ids import uuid7
from wcd.core.inputs import NOT_ALLOWED
from wcd.core.names import clean_name, clean_text, search_keys, sort_key
from wcd.editions.queries import EditionView
from wcd.editions.texts import NOTICE
from wcd.registration import bookings, codes, mails, rules
from wcd.registration.errors import (
    GuestChanged,
    LinkNoLongerHolds,
    NoSuchCategory,
    NotPossibleNow,
    RegistrationClosed,
    StepsMissing,
)
from wcd.registration.inputs import (
    AboutYou,
    CategoryChoice,
    Correction,
    Needs,
    OwnCorrection,
    Wishes,
    is_latin,
)
from wcd.registration.locked import LockedGuest, lock_guest, lock_sessions, must_act_for

BEGUN_BY_IP = 600
STEPS_BY_ADDRESS = 60
"""Step 2 with one address: a secretary registers a delegation, and corrects."""
LINK_TRIES = 5
LINK_TRIES_BY_IP = 300
"""Generously: a delegation sits behind one address."""
HOUR = 3600
_SAME_ANSWER = 0.15
"""Seconds that asking for a link takes at least, whether the address is known or not."""


def refuse_closed(edition: EditionView) -> None:
    """Refuse to begin or go on when guests may not register."""
    if not rules.is_open(switch=edition.registration_open, today=edition.today, last_day=edition.last_day):
        raise RegistrationClosed


async def begin_draft(edition: EditionView, choice: CategoryChoice, *, language: str, ip: str = "") -> UUID:
    """Step 1 of a new registration. Sending the same page twice begins one."""
    refuse_closed(edition)
    if ip:
        await limits.count_try("register_ip", ip, limit=BEGUN_BY_IP, seconds=HOUR)
    rows = await fetch(
        """INSERT INTO registration_guest AS g
               (id, edition, category, state, language, step, begun_at, changed_at, once_key)
           SELECT $1, edition, id, 'draft', $4, 2, $5, $5, $6 FROM registration_category
           WHERE edition = $2 AND code = $3 AND is_public
           ON CONFLICT (once_key) DO UPDATE SET category = excluded.category, changed_at = excluded.changed_at
           WHERE g.state = 'draft' RETURNING id""",
        uuid7(), edition.id, choice.category, language, now(), choice.once or None,
    )  # fmt: skip
    if not rows:
        raise NoSuchCategory({"category": NoSuchCategory.says})
    draft: UUID = rows[0]["id"]
    return draft


async def change_draft_category(
    edition: EditionView, draft: UUID, choice: CategoryChoice, *, link_version: int = 1
) -> None:
    """Step 1 once more."""
    refuse_closed(edition)
    changed = await execute(
        """UPDATE registration_guest g SET category = c.id, changed_at = $4 FROM registration_category c
           WHERE g.id = $1 AND g.state = 'draft' AND c.edition = g.edition AND c.code = $3 AND c.is_public
           AND g.edition = $2 AND g.link_version = $5""",
        draft, edition.id, choice.category, now(), link_version,
    )  # fmt: skip
    if not changed:
        raise NoSuchCategory({"category": NoSuchCategory.says})


async def save_step(
    edition: EditionView, draft: UUID, values: AboutYou | Needs, *, link_version: int = 1
) -> int:
    """Step 2 or 3: kept at once, so that nothing is lost and another device can go on.

    Returns the version of the links from now on: another address makes those that were mailed before worthless,
    or whoever reads the mistyped one could go on reading.
    """
    refuse_closed(edition)
    if isinstance(values, AboutYou):
        await limits.count_try("register", read_mail(values.email), limit=STEPS_BY_ADDRESS, seconds=HOUR)
    columns = stored(values)
    step = 3 if isinstance(values, AboutYou) else 4
    setting = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, 7))
    rows = await fetch(
        f"""UPDATE registration_guest SET step = greatest(step, $3), changed_at = $4,
            link_version = link_version + CASE WHEN $6 <> '' AND email NOT IN ('', $6) THEN 1 ELSE 0 END, {setting}
            WHERE id = $1 AND edition = $2 AND state = 'draft' AND step >= $3 - 1 AND link_version = $5
            RETURNING link_version""",  # noqa: S608 - our own column names
        draft, edition.id, step, now(), link_version, columns.get("email", ""), *columns.values(),
    )  # fmt: skip
    if not rows:
        raise StepsMissing
    version: int = rows[0]["link_version"]
    return version


@in_transaction
async def submit(edition: EditionView, draft: UUID, wishes: Wishes, *, link_version: int = 1) -> LockedGuest:
    """Step 4: hand the registration in and ask for the address. Sending it twice does it once."""
    refuse_closed(edition)
    guest = await lock_guest(draft, by=guest_actor(draft))  # without it two clicks would take two numbers
    if guest.edition != edition.id or guest.link_version != link_version:
        raise StepsMissing
    if guest.state != rules.DRAFT:
        return guest
    if guest.step < rules.LAST_STEP:
        raise StepsMissing
    await _keep_wishes(guest, wishes)
    await _keep_consent(guest, wishes.notice)
    rows = await fetch(
        # One statement: the counter's row is held for as short as can be.
        """WITH counter AS (INSERT INTO registration_counter AS c (id, edition, last) VALUES ($4, $2, 1)
               ON CONFLICT (edition) DO UPDATE SET last = c.last + 1 RETURNING last)
           UPDATE registration_guest SET state = $5, number = counter.last, submitted_at = $3, changed_at = $3
           FROM counter WHERE id = $1 RETURNING number""",
        guest.id, guest.edition, now(), uuid7(), guest.after("submit"),
    )  # fmt: skip
    guest = msgspec.structs.replace(guest, number=rows[0]["number"], state=rules.UNCONFIRMED)
    await audit.record(guest_actor(guest.id), "guest.submitted", guest.id, edition=guest.edition)
    await mails.tell_address_to_confirm(guest)
    return guest


@in_transaction
async def confirm_address(guest_id: UUID, link_version: int) -> LockedGuest:
    """The button behind the mailed link: the address is the guest's. Pressing it again changes nothing."""
    guest = await lock_guest(guest_id, by=guest_actor(guest_id))
    if guest.link_version != link_version:
        raise LinkNoLongerHolds
    if guest.state == rules.UNCONFIRMED:
        await execute(
            "UPDATE registration_guest SET state = $2, confirmed_at = $3, changed_at = $3 WHERE id = $1",
            guest_id, guest.after("confirm"), now(),
        )  # fmt: skip
        await audit.record(guest_actor(guest_id), "guest.confirmed", guest_id, edition=guest.edition)
        await mails.tell_received(guest)
    elif guest.state == rules.DRAFT:
        raise NotPossibleNow(guest.state)
    return guest


@in_transaction
async def correct_details(
    guest_id: UUID, details: OwnCorrection | Correction, *, version: int, by: Actor
) -> list[str]:
    """Change what a registration says; returns the names of the changed fields. A new address voids old links."""
    must_act_for(by, guest_id, "guests.edit")
    guest = await lock_guest(guest_id, by=by)
    if by.kind == GUEST and (guest.state not in rules.MAY_BE_CORRECTED or isinstance(details, Correction)):
        raise NotPossibleNow(guest.state)
    if guest.version != version:
        raise GuestChanged
    columns = stored(details)
    before = dict((await fetch("SELECT * FROM registration_guest WHERE id = $1", guest_id))[0])
    derived = {"sort_key", "search_keys"}
    changed = sorted(name for name, value in columns.items() if before[name] != value and name not in derived)
    if not changed:
        return []
    setting = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, 3))
    new_link = ", link_version = link_version + 1" if "email" in changed else ""
    await execute(
        f"UPDATE registration_guest SET version = version + 1, changed_at = $2{new_link}, {setting} WHERE id = $1",  # noqa: S608 - our own column names
        guest_id, now(), *columns.values(),
    )  # fmt: skip
    await audit.record(by, "guest.corrected", guest_id, edition=guest.edition, fields=changed)
    if "email" in changed and guest.state == rules.UNCONFIRMED:
        await mails.tell_address_to_confirm(await lock_guest(guest_id, by=by))
    return changed


@in_transaction
async def change_category(guest_id: UUID, category: str, *, by: Actor) -> None:
    """Let a guest come as something else."""
    by.must("guests.edit")
    guest = await lock_guest(guest_id, by=by)
    rows = await fetch(
        """UPDATE registration_guest g SET category = c.id, version = version + 1, changed_at = $4
           FROM registration_category c WHERE g.id = $1 AND c.edition = $2 AND c.code = $3 RETURNING c.id""",
        guest_id, guest.edition, category, now(),
    )  # fmt: skip
    if not rows:
        raise NoSuchCategory({"category": NoSuchCategory.says})
    if rows[0]["id"] != guest.category:
        await audit.record(by, "guest.category_changed", guest_id, edition=guest.edition, category=category)


@in_transaction
async def cancel_registration(guest_id: UUID, *, by: Actor) -> None:
    """The guest does not come: seats go to the next in line, the badge's code ends."""
    must_act_for(by, guest_id, "guests.edit")
    held = await lock_sessions(await bookings.held_sessions(guest_id))
    guest = await lock_guest(guest_id, by=by)
    await execute(
        "UPDATE registration_guest SET state = $2, changed_at = $3, version = version + 1 WHERE id = $1",
        guest_id, guest.after("cancel"), now(),
    )  # fmt: skip
    await codes.revoke_code(guest_id)
    await audit.record(by, "guest.cancelled", guest_id, edition=guest.edition)
    await bookings.end_all_seats(guest, held, by=by)


async def ask_link_again(edition: EditionView, address: str, *, ip: str) -> None:
    """Send the personal links of an address to it. Whether there are any shows only in the mailbox."""
    started, address = time.monotonic(), read_mail(address)  # one address, however it is spelt
    await limits.count_try("link", address, limit=LINK_TRIES, seconds=HOUR)
    await limits.count_try("link_ip", ip, limit=LINK_TRIES_BY_IP, seconds=HOUR)
    await _send_links(edition.id, address)
    await asyncio.sleep(max(0.0, started + _SAME_ANSWER - time.monotonic()))


@in_transaction
async def send_draft_link(draft: UUID, *, ip: str) -> bool:
    """A link with which to go on elsewhere, to the address given in step 2; False where none is given yet."""
    guest = await lock_guest(draft, by=guest_actor(draft))
    if guest.state != rules.DRAFT or not guest.email:
        return False
    await limits.count_try("link", guest.email, limit=LINK_TRIES, seconds=HOUR)
    await limits.count_try("link_ip", ip, limit=LINK_TRIES_BY_IP, seconds=HOUR)
    await mails.tell_draft_link(guest)
    return True


def stored(values: AboutYou | Needs | OwnCorrection) -> dict[str, Any]:
    """What was given as it is kept: names cleaned, lists as words with commas, keys for lists and search."""
    given = msgspec.structs.asdict(values)
    kept = {
        name: clean_text(text) if name not in _LONG else text
        for name, text in given.items()
        if isinstance(text, str)
    }
    kept |= {name: ",".join(sorted(set(words))) for name, words in given.items() if isinstance(words, list)}
    if "native_name" in kept:
        kept["native_name"], kept["latin_name"] = (
            clean_name(given["native_name"]),
            clean_name(given["latin_name"]),
        )
        if not kept["latin_name"] and is_latin(kept["native_name"]):
            kept["latin_name"] = kept["native_name"]
        names = kept["native_name"], kept["latin_name"]
        kept["sort_key"] = sort_key(*names)
        kept["search_keys"] = search_keys(*names, kept["organisation_zh"], kept["organisation_en"])
    if "email" in kept:
        kept["email"] = read_mail(kept["email"])
    return kept


_LONG = frozenset({"diet_note", "access_needs"})


async def _keep_wishes(guest: LockedGuest, wishes: Wishes) -> None:
    """Only sessions that can be booked, in the order of time."""
    wanted = list(dict.fromkeys(wishes.session))
    if not wanted:
        return
    kept = await execute(
        """INSERT INTO registration_wish (id, guest, session, position)
           SELECT gen_random_uuid(), $1, id, row_number() OVER (ORDER BY starts_at, id) FROM agenda_published_session
           WHERE edition = $2 AND id = ANY($3::uuid[]) AND booking = 'booking' AND state = 'confirmed'""",
        guest.id, guest.edition, wanted,
    )  # fmt: skip
    if kept != len(wanted):
        raise Invalid({"session": NOT_ALLOWED})


async def _keep_consent(guest: LockedGuest, notice: int) -> None:
    """Consent refers to the version of the notice that was shown."""
    kept = await execute(
        """INSERT INTO registration_consent (id, guest, purpose, notice_version, given_at)
           SELECT $1, $2, 'registration', $4, $5
           WHERE $4 = 0 OR EXISTS (SELECT FROM editions_page WHERE edition = $3 AND slug = $6 AND version = $4)""",
        uuid7(), guest.id, guest.edition, notice, now(), NOTICE,
    )  # fmt: skip
    if not kept:
        raise Invalid({"consent": NOT_ALLOWED})


@in_transaction
async def _send_links(edition: UUID, address: str) -> None:
    columns = ", ".join(LockedGuest.__struct_fields__)
    rows = await fetch(
        f"""SELECT {columns} FROM registration_guest WHERE edition = $1 AND lower(email) = lower($2)
            AND state NOT IN ('draft', 'erased') ORDER BY number, id LIMIT 50""",  # noqa: S608 - constants only
        edition, address,
    )  # fmt: skip
    known = [LockedGuest(**dict(row)) for row in rows]
    confirmed = [guest for guest in known if guest.state != rules.UNCONFIRMED]
    if confirmed:
        await mails.tell_links(address, confirmed)
    for guest in known:
        if guest.state == rules.UNCONFIRMED:
            await mails.tell_address_to_confirm(guest)
