"""Refusals: the named reasons for which a use case ends without doing anything."""

from typing import Any, ClassVar

from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _


class Refusal(Exception):
    """A use case that ends with a reason a person can read. Knows nothing of HTTP.

    ``code`` is a stable word for tests and other programs; ``says`` the sentence, translated when shown.
    Named values of the sentence are given as keyword arguments.
    """

    code: ClassVar[str] = "refused"
    says: ClassVar[LazyText] = _("This cannot be done.")

    def __init__(self, **values: Any) -> None:
        super().__init__(self.code)
        self.values = values

    def __str__(self) -> str:
        return str(self.says) % self.values if self.values else str(self.says)


class NotFound(Refusal):
    """The thing does not exist, or is not the asker's to see."""

    code = "not_found"
    says = _("We could not find what you asked for.")


class Forbidden(Refusal):
    """The actor may not do this."""

    code = "forbidden"
    says = _("You do not have the right to do this.")


class Conflict(Refusal):
    """The state of things does not allow it now."""

    code = "conflict"
    says = _("This is no longer possible, because something has changed meanwhile.")


class Invalid(Refusal):
    """What a person gave does not hold; ``errors`` maps each field to its sentence."""

    code = "invalid"
    says = _("Some of what was entered needs to be corrected.")

    def __init__(self, errors: dict[str, LazyText | str] | None = None, **values: Any) -> None:
        super().__init__(**values)
        self.errors = errors or {}
