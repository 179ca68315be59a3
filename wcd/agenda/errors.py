"""The refusals of the agenda."""

from typing import Any

from wcd.core.errors import Conflict, NotFound
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


class SessionChanged(Conflict):
    """Somebody saved the session meanwhile: ``current`` is what it says now, ``version`` its number."""

    code = "session_changed"
    says = _("Somebody else has changed this session meanwhile. Both versions are shown; nothing was saved.")

    def __init__(self, *, current: Any, version: int) -> None:
        super().__init__()
        self.current = current
        self.version = version
