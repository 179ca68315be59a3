"""The list of proposed side events as a table to take along."""

from typing import Any
from zoneinfo import ZoneInfo

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.agenda.proposals.queries import ProposalView, Wanted, export_proposals
from wcd.core.db import in_transaction
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.queries import EditionView
from wcd.reports.guests import write_csv

COLUMNS = {
    "number": _("Number"),
    "state": _("State"),
    "title_zh": _("Title in Chinese"),
    "title_en": _("Title in English"),
    "summary_zh": _("Description in Chinese"),
    "summary_en": _("Description in English"),
    "body_zh": _("Organisation in Chinese"),
    "body_en": _("Organisation in English"),
    "contact_name": _("Contact person"),
    "email": _("Mail address"),
    "telephone": _("Telephone"),
    "language": _("Language of our letters"),
    "wish_days": _("Days"),
    "wish_time": _("Part of the day"),
    "room": _("Room"),
    "minutes": _("Length in minutes"),
    "size": _("Number of people"),
    "layout": _("How the room is set up"),
    "needs": _("Equipment and other needs"),
    "languages": _("Languages spoken"),
    "interpretation": _("Interpretation wanted into"),
    "subjects": _("Subjects"),
    "sdgs": _("Sustainable Development Goals"),
    "average": _("Points on average"),
    "points": _("Points given"),
    "reason": _("Reason"),
    "submitted_at": _("Sent on"),
}


@in_transaction
async def export_list(edition: EditionView, wanted: Wanted, *, by: Actor) -> bytes:
    """The proposals as the list shows them, as CSV for spreadsheets; that they were taken along is written down."""
    by.must("agenda.edit", edition.id)
    found = await export_proposals(edition.id, wanted)
    await audit.record(by, "proposals.exported", edition.id, edition=edition.id, rows=len(found))
    return write_csv((_line(one, edition.zone) for one in found), [str(word) for word in COLUMNS.values()])


def _line(one: ProposalView, zone: str) -> list[str]:
    pairs = {f"{name}_{lang}": getattr(getattr(one, name), lang) for name in _PAIRS for lang in ("zh", "en")}
    values: dict[str, Any] = pairs | {
        "room": one.room.local,
        "points": "; ".join(f"{score.staff_name} {score.points}" for score in one.scores),
        "submitted_at": one.submitted_at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M"),
    }
    return [_cell(values[name] if name in values else getattr(one, name)) for name in COLUMNS]


_PAIRS = ("title", "summary", "body")


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return "" if value is None else str(value)
