"""The refusals of registration."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from babel.dates import format_datetime

from wcd.core.errors import Conflict, Invalid, NotFound
from wcd.core.i18n import LazyText, get_locale
from wcd.core.i18n import lazy_gettext as _

STATE_WORDS: dict[str, LazyText] = {
    "draft": _("begun"),
    "unconfirmed": _("address not confirmed"),
    "submitted": _("waiting for approval"),
    "returned": _("returned for details"),
    "approved": _("approved"),
    "declined": _("declined"),
    "cancelled": _("cancelled"),
    "erased": _("erased"),
}


class Finding(msgspec.Struct, frozen=True):
    """What does not hold in a file: where, and why. Row 1 is the head; no column means the whole row."""

    row: int
    column: str
    says: LazyText | str


class Span(msgspec.Struct, frozen=True):
    """From when to when, said in the reader's language when it is shown."""

    starts_at: datetime
    ends_at: datetime
    zone: str

    def __str__(self) -> str:
        starts, ends = (at.astimezone(ZoneInfo(self.zone)) for at in (self.starts_at, self.ends_at))
        form, dash = ("M月d日 HH:mm", "—") if get_locale() == "zh" else ("EEE d MMM, HH:mm", "–")
        return f"{format_datetime(starts, form, locale=get_locale())}{dash}{ends:%H:%M}"


class NoSuchGuest(NotFound):
    """There is no such registration, or it is not the asker's to see."""

    code = "no_such_guest"
    says = _("We could not find this registration.")


class NoSuchCategory(Invalid):
    """The category does not exist in this edition, or may not be chosen by guests."""

    code = "no_such_category"
    says = _("Please choose one of the categories.")


class NoSuchDelegation(NotFound):
    """There is no such delegation in this edition."""

    code = "no_such_delegation"
    says = _("There is no such delegation.")


class DelegationExists(Conflict):
    """A delegation of this name is there already."""

    code = "delegation_exists"
    says = _("There is a delegation of this name already.")


class RegistrationClosed(Conflict):
    """Registration is closed, or the forum is over."""

    code = "registration_closed"
    says = _("Registration for this forum is closed.")


class StepsMissing(Conflict):
    """A step before this one has not been filled in."""

    code = "steps_missing"
    says = _("Please fill in the steps before this one first.")


class NotPossibleNow(Conflict):
    """The state of the registration does not allow it."""

    code = "not_possible_now"
    says = _("This registration is %(state)s, so this cannot be done now.")

    def __init__(self, state: str) -> None:
        super().__init__(state=STATE_WORDS[state])
        self.state = state


class GuestChanged(Conflict):
    """Somebody else saved meanwhile."""

    code = "guest_changed"
    says = _("Somebody else has changed this registration meanwhile. Look at the new values and save again.")


class LinkNoLongerHolds(NotFound):
    """The personal link is not ours, or a newer one replaced it."""

    code = "link_no_longer_holds"
    says = _("This link no longer holds. You can ask for a new one with your mail address.")


class NotApproved(Conflict):
    """Seats are for approved guests."""

    code = "not_approved"
    says = _("Seats can be booked once the registration is approved.")


class NotBookable(Conflict):
    """The session needs no booking, is by invitation, or does not take place."""

    code = "not_bookable"
    says = _("“%(session)s” cannot be booked.")


class SessionBegun(Conflict):
    """Too late: the session has begun."""

    code = "session_begun"
    says = _("“%(session)s” has begun, so its seats can no longer be changed here.")


class AlreadyBooked(Conflict):
    """The guest has a seat or a place in line."""

    code = "already_booked"
    says = _("You have a seat or a place in line in “%(session)s” already.")


class NotBooked(NotFound):
    """The guest has neither a seat nor a place in line."""

    code = "not_booked"
    says = _("You have no seat in “%(session)s” that could be given back.")


class Overlaps(Conflict):
    """The guest has a seat at that time."""

    code = "overlaps"
    says = _(
        "“%(wanted)s” (%(wanted_time)s) overlaps with “%(held)s” (%(held_time)s), "
        "in which you have a seat. Give that one back first."
    )


class OverlapsLine(Conflict):
    """The guest waits for a seat at that time."""

    code = "overlaps_line"
    says = _(
        "“%(wanted)s” (%(wanted_time)s) overlaps with “%(held)s” (%(held_time)s), "
        "for which you are in line. Leave that line first."
    )


class SeatsTaken(Conflict):
    """More guests have a seat than would be left."""

    code = "seats_taken"
    says = _(
        "%(taken)s guests have a seat in this session. Give it at least that many, or take back seats first."
    )


class HasLiveCode(Conflict):
    """The badge has a code that holds."""

    code = "has_live_code"
    says = _("This badge has a code already.")


class ImportRefused(Invalid):
    """Nothing was imported; ``findings`` says why: row, column and sentence of each."""

    code = "import_refused"
    says = _("Nothing was imported. Correct the rows named below and import the file again.")

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__({f"{one.row}:{one.column}": one.says for one in findings})
        self.findings = list(findings)


class NoSuchClash(NotFound):
    """Nobody asks about these two sessions (any more)."""

    code = "no_such_clash"
    says = _("This question has been settled already.")
