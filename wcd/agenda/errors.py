"""The refusals of the agenda."""

from typing import Any
from uuid import UUID

from wcd.actors.audit import Entry
from wcd.core.errors import Conflict, Invalid, NotFound
from wcd.core.i18n import lazy_gettext as _


class NoSuchSession(NotFound):
    """There is no such session in this edition."""

    code = "no_such_session"
    says = _("There is no such session.")


class NoSuchSpeaker(NotFound):
    """There is no such speaker in this edition."""

    code = "no_such_speaker"
    says = _("There is no such speaker.")


class SessionCalledOff(Conflict):
    """The session does not take place."""

    code = "session_called_off"
    says = _("This session has been called off.")


class NotScheduled(Conflict):
    """A session without a time cannot be on the programme."""

    code = "session_not_scheduled"
    says = _("This session has no time yet. Give it one first.")


class SessionChanged(Conflict):
    """Somebody saved the session meanwhile: ``current`` is what it says now, ``version`` its number."""

    code = "session_changed"
    says = _("Somebody else has changed this session meanwhile. Both versions are shown; nothing was saved.")

    def __init__(self, *, current: Any, version: int) -> None:
        super().__init__()
        self.current = current
        self.version = version


class WrongState(Conflict):
    """The session is in a state from which this does not follow."""

    code = "wrong_session_state"
    says = _(
        "This is not possible in the session’s present state. Somebody else may have changed it meanwhile."
    )


class SessionOnProgramme(Conflict):
    """Guests see the session: it can be called off, not made to vanish."""

    code = "session_on_programme"
    says = _(
        "Guests see this session already. Call it off instead, so that everybody who has a seat is told."
    )


class SessionReleased(Conflict):
    """A release holds the session, so it stays."""

    code = "session_released"
    says = _(
        "A release holds this session, so it cannot be removed. Make it an idea again, and no later release has it."
    )


class SessionInUse(Conflict):
    """Something else refers to the session."""

    code = "session_in_use"
    says = _(
        "Something else needs this session, such as a gate, a booking or kept slides. Take that away first."
    )


class NoSuchItem(NotFound):
    """There is no such item in this session."""

    code = "no_such_item"
    says = _("This item is no longer there. Somebody else may have removed it.")


class ItemChanged(Conflict):
    """Somebody saved the item meanwhile: ``current`` is what it says now, ``seen`` the word for it."""

    code = "item_changed"
    says = _("Somebody else has changed this item meanwhile. Both versions are shown; nothing was saved.")

    def __init__(self, *, current: Any, seen: str) -> None:
        super().__init__()
        self.current = current
        self.seen = seen


class NoSuchPart(NotFound):
    """The person no longer appears there."""

    code = "no_such_part"
    says = _("This person is no longer there. Somebody else may have taken them out.")


class AlreadyInIt(Conflict):
    """The person appears in the session, or the item, already."""

    code = "already_in_it"
    says = _("This person is there already. Change the role instead.")


class NoSuchHosting(NotFound):
    """The body no longer hosts the session."""

    code = "no_such_hosting"
    says = _("This body is no longer among the hosts. Somebody else may have taken it out.")


class AlreadyHosts(Conflict):
    """The body hosts the session already."""

    code = "already_hosts"
    says = _("This body is among the hosts already.")


class NoSuchBody(NotFound):
    """There is no such body in this edition."""

    code = "no_such_body"
    says = _("There is no such body.")


class NoSuchRelease(NotFound):
    """There is no such release in this edition."""

    code = "no_such_release"
    says = _("There is no such release.")


class ReleaseOnItsWay(Conflict):
    """Another release waits for approval or for its time."""

    code = "release_on_its_way"
    says = _("Another release is already on its way. Let it be decided, or take it back, first.")


class ReleaseSettled(Conflict):
    """Somebody decided on it, took it back or published it meanwhile."""

    code = "release_settled"
    says = _("Somebody else has already settled this release. Nothing was done twice.")


class OwnProposal(Conflict):
    """Who proposed a release may not approve it."""

    code = "own_proposal"
    says = _("You proposed this release, so somebody else approves it.")


class ReleaseInThePast(Conflict):
    """The time of publication is over."""

    code = "release_in_the_past"
    says = _("This time is already past. Choose a later one, or publish now.")


class ReleaseBlocked(Conflict):
    """Warnings stand in the way that the edition lets block a release."""

    code = "release_blocked"
    says = _("Warnings stand in the way of a release: %(count)s. You find them on the list of warnings.")


class SessionMovedOn(Conflict):
    """Somebody changed the session since the mover looked: ``entries`` of its history say who did what."""

    code = "session_moved_on"
    says = _("Somebody else has changed this session meanwhile. It stays where they put it.")

    def __init__(self, *, session: UUID, version: int, entries: list[Entry]) -> None:
        super().__init__()
        self.session = session
        self.version = version
        self.entries = entries


class SessionKept(Conflict):
    """A session that guests have seen, or that came from a proposal, is not thrown away."""

    code = "session_kept"
    says = _(
        "This session has been in a release or belongs to a proposal, so it cannot be removed. Take it off the timetable or call it off."
    )


class SpeakerChanged(Conflict):
    """Somebody saved the speaker meanwhile: ``current`` is what it says now, ``version`` its number."""

    code = "speaker_changed"
    says = _("Somebody else has changed this meanwhile. Both versions are shown; nothing was saved.")

    def __init__(self, *, current: Any, version: int) -> None:
        super().__init__()
        self.current = current
        self.version = version


class SpeakerInUse(Conflict):
    """The person stands on the programme, or in a release that is kept."""

    code = "speaker_in_use"
    says = _("This person stands on the programme or in one of its releases, and so has to stay.")


class SpeakerLinkNoLongerHolds(NotFound):
    """The personal link is none of ours, or a newer one has replaced it."""

    code = "speaker_link_ended"
    says = _(
        "This personal link no longer holds. Use the newest one that you were sent, or ask the organisers."
    )


class NoSpeakerMail(Conflict):
    """The speaker cannot be written to."""

    code = "no_speaker_mail"
    says = _("There is no mail address of this person yet. Enter it first.")


class NothingOwed(Conflict):
    """There is nothing to ask for."""

    code = "nothing_owed"
    says = _("This person has supplied everything.")


class NoSuchSlides(NotFound):
    """There is no such file, or it is not to be seen yet."""

    code = "no_such_slides"
    says = _("There are no slides here, or not yet: they are given out once the session is over.")


class NoSlides(Invalid):
    """The file is none that is shown in a session."""

    code = "no_slides"
    says = _("Slides are a PDF, PPTX, ODP or Keynote file, without macros.")


class BodyInUse(Conflict):
    """A body that hosts sessions stays."""

    code = "body_in_use"
    says = _("This body hosts sessions. Take it out of them first, or merge it with another.")
