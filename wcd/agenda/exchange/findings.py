"""What is wrong in a file, each with its place and a plain sentence; and the refusals that end an import."""

from collections.abc import Sequence

import msgspec

from wcd.agenda.exchange.files import Spot
from wcd.core.errors import Conflict, Invalid
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _

MOST = 300
"""As many findings are kept; whoever has more mends these first."""


class Finding(msgspec.Struct, frozen=True):
    """What is wrong: sheet (or what stands for one), row, column, and why. 0 or "" where none of them applies."""

    sheet: str
    row: int
    column: str
    says: LazyText | str

    def __str__(self) -> str:
        place = [self.sheet] if self.sheet else []
        place += [str(_("row %(row)s")) % {"row": self.row}] if self.row else []
        place += [self.column] if self.column else []
        return str(_(", ")).join(place) + str(_(": ")) + str(self.says) if place else str(self.says)


class Findings:
    """The findings of one file, gathered while it is read; ``notes`` say what is left out, and stop nothing."""

    def __init__(self) -> None:
        self.found: list[Finding] = []
        self.notes: list[Finding] = []
        self.more = 0

    def add(self, spot: Spot, column: str, says: LazyText | str) -> None:
        """Something is wrong."""
        finding = Finding(spot.sheet, spot.row, column, says)
        if finding in self.found[-40:]:
            return
        if len(self.found) < MOST:
            self.found.append(finding)
        else:
            self.more += 1

    def note(self, spot: Spot, column: str, says: LazyText | str) -> None:
        """Something is left out."""
        if len(self.notes) < MOST:
            self.notes.append(Finding(spot.sheet, spot.row, column, says))


class Wrong(Exception):
    """A value that cannot be; ``says`` is why."""

    def __init__(self, says: LazyText | str) -> None:
        super().__init__(says)
        self.says = says


class FileRefused(Invalid):
    """Nothing was imported; ``findings`` says why."""

    code = "agenda_refused"
    says = _("Nothing was imported. Correct what is named below and import the file again.")

    def __init__(self, findings: Sequence[Finding], more: int = 0) -> None:
        super().__init__()
        self.findings = list(findings)
        self.more = more


class PreviewOutdated(Conflict):
    """The agenda changed after the preview was made: what was looked at is not what would happen."""

    code = "preview_outdated"
    says = _(
        "Somebody has changed the agenda since this preview. Nothing was imported; look at the new preview first."
    )
