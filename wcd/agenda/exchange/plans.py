"""What an import would do: for people to look at, and for ``applying`` to write."""

import hashlib
from typing import Any
from uuid import UUID

import msgspec

from wcd.agenda.exchange.files import ItemEntry, PartEntry, Spot
from wcd.agenda.exchange.findings import Finding
from wcd.core.i18n import Bilingual

NEW, CHANGE, SAME, PROBLEM = "new", "change", "same", "problem"


class Change(msgspec.Struct, frozen=True):
    """A field that would change, before and after as people read them."""

    field: str
    before: str
    after: str


class Step(msgspec.Struct, frozen=True):
    """What a row of the file would do. ``thing``: venue, room, host, speaker or session."""

    thing: str
    action: str
    code: str
    title: Bilingual
    spot: Spot
    changes: list[Change] = []


class Write(msgspec.Struct):
    """A row of the database as it would be written; for a session also what belongs to it, where that changes."""

    thing: str
    is_new: bool
    id: UUID
    columns: dict[str, Any]
    fields: list[str] = []
    items: list[ItemEntry] | None = None
    people: list[PartEntry] | None = None
    hosts: list[str] | None = None
    seats: int | None = None
    changes_seats: bool = False
    spot: Spot = Spot()


class ImportPlan(msgspec.Struct):
    """The whole of an import. With findings nothing of it is done. ``ids``: speakers, hosts and rooms by their codes."""

    edition: UUID
    steps: list[Step]
    findings: list[Finding]
    notes: list[Finding]
    more: int = 0
    writes: list[Write] = []
    ids: dict[str, dict[str, UUID]] = {}

    def count(self, thing: str, action: str) -> int:
        """How many things of one kind it would make, change or leave as they are."""
        return sum(step.thing == thing and step.action == action for step in self.steps)

    @property
    def rows(self) -> int:
        """How many rows would do something."""
        return sum(step.action != SAME for step in self.steps)

    @property
    def fingerprint(self) -> str:
        """Changes with everything that the preview says: what is applied must be what was looked at."""
        said = [msgspec.structs.replace(step, title=Bilingual("", "")) for step in self.steps]
        return hashlib.sha256(msgspec.json.encode([said, len(self.findings)])).hexdigest()[:32]
