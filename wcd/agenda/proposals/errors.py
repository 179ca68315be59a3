"""The refusals of the call for side events."""

from wcd.agenda.proposals import rules
from wcd.core.errors import Conflict, NotFound
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _

STATE_WORDS: dict[str, LazyText] = {
    rules.SUBMITTED: _("with the organisers"),
    rules.ASKED: _("waiting for an answer"),
    rules.ACCEPTED: _("accepted"),
    rules.DECLINED: _("declined"),
    rules.WITHDRAWN: _("withdrawn"),
}


class NoSuchProposal(NotFound):
    """There is no such proposal, or it is not the asker's to see."""

    code = "no_such_proposal"
    says = _("We could not find this proposal. Its link may have been replaced by a newer one.")


class CallClosed(Conflict):
    """The call is closed: nothing new is taken in, and nothing is changed any more."""

    code = "call_closed"
    says = _("The call for side events is closed.")


class CallChanged(Conflict):
    """Somebody else saved the call meanwhile."""

    code = "call_changed"
    says = _("Somebody else has changed the call meanwhile. Look at the new values and save again.")


class ProposalChanged(Conflict):
    """Somebody changed or decided the proposal after the page was opened."""

    code = "proposal_changed"
    says = _("Somebody has changed this proposal meanwhile; it is %(state)s now. Nothing of yours was saved.")

    def __init__(self, state: str) -> None:
        super().__init__(state=STATE_WORDS[state])
        self.state = state


class StepNotPossible(Conflict):
    """The state of the proposal does not allow it."""

    code = "step_not_possible"
    says = _("This proposal is %(state)s, so this cannot be done now.")

    def __init__(self, state: str) -> None:
        super().__init__(state=STATE_WORDS[state])
        self.state = state


class NotAccepted(Conflict):
    """A session is made of a proposal once it is accepted."""

    code = "proposal_not_accepted"
    says = _("A session is made once the proposal is accepted.")
